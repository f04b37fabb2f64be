"""Multilayer perceptrons."""

from __future__ import annotations

from quizgen.layers import Flatten, Shape
from quizgen.network import Network
from quizgen.sampling.families.chain import Chain
from quizgen.sampling.families.head import add_dense
from quizgen.sampling.families.style import draw_style
from quizgen.sampling.numbers import FACTORS, sizes
from quizgen.sampling.request import Request
from quizgen.sampling.series import Level

COLOURS = (1, 3, 3)


def draw_mlp(request: Request) -> Network:
    """Dense layers one after the other, on a vector or a flattened image."""
    style = draw_style(request, normalized=0.25, activated=0.35)
    single = request.level < Level.DENSE_STACKS and not request.asks("units", "activation", "normalization")
    layers = request.draw("layers", (1,) if single else (2, 2, 3))
    if request.flag("flatten", request.asks("size", "channels")):
        spatial = request.axes("size", 2, sizes(request.level, 2, 6), oblong=request.oblong)
        chain = Chain(Shape((*spatial, request.draw("channels", COLOURS))))
        chain.once("flatten", Flatten())
    else:
        chain = Chain(Shape((request.draw("features", FACTORS[4:], unlike=request.fixed("units", "classes")),)))
    add_dense(request, chain, style, layers - 1)
    return chain.network("mlp", request.framework)
