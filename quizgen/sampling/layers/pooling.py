"""Pooling, over windows that leave something over, and over whole maps."""

from __future__ import annotations

from collections.abc import Sequence

from quizgen.layers import Shape, Subsampling2D
from quizgen.layers.base import Sizes
from quizgen.layers.global_pooling import AdaptivePooling, GlobalPooling
from quizgen.layers.pooling import Pooling
from quizgen.sampling.conventions import KERAS, Word
from quizgen.sampling.layers.shapes import draw_map
from quizgen.sampling.request import Request
from quizgen.sampling.series import Level
from quizgen.sampling.subject import Drawn
from quizgen.sampling.windows import draw_spatial

OVERLAPPING = 0.25
"""How often a window of 3 moves by 2."""


def draw_pooling(request: Request, kind: type[Pooling]) -> Drawn:
    """A window of 2 or 3 that mostly leaves something over."""
    pool = request.axes("pool", kind.rank, (2, 2, 3))
    stride = draw_stride(request, pool)
    padding = request.padding(usual_paddings(request), pool)
    spatial = draw_spatial(request, pool, stride, padding, request.oblong)
    return kind(pool, stride, padding, request.flag("ceil", False)), (with_channels(request, spatial, pool),)


def draw_subsampling(request: Request, kind: type[Pooling]) -> Drawn:
    """LeNet's: a window of 2 that moves by 2."""
    pool = request.axes("pool", 2, (2,))
    spatial = draw_spatial(request, pool, pool, "valid", request.oblong)
    return Subsampling2D(pool), (with_channels(request, spatial, pool),)


def draw_global(request: Request, kind: type[GlobalPooling]) -> Drawn:
    """On a map of any size."""
    return kind(request.flag("keepdims", False)), (draw_map(request, kind.rank),)


def draw_adaptive(request: Request, kind: type[AdaptivePooling]) -> Drawn:
    """Down to a few cells, among which the input seldom divides evenly."""
    x = draw_map(request, kind.rank)
    return kind(request.axes("cells", kind.rank, range(2, min(max(min(x.spatial) // 2, 3), 8)))), (x,)


def draw_stride(request: Request, pool: Sizes) -> Sizes:
    """As wide as the window, or sometimes narrower."""
    if request.asks("stride"):
        return request.axes("stride", len(pool), pool)
    return (2,) * len(pool) if min(pool) > 2 and request.stream.chance(OVERLAPPING) else pool


def usual_paddings(request: Request) -> Sequence[int | Word]:
    """None before whole tables are known, and seldom after."""
    if request.level <= Level.TABLES:
        return ("valid",)
    return ("valid", "valid", "same") if request.framework == KERAS else (0, 0, 1)


def with_channels(request: Request, spatial: Sizes, pool: Sizes) -> Shape:
    """The map that is pooled."""
    return Shape((*spatial, request.count("channels", unlike=pool)))
