"""`quizgen new`: a question template to begin with."""

from __future__ import annotations

from pathlib import Path

import click

from quizgen.cli.options import PATH
from quizgen.errors import UnknownNameError

KINDS = ("question",)


@click.command(name="new")
@click.argument("what", metavar="question")
@click.argument("name")
@click.option(
    "--out",
    type=PATH,
    default=Path("my-templates"),
    show_default=True,
    metavar="DIR",
    help="The folder of your templates; what --templates takes.",
)
@click.option("--force", is_flag=True, help="Replace the file if it is there already.")
def command(what: str, name: str, out: Path, force: bool) -> None:
    """Begin a question template called NAME.

    Writes my-templates/questions/NAME.md, which works as it stands and says in comments what else there is.
    """
    from quizgen.authoring import starter
    from quizgen.files import all_at_once

    if what not in KINDS:
        raise UnknownNameError("kind of file", what, KINDS)
    path = out / "questions" / f"{name}.md"
    text = starter.question(name)
    with all_at_once([path], force=force) as write:
        write(path, text)
    click.echo(path)
