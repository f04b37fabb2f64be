"""From the last map, or vector, to the output: flatten or pool, and dense layers that narrow down."""

from __future__ import annotations

from collections.abc import Sequence

from quizgen.layers import (
    Dense,
    Flatten,
    GlobalAveragePooling1D,
    GlobalAveragePooling2D,
    GlobalAveragePooling3D,
)
from quizgen.layers.base import Layer
from quizgen.sampling.families.chain import Chain
from quizgen.sampling.families.style import Style, add_dropout
from quizgen.sampling.numbers import CLASSES, widths
from quizgen.sampling.request import Request
from quizgen.sampling.series import Level

GLOBAL_POOLING: dict[int, Layer] = {
    1: GlobalAveragePooling1D(),
    2: GlobalAveragePooling2D(),
    3: GlobalAveragePooling3D(),
}


def draw_head(request: Request, pooled: bool) -> str:
    """Nothing before the level of pooling, then a flatten, and from the level of global pooling on that too: always on
    maps that have not been pooled before, which would make a very long vector."""
    if request.asks("units", "dense", "dropout"):
        return request.draw("head", ("flatten",))
    if request.level < Level.POOLING and not request.asks("classes"):
        return request.draw("head", ("none",))
    if request.level < Level.NORMALIZATION:
        return request.draw("head", ("flatten",))
    return request.draw("head", ("flatten", "flatten", "global") if pooled else ("global",))


def add_head(request: Request, chain: Chain, style: Style, head: str) -> None:
    """Flatten or global pooling (or, for `maps`, neither), then the dense layers."""
    if head == "none":
        return
    if head == "flatten":
        chain.once("flatten", Flatten())
    elif head == "global":
        chain.once("global_pool", GLOBAL_POOLING[len(chain.shape) - 1])
    several = head == "flatten" and request.level >= Level.TABLES
    usual = (0, 1, 1, 2) if several else (0,)
    hidden = request.draw("dense", (1, 1, 2) if request.asks("units") else usual)
    add_dense(request, chain, style._replace(normalization="none"), hidden)


def add_dense(request: Request, chain: Chain, style: Style, hidden: int) -> None:
    """So many dense layers, each narrower than the one before where that can be, and the output."""
    drops = request.chance("dropout", 0.4 if hidden and request.level >= Level.DENSE_STACKS else 0.0)
    for _ in range(hidden):
        chain.add("dense", Dense(narrower(request, chain, "units", widths(request.level, 8)), style.bias))
        style.finish(chain)
    if drops:
        add_dropout(request, chain)
    chain.once("output", Dense(narrower(request, chain, "classes", CLASSES), style.bias))


def narrower(request: Request, chain: Chain, name: str, usual: Sequence[int]) -> int:
    """Fewer units than features, or at least another number."""
    features = chain.shape.channels
    return request.draw(name, usual, unlike=(features,), if_=lambda units: units < features)
