"""Convolutions that keep the channels apart, and those that then mix them at every position."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from quizgen.arithmetic import product
from quizgen.layers.base import Shape, Sizes, check_rank, check_sizes
from quizgen.layers.convolution import Conv1D, Conv2D, Convolution
from quizgen.layers.graph import Composite, Node
from quizgen.layers.sliding import Padding, SlidingKernel, check_fit, check_padding, check_window, fill_in


@dataclass(frozen=True, slots=True)
class DepthwiseConvolution(SlidingKernel):
    """`multiplier` kernels slide over each channel on its own (Howard et al. 2017, arXiv:1704.04861).

    Shapes: input `spatial × channels`, output `spatial × channels · multiplier`. In PyTorch it is a convolution with as
    many groups as channels.
    """

    kernel: Sizes
    stride: Sizes = ()
    padding: Padding = "valid"
    dilation: Sizes = ()
    multiplier: int = 1
    bias: bool = True

    rank: ClassVar[int]

    def __post_init__(self) -> None:
        fill_in(self, stride=(1,) * self.rank, dilation=(1,) * self.rank)
        check_sizes(self, multiplier=self.multiplier)
        check_window(self, self.rank, kernel=self.kernel, stride=self.stride, dilation=self.dilation)
        check_padding(self, self.rank, self.padding)

    def maps(self, x: Shape) -> int:
        return x.channels * self.multiplier

    def trainable(self, x: Shape) -> int:
        """channels · multiplier · (kernel + 1): each kernel is one channel deep and has one bias."""
        weights = product(self.kernel)
        return x.channels * self.multiplier * (weights + 1 if self.bias else weights)

    def macs(self, x: Shape, *, y: Shape) -> int:
        """One multiplication for each weight, at every position of the output."""
        return product((*y.spatial, y.channels, *self.kernel))

    def check(self, x: Shape) -> None:
        check_rank(self, x, self.rank + 1)
        check_fit(self, x.spatial, self.kernel, self.dilation, self.padding)


class DepthwiseConv1D(DepthwiseConvolution):
    """Keras `DepthwiseConv1D`, PyTorch `Conv1d(..., groups=channels)`."""

    __slots__ = ()

    rank: ClassVar[int] = 1


class DepthwiseConv2D(DepthwiseConvolution):
    """Keras `DepthwiseConv2D`, PyTorch `Conv2d(..., groups=channels)`."""

    __slots__ = ()

    rank: ClassVar[int] = 2


@dataclass(frozen=True, slots=True)
class SeparableConvolution(Composite):
    """A depthwise convolution, then a pointwise one that mixes the channels (Chollet 2017, arXiv:1610.02357).

    Shapes: input `spatial × channels`, output `spatial × filters`. As in Keras, stride, padding, dilation and
    multiplier belong to the depthwise part, and the only bias to the pointwise part.
    """

    filters: int
    kernel: Sizes
    stride: Sizes = ()
    padding: Padding = "valid"
    dilation: Sizes = ()
    multiplier: int = 1
    bias: bool = True

    depthwise: ClassVar[type[DepthwiseConvolution]]
    pointwise: ClassVar[type[Convolution]]

    def __post_init__(self) -> None:
        rank = self.depthwise.rank
        fill_in(self, stride=(1,) * rank, dilation=(1,) * rank)
        check_sizes(self, filters=self.filters, multiplier=self.multiplier)
        check_window(self, rank, kernel=self.kernel, stride=self.stride, dilation=self.dilation)
        check_padding(self, rank, self.padding)

    def nodes(self, *inputs: Shape) -> tuple[Node, ...]:
        spatial = self.depthwise(self.kernel, self.stride, self.padding, self.dilation, self.multiplier, bias=False)
        mixing = self.pointwise(self.filters, (1,) * self.depthwise.rank, bias=self.bias)
        return Node("depthwise", spatial), Node("pointwise", mixing)


class SeparableConv1D(SeparableConvolution):
    """Keras `SeparableConv1D`."""

    __slots__ = ()

    depthwise: ClassVar[type[DepthwiseConvolution]] = DepthwiseConv1D
    pointwise: ClassVar[type[Convolution]] = Conv1D


class SeparableConv2D(SeparableConvolution):
    """Keras `SeparableConv2D`."""

    __slots__ = ()

    depthwise: ClassVar[type[DepthwiseConvolution]] = DepthwiseConv2D
    pointwise: ClassVar[type[Convolution]] = Conv2D
