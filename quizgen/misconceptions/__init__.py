"""How each rule is missed: this folder mirrors `quizgen/layers` and the engine beside it, file by file."""

from __future__ import annotations

from quizgen.errors import UnknownNameError
from quizgen.misconceptions import (
    activation,
    adapters,
    attention,
    convolution,
    convolution_settings,
    cost,
    dense,
    depthwise,
    embedding,
    memory,
    merging,
    network,
    normalization,
    pooling,
    receptive,
    recurrent,
    reshaping,
    resizing,
    sliding,
    transformer,
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
    *embedding.MISCONCEPTIONS,
    *recurrent.MISCONCEPTIONS,
    *attention.MISCONCEPTIONS,
    *transformer.MISCONCEPTIONS,
    *adapters.MISCONCEPTIONS,
    *merging.MISCONCEPTIONS,
    *network.MISCONCEPTIONS,
    *cost.MISCONCEPTIONS,
    *receptive.MISCONCEPTIONS,
    *memory.MISCONCEPTIONS,
)
"""Every misconception, family by family."""

__all__ = ["MISCONCEPTIONS", "Misconception", "misconception", "rulebook"]


def misconception(name: str) -> Misconception:
    """The misconception of that id; raises UnknownNameError."""
    for known in MISCONCEPTIONS:
        if known.id == name:
            return known
    raise UnknownNameError("misconception", name, [known.id for known in MISCONCEPTIONS])
