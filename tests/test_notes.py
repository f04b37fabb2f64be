"""Notes on what surprises: each with the numbers of a network for which they were worked by hand or published."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from quizgen.architectures import ALL, architecture
from quizgen.layers import (
    GRU,
    LSTM,
    Activation,
    BatchNorm,
    Conv2D,
    Dense,
    Dropout,
    Flatten,
    MaxPooling2D,
    MultiHeadAttention,
)
from quizgen.layers.base import Layer
from quizgen.network import Network, stack
from quizgen.notes import MOST, RULES, notes
from quizgen.render.json import markdown
from quizgen.unknown import UNKNOWN


def said(network: Network) -> str:
    return "\n".join(map(markdown, notes(network)))


def keras(x: Sequence[int], *layers: Layer) -> Network:
    return stack("n", x, layers)


def torch(x: Sequence[int], *layers: Layer) -> Network:
    return stack("n", x, layers, framework="torch")


IMAGE = (28, 28, 1)

SAID = {
    # GRU(32) on 16 features: 4,800 in Keras and PyTorch, 4,704 in textbooks.
    "3 × 32 parameters": (keras((10, 16), GRU(32, biases=2)), "second ones are 96 parameters"),
    # LSTM 10 → 20: Keras 2,480, PyTorch 2,560.
    "4 × 20 parameters": (torch((10, 10), LSTM(20, biases=2)), "second ones are 80 parameters"),
    # Dense(250) on 50 × 50 × 100: 250 · 101; after a Flatten 250 · 250,001.
    "a Dense without a Flatten": (keras((50, 50, 100), Dense(250)), "62,500,250 instead of 25,250 parameters"),
    "key_dim of one head": (keras((16, 512), MultiHeadAttention(8, 512)), "4,096 features wide together, not the 512"),
    "a bias before a normalization": (
        torch(IMAGE, Conv2D(32, (3, 3)), BatchNorm(statistics="buffers"), Activation("relu")),
        "`bias=False` saves 32 parameters",
    ),
    "statistics as buffers": (
        torch(IMAGE, Conv2D(32, (3, 3), bias=False), BatchNorm(statistics="buffers")),
        "64 numbers, are buffers",
    ),
    "statistics in Keras": (keras(IMAGE, Conv2D(32, (3, 3)), BatchNorm()), "64 numbers, count as non-trainable"),
    "a row that is dropped": (keras((11, 11, 64), MaxPooling2D((2, 2))), "the last row and column are never read"),
    "a stride": (
        keras((32, 32, 3), Conv2D(16, (3, 3), (2, 2), "same")),
        "the same 448, and do 442,368 multiply-accumulates instead of 110,592",
    ),
    "a pooling": (keras(IMAGE, MaxPooling2D((2, 2)), Dropout(0.5)), "Pooling and dropout have no weights"),
    "a large layer": (
        keras((7, 7, 64), Flatten(), Dense(256), Dense(10)),
        "`dense_1` holds 99.7% of all parameters: each of its 256 units has a weight for each of 3,136 features",
    ),
}


@pytest.mark.parametrize("case", SAID)
def test_what_is_said(case: str) -> None:
    network, words = SAID[case]
    assert words in said(network)


UNSAID = {
    "a Flatten stands before the Dense": (keras(IMAGE, Flatten(), Dense(10)), "without a Flatten"),
    "a dense layer on tokens": (keras((16, 64), Dense(10)), "without a Flatten"),
    "one bias vector": (keras((10, 10), LSTM(20)), "bias vectors"),
    "an activation may stand between, as a setting": (keras(IMAGE, Conv2D(8, (3, 3)), BatchNorm()), "does nothing"),
    "windows that come out": (keras((12, 12, 1), MaxPooling2D((2, 2))), "never read"),
    "heads as wide as the input": (keras((16, 512), MultiHeadAttention(8, 64)), "key_dim"),
    "nothing to say": (keras((8,), Dense(2)), "the"),
}


@pytest.mark.parametrize("case", UNSAID)
def test_what_is_not_said(case: str) -> None:
    network, words = UNSAID[case]
    assert words not in said(network)


def test_words_and_code_that_disagree() -> None:
    """The question on AI Stack Exchange: 50,828,751 by its words, 228,550 by the summary of its code."""
    for name, here in (("two-class", "as in the words"), ("two-class-in-code", "as in the code")):
        first = markdown(notes(architecture(name))[0])
        assert "padding is valid in words and same in code" in first
        assert "the code lacks `flatten` and `output`" in first
        assert "50,828,751 parameters in words and 228,550 in code" in first
        assert first.endswith(f"Here it is {here}.")


def test_shared_parameters() -> None:
    """GPT-2 has 124,439,808 parameters with its output tied to the embedding, and 163,037,184 without."""
    assert f"{163_037_184 - 124_439_808:,} more" in said(architecture("gpt-2"))


def test_biases_of_keras_resnet() -> None:
    """ResNet-50 has 25,636,712 parameters in Keras; without the convolutions' biases 25,610,152."""
    assert f"saves {25_636_712 - 25_610_152:,} parameters" in said(architecture("resnet-50-keras"))


@pytest.mark.parametrize("name", [one.name for one in ALL])
def test_notes_are_few(name: str) -> None:
    assert len(notes(architecture(name))) <= MOST


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_a_rule_can_live_with_unknown_sizes(rule: object) -> None:
    layers = (
        Conv2D(32, (3, 3), (2, 2)),
        BatchNorm(),
        Activation("relu"),
        MaxPooling2D((2, 2)),
        Dense(3),
        Flatten(),
        Dense(2),
    )
    network = keras((UNKNOWN, UNKNOWN, UNKNOWN), *layers)
    note = rule(network)  # type: ignore[operator]
    assert note is None or "?" not in markdown(note)
