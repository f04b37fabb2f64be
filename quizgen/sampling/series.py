"""The series of levels in which a course meets things: each level brings what stands here, and keeps all before it."""

from __future__ import annotations

from enum import IntEnum


class Level(IntEnum):
    """What a level of the series is about."""

    VOCABULARY = 0
    DENSE = 1
    DENSE_STACKS = 2
    CONVOLUTION = 3
    CHANNELS = 4
    STRIDES = 5
    """Stride and padding, and with them the floor."""
    POOLING = 6
    """Pooling, flatten, and the first dense layer after them."""
    TABLES = 7
    """Whole networks like LeNet."""
    NORMALIZATION = 8
    """Normalization, global pooling and 1 × 1 convolutions."""
    GROUPS = 9
    """Depthwise, grouped, dilated and transposed convolutions."""
    BRANCHES = 10
    """Residual and concatenating blocks."""
    COSTS = 11
    """Multiply-accumulates, receptive fields, memory."""
    RECURRENCE = 12
    """Embedding and recurrent layers."""
    ATTENTION = 13
    LANGUAGE_MODELS = 14
    """Whole transformers, with tied heads."""
    CACHES = 15
    """Grouped-query attention, KV caches, LoRA."""
    DESIGN = 16


LEVELS = range(min(Level), max(Level) + 1)
