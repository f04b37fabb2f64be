"""Layers that join branches number by number, other than by adding them. Such products are no MACs."""

from __future__ import annotations

from dataclasses import dataclass

from quizgen.errors import ShapeError
from quizgen.layers.base import Shape
from quizgen.layers.merging import Add


@dataclass(frozen=True, slots=True)
class Elementwise(Add):
    """Two or more inputs of one shape, joined at each place."""

    def check(self, *inputs: Shape) -> None:
        if len(set(inputs)) > 1:
            raise ShapeError(
                f"{type(self).__name__} needs inputs of one shape, but got {' and '.join(map(str, inputs))}."
            )


@dataclass(frozen=True, slots=True)
class Multiply(Elementwise):
    """Keras `Multiply`, `*` in PyTorch: a gate is one of its inputs."""


@dataclass(frozen=True, slots=True)
class Average(Elementwise):
    """Keras `Average`, the mean of the branches in PyTorch."""
