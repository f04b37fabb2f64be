"""Networks with branches: shortcuts that are added (He et al. 2015, arXiv:1512.03385), or branches that are put side by
side (Szegedy et al. 2014, arXiv:1409.4842)."""

from __future__ import annotations

from quizgen.layers import Add, Concatenate, Conv2D, Shape
from quizgen.layers.base import Layer, Sizes
from quizgen.network import Network
from quizgen.sampling.conventions import padded
from quizgen.sampling.families.chain import Chain
from quizgen.sampling.families.cnn import CHANNELS, draw_filters
from quizgen.sampling.families.head import add_head
from quizgen.sampling.families.style import Style, draw_style
from quizgen.sampling.numbers import sizes
from quizgen.sampling.request import Request
from quizgen.sampling.windows import LEAST_MAP

ONE = (1, 1)
HALVED = (2, 2)


def draw_residual(request: Request) -> Network:
    """A convolution, then blocks whose branches are added or concatenated, pooled over the whole map."""
    style = draw_style(request)
    join = request.draw("join", ("add", "add", "concat") if not request.asks("stride") else ("add",))
    blocks = request.draw("layers", (1, 2, 2))
    least = LEAST_MAP * 2 ** (blocks + 1)
    spatial = request.axes("size", 2, sizes(request.level, 2, least), oblong=request.stream.chance(0.3))
    chain = Chain(Shape((*spatial, request.draw("channels", CHANNELS[2]))))
    kernel = request.axes("kernel", 2, (3, 3, 5))
    add_convolution(request, chain, style, draw_filters(request, chain.shape, kernel, 1), kernel)
    style.finish(chain)
    for index in range(blocks):
        if join == "add":
            add_residual_block(request, chain, style, widens=index > 0 or blocks == 1)
        else:
            add_side_by_side(request, chain, style)
    add_head(request, chain, style, request.draw("head", ("global",)))
    return chain.network("residual", request.framework)


def add_residual_block(request: Request, chain: Chain, style: Style, widens: bool) -> None:
    """Two convolutions and their shortcut, on which a 1 × 1 convolution stands where the block widens or strides."""
    source, kernel = chain.last, request.axes("kernel", 2, (3,))
    stride = request.axes("stride", 2, (2,)) if widens else ONE
    filters = draw_filters(request, chain.shape, kernel, 1) if widens else chain.shape.channels
    projects = filters != chain.shape.channels or stride != ONE
    add_convolution(request, chain, style, filters, kernel, stride)
    style.finish(chain)
    add_convolution(request, chain, style, filters, kernel)
    style._replace(activation="none").finish(chain)
    branch = chain.last
    if projects:
        padding = padded(request.framework, "valid", ONE, ONE)
        source = chain.add("shortcut", Conv2D(filters, ONE, stride, padding, bias=style.bias), source)
    chain.add("add", Add(), branch, source)
    style._replace(normalization="none").finish(chain)


def add_side_by_side(request: Request, chain: Chain, style: Style) -> None:
    """Two convolutions of the same input, a narrow and a wide one, with their maps one behind the other."""
    source, kernel = chain.last, request.axes("kernel", 2, (3, 5))
    channels = chain.shape.channels
    narrow = request.count("filters", unlike=(channels,))
    add_convolution(request, chain, style, narrow, ONE)
    style.finish(chain)
    branch = chain.last
    wide = request.count("filters", unlike=(channels, narrow))
    add_convolution(request, chain, style, wide, kernel, ONE, source)
    style.finish(chain)
    chain.add("concat", Concatenate(), branch, chain.last)


def add_convolution(
    request: Request,
    chain: Chain,
    style: Style,
    filters: int,
    kernel: Sizes,
    stride: Sizes = ONE,
    *sources: str,
) -> None:
    """A convolution that keeps the size of its map, but for the stride."""
    padding = padded(request.framework, "same", kernel, ONE)
    layer: Layer = Conv2D(filters, kernel, stride, padding, bias=style.bias)
    chain.add("conv", layer, *sources)
