"""Padding in the terms of the other framework: words are Keras's, numbers are PyTorch's."""

from __future__ import annotations

from quizgen.arithmetic import ceil_div, span
from quizgen.layers.base import Sizes
from quizgen.layers.sliding import Pairs


def zeros_of_same(spatial: Sizes, kernel: Sizes, stride: Sizes, dilation: Sizes) -> Pairs:
    """The zeros that `same` puts before and after each axis: as few as give ⌈n / s⌉ cells, the odd one at the end."""
    needed = (
        max((ceil_div(n, s) - 1) * s + span(k, d) - n, 0)
        for n, k, s, d in zip(spatial, kernel, stride, dilation, strict=True)
    )
    return tuple((zeros // 2, zeros - zeros // 2) for zeros in needed)


def symmetric(padding: Pairs) -> Sizes | None:
    """One number for each axis, where both sides get the same."""
    return tuple(before for before, _ in padding) if all(before == after for before, after in padding) else None


def is_none(padding: Pairs) -> bool:
    """Whether nothing is padded."""
    return not any(map(any, padding))
