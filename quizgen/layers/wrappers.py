"""Layers that apply another one in a place of its own."""

from __future__ import annotations

from dataclasses import dataclass

from quizgen.errors import ShapeError
from quizgen.layers.base import Layer, Shape, Window


@dataclass(frozen=True, slots=True)
class TimeDistributed(Layer):
    """One layer, with one set of parameters, at every step of a sequence: Keras `TimeDistributed`.

    Shapes: input `steps × ...`, output `steps × ...` of what the layer makes of one step.
    """

    layer: Layer

    def output(self, x: Shape) -> Shape:
        return Shape((x[0], *self.layer.output(step(x))))

    def trainable(self, x: Shape) -> int:
        """Those of the layer, once: all steps share them."""
        return self.layer.trainable(step(x))

    def non_trainable(self, x: Shape) -> int:
        return self.layer.non_trainable(step(x))

    def macs(self, x: Shape, *, y: Shape) -> int:
        """Those of the layer, at each step."""
        return x[0] * self.layer.macs(step(x), y=step(y))

    def window(self, x: Shape) -> Window | None:
        inner = self.layer.window(step(x))
        return inner and Window((1, *inner.kernel), (1, *inner.stride), (1, *inner.dilation))

    def check(self, x: Shape) -> None:
        if len(x) < 2:
            raise ShapeError(f"TimeDistributed reads steps × something, but {x} has one axis.")
        self.layer.check(step(x))


def step(x: Shape) -> Shape:
    """What one step holds."""
    return Shape(x[1:])
