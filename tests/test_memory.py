"""Memory, as courses, papers and counting tools state it, or worked by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest
from sympy import Symbol, symbols

from quizgen.architectures import architecture
from quizgen.errors import UnknownNameError
from quizgen.layers import Activation, Conv2D, Dense, EncoderBlock, Flatten, Shape
from quizgen.layers.graph import Node
from quizgen.memory import (
    Footprint,
    activation_bytes,
    gradient_bytes,
    in_unit,
    kept_activations,
    kv_cache,
    kv_cache_bytes,
    state_bytes,
    training,
    weight_bytes,
)
from quizgen.network import Network, stack

GPT_2 = 124_439_808


def test_25_6_million_parameters_in_float32() -> None:
    assert weight_bytes(25_600_000, 4) == 102_400_000


@pytest.mark.parametrize(
    ("optimizer", "bytes_each"), [("sgd", 8), ("momentum", 12), ("adam", 16)], ids=lambda value: str(value)
)
def test_weights_gradients_and_states_in_float32(optimizer: str, bytes_each: int) -> None:
    """1,991,036,928 bytes for GPT-2 under Adam, its activations not counted."""
    found = training(architecture("gpt-2").rows, optimizer=optimizer)
    assert found.weights + found.gradients + found.states == bytes_each * GPT_2


def test_frozen_parameters_have_neither_gradients_nor_states() -> None:
    nodes = (Node("base", Dense(10, bias=False), frozen=True), Node("head", Dense(2, bias=False)))
    found = training(Network("tuned", (Shape((5,)),), nodes).rows, batch=3)
    assert found == Footprint(weights=4 * 70, gradients=4 * 20, states=8 * 20, activations=4 * 3 * (5 + 10 + 2))
    assert found.total == 280 + 80 + 160 + 204


# activations


def test_activations_of_vgg_16_with_rectifiers_in_place() -> None:
    """The lines of https://cs231n.github.io/convolutional-networks add up to this, 61 MB in float32; its 24 million and
    93 MB are another sum."""
    assert kept_activations(architecture("vgg-16").rows) == 15_237_608


def test_activations_of_vgg_16_behind_each_module_of_torchvision() -> None:
    """28,667,880 leaves out the image, has an adaptive pooling of 7 × 7 × 512 and no softmax."""
    found = kept_activations(architecture("vgg-16").rows, in_place=False)
    assert found - 224 * 224 * 3 + 7 * 7 * 512 - 1000 == 28_667_880


def test_what_takes_no_memory_of_its_own() -> None:
    layers = [Conv2D(2, (3, 3)), Activation("relu"), Flatten(), Dense(3)]
    rows = stack("small", (6, 6, 1), layers).rows
    assert kept_activations(rows) == 36 + 32 + 3
    assert kept_activations(rows, in_place=False) == 36 + 32 + 32 + 3


def test_the_parts_of_a_block_are_kept_each() -> None:
    """A width of 8, 5 tokens, 20 hidden features: what comes in; query, key, value, heads, output, sum, norm; up and
    down, sum, norm."""
    rows = stack("block", (5, 8), [EncoderBlock(2, 20)]).rows
    assert kept_activations(rows) == 5 * (8 + 7 * 8 + 20 + 3 * 8)


def test_each_example_of_a_batch_has_its_own() -> None:
    assert activation_bytes(157_216, 64, 4) == 40_247_296


# the cache of keys and values


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        pytest.param((2, 4, 16, 64, 4, 2), 131_072, id="two layers of four heads: 128 KiB"),
        pytest.param((32, 32, 128, 1, 1, 2), 524_288, id="Llama 2 7B, each token: 512 KiB"),
        pytest.param((32, 8, 128, 1, 1, 2), 131_072, id="Llama 3 8B, each token, grouped queries: 128 KiB"),
        pytest.param((12, 12, 64, 1024, 1, 2), 37_748_736, id="GPT-2 on its whole context: 36 MiB"),
    ],
)
def test_the_cache(sizes: tuple[int, int, int, int, int, int], expected: int) -> None:
    assert kv_cache_bytes(*sizes) == expected


@pytest.mark.parametrize(
    ("name", "sizes"), [("gpt-2", (12, 12, 64, 1024, 1, 2)), ("llama-3-8b", (32, 8, 128, 8192, 1, 2))]
)
def test_the_cache_of_an_architecture(name: str, sizes: tuple[int, int, int, int, int, int]) -> None:
    assert kv_cache(architecture(name).rows) == kv_cache_bytes(*sizes)


def test_an_encoder_keeps_no_cache() -> None:
    assert kv_cache(architecture("bert-base").rows) == 0


# units, names, symbols


@pytest.mark.parametrize(
    ("unit", "amount"),
    [
        ("B", 41_943_040),
        ("KB", Fraction(41_943_040, 1000)),
        ("KiB", 40_960),
        ("MB", Fraction(41_943_040, 10**6)),
        ("MiB", 40),
    ],
)
def test_units_of_1000_and_of_1024(unit: str, amount: Fraction) -> None:
    assert in_unit(41_943_040, unit) == amount


@pytest.mark.parametrize(
    ("wrong", "message"),
    [({"dtype": "float23"}, "float32"), ({"optimizer": "adamw"}, "adam")],
    ids=["data type", "optimizer"],
)
def test_an_unknown_name_is_answered_with_the_nearest(wrong: dict[str, str], message: str) -> None:
    rows = stack("small", (3,), [Dense(2)]).rows
    with pytest.raises(UnknownNameError, match=message):
        training(rows, **wrong)  # type: ignore[arg-type]


def test_an_unknown_unit_is_answered_with_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="MiB"):
        in_unit(1, "mib")


def test_the_formulas_take_symbols() -> None:
    layers, heads, width, tokens, batch, size = symbols("layers heads width tokens batch size")
    assert (
        kv_cache_bytes(layers, heads, width, tokens, batch, size) == 2 * layers * heads * width * tokens * batch * size
    )
    count = Symbol("count")
    assert weight_bytes(count, size) == gradient_bytes(count, size) == count * size
    assert (state_bytes(count, 0, size), state_bytes(count, 2, size)) == (0, 2 * count * size)
    assert activation_bytes(count, batch, size) == count * batch * size
