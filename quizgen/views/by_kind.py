"""Looking up what belongs to a layer by its kind."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias, TypeVar

from quizgen.layers.base import Layer

T = TypeVar("T")

ByKind: TypeAlias = Sequence[tuple[type[Layer], T]]
"""A registry, read from top to bottom, the most special kinds first."""


def by_kind(registry: ByKind[T], layer: Layer) -> T | None:
    """The first entry for a kind that the layer is of."""
    for kind, found in registry:
        if isinstance(layer, kind):
            return found
    return None


def takes_maximum(layer: Layer) -> bool:
    """Whether a pooling layer takes the largest value of a window, or else the mean."""
    return "Max" in type(layer).__name__
