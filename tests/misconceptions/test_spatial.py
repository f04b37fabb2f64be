"""Misconceptions about dense, convolutional, pooling, shaping and normalizing layers."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, islice
from pathlib import Path

import pytest

from quizgen.believing import believed
from quizgen.feedback import PLACEHOLDER, bent_row, numbers_of
from quizgen.layers import (
    LAYERS,
    Activation,
    BatchNorm,
    Conv1D,
    Conv2D,
    ConvTranspose2D,
    Dense,
    DepthwiseConv2D,
    Dropout,
    Flatten,
    Layer,
    LayerNorm,
    MaxPooling2D,
    PReLU,
    SeparableConv2D,
    Shape,
    Subsampling2D,
)
from quizgen.layers.base import Rule
from quizgen.layers.graph import Node
from quizgen.misconceptions import MISCONCEPTIONS, Misconception, misconception, rulebook
from quizgen.network import Network, stack
from quizgen.quantities import WHOLE, Asked, quantity
from quizgen.question import Number
from quizgen.worked import work
from tests import facts
from tests.misconceptions.cases_spatial import CASES, Case

TOPICS = frozenset(
    (
        "dense", "flatten", "conv", "conv-shape", "conv1d", "conv3d", "groups", "depthwise", "transposed",
        "output-size", "dilation", "pooling", "batchnorm", "layernorm", "dropout", "activation",
    )
)  # fmt: skip
HELD = tuple(held for held in MISCONCEPTIONS if held.topic in TOPICS)


def value(network: Network, asked: Asked, *ids: str) -> Number:
    """What is asked for, to somebody who holds these misconceptions."""
    book = rulebook(*map(misconception, ids))
    return asked.value(network.under(book), book)


def ask(case: Case) -> tuple[Network, Asked]:
    network = stack("case", case.input, case.layers)
    return network, Asked(quantity(case.asks), network.nodes[-1].name)


def test_every_misconception_has_a_case() -> None:
    assert {held.id for held in HELD} == {case.id for case in CASES}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_the_instance_comes_out_right_and_wrong_as_written(case: Case) -> None:
    network, asked = ask(case)
    assert value(network, asked) == case.right
    assert value(network, asked, case.id) == case.wrong


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_the_mending_sentence_knows_its_numbers(case: Case) -> None:
    held = misconception(case.id)
    network, _ = ask(case)
    assert set(PLACEHOLDER.findall(held.mend)) <= numbers_of(bent_row(network.under(rulebook(held)), held)).keys()


@pytest.mark.parametrize("held", HELD, ids=lambda held: held.id)
def test_the_belief_is_one_sentence_without_numbers(held: Misconception) -> None:
    assert held.belief.endswith(".")
    assert held.belief.count(". ") == 0
    assert not any(letter.isdigit() for letter in held.belief)
    assert held.mend.endswith(".")


# A formula and the number that it stands for


SAMPLE = 12
"""How many of a kind's recorded configurations are read both ways."""


def bent_layers(held: Misconception) -> Iterator[tuple[Layer, tuple[Shape, ...], str]]:
    """Recorded layers of the kinds that a misconception is about, with the name of the rule that it bends."""
    for path in sorted(facts.FOLDER.glob("*.json")):
        name = rule_name(held, path)
        if name:
            for case in islice(facts.read(path), SAMPLE):
                yield case.layer, case.inputs, name


def rule_name(held: Misconception, path: Path) -> str | None:
    kind = next(kind for kind in LAYERS if kind.__name__ == path.stem)
    if not issubclass(kind, held.kinds):
        return None
    return next((name for name in ("output", "trainable", "non_trainable") if getattr(kind, name) is held.rule), None)


FORMULAS = [held for held in HELD if held.rule.__name__ not in ("nodes", "window")]


@pytest.mark.parametrize("held", FORMULAS, ids=lambda held: held.id)
def test_the_wrong_formula_gives_the_wrong_number(held: Misconception) -> None:
    compared = 0
    for layer, inputs, name in bent_layers(held):
        bent: Rule = rulebook(held)[held.rule]
        try:
            number = bent(layer, *inputs)
        except ValueError:
            continue
        compared += 1
        if name == "output":
            axes = range(len(number))
            assert tuple(work(layer, bent, *inputs, axis=axis).value for axis in axes) == tuple(number), layer
        else:
            assert work(layer, bent, *inputs).value == number, layer
    assert compared


# Several at once


PAIRS = (
    # the published options of a well-known quiz: 2,501 and 9,000,001
    ("conv-forget-input-channels", "conv-one-bias-per-layer", (300, 300, 3), (Conv2D(100, (5, 5)),), 2_501),
    ("flatten-forget-channels", "dense-one-bias-per-layer", (300, 300, 3), (Flatten(), Dense(100)), 9_000_001),
    ("conv-forget-input-channels", "conv-forget-bias", (32, 32, 3), (Conv2D(32, (3, 3)),), 288),
    (
        "conv-forget-bias", "conv-no-weight-sharing", (227, 227, 3), (Conv2D(96, (11, 11), stride=(4, 4)),),
        55 * 55 * 96 * 11 * 11 * 3,
    ),
    ("conv-kernel-not-squared", "conv-no-weight-sharing", (28, 28, 3), (Conv2D(8, (3, 3)),), 26 * 26 * 8 * (3 * 3 + 1)),
    ("conv-padding-in-params", "conv-drop-parentheses", (9, 9, 4), (Conv2D(8, (3, 3), padding=((1, 1),) * 2),), 108),
    ("separable-two-biases", "conv-forget-bias", (28, 28, 10), (SeparableConv2D(100, (5, 5)),), 1_260),
    ("separable-two-biases", "depthwise-one-kernel", (28, 28, 10), (SeparableConv2D(100, (5, 5)),), 26 + 1_100),
    # a slip in a size reaches the dense layer at the end
    (
        "same-computed-as-valid", "dense-forget-bias",
        (32, 32, 3), (Conv2D(8, (3, 3), padding="same"), MaxPooling2D((2, 2)), Flatten(), Dense(10)), 15 * 15 * 8 * 10,
    ),
    (
        "flatten-before-pooling", "dense-bias-per-input",
        (32, 32, 3), (Conv2D(8, (3, 3)), MaxPooling2D((2, 2)), Flatten(), Dense(10)), 30 * 30 * 8 * 11,
    ),
    ("dropout-shrinks-layer", "dense-count-units", (100,), (Dropout(0.25), Dense(10)), 75 + 10),
)  # fmt: skip


@pytest.mark.parametrize(("first", "second", "input", "layers", "wrong"), PAIRS)
def test_two_act_together(
    first: str, second: str, input: tuple[int, ...], layers: tuple[Layer, ...], wrong: int
) -> None:
    network = stack("pair", input, layers)
    asked = Asked(quantity("trainable"), network.nodes[-1].name)
    held = sorted((first, second), key=[one.id for one in MISCONCEPTIONS].index)
    assert value(network, asked, *held) == wrong


SIZES = (
    ("out-ignore-stride", "out-forget-plus-one", Conv2D(32, (4, 4), stride=(3, 3)), (117, 117, 32)),
    (
        "out-round-up",
        "paper-figure-zero-padding",
        Conv2D(32, (4, 4), stride=(2, 2), padding=((2, 2),) * 2),
        (60, 60, 32),
    ),
    ("out-pad-once", "conv-depth-unchanged", Conv2D(32, (5, 5), padding=((2, 2),) * 2), (119, 119, 16)),
    ("dilation-times-kernel", "out-ignore-stride", Conv2D(32, (3, 3), dilation=(3, 3)), (113, 113, 32)),
)


@pytest.mark.parametrize(("first", "second", "layer", "wrong"), SIZES)
def test_two_act_together_on_a_size(first: str, second: str, layer: Layer, wrong: tuple[int, ...]) -> None:
    network = stack("pair", (121, 121, 16), (layer,))
    assert value(network, Asked(quantity("output")), first, second) == Shape(wrong)


MIXED = stack(
    "mixed",
    (32, 32, 3),
    (
        Conv2D(8, (3, 3), padding="same", stride=(2, 2)),
        BatchNorm(),
        PReLU(),
        Conv2D(16, (3, 3), padding=((1, 1), (1, 1)), groups=4),
        DepthwiseConv2D((3, 3)),
        SeparableConv2D(24, (3, 3), padding="same"),
        Conv2D(24, (3, 3), dilation=(2, 2)),
        MaxPooling2D((2, 2)),
        ConvTranspose2D(12, (3, 3), stride=(2, 2), padding=((1, 1), (1, 1))),
        LayerNorm(),
        Flatten(),
        Dropout(0.25),
        Dense(10),
    ),
)


@pytest.mark.parametrize("asks", ["trainable", "output", "macs"])
def test_any_two_can_be_followed_through_a_network(asks: str) -> None:
    asked = Asked(quantity(asks), WHOLE)
    answers = {pair: believed(MIXED, asked, pair) for pair in combinations(HELD, 2)}
    followed = [answer for answer in answers.values() if answer is not None]
    assert len(followed) > 0.9 * len(answers)
    assert len(set(followed)) > 1


# Where a misconception has nothing to say


UNTOUCHED = (
    ("conv-bias-added-to-filters", (9, 9, 4), Conv2D(8, (3, 3), bias=False), "trainable"),
    ("conv-bias-per-input-channel", (9, 9, 4), Conv2D(8, (3, 3), bias=False), "trainable"),
    ("conv-bias-per-output-pixel", (9, 9, 4), Conv2D(8, (3, 3), bias=False), "trainable"),
    ("conv-drop-parentheses", (9, 9, 4), Conv2D(8, (3, 3), bias=False), "trainable"),
    ("conv-one-bias-per-layer", (9, 9, 4), Conv2D(8, (3, 3), bias=False), "trainable"),
    ("dense-bias-per-input", (4,), Dense(8, bias=False), "trainable"),
    ("dense-bias-both-sides", (4,), Dense(8, bias=False), "trainable"),
    ("dense-bias-per-weight", (4,), Dense(8, bias=False), "trainable"),
    ("dense-one-bias-per-layer", (4,), Dense(8, bias=False), "trainable"),
    ("dense-weights-into-bias", (4,), Dense(8, bias=False), "trainable"),
    ("dense-nd-implicit-flatten", (4,), Dense(8), "trainable"),
    ("transposed-bias-on-input", (9, 9, 4), ConvTranspose2D(8, (3, 3), bias=False), "trainable"),
    ("separable-two-biases", (9, 9, 4), SeparableConv2D(8, (3, 3), bias=False), "trainable"),
    # another kind of layer under the same rule
    ("conv1d-square-kernel", (9, 9, 4), Conv2D(8, (3, 3)), "trainable"),
    ("conv-kernel-not-squared", (9, 4), Conv1D(8, (3,)), "trainable"),
    ("transposed-bias-on-input", (9, 9, 4), Conv2D(8, (3, 3)), "trainable"),
    ("conv-depth-unchanged", (9, 9, 4), DepthwiseConv2D((3, 3), multiplier=2), "output"),
    ("dropout-shrinks-layer", (100,), Activation("relu"), "output"),
    ("pool-has-params", (8, 8, 4), Subsampling2D(), "trainable"),
    ("gn-per-group", (8, 8, 4), BatchNorm(), "trainable"),
    # another setting
    ("conv-stride-in-params", (9, 9, 4), Conv2D(8, (3, 3)), "trainable"),
    ("conv-padding-in-params", (9, 9, 4), Conv2D(8, (3, 3), padding="same"), "trainable"),
    ("dilation-adds-params", (9, 9, 4), Conv2D(8, (3, 3)), "trainable"),
    ("dilation-rf-from-figure", (9, 9, 4), Conv2D(8, (3, 3)), "receptive_field"),
    ("out-ignore-stride", (9, 9, 4), Conv2D(8, (3, 3), stride=(2, 2), padding="same"), "output"),
    ("same-keeps-size-with-stride", (9, 9, 4), Conv2D(8, (3, 3), stride=(2, 2)), "output"),
    ("same-padding-equals-kernel", (9, 9, 4), Conv2D(8, (3, 3)), "output"),
    ("out-pad-once", (9, 9, 4), Conv2D(8, (3, 3), padding="same"), "output"),
    ("paper-figure-zero-padding", (9, 9, 4), Conv2D(8, (3, 3), padding="same"), "output"),
    ("pool-odd-rounds-up", (7, 7, 4), MaxPooling2D((2, 2), padding="same"), "output"),
    ("bn-two-per-channel-in-keras", (7, 7, 4), BatchNorm(statistics="buffers"), "params"),
    ("bn-four-per-channel-in-pytorch", (7, 7, 4), BatchNorm(), "params"),
    ("prelu-one-everywhere", (7, 7, 4), PReLU("layer"), "trainable"),
    ("flatten-forget-channels", (7,), Flatten(), "output"),
)


@pytest.mark.parametrize(("held", "input", "layer", "asks"), UNTOUCHED)
def test_it_leaves_alone_what_it_is_not_about(held: str, input: tuple[int, ...], layer: Layer, asks: str) -> None:
    network = Network("alone", (Shape(input),), (Node("layer", layer),))
    asked = Asked(quantity(asks), "layer")
    assert value(network, asked, held) == value(network, asked)
