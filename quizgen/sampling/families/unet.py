"""U-Nets (Ronneberger, Fischer & Brox 2015, arXiv:1505.04597), small ones whose convolutions are padded."""

from __future__ import annotations

from quizgen.layers import Concatenate, Conv2D, ConvTranspose2D, MaxPooling2D, Shape
from quizgen.network import Network
from quizgen.sampling.conventions import padded
from quizgen.sampling.families.chain import Chain
from quizgen.sampling.families.cnn import CHANNELS
from quizgen.sampling.families.style import Style, draw_style
from quizgen.sampling.request import Request
from quizgen.sampling.windows import LEAST_MAP

ONE, TWO = (1, 1), (2, 2)
FIRST_FILTERS = (4, 5, 6, 8, 10)
CLASSES = (2, 3, 4)
DEPTHS = (1, 1, 2)
SIDES = (4, 5, 6, 7, 8)
"""Cells of the lowest map, which has to fit the way up."""


def draw_unet(request: Request) -> Network:
    """Convolutions on the way down and up, joined at each level, and a 1 × 1 convolution for the classes."""
    style = draw_style(request, normalized=0.0)
    depth = request.draw("layers", DEPTHS)
    sides = [request.stream.choice([side for side in SIDES if side >= LEAST_MAP]) * 2**depth for _ in range(2)]
    spatial = request.axes("size", 2, sides[:1]) if request.asks("size") else tuple(sides)
    kernel = request.axes("kernel", 2, (3,))
    first = request.draw("filters", FIRST_FILTERS, unlike=(*kernel,))
    chain = Chain(Shape((*spatial, request.draw("channels", CHANNELS[2], unlike=(first,)))))
    skips = []
    for level in range(depth):
        add_convolution(request, chain, style, first * 2**level, kernel)
        skips.append(chain.last)
        chain.add("pool", MaxPooling2D(TWO, padding=padded(request.framework, "valid", TWO, ONE)))
    add_convolution(request, chain, style, first * 2**depth, kernel)
    for level in reversed(range(depth)):
        padding = padded(request.framework, "valid", TWO, ONE)
        up = chain.add("up", ConvTranspose2D(first * 2**level, TWO, TWO, padding, bias=style.bias))
        chain.add("join", Concatenate(), skips[level], up)
        add_convolution(request, chain, style, first * 2**level, kernel)
    point = padded(request.framework, "valid", ONE, ONE)
    classes = request.draw("classes", CLASSES, unlike=(chain.shape.channels,))
    chain.once("output", Conv2D(classes, ONE, padding=point, bias=style.bias))
    return chain.network("unet", request.framework)


def add_convolution(request: Request, chain: Chain, style: Style, filters: int, kernel: tuple[int, ...]) -> None:
    """A convolution that keeps the size of its map."""
    padding = padded(request.framework, "same", kernel, ONE)
    chain.add("conv", Conv2D(filters, kernel, padding=padding, bias=style.bias))
    style.finish(chain)
