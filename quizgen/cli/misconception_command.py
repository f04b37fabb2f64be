"""`quizgen misconception`: all about one wrong belief."""

from __future__ import annotations

import click

from quizgen.cli.options import json_option, listed, notation_option


@click.command(name="misconception")
@click.argument("name", metavar="ID", shell_complete=listed("misconceptions"))
@json_option
@notation_option
def command(name: str, as_json: bool, notation: str) -> None:
    """Tell all about the misconception ID, such as conv-forget-input-channels.

    What is believed, the wrong rule beside the right one, an example, for which sizes the two come to the same, and
    what mends the belief. See `quizgen list misconceptions`.
    """
    from quizgen import notation as notations
    from quizgen.misconceptions import misconception
    from quizgen.portrait import Portrait
    from quizgen.render.formats import writer
    from quizgen.render.json import line
    from quizgen.render.portrait import portrait_object

    portrait = Portrait(misconception(name), notations.notation(notation))
    if as_json:
        click.echo(line(portrait_object(portrait)).encode())
    else:
        click.echo(writer("txt").prose(portrait.told()).rstrip())
