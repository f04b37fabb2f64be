"""`quizgen diagnose`: what is behind a wrong answer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from quizgen.cli.options import json_option, notation_option, templates_option
from quizgen.errors import PlanError


@click.command(name="diagnose")
@click.argument("name")
@click.argument("answer", nargs=-1, required=True)
@json_option
@notation_option
@templates_option
def command(name: str, answer: Sequence[str], as_json: bool, notation: str, folders: Sequence[Path]) -> None:
    """Say which mistake leads from the question NAME to ANSWER, such as conv2d-params:1234 and 2600.

    An answer is a number (32,896 or 32.9k), a calculation (128*257) or a shape (26x26x32).
    """
    from quizgen import notation as notations
    from quizgen.diagnosis import diagnose, task_of
    from quizgen.layers.base import Shape
    from quizgen.naming import question
    from quizgen.prose import Prose
    from quizgen.render.diagnosis import diagnosis_object
    from quizgen.render.formats import writer
    from quizgen.render.json import line
    from quizgen.typed import read
    from quizgen.verdict import told

    letters = notations.notation(notation)
    made = question(name, folders=folders, notation=letters)
    if made.kind not in ("choice", "number") or isinstance(made.answer, Prose):
        raise PlanError(
            f"“{made.name}” does not ask for one number or one shape.",
            remedy="A diagnosis is of one: take a question of kind choice or number.",
        )
    given = read(" ".join(answer), shape=isinstance(made.answer, Shape))
    found = diagnose(task_of(made), given)
    click.echo(
        line(diagnosis_object(found, made.name, letters))
        if as_json
        else writer("txt").prose(told(found, letters)).rstrip()
    )
