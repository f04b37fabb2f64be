"""Layers that join several branches into one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from quizgen.arithmetic import real, total
from quizgen.errors import ShapeError
from quizgen.layers.base import Layer, Shape, Sizes


class Add(Layer):
    """Element by element: Keras `Add`, `+` in PyTorch. All inputs have one shape, and so has the output.

    As in both frameworks, an axis of 1 is repeated for the others: a gate of `1 × 1 × channels` on a whole map.
    """

    __slots__ = ()

    arity: ClassVar[int | None] = None

    def output(self, *inputs: Shape) -> Shape:
        return Shape(next((size for size in axis if not is_one(size)), axis[0]) for axis in zip(*inputs, strict=True))

    def trainable(self, *inputs: Shape) -> int:
        return 0

    def non_trainable(self, *inputs: Shape) -> int:
        return 0

    def macs(self, *inputs: Shape, y: Shape) -> int:
        return 0

    def window(self, *inputs: Shape) -> None:
        return None

    def check(self, *inputs: Shape) -> None:
        if not agree(inputs, repeated=(1,)):
            raise ShapeError(
                f"Add needs inputs of one shape, but got {' and '.join(map(str, inputs))}.",
                remedy="A 1 × 1 convolution on the shortcut brings its channels in line; a stride brings its size in line.",
            )


class Concatenate(Add):
    """One after the other along the channels: Keras `Concatenate`, `torch.cat(..., dim=1)` on PyTorch's maps."""

    __slots__ = ()

    def output(self, *inputs: Shape) -> Shape:
        return inputs[0].with_channels(total(x.channels for x in inputs))

    def check(self, *inputs: Shape) -> None:
        if not agree([x.spatial for x in inputs]):
            raise ShapeError(
                f"Concatenate needs inputs that differ in their channels only, but got {' and '.join(map(str, inputs))}."
            )


def is_one(size: int) -> bool:
    """Whether an axis has one cell; one of unknown size is taken to have more."""
    return real(size) == 1


def agree(shapes: Sequence[Sizes], repeated: tuple[int, ...] = ()) -> bool:
    """Whether shapes have equally many axes, of one size each, as far as the sizes are known. repeated: sizes that go
    with any other."""
    return len(set(map(len, shapes))) == 1 and all(
        len({size for size in axis if isinstance(size, int) and size not in repeated}) <= 1
        for axis in zip(*shapes, strict=True)
    )
