"""`quizgen preview`: a question of a template file, as it will look."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from quizgen.cli.options import PATH, completed, formats, listed, notation_option, templates_option
from quizgen.errors import PlanError

PRINTED = ("txt", "md", "tex", "json")
"""The formats that a terminal can show; the others are written to a file and opened."""


@click.command(name="preview")
@click.argument("file", type=PATH)
@click.option("--seed", type=int, default=1, show_default=True, metavar="N", help="Which question of the template.")
@click.option("--solution", is_flag=True, help="Show the worked solution too.")
@click.option(
    "--format",
    default="txt",
    show_default=True,
    metavar="FORMAT",
    shell_complete=completed(formats),
    help="txt, md, tex or json are printed; html and pdf are written and opened.",
)
@click.option(
    "--style",
    default="quiz",
    show_default=True,
    metavar="NAME",
    shell_complete=listed("styles"),
    help="worksheet, quiz or stackexchange.",
)
@click.option("--out", type=PATH, metavar="FILE", help="Write to this file, and open nothing.")
@click.option("--force", is_flag=True, help="Replace the file if it is there already.")
@notation_option
@templates_option
def command(
    file: Path,
    seed: int,
    solution: bool,
    format: str,
    style: str,
    out: Path | None,
    force: bool,
    notation: str,
    folders: Sequence[Path],
) -> None:
    """Show a question of a template FILE.

    The template need not stand in a folder of templates. It is read in a process of its own, which is stopped where it
    takes too long.
    """
    from quizgen.authoring import confined
    from quizgen.files import all_at_once
    from quizgen.plan import SEEDS
    from quizgen.render.parts import check_format

    check_format(format)
    if seed not in SEEDS:
        raise PlanError(f"{seed} can't be a seed.", remedy=f"Use 0 to {SEEDS[-1]}.")
    shown = confined.preview(file, seed, format, solution=solution, style=style, notation=notation, folders=folders)
    if out is not None:
        with all_at_once([out], force=force) as write:
            write(out, shown)
        click.echo(out)
    elif format in PRINTED:
        click.echo(shown, nl=False)
    else:
        opened(shown, f"{file.stem}-{seed}.{format}")


def opened(shown: bytes, name: str) -> None:
    """Write a file among the temporary ones, and let the system open it."""
    import tempfile

    path = Path(tempfile.mkdtemp(prefix="quizgen-")) / name
    path.write_bytes(shown)
    click.echo(path)
    click.launch(str(path))
