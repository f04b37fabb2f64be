"""The receptive field: how many input cells along each axis one output cell can see.

r ← r + (k - 1)·d·j and j ← j·s from layer to layer, r = j = 1 at the input (Araujo, Norris & Sim 2019,
https://distill.pub/2019/computing-receptive-fields). Padding does not change it, and it may exceed the image.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from quizgen.layers.base import Sizes, Window
from quizgen.layers.graph import Row, input_name


class Field(NamedTuple):
    """What one cell of a map sees of the input: the size along each axis, and the jump from one cell to the next."""

    size: Sizes
    jump: Sizes


def receptive_fields(rows: Sequence[Row]) -> dict[str, Field]:
    """The field of a cell behind each node, up to the nodes at which the map dissolves (flatten, or a dense layer
    after it). Where branches join, the larger one counts."""
    axes = len(rows[0].inputs[0].spatial)
    start = Field((1,) * axes, (1,) * axes)
    fields = {input_name(index): start for index in range(len(rows[0].inputs))}
    previous = input_name(0)
    for row in rows:
        before = [fields[name] for name in row.node.inputs or (previous,) if name in fields]
        previous = row.name
        if before and axes and len(row.output.spatial) == axes:
            fields[row.name] = widen(widest(before), row)
    return {name: field for name, field in fields.items() if name not in (input_name(0), input_name(1))}


def widen(field: Field, row: Row) -> Field:
    """The field behind one layer; a composite layer is widened part by part."""
    if row.parts:
        inner = receptive_fields(row.parts)
        last = inner.get(row.parts[-1].name)
        return field if last is None else compose(field, last)
    window: Window | None = row.layer.window(*row.inputs)
    if window is None:
        return field
    reach = tuple((k - 1) * d + 1 for k, d in zip(window.kernel, window.dilation, strict=True))
    return compose(field, Field(reach, window.stride))


def compose(field: Field, then: Field) -> Field:
    """A window over maps whose cells already see `field`."""
    size = tuple(r + (reach - 1) * j for r, reach, j in zip(field.size, then.size, field.jump, strict=True))
    return Field(size, tuple(j * s for j, s in zip(field.jump, then.jump, strict=True)))


def widest(fields: Sequence[Field]) -> Field:
    """Where branches join: the largest size and jump on each axis."""
    return Field(
        tuple(map(max, zip(*(field.size for field in fields), strict=True))),
        tuple(map(max, zip(*(field.jump for field in fields), strict=True))),
    )
