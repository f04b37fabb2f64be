"""Convolutions: neither 1 nor 3 input channels, and never as many as filters, kernel cells or strides."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from quizgen.layers import PartialConv2D, Shape
from quizgen.layers.base import Layer, Sizes
from quizgen.layers.convolution import Convolution
from quizgen.layers.depthwise import DepthwiseConvolution, SeparableConvolution
from quizgen.layers.transposed import ConvolutionTranspose
from quizgen.sampling.conventions import KERAS, Word
from quizgen.sampling.numbers import widths
from quizgen.sampling.request import Request
from quizgen.sampling.series import Level
from quizgen.sampling.subject import Drawn
from quizgen.sampling.windows import Windows, draw_windows

NARROW_KERNELS = (2, 3, 4, 5)
NARROW_SIZES = (4, 5, 6, 7, 8, 9, 10, 12, 14, 15, 16)
"""For transposed convolutions, whose output is larger than the input."""


def draw_convolution(request: Request, kind: type[Convolution]) -> Drawn:
    """As many groups as divide both channels and filters, and mostly one."""
    window = draw_windows(request, kind.rank)
    groups = draw_groups(request)
    x = draw_channels(request, window, request.fixed("filters"), divides(groups))
    filters = request.count("filters", unlike=x[-1:], if_=divides(groups))
    bias = request.flag("bias", True)
    return kind(filters, window.kernel, window.stride, window.padding, window.dilation, groups, bias), (x,)


def draw_depthwise(request: Request, kind: type[DepthwiseConvolution]) -> Drawn:
    """Mostly one kernel for each channel."""
    window = draw_windows(request, kind.rank)
    x = draw_channels(request, window)
    multiplier = request.draw("multiplier", (1, 1, 2, 3), unlike=x[-1:])
    bias = request.flag("bias", True)
    return kind(window.kernel, window.stride, window.padding, window.dilation, multiplier, bias), (x,)


def draw_separable(request: Request, kind: type[SeparableConvolution]) -> Drawn:
    """Filters that are neither the channels nor what the depthwise part makes of them."""
    window = draw_windows(request, kind.depthwise.rank)
    x = draw_channels(request, window, request.fixed("filters"))
    multiplier = request.draw("multiplier", (1, 1, 1, 2), unlike=x[-1:])
    filters = request.count("filters", unlike=(x.channels, x.channels * multiplier))
    bias = request.flag("bias", True)
    return kind(filters, window.kernel, window.stride, window.padding, window.dilation, multiplier, bias), (x,)


def draw_partial(request: Request, kind: type[Layer]) -> Drawn:
    """Each filter reads equally many of the maps, and not all of them."""
    window = draw_windows(request, 2, dilates=False)
    x = draw_channels(request, window, request.fixed("filters"))
    asked = request.least("connections")
    reads = (lambda filters: filters <= asked <= x.channels * filters) if asked is not None else None
    filters = request.count("filters", unlike=x[-1:], if_=reads)
    connections = request.draw("connections", [filters * maps for maps in range(2, x.channels)] or [filters])
    bias = request.flag("bias", True)
    return PartialConv2D(filters, connections, window.kernel, window.stride, window.padding, bias), (x,)


def draw_transposed(request: Request, kind: type[ConvolutionTranspose]) -> Drawn:
    """The kernel is wider than the stride, so that their overlap shows in the size."""
    rank, framework = kind.rank, request.framework
    oblong_kernel = request.stream.chance(0.5)
    kernel = request.axes("kernel", rank, NARROW_KERNELS, oblong=oblong_kernel)
    stride = request.axes("stride", rank, [stride for stride in (2, 3) if stride < min(kernel)] or [2])
    padding = request.padding(usual_paddings(framework, kernel, stride), kernel)
    extra = request.axes("output_padding", rank, (0, 0, 1) if framework != KERAS and min(stride) > 1 else (0,))
    spatial = request.axes("size", rank, NARROW_SIZES, oblong=not oblong_kernel)
    channels = request.count("channels", unlike=(*request.fixed("filters"), *kernel, *stride))
    filters = request.count("filters", unlike=(channels,))
    bias = request.flag("bias", True)
    return kind(filters, kernel, stride, padding, bias=bias, output_padding=extra), (Shape((*spatial, channels)),)


def usual_paddings(framework: str, kernel: Sizes, stride: Sizes) -> Sequence[int | Word]:
    """Mostly such that the output isn't simply the input times the stride."""
    if framework == KERAS:
        return ("valid", "valid", "same")
    axes = tuple(zip(kernel, stride, strict=True))
    return [zeros for zeros in (0, 1) if all(k != 2 * zeros + s for k, s in axes)] or [0]


def draw_groups(request: Request) -> int:
    """Mostly 1, and from the level of groups on 2 or 4 too: some number with which channels and filters come out."""

    if request.level < Level.GROUPS and not request.asks("groups"):
        return 1
    return request.draw("groups", (1, 1, 2, 4), if_=comes_out(request, "channels", "filters"))


def comes_out(request: Request, *names: str) -> Callable[[int], bool]:
    """Whether something that may be drawn for each of the settings comes out in so many groups."""
    options = [request.options(name, widths(request.level)) for name in names]
    return lambda groups: all(any(map(divides(groups), among)) for among in options)


def divides(groups: int) -> Callable[[int], bool]:
    """Whether channels come out in so many groups, and with more than one channel in each."""
    return lambda channels: channels % groups == 0 and channels > groups


def draw_channels(
    request: Request,
    window: Windows,
    unlike: tuple[object, ...] = (),
    if_: Callable[[int], bool] | None = None,
) -> Shape:
    """The input of the window."""
    apart = (*unlike, *window.kernel, *window.stride)
    return Shape((*window.spatial, request.count("channels", unlike=apart, if_=if_)))
