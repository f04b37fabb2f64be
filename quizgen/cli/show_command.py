"""`quizgen show`: one question again, from its name."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from quizgen.cli.options import json_option, notation_option, templates_option


@click.command(name="show")
@click.argument("name")
@click.option("--solution", is_flag=True, help="Show the worked solution too.")
@click.option("--format", "form", default="txt", show_default=True, metavar="FORMAT", help="txt, md, html, tex, pdf or json.")
@click.option("--style", default="quiz", show_default=True, metavar="NAME", help="worksheet, quiz or stackexchange.")
@click.option("--out", type=click.Path(path_type=Path), default=None, metavar="FILE", help="Write to a file.  [default: the terminal]")
@click.option("--force", is_flag=True, help="Replace the file if it is there already.")
@json_option
@notation_option
@templates_option
def command(
    name: str,
    solution: bool,
    form: str,
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
    from quizgen.errors import PlanError
    from quizgen.files import write_all
    from quizgen.naming import question
    from quizgen.render import json, single
    from quizgen.render.formats import writer
    from quizgen.render.skins import find_skin

    made = question(name, folders=folders, notation=notations.notation(notation))
    if as_json or form == "json":
        content = (json.line(json.question_object(made)) + "\n").encode()
    else:
        document = single.document(made, find_skin(style, folders), solution=solution)
        content = writer(form).document(document)
    if out is not None:
        write_all({out: content}, force=force)
        click.echo(out)
        return
    if form == "pdf" and not as_json:
        raise PlanError("a PDF is not for the terminal.", remedy=f"Name a file: --out {made.template}-{made.seed}.pdf")
    click.echo(content.decode(), nl=False)
