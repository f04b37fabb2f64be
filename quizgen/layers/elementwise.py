"""Layers that join branches number by number, other than by adding them. Such products are no MACs."""

from __future__ import annotations

from quizgen.errors import ShapeError
from quizgen.layers.base import Shape
from quizgen.layers.merging import Add, agree


class Elementwise(Add):
    """Two or more inputs of one shape, joined at each place."""

    __slots__ = ()

    def check(self, *inputs: Shape) -> None:
        if not agree(inputs, repeated=(1,)):
            raise ShapeError(
                f"{type(self).__name__} needs inputs of one shape, but got {' and '.join(map(str, inputs))}."
            )


class Multiply(Elementwise):
    """Keras `Multiply`, `*` in PyTorch: a gate is one of its inputs."""

    __slots__ = ()


class Average(Elementwise):
    """Keras `Average`, the mean of the branches in PyTorch."""

    __slots__ = ()
