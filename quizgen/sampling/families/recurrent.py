"""Recurrent networks: from tokens or steps to one output."""

from __future__ import annotations

from quizgen.layers import Bidirectional, Dense, Embedding, Shape
from quizgen.network import Network
from quizgen.sampling.families.chain import Chain
from quizgen.sampling.families.head import narrower
from quizgen.sampling.families.style import add_dropout
from quizgen.sampling.layers.sequence import CELLS, draw_cell
from quizgen.sampling.layers.shapes import draw_vectors
from quizgen.sampling.numbers import CLASSES, FACTORS, LENGTHS, VOCABULARIES
from quizgen.sampling.request import Request

ROLES = {"SimpleRNN": "rnn", "LSTM": "lstm", "GRU": "gru"}


def draw_recurrent_network(request: Request) -> Network:
    """An embedding or a sequence of features, one or two recurrent layers (perhaps both ways), a dense layer."""
    chain = draw_source(request)
    cell = request.draw("cell", tuple(CELLS))
    layers = request.draw("layers", (1, 1, 2))
    both_ways = request.flag("bidirectional", request.asks("merge") or request.stream.chance(0.3))
    for index in range(layers):
        sequences = index < layers - 1 or request.flag("sequences", False)
        layer = draw_cell(request, CELLS[cell], chain.shape, sequences)
        if both_ways:
            chain.add("bidirectional", Bidirectional(layer, request.draw("merge", ("concat",))))
        else:
            chain.add(ROLES[cell], layer)
    if request.chance("dropout", 0.25):
        add_dropout(request, chain)
    chain.once("output", Dense(narrower(request, chain, "classes", CLASSES), request.flag("bias", True)))
    return chain.network("recurrent", request.framework)


def draw_source(request: Request) -> Chain:
    """Tokens with their embedding, or steps of features."""
    tokens = request.asks("vocabulary", "width") or (not request.asks("features") and request.stream.chance(0.6))
    if not request.flag("embedding", tokens):
        return Chain(draw_vectors(request))
    width = request.draw("width", [factor for factor in FACTORS if 8 <= factor <= 64], unlike=request.fixed("length"))
    chain = Chain(Shape((request.draw("length", LENGTHS, unlike=(width,)),)))
    chain.once("embedding", Embedding(request.draw("vocabulary", VOCABULARIES, unlike=(*chain.shape, width)), width))
    return chain
