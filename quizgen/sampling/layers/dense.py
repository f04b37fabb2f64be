"""Dense layers, with as many features as units never."""

from __future__ import annotations

from quizgen.layers import Dense, LoRA, Shape, TimeDistributed
from quizgen.layers.base import Layer
from quizgen.sampling.numbers import FACTORS, LENGTHS
from quizgen.sampling.request import Request
from quizgen.sampling.subject import Drawn


def draw_dense(request: Request, kind: type[Layer]) -> Drawn:
    """On a vector; with a `length` on a sequence of vectors."""
    x, layer = draw_plain(request)
    return layer, (draw_steps(request, x) if request.asks("length") else x,)


def draw_time_distributed(request: Request, kind: type[Layer]) -> Drawn:
    """A dense layer at every step."""
    x, layer = draw_plain(request)
    return TimeDistributed(layer), (draw_steps(request, x),)


def draw_lora(request: Request, kind: type[Layer]) -> Drawn:
    """An adapter on a dense layer, much thinner than it."""
    x, layer = draw_plain(request)
    return LoRA(layer, request.draw("rank", (2, 4, 8), if_=lambda rank: 2 * rank <= min(*x, layer.units))), (x,)


def draw_plain(request: Request) -> tuple[Shape, Dense]:
    """A vector and a dense layer on it."""
    features = request.draw("features", FACTORS[2:], unlike=request.fixed("units", "length"))
    units = request.count("units", unlike=(features,))
    return Shape((features,)), Dense(units, request.flag("bias", True))


def draw_steps(request: Request, step: Shape) -> Shape:
    """A sequence of such vectors."""
    return Shape((request.draw("length", LENGTHS, unlike=step), *step))
