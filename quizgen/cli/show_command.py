"""`quizgen show`: one question again, from its name."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from quizgen.cli.options import (
    PATH,
    as_typed,
    completed,
    formats,
    json_option,
    listed,
    notation_option,
    templates_option,
)
from quizgen.errors import PlanError


@click.command(name="show")
@click.argument("name")
@click.option("--solution", is_flag=True, help="Show the worked solution too.")
@click.option(
    "--format",
    metavar="FORMAT",
    shell_complete=completed(formats),
    help="txt, md, html, tex, pdf or json.  [default: as FILE ends, or txt]",
)
@click.option(
    "--style",
    default="quiz",
    show_default=True,
    metavar="NAME",
    shell_complete=listed("styles"),
    help="worksheet, quiz or stackexchange.",
)
@click.option("--out", type=PATH, metavar="FILE", help="Write to a file.  [default: the terminal]")
@click.option("--force", is_flag=True, help="Replace the file if it is there already.")
@json_option
@notation_option
@templates_option
@click.pass_context
def command(
    context: click.Context,
    name: str,
    solution: bool,
    format: str | None,
    style: str,
    out: Path | None,
    force: bool,
    as_json: bool,
    notation: str,
    folders: Sequence[Path],
) -> None:
    """Show the question NAME again, such as conv2d-params:1234.

    The name stands beside every question on a sheet. The same name gives the same question on every machine.
    """
    from quizgen import notation as notations
    from quizgen.files import all_at_once
    from quizgen.naming import question
    from quizgen.render import single
    from quizgen.render.skins import find_skin

    format = chosen_format(format, as_json, out)
    made = question(name, folders=folders, notation=notations.notation(notation))
    if format == "pdf" and out is None:
        raise PlanError("a PDF is not for the terminal.", remedy=f"Name a file: --out {made.template}-{made.seed}.pdf")
    command_line = as_typed(context, without=("out", "force"))
    content = single.rendered(made, find_skin(style, folders), format, command_line, solution=solution)
    if out is None:
        click.echo(content, nl=False)
        return
    with all_at_once([out], force=force) as write:
        write(out, content)
    click.echo(out)


def chosen_format(format: str | None, as_json: bool, out: Path | None) -> str:
    """The format that is asked for: by name, by `--json`, or by how the file is called. Raises UnknownNameError."""
    from quizgen.render.parts import check_format

    if as_json and format not in (None, "json"):
        raise PlanError(f"--json and --format {format} exclude each other.", remedy="Leave out one of them.")
    chosen = "json" if as_json else format or (out.suffix.removeprefix(".") if out else "") or "txt"
    check_format(chosen)
    return chosen
