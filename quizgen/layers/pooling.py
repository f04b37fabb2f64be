"""Pooling: a window that summarizes each map on its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from quizgen.arithmetic import product, windows_up
from quizgen.errors import LayerError
from quizgen.layers.base import Layer, Shape, Sizes, Window, check_rank
from quizgen.layers.sliding import Padding, check_fit, check_padding, check_window, fill_in, pairs, slide


@dataclass(frozen=True, slots=True)
class Pooling(Layer):
    """The largest value, or the mean, of each window of `pool` cells; every channel on its own.

    Shapes: input `spatial × channels`, output the same with fewer cells. A stride left empty is the size of the window.

    padding: words as Keras has them, numbers as PyTorch has them; what is padded never wins a maximum.
    ceil: whether a last window may hang over the end, PyTorch's `ceil_mode`. Keras always rounds down.
    """

    pool: Sizes
    stride: Sizes = ()
    padding: Padding = "valid"
    ceil: bool = False

    rank: ClassVar[int]

    def __post_init__(self) -> None:
        fill_in(self, stride=self.pool)
        check_window(self, self.rank, pool=self.pool, stride=self.stride)
        check_padding(self, self.rank, self.padding)
        if self.ceil and self.padding == "same":
            raise LayerError(f"{type(self).__name__}: “same” leaves nothing to round.", remedy="Leave out ceil.")
        if any(max(pair) > k // 2 for pair, k in zip(pairs(self.padding, self.pool), self.pool, strict=True)):
            raise LayerError(
                f"{type(self).__name__}: padding = {self.padding} is more than half of the window {self.pool}.",
                remedy="A window must not lie in the padding alone.",
            )

    @property
    def branches_on_size(self) -> bool:
        return self.ceil

    def output(self, x: Shape) -> Shape:
        ones = (1,) * self.rank
        if not self.ceil:
            return x.with_spatial(slide(x.spatial, self.pool, self.stride, ones, self.padding))
        axes = zip(x.spatial, self.pool, self.stride, pairs(self.padding, x.spatial), strict=True)
        return x.with_spatial(tuple(windows_up(n, k, s, *pair) for n, k, s, pair in axes))

    def trainable(self, x: Shape) -> int:
        """None: pooling computes, it does not learn."""
        return 0

    def window(self, x: Shape) -> Window:
        return Window(self.pool, self.stride, (1,) * self.rank)

    def check(self, x: Shape) -> None:
        check_rank(self, x, self.rank + 1)
        if not self.ceil:
            check_fit(self, x.spatial, self.pool, (1,) * self.rank, self.padding)


class MaxPooling1D(Pooling):
    """Keras `MaxPooling1D`, PyTorch `MaxPool1d`."""

    __slots__ = ()

    rank: ClassVar[int] = 1


class MaxPooling2D(Pooling):
    """Keras `MaxPooling2D`, PyTorch `MaxPool2d`."""

    __slots__ = ()

    rank: ClassVar[int] = 2


class MaxPooling3D(Pooling):
    """Keras `MaxPooling3D`, PyTorch `MaxPool3d`."""

    __slots__ = ()

    rank: ClassVar[int] = 3


class AveragePooling1D(Pooling):
    """Keras `AveragePooling1D`, PyTorch `AvgPool1d`."""

    __slots__ = ()

    rank: ClassVar[int] = 1


class AveragePooling2D(Pooling):
    """Keras `AveragePooling2D`, PyTorch `AvgPool2d`."""

    __slots__ = ()

    rank: ClassVar[int] = 2


class AveragePooling3D(Pooling):
    """Keras `AveragePooling3D`, PyTorch `AvgPool3d`."""

    __slots__ = ()

    rank: ClassVar[int] = 3


@dataclass(frozen=True, slots=True)
class Subsampling2D(Pooling):
    """The mean of a window, times a coefficient, plus a bias: S2 and S4 of LeNet-5 (LeCun et al. 1998).

    Each map has a coefficient and a bias of its own, which are trained. Neither framework has it as a layer.
    """

    pool: Sizes = (2, 2)

    rank: ClassVar[int] = 2

    def trainable(self, x: Shape) -> int:
        """2 · channels: a coefficient and a bias for each map."""
        return 2 * x.channels

    def macs(self, x: Shape, *, y: Shape) -> int:
        """One multiplication with the coefficient for each cell of the output."""
        return product(y)
