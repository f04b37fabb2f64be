"""Steps of a program that are no layers of their own: what they pick out, or the shape that they are said to give."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from quizgen.errors import LayerError, ShapeError
from quizgen.layers.base import Layer, Shape, check_sizes


@dataclass(frozen=True, slots=True)
class Select(Layer):
    """`count` positions of an axis, or one, without which the axis is gone: `x[:, -1]`, `x[:, :10]`, `x.mean(1)`.

    axis: which of the input's axes, counted from 1 as Keras does, since 0 would be the batch.
    """

    axis: int
    count: int | None = None

    structural: ClassVar[frozenset[str]] = frozenset({"axis", "count"})

    def __post_init__(self) -> None:
        check_sizes(self, axis=self.axis)
        if self.count is not None:
            check_sizes(self, count=self.count)

    def output(self, x: Shape) -> Shape:
        left = () if self.count is None else (self.count,)
        return Shape((*x[: self.axis - 1], *left, *x[self.axis :]))

    def check(self, x: Shape) -> None:
        if self.axis > len(x):
            raise ShapeError(f"Select: {x} has no axis {self.axis}.")
        if self.count is not None and self.count > x[self.axis - 1]:
            raise ShapeError(f"Select: {self.count} of an axis of {x[self.axis - 1]} are more than there are.")


@dataclass(frozen=True, slots=True)
class Given(Layer):
    """A step whose output is known, and nothing else of how it comes about: an interpolation to a size, a sum over an
    outer product, a cell of a recurrent network.

    result: the shape that comes out. params, multiplications: what it holds and what it costs. joins: how many inputs it
        takes.
    """

    result: Shape
    params: int = 0
    multiplications: int = 0
    joins: int = 1

    @property
    def arity(self) -> int | None:  # type: ignore[override]
        return self.joins

    def __post_init__(self) -> None:
        if self.params < 0 or self.multiplications < 0:
            raise LayerError(f"Given: {self.params} parameters and {self.multiplications} MACs can't be.")

    def output(self, *inputs: Shape) -> Shape:
        return self.result

    def trainable(self, *inputs: Shape) -> int:
        return self.params

    def non_trainable(self, *inputs: Shape) -> int:
        return 0

    def macs(self, *inputs: Shape, y: Shape) -> int:
        return self.multiplications

    def window(self, *inputs: Shape) -> None:
        return None

    def check(self, *inputs: Shape) -> None:
        """It takes what reaches it."""
