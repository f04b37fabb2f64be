"""Convolutions: full, grouped and dilated, in one, two and three dimensions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from quizgen.arithmetic import product, share
from quizgen.errors import LayerError, ShapeError
from quizgen.layers.base import Shape, Sizes, check_rank, check_sizes
from quizgen.layers.sliding import Padding, SlidingKernel, check_fit, check_padding, check_window, fill_in


@dataclass(frozen=True, slots=True)
class Convolution(SlidingKernel):
    """`filters` kernels slide over the input; each spans all input channels of its group.

    Shapes: input `spatial × channels`, output `spatial × filters`. A stride or a dilation left empty is 1 on each axis.
    Sizes follow Dumoulin & Visin 2016 (arXiv:1603.07285); `same` is Keras's: ⌈n / s⌉, the odd zero at the end.
    """

    filters: int
    kernel: Sizes
    stride: Sizes = ()
    padding: Padding = "valid"
    dilation: Sizes = ()
    groups: int = 1
    bias: bool = True

    rank: ClassVar[int]

    def __post_init__(self) -> None:
        fill_in(self, stride=(1,) * self.rank, dilation=(1,) * self.rank)
        check_sizes(self, filters=self.filters, groups=self.groups)
        check_window(self, self.rank, kernel=self.kernel, stride=self.stride, dilation=self.dilation)
        check_padding(self, self.rank, self.padding)
        if self.filters % self.groups:
            raise LayerError(f"{type(self).__name__}: {self.filters} filters do not divide into {self.groups} groups.")

    def maps(self, x: Shape) -> int:
        return self.filters

    def trainable(self, x: Shape) -> int:
        """filters · (channels / groups · kernel + 1): a kernel spans its group's channels and has one bias."""
        weights = product((share(x.channels, self.groups), *self.kernel))
        return self.filters * (weights + 1 if self.bias else weights)

    def macs(self, x: Shape, *, y: Shape) -> int:
        """One multiplication for each weight of each filter, at every position of the output."""
        return product((*y.spatial, y.channels, share(x.channels, self.groups), *self.kernel))

    def check(self, x: Shape) -> None:
        self.check_channels(x)
        check_fit(self, x.spatial, self.kernel, self.dilation, self.padding)

    def check_channels(self, x: Shape) -> None:
        """Raise ShapeError where the axes or the groups don't come out."""
        check_rank(self, x, self.rank + 1)
        if x.channels % self.groups:
            raise ShapeError(
                f"{type(self).__name__}: {x.channels} input channels do not divide into {self.groups} groups."
            )


class Conv1D(Convolution):
    """Keras `Conv1D`, PyTorch `Conv1d`: along a sequence of `length × channels`."""

    __slots__ = ()

    rank: ClassVar[int] = 1


class Conv2D(Convolution):
    """Keras `Conv2D`, PyTorch `Conv2d`: over an image of `height × width × channels`."""

    __slots__ = ()

    rank: ClassVar[int] = 2


class Conv3D(Convolution):
    """Keras `Conv3D`, PyTorch `Conv3d`: through a volume of `depth × height × width × channels`."""

    __slots__ = ()

    rank: ClassVar[int] = 3
