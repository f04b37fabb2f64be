"""Convolutional networks: stages of a convolution and perhaps a pooling, then a head."""

from __future__ import annotations

from quizgen.layers import Conv1D, Conv2D, Conv3D, Shape
from quizgen.layers.base import Sizes
from quizgen.layers.convolution import Convolution
from quizgen.network import Network
from quizgen.sampling.conventions import padded
from quizgen.sampling.families.chain import Chain
from quizgen.sampling.families.head import add_head, draw_head
from quizgen.sampling.families.stages import Stage, add_pooling, draw_kernel, draw_stages, least_sizes
from quizgen.sampling.families.style import Style, draw_style
from quizgen.sampling.layers.convolution import divides
from quizgen.sampling.numbers import sizes, sizes_near, widths
from quizgen.sampling.request import Request
from quizgen.sampling.series import Level
from quizgen.sampling.windows import LEAST_MAP

CONVOLUTIONS: dict[int, type[Convolution]] = {1: Conv1D, 2: Conv2D, 3: Conv3D}
CHANNELS = {1: (2, 3, 4, 6, 8), 2: (1, 3, 3, 4), 3: (1, 2, 4)}
"""What images, volumes and recordings have."""

LEAST_INPUT = {1: 12, 2: 10, 3: 6}
"""The smallest side of an input that is flattened in the end."""

POINTWISE = 0.25
"""How often a 1 × 1 convolution stands before the head, from the level of such convolutions on."""


def draw_cnn1d(request: Request) -> Network:
    """Conv1D stages over a recording of a few channels, perhaps pooled, and a head."""
    return draw_cnn(request, 1)


def draw_cnn2d(request: Request) -> Network:
    """Conv2D stages over an image, perhaps pooled, and a head: from one convolution to networks like LeNet."""
    return draw_cnn(request, 2)


def draw_cnn3d(request: Request) -> Network:
    """Conv3D stages through a volume, perhaps pooled, and a head."""
    return draw_cnn(request, 3)


def draw_cnn(request: Request, rank: int) -> Network:
    """A network whose maps have at least 3 cells on each axis until the last pooling."""
    style, stages = draw_style(request), draw_stages(request, rank)
    head = draw_head(request, pooled=stages[-1].pool is not None)
    oblong = request.oblong and request.stream.chance(0.5)
    cells = LEAST_MAP if head == "global" or stages[-1].pool is None else LEAST_MAP - 1
    least = least_sizes(stages, cells)
    spatial = request.axes("size", rank, room(request, rank, stages, cells, head), oblong=oblong, least=least[0])
    while least[0] > min(spatial) and len(stages) > 1 and not request.asks("layers"):
        # The author's input is too small for all of them.
        stages, least = stages[1:], least[1:]
    grouped = divides(stages[0].groups) if stages[0].groups > 1 else None
    chain = Chain(Shape((*spatial, request.draw("channels", CHANNELS[rank], if_=grouped))))
    for index, stage in enumerate(stages):
        following = stages[min(index + 1, len(stages) - 1)]
        kernel_oblong = not oblong and request.oblong and request.stream.chance(0.5)
        kernel = draw_kernel(request, stage, chain.shape.spatial, least[index + 1], kernel_oblong)
        add_stage(request, chain, style, stage, kernel, following.groups)
    if may_be_pointwise(request) and request.stream.chance(POINTWISE):
        add_pointwise(request, chain, style)
    add_head(request, chain, style, head)
    return chain.network(f"cnn{rank}d", request.framework)


def room(request: Request, rank: int, stages: list[Stage], cells: int, head: str) -> tuple[int, ...]:
    """Sizes that hold the stages; such that leave small maps where these are flattened."""
    wide = request.stream.chance(0.5) and len(stages) < 4
    least = least_sizes(stages, cells, wide)[0]
    if head == "flatten" or rank == 3:
        return sizes_near(max(least, LEAST_INPUT[rank]))
    return sizes(request.level, rank, least)


def add_stage(request: Request, chain: Chain, style: Style, stage: Stage, kernel: Sizes, following: int) -> None:
    """A convolution with more filters than the one before it, and its pooling.

    following: the groups of the convolution after it. Where the channels that come in don't come out in groups, as
        those of an image, there is one group.
    """
    groups = stage.groups if divides(stage.groups)(chain.shape.channels) else 1
    filters = draw_filters(request, chain.shape, kernel, max(groups, following))
    conv = CONVOLUTIONS[len(kernel)]
    padding = stage.padding(kernel)
    chain.add("conv", conv(filters, kernel, stage.stride, padding, stage.dilation, groups, style.bias))
    style.finish(chain)
    add_pooling(chain, stage)


def may_be_pointwise(request: Request) -> bool:
    """Whether a 1 × 1 convolution goes with the level, and with what the author says of all convolutions."""
    fixed = request.asks("layers", "kernel", "stride", "padding", "dilation", "groups")
    return request.level >= Level.NORMALIZATION and not fixed


def add_pointwise(request: Request, chain: Chain, style: Style) -> None:
    """A 1 × 1 convolution, which only mixes channels."""
    rank = len(chain.shape.spatial)
    kernel = (1,) * rank
    filters = request.count("filters", unlike=chain.shape)
    padding = padded(request.framework, "valid", kernel, kernel)
    chain.add("conv", CONVOLUTIONS[rank](filters, kernel, padding=padding, bias=style.bias))


def draw_filters(request: Request, x: Shape, kernel: Sizes, groups: int) -> int:
    """A few more than the channels that come in."""
    usual = widths(request.level)
    more = [filters for filters in usual if filters > x.channels and filters % groups == 0][:4] or usual
    return request.draw("filters", more, unlike=(x.channels, *kernel), if_=lambda filters: filters % groups == 0)
