"""`quizgen list`: what there is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from quizgen.cli.options import completed, json_option, templates_option

LISTS = ("topics", "questions", "styles", "layers", "architectures", "misconceptions")


@click.command(name="list")
@click.argument("what", metavar="|".join(LISTS), shell_complete=completed(lambda folders: LISTS))
@click.option("--topic", metavar="TOPIC", help="Only the questions or the misconceptions of this topic.")
@json_option
@templates_option
def command(what: str, topic: str | None, as_json: bool, folders: Sequence[Path]) -> None:
    """List topics, questions, styles, layers, architectures or misconceptions, each with a line that says what it is."""
    from quizgen.catalogue import entries
    from quizgen.render.json import line

    found = entries(what, folders, topic)
    width = max((len(entry["name"]) for entry in found), default=0)
    for entry in found:
        click.echo(line(entry).encode() if as_json else f"{entry['name']:<{width}}  {entry['summary']}")
