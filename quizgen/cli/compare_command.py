"""`quizgen compare`: two networks side by side."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from quizgen.cli.options import as_typed, completed, json_option
from quizgen.cli.solve_command import (
    assume_option,
    assumed,
    checked_format,
    columns,
    force_option,
    format_option,
    input_option,
    networks,
    out_option,
    shown,
)


@click.command(name="compare")
@click.argument("a", metavar="A", shell_complete=completed(networks))
@click.argument("b", metavar="B", shell_complete=completed(networks))
@input_option
@assume_option
@format_option
@out_option
@force_option
@json_option
@click.pass_context
def command(
    context: click.Context,
    /,
    a: str,
    b: str,
    typed_input: str | None,
    assume: Sequence[str],
    format: str | None,
    out: Path | None,
    force: bool,
    as_json: bool,
) -> None:
    """Set two networks side by side: shapes, parameters, multiply-accumulates, receptive field.

    A and B are sources as `quizgen solve` takes them. Layers are aligned where they are alike; what differs is marked,
    and explained below.
    """
    from quizgen.readers.detect import read
    from quizgen.readers.shapes import parse_shape
    from quizgen.render.comparison import Sides, comparison_object
    from quizgen.render.json import line
    from quizgen.solving import Solution

    format = checked_format(format, out, as_json)
    shape = None if typed_input is None else parse_shape(typed_input)
    given = dict(map(assumed, assume))
    sides = Sides(*(Solution(read(source, input_shape=shape, assume=given)) for source in (a, b)))
    if as_json:
        click.echo(line(comparison_object(sides)))
    elif not format:
        click.echo(sides.screen(columns()), nl=False)
    else:
        shown(sides.document(format, as_typed(context, without=("out", "force"))), out, force=force)
