"""Layers that only move, add, cut off or repeat cells."""

from __future__ import annotations

from itertools import permutations

from quizgen.arithmetic import product
from quizgen.layers import Flatten, Permute, Reshape, Shape
from quizgen.layers.base import Layer
from quizgen.layers.resizing import Cropping, UpSampling, ZeroPadding
from quizgen.layers.sliding import Pairs
from quizgen.sampling.layers.shapes import draw_map
from quizgen.sampling.request import Request
from quizgen.sampling.series import Level
from quizgen.sampling.subject import Drawn
from quizgen.sampling.windows import LEAST_MAP

SMALL_SIZES = (3, 4, 5, 6, 7, 8, 9, 10, 12)

UNEVEN = 0.4
"""How often one more cell is added or cut off at the end than at the beginning."""


def draw_zero_padding(request: Request, kind: type[ZeroPadding]) -> Drawn:
    """One or two zeros on each side, now and then one more at the end."""
    return kind(draw_pairs(request, "zeros", kind.rank)), (draw_map(request, kind.rank),)


def draw_cropping(request: Request, kind: type[Cropping]) -> Drawn:
    """One or two cells off each side, now and then one more at the end."""
    crop = draw_pairs(request, "crop", kind.rank)
    return kind(crop), (draw_map(request, kind.rank, least=max(map(sum, crop)) + LEAST_MAP),)


def draw_up_sampling(request: Request, kind: type[UpSampling]) -> Drawn:
    """Twice or three times as large."""
    return kind(request.axes("factor", kind.rank, (2, 2, 3))), (draw_map(request, kind.rank),)


def draw_flatten(request: Request, kind: type[Layer]) -> Drawn:
    """A map as the last pooling leaves it."""
    return Flatten(), (draw_small_map(request),)


def draw_reshape(request: Request, kind: type[Layer]) -> Drawn:
    """From a vector to a map."""
    target = draw_small_map(request)
    return Reshape(tuple(target)), (Shape((product(target),)),)


def draw_permute(request: Request, kind: type[Layer]) -> Drawn:
    """The axes of a map in another order."""
    order = request.stream.choice([order for order in permutations((1, 2, 3)) if order != (1, 2, 3)])
    return Permute(order), (draw_map(request, 2),)


def draw_small_map(request: Request) -> Shape:
    """A map as the last pooling leaves it."""
    spatial = request.axes("size", 2, SMALL_SIZES, oblong=request.oblong)
    return Shape((*spatial, request.count("channels", unlike=spatial)))


def draw_pairs(request: Request, name: str, rank: int) -> Pairs:
    """Cells (before, after) each axis."""
    before = request.axes(name, rank, (1, 2))
    uneven = not request.asks(name) and request.level >= Level.STRIDES and request.stream.chance(UNEVEN)
    return tuple((cells, cells + uneven) for cells in before)
