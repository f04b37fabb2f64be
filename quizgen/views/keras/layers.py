"""Each kind of layer as Keras code."""

from __future__ import annotations

from quizgen.errors import ViewError
from quizgen.layers.base import Shape
from quizgen.layers.convolution import Convolution
from quizgen.layers.dense import Dense
from quizgen.layers.depthwise import DepthwiseConvolution, SeparableConvolution
from quizgen.layers.merging import Add
from quizgen.layers.wrappers import TimeDistributed, step
from quizgen.views.by_kind import ByKind, by_kind
from quizgen.views.keras.sequence import SEQUENCE
from quizgen.views.keras.spatial import SPATIAL, made, named
from quizgen.views.piece import Piece, Writing, off
from quizgen.views.source import Source, also
from quizgen.views.steps import NoSuchLayer, Step

WITH_ACTIVATION = (Dense, Convolution, DepthwiseConvolution, SeparableConvolution)
"""The kinds with a setting `activation` for what stands behind them."""


def piece(here: Step) -> Piece:
    """A step's layer as Keras code; raises ViewError where Keras has no such layer or convention."""
    write = by_kind(KERAS, here.layer)
    if write is None:
        raise NoSuchLayer("Keras", here.layer)
    written = write(here.layer, *here.inputs)
    settings = {"activation": here.activation or None, "trainable": off(not here.frozen)}
    if not any(setting is not None for setting in settings.values()):
        return written
    return written._replace(makes=(*written.makes[:-1], also(written.makes[-1], **settings)))


def merging(layer: Add, *inputs: Shape) -> Piece:
    sources = ", ".join(f"{{{index}}}" for index in range(len(inputs)))
    return named(layer)._replace(use=(f"{{y}} = {{layer}}([{sources}])",))


def time_distributed(layer: TimeDistributed, x: Shape) -> Piece:
    inner = layer.layer
    written = piece(Step("", inner, (), (step(x),), inner.output(step(x))))
    if len(written.makes) > 1 or written.use:
        raise ViewError(f"Keras has no TimeDistributed of this {type(inner).__name__}, which takes several layers.")
    return made("TimeDistributed", Source(written.makes[0]))


KERAS: ByKind[Writing] = (
    *SPATIAL,
    *SEQUENCE,
    (TimeDistributed, time_distributed),
    (Add, merging),
)
"""Every kind that Keras has, or that a few of its layers make, and its code; the most special first."""
