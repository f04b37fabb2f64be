"""Inputs for layers that take what comes: maps, vectors, sequences of vectors."""

from __future__ import annotations

from quizgen.layers.base import Shape
from quizgen.sampling.numbers import LENGTHS, sizes
from quizgen.sampling.request import Request
from quizgen.sampling.windows import LEAST_MAP

MAP = ("size", "channels")
VECTORS = ("length", "features")
ANY = (*MAP, *VECTORS)
"""The settings of the inputs below."""


def draw_map(request: Request, rank: int) -> Shape:
    """A map of `spatial × channels`, all of them different where that can be."""
    spatial = request.axes("size", rank, sizes(request.level, rank, 2 * LEAST_MAP), oblong=request.oblong)
    return Shape((*spatial, request.count("channels", unlike=spatial)))


def draw_vector(request: Request) -> Shape:
    return Shape((request.count("features", least=8),))


def draw_vectors(request: Request) -> Shape:
    """A sequence, with as many steps as features never."""
    features = request.count("features", least=8, unlike=request.fixed("length"))
    return Shape((request.draw("length", LENGTHS, unlike=(features,)), features))


def draw_any(request: Request, usual: str = "map") -> Shape:
    """The input that the settings speak of, or the usual one: a `map`, a `vector`, or `vectors`."""
    if request.asks("length"):
        return draw_vectors(request)
    if request.asks("features") and usual != "vectors":
        return draw_vector(request)
    if request.asks("size", "channels") or usual == "map":
        return draw_map(request, 2)
    return draw_vectors(request) if usual == "vectors" else draw_vector(request)
