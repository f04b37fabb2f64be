"""Pooling whose windows follow from the size of the input: down to one cell, or to a fixed number of cells."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import starmap
from math import gcd
from typing import ClassVar

from quizgen.arithmetic import ceil_div
from quizgen.layers.base import Layer, Shape, Sizes, Window, check_rank
from quizgen.layers.sliding import check_window


@dataclass(frozen=True, slots=True)
class GlobalPooling(Layer):
    """One value for each channel, over all positions.

    Shapes: input `spatial × channels`, output `channels`; with `keepdims` `1 × ... × channels`, as PyTorch's adaptive
    pooling to 1 leaves it.
    """

    keepdims: bool = False

    rank: ClassVar[int]

    def output(self, x: Shape) -> Shape:
        return x.with_spatial((1,) * self.rank if self.keepdims else ())

    def trainable(self, x: Shape) -> int:
        """None: pooling computes, it does not learn."""
        return 0

    def window(self, x: Shape) -> Window:
        return Window(x.spatial, x.spatial, (1,) * self.rank)

    def check(self, x: Shape) -> None:
        check_rank(self, x, self.rank + 1)


class GlobalMaxPooling1D(GlobalPooling):
    """Keras `GlobalMaxPooling1D`, PyTorch `AdaptiveMaxPool1d(1)` and a flatten."""

    __slots__ = ()

    rank: ClassVar[int] = 1


class GlobalMaxPooling2D(GlobalPooling):
    """Keras `GlobalMaxPooling2D`, PyTorch `AdaptiveMaxPool2d(1)` and a flatten."""

    __slots__ = ()

    rank: ClassVar[int] = 2


class GlobalMaxPooling3D(GlobalPooling):
    """Keras `GlobalMaxPooling3D`, PyTorch `AdaptiveMaxPool3d(1)` and a flatten."""

    __slots__ = ()

    rank: ClassVar[int] = 3


class GlobalAveragePooling1D(GlobalPooling):
    """Keras `GlobalAveragePooling1D`, PyTorch `AdaptiveAvgPool1d(1)` and a flatten."""

    __slots__ = ()

    rank: ClassVar[int] = 1


class GlobalAveragePooling2D(GlobalPooling):
    """Keras `GlobalAveragePooling2D`, PyTorch `AdaptiveAvgPool2d(1)` and a flatten."""

    __slots__ = ()

    rank: ClassVar[int] = 2


class GlobalAveragePooling3D(GlobalPooling):
    """Keras `GlobalAveragePooling3D`, PyTorch `AdaptiveAvgPool3d(1)` and a flatten."""

    __slots__ = ()

    rank: ClassVar[int] = 3


@dataclass(frozen=True, slots=True)
class AdaptivePooling(Layer):
    """Pooled to `size` cells on each axis, whatever came in; windows may overlap, and small maps may grow.

    Shapes: input `spatial × channels`, output `size × channels`. Window i of m on an axis of n covers the cells from
    ⌊i·n / m⌋ up to ⌈(i + 1)·n / m⌉, in both frameworks.
    """

    size: Sizes

    rank: ClassVar[int]

    def __post_init__(self) -> None:
        check_window(self, self.rank, size=self.size)

    def output(self, x: Shape) -> Shape:
        return x.with_spatial(self.size)

    def trainable(self, x: Shape) -> int:
        """None: pooling computes, it does not learn."""
        return 0

    def window(self, x: Shape) -> Window:
        """The largest of the windows, which differ where the input doesn't divide evenly, and their usual step."""
        axes = tuple(zip(x.spatial, self.size, strict=True))
        return Window(tuple(starmap(widest, axes)), tuple(max(n // m, 1) for n, m in axes), (1,) * self.rank)

    def check(self, x: Shape) -> None:
        check_rank(self, x, self.rank + 1)


def widest(size: int, windows: int) -> int:
    """The largest of so many windows: they start at fractions of a cell that are multiples of gcd(n, m) / m."""
    shared = gcd(size, windows) if isinstance(size, int) else windows
    return ceil_div(size - shared, windows) + 1


class AdaptiveMaxPooling1D(AdaptivePooling):
    """Keras `AdaptiveMaxPooling1D`, PyTorch `AdaptiveMaxPool1d`."""

    __slots__ = ()

    rank: ClassVar[int] = 1


class AdaptiveMaxPooling2D(AdaptivePooling):
    """Keras `AdaptiveMaxPooling2D`, PyTorch `AdaptiveMaxPool2d`."""

    __slots__ = ()

    rank: ClassVar[int] = 2


class AdaptiveMaxPooling3D(AdaptivePooling):
    """Keras `AdaptiveMaxPooling3D`, PyTorch `AdaptiveMaxPool3d`."""

    __slots__ = ()

    rank: ClassVar[int] = 3


class AdaptiveAveragePooling1D(AdaptivePooling):
    """Keras `AdaptiveAveragePooling1D`, PyTorch `AdaptiveAvgPool1d`."""

    __slots__ = ()

    rank: ClassVar[int] = 1


class AdaptiveAveragePooling2D(AdaptivePooling):
    """Keras `AdaptiveAveragePooling2D`, PyTorch `AdaptiveAvgPool2d`."""

    __slots__ = ()

    rank: ClassVar[int] = 2


class AdaptiveAveragePooling3D(AdaptivePooling):
    """Keras `AdaptiveAveragePooling3D`, PyTorch `AdaptiveAvgPool3d`."""

    __slots__ = ()

    rank: ClassVar[int] = 3
