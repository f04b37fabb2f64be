"""Separable networks, in the manner of MobileNet (Howard et al. 2017) and Xception (Chollet 2017)."""

from __future__ import annotations

from quizgen.layers import Conv2D, DepthwiseConv2D, SeparableConv2D, Shape
from quizgen.network import Network
from quizgen.sampling.conventions import KERAS, padded
from quizgen.sampling.families.chain import Chain
from quizgen.sampling.families.cnn import CHANNELS, draw_filters
from quizgen.sampling.families.head import add_head
from quizgen.sampling.families.style import Style, draw_style
from quizgen.sampling.numbers import sizes
from quizgen.sampling.request import Request
from quizgen.sampling.windows import LEAST_MAP

ONE = (1, 1)
HALVED = (2, 2)

HALVES = 0.6
"""How often a block halves its map."""


def draw_separable_network(request: Request) -> Network:
    """A convolution, then separable ones (one layer in Keras, or depthwise and 1 × 1), pooled over the whole map."""
    style = draw_style(request)
    split = request.flag("split", request.framework != KERAS or request.stream.chance(0.5))
    strides = [HALVED if request.stream.chance(HALVES) else ONE for _ in range(request.draw("layers", (2, 2, 3)))]
    least = LEAST_MAP * 2 ** (1 + strides.count(HALVED))
    spatial = request.axes("size", 2, sizes(request.level, 2, least), oblong=request.stream.chance(0.3))
    chain = Chain(Shape((*spatial, request.draw("channels", CHANNELS[2]))))
    add_stem(request, chain, style)
    for stride in strides:
        add_block(request, chain, style, request.axes("stride", 2, (2,)) if request.asks("stride") else stride, split)
    add_head(request, chain, style, request.draw("head", ("global",)))
    return chain.network("separable", request.framework)


def add_stem(request: Request, chain: Chain, style: Style) -> None:
    """A whole convolution that halves the image."""
    kernel = request.axes("kernel", 2, (3,))
    filters = draw_filters(request, chain.shape, kernel, 1)
    padding = padded(request.framework, "same", kernel, ONE)
    chain.add("conv", Conv2D(filters, kernel, HALVED, padding, bias=style.bias))
    style.finish(chain)


def add_block(request: Request, chain: Chain, style: Style, stride: tuple[int, ...], split: bool) -> None:
    """A separable convolution, as one layer or as two."""
    kernel = request.axes("kernel", 2, (3, 3, 5))
    filters = draw_filters(request, chain.shape, kernel, 1)
    padding = padded(request.framework, "same", kernel, ONE)
    if not split:
        chain.add("separable", SeparableConv2D(filters, kernel, stride, padding, bias=style.bias))
    else:
        chain.add("depthwise", DepthwiseConv2D(kernel, stride, padding, bias=style.bias))
        style.finish(chain)
        point = padded(request.framework, "valid", ONE, ONE)
        chain.add("pointwise", Conv2D(filters, ONE, padding=point, bias=style.bias))
    style.finish(chain)
