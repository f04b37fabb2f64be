"""The receptive field: how many input cells along each axis one output cell can see.

r ← r + (k - 1)·d·j and j ← j·s from layer to layer, r = j = 1 at the input (Araujo, Norris & Sim 2019,
https://distill.pub/2019/computing-receptive-fields). Padding does not change it, and it may exceed the image. The
statistics of a normalization, which may come from the whole map, are left out, as everywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from quizgen.arithmetic import span
from quizgen.layers.attention import ScaledDotProduct
from quizgen.layers.base import Layer, Shape, Sizes, Window
from quizgen.layers.embedding import Embedding
from quizgen.layers.given import Given
from quizgen.layers.graph import TEXTBOOK, Row, Rulebook, input_name
from quizgen.layers.merging import is_one
from quizgen.layers.recurrent import RecurrentLayer
from quizgen.layers.reshaping import Flatten, Permute, Reshape
from quizgen.layers.resizing import UpSampling
from quizgen.layers.transposed import ConvolutionTranspose
from quizgen.network import input_shapes


class Field(NamedTuple):
    """What one cell of a map sees of the input: the size along each axis, and the jump from one cell to the next."""

    size: Sizes
    jump: Sizes


ENDS: tuple[type[Layer], ...] = (
    # a step sees the whole sequence, or all of it so far
    ScaledDotProduct,
    RecurrentLayer,
    # neighbouring cells see different numbers of cells
    ConvolutionTranspose,
    UpSampling,
    # the axes are others
    Flatten,
    Reshape,
    Permute,
    Given,
)
"""Layers behind which no receptive field is stated."""


def receptive_fields(rows: Sequence[Row], rulebook: Rulebook = TEXTBOOK) -> dict[str, Field]:
    """The field of a cell behind each node that has one: up to where the map ends, in a flatten or a global pooling,
    in attention or recurrence, or where it's enlarged again. Where branches join, the larger field counts.

    Token ids are cells of their own: a text network's field is counted in tokens.
    """
    inputs = input_shapes(rows)
    fields, previous = {name: itself(shape) for name, shape in inputs.items()}, input_name(0)
    for row in rows:
        after = behind(row, [fields.get(name) for name in row.node.inputs or (previous,)], rulebook)
        if after is not None:
            fields[row.name] = after
        previous = row.name
    return {name: field for name, field in fields.items() if name not in inputs}


def itself(shape: Shape) -> Field:
    """What an input's cell sees: only itself."""
    ones = (1,) * len(shape.spatial)
    return Field(ones, ones)


def behind(row: Row, before: Sequence[Field | None], rulebook: Rulebook) -> Field | None:
    """The field behind a node, given those of what it reads; None where there is none."""
    if isinstance(row.layer, Embedding):
        return itself(row.output)
    known = [field for field in before if field is not None]
    if len(known) < len(before) or isinstance(row.layer, ENDS):
        return None
    axes = {len(field.size) for field in known}
    return widen(widest(known, row), row, rulebook) if axes == {len(row.output.spatial)} != {0} else None


def widen(field: Field, row: Row, rulebook: Rulebook) -> Field | None:
    """The field behind one layer; a composite layer is widened part by part."""
    composing = rulebook.get(compose, compose)
    if row.parts:
        inner = receptive_fields(row.parts, rulebook).get(row.parts[-1].name)
        return inner and composing(field, inner)
    rule = type(row.layer).window
    window: Window | None = rulebook.get(rule, rule)(row.layer, *row.inputs)
    if window is None:
        return field
    return composing(field, Field(rulebook.get(reach, reach)(window), window.stride))  # type: ignore[no-any-return]


def reach(window: Window) -> Sizes:
    """How many cells a window reaches over, from its first to its last."""
    return tuple(span(k, d) for k, d in zip(window.kernel, window.dilation, strict=True))


def compose(field: Field, then: Field) -> Field:
    """A window over maps whose cells already see `field`."""
    size = tuple(r + (reach - 1) * j for r, reach, j in zip(field.size, then.size, field.jump, strict=True))
    return Field(size, tuple(j * s for j, s in zip(field.jump, then.jump, strict=True)))


def widest(fields: Sequence[Field], row: Row) -> Field:
    """Where branches join: the largest size and jump on each axis. A gate of one cell, repeated for all cells of a map,
    has no next cell to jump to."""
    sizes = zip(*(field.size for field in fields), strict=True)
    jumps = (
        [jump for jump, size in zip(jumps, inward, strict=True) if not is_one(size)] or jumps
        for jumps, inward in zip(
            zip(*(field.jump for field in fields), strict=True),
            zip(*(x.spatial for x in row.inputs), strict=True),
            strict=True,
        )
    )
    return Field(tuple(map(max, sizes)), tuple(map(max, jumps)))
