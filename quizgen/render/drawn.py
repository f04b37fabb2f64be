"""The picture of a network that somebody has, with its shapes as its source has them."""

from __future__ import annotations

from collections.abc import Iterator
from zlib import crc32

from quizgen.layers.base import Shape
from quizgen.layers.given import Given
from quizgen.layers.graph import Row, input_name
from quizgen.pictures import characters, picture
from quizgen.prose import Drawing
from quizgen.solving import Solution
from quizgen.views.settings import short


class ChannelsFirst(Shape):
    """A shape that is drawn to scale like any other, and printed as PyTorch has it."""

    __slots__ = ()

    def __str__(self) -> str:
        return str(Shape((self[-1], *self[:-1])))


def drawn(solution: Solution) -> Drawing:
    """The picture, with the words and the characters that stand for it. Every size must be known."""
    rows = tuple(connected(solution))
    entrance = as_printed(solution, solution.network.input, input_name(0))
    labels = ["" if isinstance(row.layer, Given) else short(row.layer) for row in rows]
    name = f"network-{crc32(repr(solution.network).encode()):08x}"
    made = picture(rows, entrance, title=solution.source, identifier=name, labels=labels, show_shapes=True)
    return Drawing(made.svg, made.alt, characters(rows, entrance, labels, show_shapes=True), made.width)


def connected(solution: Solution) -> Iterator[Row]:
    """The rows without those that nothing reads, such as a module that is never called."""
    rows = solution.rows
    for row, after in zip(rows, (*rows[1:], None), strict=True):
        read = any(row.name in other.node.inputs for other in rows) or (after is None or not after.node.inputs)
        if read or not isinstance(row.layer, Given):
            inputs = tuple(as_printed(solution, x, name) for x, name in zip(row.inputs, row.node.inputs, strict=False))
            output = as_printed(solution, row.output, row.name)
            yield row._replace(inputs=inputs or row.inputs, output=output)


def as_printed(solution: Solution, shape: Shape, name: str) -> Shape:
    return ChannelsFirst(shape) if name in solution.channels_first else shape
