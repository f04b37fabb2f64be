"""How each rule is missed: this folder mirrors `quizgen/layers`, file by file."""

from __future__ import annotations

from quizgen.errors import UnknownNameError
from quizgen.misconceptions import (
    activation,
    convolution,
    convolution_settings,
    dense,
    depthwise,
    normalization,
    pooling,
    reshaping,
    resizing,
    sliding,
    transposed,
)
from quizgen.misconceptions.base import Misconception, rulebook

MISCONCEPTIONS: tuple[Misconception, ...] = (
    *dense.MISCONCEPTIONS,
    *convolution_settings.MISCONCEPTIONS,
    *convolution.MISCONCEPTIONS,
    *depthwise.MISCONCEPTIONS,
    *transposed.MISCONCEPTIONS,
    *sliding.MISCONCEPTIONS,
    *pooling.MISCONCEPTIONS,
    *resizing.MISCONCEPTIONS,
    *reshaping.MISCONCEPTIONS,
    *normalization.MISCONCEPTIONS,
    *activation.MISCONCEPTIONS,
)
"""Every misconception, family by family."""

__all__ = ["MISCONCEPTIONS", "Misconception", "misconception", "rulebook"]


def misconception(name: str) -> Misconception:
    """The misconception of that id; raises UnknownNameError."""
    for known in MISCONCEPTIONS:
        if known.id == name:
            return known
    raise UnknownNameError("misconception", name, [known.id for known in MISCONCEPTIONS])
