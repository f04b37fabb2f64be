"""Embeddings and recurrent layers: steps, features and units all differ, so that none can stand for another."""

from __future__ import annotations

from quizgen.layers import (
    GRU,
    LSTM,
    Bidirectional,
    ClassToken,
    Embedding,
    PositionEmbedding,
    Shape,
    SimpleRNN,
    SinusoidalPositions,
    StackedRecurrent,
)
from quizgen.layers.base import Layer
from quizgen.layers.recurrent import RecurrentLayer
from quizgen.sampling.conventions import KERAS, biases
from quizgen.sampling.layers.shapes import draw_vectors
from quizgen.sampling.numbers import FACTORS, LENGTHS, VOCABULARIES
from quizgen.sampling.request import Request
from quizgen.sampling.subject import Drawn

CELLS: dict[str, type[RecurrentLayer]] = {"SimpleRNN": SimpleRNN, "LSTM": LSTM, "GRU": GRU}

ALL_STEPS = 0.3
"""How often a recurrent layer puts out each step's state."""


def draw_embedding(request: Request, kind: type[Layer]) -> Drawn:
    """Vocabulary, width and length all differ."""
    width = request.draw("width", [factor for factor in FACTORS if factor >= 8], unlike=request.fixed("length"))
    vocabulary = request.draw("vocabulary", VOCABULARIES, unlike=(width, *request.fixed("length")))
    return Embedding(vocabulary, width), (Shape((request.draw("length", LENGTHS, unlike=(width, vocabulary)),)),)


def draw_positions(request: Request, kind: type[Layer]) -> Drawn:
    """A table that has more rows than the sequence has tokens."""
    x = draw_vectors(request)
    usual = [length for length in (*LENGTHS, 100, 120, 150) if length > x[0]]
    rows = request.draw("positions", usual[:8], unlike=x[-1:], if_=lambda rows: rows >= x[0])
    return PositionEmbedding(rows), (x,)


def draw_sinusoidal(request: Request, kind: type[Layer]) -> Drawn:
    """On a sequence of vectors."""
    return SinusoidalPositions(), (draw_vectors(request),)


def draw_class_token(request: Request, kind: type[Layer]) -> Drawn:
    """On a sequence of vectors."""
    return ClassToken(), (draw_vectors(request),)


def draw_recurrent(request: Request, kind: type[RecurrentLayer]) -> Drawn:
    """The last state; in PyTorch, which always puts out all of them, every step's."""
    x = draw_vectors(request)
    sequences = request.framework != KERAS or request.stream.chance(ALL_STEPS)
    return draw_cell(request, kind, x, request.flag("sequences", sequences)), (x,)


def draw_bidirectional(request: Request, kind: type[Layer]) -> Drawn:
    """Two of the layers that `cell` names."""
    x = draw_vectors(request)
    sequences = request.flag("sequences", request.stream.chance(ALL_STEPS))
    cell = draw_cell(request, CELLS[request.draw("cell", tuple(CELLS))], x, sequences)
    return Bidirectional(cell, request.draw("merge", ("concat",))), (x,)


def draw_stacked(request: Request, kind: type[Layer]) -> Drawn:
    """Two or three of the layers that `cell` names, perhaps both ways."""
    x = draw_vectors(request)
    sequences = request.flag("sequences", request.stream.chance(ALL_STEPS))
    cell = draw_cell(request, CELLS[request.draw("cell", tuple(CELLS))], x, sequences)
    return StackedRecurrent(cell, request.draw("layers", (2, 2, 3)), request.chance("bidirectional", 0.3)), (x,)


def draw_cell(request: Request, kind: type[RecurrentLayer], x: Shape, sequences: bool) -> RecurrentLayer:
    """A recurrent layer whose units are not the features, nor such that units · features looks like units · units."""
    least = request.least("projection") if kind is LSTM and request.asks("projection") else None

    def tells(units: int) -> bool:
        return units + 1 != 2 * x.channels and (least is None or units > least)

    units = request.count("units", unlike=x, if_=tells)
    vectors = request.draw("biases", (biases(request.framework, kind),))
    if kind is LSTM and request.asks("projection"):
        usual = [width for width in FACTORS if width < units]
        return LSTM(units, vectors, sequences, request.draw("projection", usual))
    return kind(units, vectors, sequences)
