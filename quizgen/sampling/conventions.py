"""Where Keras and PyTorch differ, and how that stands in the fields of our layers."""

from __future__ import annotations

from typing import Literal, TypeAlias

from quizgen.arithmetic import span
from quizgen.layers import GRU, BatchNorm, InstanceNorm
from quizgen.layers.activation import SlopesPer
from quizgen.layers.base import Layer, Sizes
from quizgen.layers.sliding import Padding

KERAS, TORCH = "keras", "torch"
FRAMEWORKS = (KERAS, TORCH)


Word: TypeAlias = Literal["valid", "same"]
"""A padding in Keras's words."""


def biases(framework: str, cell: type[Layer]) -> int:
    """Bias vectors for each gate: 1 in Keras, 2 in PyTorch and in Keras's GRU, whose `reset_after` is on by default."""
    return 2 if framework == TORCH or cell is GRU else 1


def batch_norm(framework: str, *, scale: bool = True, center: bool = True) -> BatchNorm:
    """Keras counts the moving statistics as non-trainable parameters, PyTorch keeps them as buffers."""
    return BatchNorm("parameters" if framework == KERAS else "buffers", scale=scale, center=center)


def instance_norm(framework: str) -> InstanceNorm:
    """PyTorch's learns nothing by default; Keras's `GroupNormalization(groups=-1)` has γ and β."""
    return InstanceNorm(scale=framework == KERAS, center=framework == KERAS)


def slopes(framework: str) -> tuple[SlopesPer, ...]:
    """What PReLU may have a slope for: by default for each element in Keras, for all or each channel in PyTorch."""
    return ("element",) if framework == KERAS else ("layer", "channel")


def takes(framework: str, name: str, value: object) -> bool:
    """Whether the framework has this value of a setting: zeros in numbers, ceil_mode and proj_size are PyTorch's;
    merges other than a concatenation and heads whose values have a width of their own are Keras's."""
    if framework == KERAS:
        words_only = name == "padding" and not isinstance(value, str)
        return not words_only and name != "projection" and not (name in ("ceil", "output_padding") and value)
    return name != "value_dim" and not (name == "merge" and value != "concat")


def padded(framework: str, asked: int | Word | Sizes, kernel: Sizes, dilation: Sizes) -> Padding:
    """A padding as the framework's layers take it: Keras's words; numbers on both sides of each axis in PyTorch.

    PyTorch's `same` means the zeros that keep the size at stride 1, the odd one at the end.
    """
    if framework == KERAS and isinstance(asked, str):
        return asked
    if asked == "same":
        missing = [span(k, d) - 1 for k, d in zip(kernel, dilation, strict=True)]
        return tuple((zeros // 2, zeros - zeros // 2) for zeros in missing)
    if isinstance(asked, tuple):
        return tuple((zeros, zeros) for zeros in asked)
    zeros = 0 if isinstance(asked, str) else asked
    return ((zeros, zeros),) * len(kernel)
