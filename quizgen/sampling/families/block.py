"""The blocks of which deep convolutional networks are made, one alone: residual (He et al. 2015, arXiv:1512.03385),
Inception (Szegedy et al. 2014, arXiv:1409.4842), fire (Iandola et al. 2016, arXiv:1602.07360), inverted residual
(Sandler et al. 2018, arXiv:1801.04381), dense (Huang et al. 2016, arXiv:1608.06993)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from quizgen.layers import Add, Concatenate, Conv2D, DepthwiseConv2D, MaxPooling2D
from quizgen.network import Network
from quizgen.sampling.conventions import padded
from quizgen.sampling.families.chain import Chain
from quizgen.sampling.families.style import Style, draw_style
from quizgen.sampling.layers.shapes import draw_map
from quizgen.sampling.request import Request

ONE, THREE, FIVE = (1, 1), (3, 3), (5, 5)
EXPANSIONS = (2, 3, 4)
"""How many times wider a bottleneck is outside than inside, and an inverted one inside than outside."""

WIDENS = 0.6
"""How often a residual block puts out more channels than it reads."""


class Block(NamedTuple):
    """A block in the making: what it stands on, and what all of its convolutions have in common."""

    request: Request
    chain: Chain
    style: Style

    def convolution(self, filters: int, kernel: tuple[int, int], *sources: str) -> str:
        """A convolution that keeps the size of the map, with its normalization: the name of the last of them."""
        padding = padded(self.request.framework, "same", kernel, ONE)
        self.chain.add("conv", Conv2D(filters, kernel, padding=padding, bias=self.style.bias), *sources)
        self.style.finish(self.chain)
        return self.chain.last

    def filters(self, *unlike: int) -> int:
        """Another number than the block reads, and than those."""
        return self.request.count("filters", unlike=(self.chain.shape.channels, *unlike))

    def fewer(self, *unlike: int) -> int:
        """Fewer than the block reads."""
        channels = self.chain.shape.channels
        return self.request.count("filters", least=2, unlike=unlike, if_=lambda filters: filters < channels)

    def more(self) -> int:
        """More than the block reads, where there are such."""
        channels = self.chain.shape.channels
        return self.request.count("filters", unlike=(channels,), if_=lambda filters: filters > channels)

    def times(self) -> int:
        return self.request.draw("multiplier", EXPANSIONS)


def draw_block_alone(request: Request) -> Network:
    """One block of a deep network: residual, a bottleneck, Inception, fire, inverted or dense."""
    kind = request.draw("kind", tuple(KINDS))
    style = draw_style(request, normalized=0.4)
    chain = Chain(draw_map(request, 2, if_=lambda width: width >= LEAST.get(kind, 0)))
    KINDS[kind](Block(request, chain, style))
    return chain.network(kind, request.framework)


def basic(block: Block) -> None:
    """Two convolutions of 3 × 3 and a shortcut, with a 1 × 1 convolution on it where the block widens."""
    source, channels = block.chain.last, block.chain.shape.channels
    filters = block.more() if block.request.stream.chance(WIDENS) else channels
    block.convolution(filters, THREE)
    branch = block.convolution(filters, THREE)
    add_shortcut(block, filters, branch, source)


def bottleneck(block: Block) -> None:
    """Down to fewer channels, 3 × 3 there, and up again."""
    source, inside = block.chain.last, block.fewer()
    outside = block.times() * inside
    block.convolution(inside, ONE)
    block.convolution(inside, THREE)
    branch = block.convolution(outside, ONE)
    add_shortcut(block, outside, branch, source)


def inverted(block: Block) -> None:
    """Up to more channels, a depthwise 3 × 3 there, and down again."""
    source, channels, style = block.chain.last, block.chain.shape.channels, block.style
    block.convolution(block.times() * channels, ONE)
    depthwise = DepthwiseConv2D(THREE, padding=padded(block.request.framework, "same", THREE, ONE), bias=style.bias)
    block.chain.once("depthwise", depthwise)
    style.finish(block.chain)
    branch = block.convolution(channels, ONE)
    add_shortcut(block, channels, branch, source)


def inception(block: Block) -> None:
    """Four branches side by side: 1 × 1; 3 × 3 and 5 × 5, each behind a 1 × 1; and 1 × 1 behind a pooling."""
    source, framework = block.chain.last, block.request.framework
    narrow = block.fewer()
    narrower = block.fewer(narrow)
    first = block.convolution(block.filters(narrow, narrower), ONE)
    block.convolution(narrow, ONE, source)
    second = block.convolution(block.filters(narrow, narrower), THREE)
    block.convolution(narrower, ONE, source)
    third = block.convolution(block.filters(narrow, narrower), FIVE)
    block.chain.once("pool", MaxPooling2D(THREE, ONE, padded(framework, "same", THREE, ONE)), source)
    fourth = block.convolution(block.filters(narrow, narrower), ONE)
    block.chain.once("concat", Concatenate(), first, second, third, fourth)


def fire(block: Block) -> None:
    """A squeeze to few channels, and two convolutions of it side by side."""
    squeezed = block.convolution(block.fewer(), ONE)
    wide = block.more()
    left = block.convolution(wide, ONE)
    right = block.convolution(wide, THREE, squeezed)
    block.chain.once("concat", Concatenate(), left, right)


def dense(block: Block) -> None:
    """Convolutions that each read all maps before them, and add as many of their own."""
    growth = block.filters()
    for _ in range(block.request.draw("layers", (2, 3))):
        source = block.chain.last
        made = block.convolution(growth, THREE)
        block.chain.add("concat", Concatenate(), source, made)


def add_shortcut(block: Block, filters: int, branch: str, source: str) -> None:
    """The sum of a branch and what the block reads, brought in line where it has other channels."""
    if block.chain.shape_of(source).channels != filters:
        padding = padded(block.request.framework, "valid", ONE, ONE)
        shortcut = Conv2D(filters, ONE, padding=padding, bias=block.style.bias)
        source = block.chain.once("shortcut", shortcut, source)
        block.style._replace(activation="none").finish(block.chain)
        source = block.chain.last
    block.chain.once("add", Add(), branch, source)


KINDS: Mapping[str, Callable[[Block], None]] = {
    "basic": basic,
    "bottleneck": bottleneck,
    "inception": inception,
    "fire": fire,
    "inverted": inverted,
    "dense": dense,
}
LEAST = {"bottleneck": 8, "inception": 10, "fire": 8}
"""The fewest channels that a block of a kind reads, where it narrows them."""
