"""Layers that add, cut off or repeat cells and learn nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from quizgen.arithmetic import cropped, padded
from quizgen.errors import ShapeError
from quizgen.layers.base import Layer, Shape, Sizes, check_rank
from quizgen.layers.sliding import Pairs, check_pairs, check_window


@dataclass(frozen=True, slots=True)
class ZeroPadding(Layer):
    """`padding` zeros (before, after) each spatial axis; the channels stay as they are.

    Shapes: input `spatial × channels`, output `spatial + padding × channels`.
    """

    padding: Pairs

    rank: ClassVar[int]

    def __post_init__(self) -> None:
        check_pairs(self, self.rank, padding=self.padding)

    def output(self, x: Shape) -> Shape:
        return x.with_spatial(tuple(padded(n, *pair) for n, pair in zip(x.spatial, self.padding, strict=True)))

    def check(self, x: Shape) -> None:
        check_rank(self, x, self.rank + 1)


class ZeroPadding1D(ZeroPadding):
    """Keras `ZeroPadding1D`, PyTorch `ZeroPad1d`."""

    __slots__ = ()

    rank: ClassVar[int] = 1


class ZeroPadding2D(ZeroPadding):
    """Keras `ZeroPadding2D`, PyTorch `ZeroPad2d`."""

    __slots__ = ()

    rank: ClassVar[int] = 2


class ZeroPadding3D(ZeroPadding):
    """Keras `ZeroPadding3D`, PyTorch `ZeroPad3d`."""

    __slots__ = ()

    rank: ClassVar[int] = 3


@dataclass(frozen=True, slots=True)
class Cropping(Layer):
    """`crop` cells (before, after) cut off each spatial axis; the channels stay as they are.

    Shapes: input `spatial × channels`, output `spatial - crop × channels`.
    """

    crop: Pairs

    rank: ClassVar[int]

    def __post_init__(self) -> None:
        check_pairs(self, self.rank, crop=self.crop)

    def output(self, x: Shape) -> Shape:
        return x.with_spatial(tuple(cropped(n, *pair) for n, pair in zip(x.spatial, self.crop, strict=True)))

    def check(self, x: Shape) -> None:
        check_rank(self, x, self.rank + 1)
        for n, pair in zip(x.spatial, self.crop, strict=True):
            if sum(pair) >= n:
                raise ShapeError(f"{type(self).__name__}: {sum(pair)} cells cut off leave nothing of an axis of {n}.")


class Cropping1D(Cropping):
    """Keras `Cropping1D`, PyTorch `ZeroPad1d` with negative sizes."""

    __slots__ = ()

    rank: ClassVar[int] = 1


class Cropping2D(Cropping):
    """Keras `Cropping2D`, PyTorch `ZeroPad2d` with negative sizes."""

    __slots__ = ()

    rank: ClassVar[int] = 2


class Cropping3D(Cropping):
    """Keras `Cropping3D`, PyTorch `ZeroPad3d` with negative sizes."""

    __slots__ = ()

    rank: ClassVar[int] = 3


@dataclass(frozen=True, slots=True)
class UpSampling(Layer):
    """Each cell repeated, or interpolated, `factor` times along each spatial axis.

    Shapes: input `spatial × channels`, output `factor · spatial × channels`.
    """

    factor: Sizes

    rank: ClassVar[int]

    def __post_init__(self) -> None:
        check_window(self, self.rank, factor=self.factor)

    def output(self, x: Shape) -> Shape:
        return x.with_spatial(tuple(n * times for n, times in zip(x.spatial, self.factor, strict=True)))

    def check(self, x: Shape) -> None:
        check_rank(self, x, self.rank + 1)


class UpSampling1D(UpSampling):
    """Keras `UpSampling1D`, PyTorch `Upsample` on a sequence."""

    __slots__ = ()

    rank: ClassVar[int] = 1


class UpSampling2D(UpSampling):
    """Keras `UpSampling2D`, PyTorch `Upsample` on an image."""

    __slots__ = ()

    rank: ClassVar[int] = 2


class UpSampling3D(UpSampling):
    """Keras `UpSampling3D`, PyTorch `Upsample` on a volume."""

    __slots__ = ()

    rank: ClassVar[int] = 3
