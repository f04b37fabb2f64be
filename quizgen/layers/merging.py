"""Layers that join several branches into one."""

from __future__ import annotations

from typing import ClassVar

from quizgen.arithmetic import total
from quizgen.errors import ShapeError
from quizgen.layers.base import Layer, Shape


class Add(Layer):
    """Element by element: Keras `Add`, `+` in PyTorch. All inputs have one shape, and so has the output."""

    __slots__ = ()

    arity: ClassVar[int | None] = None

    def output(self, *inputs: Shape) -> Shape:
        return inputs[0]

    def trainable(self, *inputs: Shape) -> int:
        return 0

    def non_trainable(self, *inputs: Shape) -> int:
        return 0

    def macs(self, *inputs: Shape, y: Shape) -> int:
        return 0

    def window(self, *inputs: Shape) -> None:
        return None

    def check(self, *inputs: Shape) -> None:
        if len(set(inputs)) > 1:
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
        if len({x.spatial for x in inputs}) > 1:
            raise ShapeError(
                f"Concatenate needs inputs that differ in their channels only, but got {' and '.join(map(str, inputs))}."
            )
