"""Inputs for layers that take what comes: maps, vectors, sequences of vectors."""

from __future__ import annotations

from collections.abc import Callable

from quizgen.layers.base import Shape
from quizgen.sampling.numbers import LENGTHS, sizes
from quizgen.sampling.request import Request
from quizgen.sampling.windows import LEAST_MAP

MAP = ("size", "channels")
VECTORS = ("length", "features")
ANY = (*MAP, *VECTORS)
"""The settings of the inputs below."""


def draw_map(
    request: Request, rank: int, if_: Callable[[int], bool] | None = None, least: int = 2 * LEAST_MAP
) -> Shape:
    """A map of `spatial × channels`, all different where that can be, with so many cells on each axis at least."""
    usual = sizes(request.level, rank, least)
    spatial = request.axes("size", rank, usual, oblong=request.oblong, least=least)
    return Shape((*spatial, request.count("channels", unlike=spatial, if_=if_)))


def draw_vector(request: Request, if_: Callable[[int], bool] | None = None) -> Shape:
    """A vector of features."""
    return Shape((request.count("features", least=8, if_=if_),))


def draw_vectors(request: Request, if_: Callable[[int], bool] | None = None) -> Shape:
    """A sequence, with as many steps as features never."""
    features = request.count("features", least=8, unlike=request.fixed("length"), if_=if_)
    return Shape((request.draw("length", LENGTHS, unlike=(features,), if_=has_position(request)), features))


def has_position(request: Request) -> Callable[[int], bool]:
    """Whether a sequence of a length has a row for each token in every table of positions that the author allows."""
    positions = request.least("positions")
    return lambda length: positions is None or length <= positions


def draw_any(request: Request, usual: str = "map", if_: Callable[[int], bool] | None = None) -> Shape:
    """The input that the settings speak of, or the usual one: a `map`, a `vector`, or `vectors`.

    if_: what its channels or features should be.
    """
    if request.asks("length"):
        return draw_vectors(request, if_)
    if request.asks("features") and usual != "vectors":
        return draw_vector(request, if_)
    if request.asks("size", "channels") or usual == "map":
        return draw_map(request, 2, if_)
    return draw_vectors(request, if_) if usual == "vectors" else draw_vector(request, if_)
