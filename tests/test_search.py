"""The search for misconceptions finds every set with its value: what walking the whole network under them finds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from random import Random

import pytest

from quizgen.diagnosis import concerned
from quizgen.errors import ShapeError
from quizgen.layers import (
    LSTM,
    Add,
    BatchNorm,
    Conv2D,
    Dense,
    DepthwiseConv2D,
    Dropout,
    Embedding,
    EncoderBlock,
    FeedForward,
    Flatten,
    GlobalAveragePooling2D,
    LayerNorm,
    MaxPooling2D,
    PReLU,
    SeparableConv2D,
    Shape,
)
from quizgen.layers.graph import Node, walk
from quizgen.misconceptions import MISCONCEPTIONS, Misconception, rulebook
from quizgen.network import Network, input_axes, stack
from quizgen.quantities import WHOLE, Asked, quantity
from quizgen.question import Number
from quizgen.search import Search

CNN = stack(
    "cnn",
    (32, 32, 3),
    (
        Conv2D(32, (3, 3), padding="same"),
        BatchNorm(),
        MaxPooling2D((2, 2)),
        Conv2D(64, (3, 3), stride=(2, 2)),
        PReLU(),
        SeparableConv2D(24, (3, 3)),
        Flatten(),
        Dense(64),
        Dropout(0.5),
        Dense(10),
    ),
)
TEXT = stack("text", (20,), (Embedding(1000, 32), EncoderBlock(heads=4, hidden=48), LayerNorm(), LSTM(16), Dense(5)))
GRAPH = Network(
    "graph",
    (Shape((15, 15, 8)),),
    (
        Node("stem", Conv2D(8, (3, 3), padding="same")),
        Node("again", Conv2D(8, (3, 3), padding="same"), tied_to="stem"),
        Node("frozen", BatchNorm(), frozen=True),
        Node("path", Conv2D(16, (3, 3), padding="same"), ("frozen",)),
        Node("shortcut", Conv2D(16, (1, 1)), ("stem",), frozen=True),
        Node("join", Add(), ("path", "shortcut")),
        Node("depthwise", DepthwiseConv2D((3, 3))),
        Node("pool", GlobalAveragePooling2D()),
        Node("frozen_feed", FeedForward(24), frozen=True),
        Node("out", Dense(4)),
    ),
    framework="torch",
)

SEARCHED = (
    (CNN, "trainable", WHOLE),
    (CNN, "params", WHOLE),
    (CNN, "non_trainable", WHOLE),
    (CNN, "macs", WHOLE),
    (CNN, "flops", WHOLE),
    (CNN, "output", WHOLE),
    (CNN, "features", "flatten"),
    (CNN, "trainable", "dense_1"),
    (CNN, "macs", "separableconv2d"),
    (CNN, "receptive_field", "separableconv2d"),
    (TEXT, "trainable", WHOLE),
    (TEXT, "macs", WHOLE),
    (TEXT, "trainable", "encoderblock"),
    (TEXT, "output", WHOLE),
    (GRAPH, "trainable", WHOLE),
    (GRAPH, "params", WHOLE),
    (GRAPH, "non_trainable", WHOLE),
    (GRAPH, "flops", WHOLE),
    (GRAPH, "trainable", "out"),
    (GRAPH, "params", "frozen_feed"),
    (GRAPH, "output", "join"),
)
SETS = 250
"""So many sets of each size are walked."""


def walked(network: Network, asked: Asked, held: Sequence[Misconception]) -> Number | None:
    """What is asked for under beliefs, by walking the whole network under them."""
    book = rulebook(*held)
    read_axes = book.get(input_axes, input_axes)
    inputs = [read_axes(x, network.framework) for x in network.inputs]
    nodes = network.nodes if asked.of == WHOLE else network.nodes[: network.place(asked.of) + 1]
    try:
        return asked.value(walk(nodes, inputs, book), book)
    except (ShapeError, ValueError):
        return None


def sets(known: Sequence[Misconception]) -> Iterator[tuple[Misconception, ...]]:
    for size in range(Search.most + 1):
        every = list(combinations(known, size))
        yield from Random(size).sample(every, min(SETS, len(every)))


@pytest.mark.parametrize(("network", "asks", "of"), SEARCHED)
def test_the_search_finds_what_walking_finds(network: Network, asks: str, of: str) -> None:
    asked = Asked(quantity(asks), of)
    known = concerned(network, asked, MISCONCEPTIONS)
    search = Search(network, asked, known)
    found = {search.held(beliefs): value for size in range(Search.most + 1) for beliefs, value in search.values(size)}
    for held in sets(known):
        assert found.get(held) == walked(network, asked, held), [one.id for one in held]
