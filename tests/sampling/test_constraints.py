"""What an author fixes in `about` is what is drawn: a value, one of a list, a number in a range."""

from collections.abc import Callable, Iterator
from dataclasses import fields
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.errors import TemplateError
from quizgen.layers import (
    GRU,
    LSTM,
    Activation,
    Add,
    BatchNorm,
    Bidirectional,
    Concatenate,
    Conv2D,
    Dense,
    DepthwiseConv2D,
    Dropout,
    Embedding,
    EncoderBlock,
    Flatten,
    GlobalAveragePooling2D,
    MaxPooling2D,
    SeparableConv2D,
    SimpleRNN,
)
from quizgen.layers.base import Layer
from quizgen.layers.graph import Row
from quizgen.layers.pooling import Pooling
from quizgen.network import Network
from quizgen.sampling import FAMILIES, LAYER_KINDS
from tests.sampling.drawing import draw, layers_of, levels_of, seeds

VALUES: dict[str, tuple[object, ...]] = {
    "bias": (True, False),
    "layers": (1, 2, 3),
    "size": (12, 15, 30),
    "channels": (6, 12),
    "filters": (12, 24),
    "kernel": (2, 3, 4),
    "stride": (1, 2),
    "padding": ("valid", "same", 1),
    "overhang": (True, False),
    "output_padding": (0, 1),
    "dilation": (1, 2),
    "groups": (2, 3),
    "multiplier": (1, 3),
    "connections": (24,),
    "pool": (2, 3),
    "ceil": (True, False),
    "keepdims": (True, False),
    "cells": (2, 5),
    "zeros": (1, 3),
    "crop": (1, 2),
    "factor": (2, 4),
    "features": (12, 60),
    "units": (6, 11),
    "classes": (2, 7),
    "scale": (True, False),
    "center": (True, False),
    "one_per": ("element", "channel", "layer"),
    "length": (5, 11),
    "memory": (13,),
    "vocabulary": (70, 1234),
    "positions": (33, 90),
    "width": (24, 30),
    "cell": ("LSTM", "GRU", "SimpleRNN"),
    "biases": (0, 1, 2),
    "sequences": (True, False),
    "projection": (3, 8),
    "bidirectional": (True, False),
    "merge": ("concat", "sum"),
    "heads": (1, 3),
    "kv_heads": (1, 2),
    "key_dim": (7, 16),
    "value_dim": (9,),
    "causal": (True, False),
    "hidden": (17, 64),
    "gated": (True, False),
    "norm": ("layer", "rms"),
    "pre_norm": (True, False),
    "rank": (2, 3),
    "activation": ("relu", "gelu"),
    "framework": ("keras", "torch"),
}
"""Values that an author may fix of a single layer."""


def settings() -> Iterator[tuple[str, str, object]]:
    """Each setting of each kind of layer, with each of its values."""
    for kind in LAYER_KINDS:
        for setting in kind.own:
            for value in VALUES[setting]:
                keras_only = value == 1 and setting == "padding" and "torch" not in kind.frameworks
                if not keras_only:
                    yield kind.name, setting, value


@pytest.mark.parametrize(("name", "setting", "value"), list(settings()))
def test_each_setting_of_each_layer_is_kept(name: str, setting: str, value: object) -> None:
    for seed in range(12):
        network = draw(name, 5 + seed, seed, **{setting: value})
        assert value in seen(network, setting), network


def seen(network: Network, setting: str) -> set[object]:
    """Which values of a setting a network of one layer shows, in its layer's fields or its input."""
    layer, x = network.nodes[0].layer, network.inputs[0]
    row = network.rows[0]
    images = row.output if type(layer).__name__ == "Reshape" else x
    shown: dict[str, set[object]] = {
        "size": set(images.spatial),
        "channels": {x.channels, images.channels},
        "features": {x.channels},
        "length": {x[0]},
        "memory": {shape[0] for shape in network.inputs[1:]},
        "cell": {type(inner).__name__ for inner in inside(layer)},
        "activation": {getattr(layer, "name", None)},
    }
    if setting == "overhang":
        return {overhangs(row)}
    if setting in shown:
        return shown[setting]
    field = {"cells": "size", "zeros": "padding"}.get(setting, setting)
    return {alike(getattr(inner, field)) for inner in inside(layer) if field in {at.name for at in fields(inner)}} | {
        word
        for inner in inside(layer)
        for word in ("valid", "same")
        if setting == "padding" and network.framework == "torch" and as_word(inner) == word
    }


def overhangs(row: Row) -> bool:
    """Whether a window along the first axis starts where it has no room, or is padded to have some."""
    layer: Any = row.layer
    n, s = row.inputs[0].spatial[0], layer.stride[0]
    if layer.padding == "same":
        return bool(n % s)
    extra = 0 if layer.padding == "valid" else sum(layer.padding[0])
    kernel = getattr(layer, "kernel", None) or layer.pool
    return bool((n + extra - kernel[0]) % s)


def inside(layer: Layer) -> list[Any]:
    """A layer, and those that it wraps."""
    wrapped = [getattr(layer, name) for name in ("layer", "base") if hasattr(layer, name)]
    return [layer, *(inner for one in wrapped for inner in inside(one))]


def alike(value: object) -> object:
    """The one number that stands for all axes, and for both sides of each."""
    while isinstance(value, tuple) and value:
        value = value[0]
    return value


def as_word(layer: Any) -> str:
    """PyTorch's zeros as the word that they stand for."""
    zeros = [sum(pair) for pair in layer.padding]
    window = getattr(layer, "kernel", None) or layer.pool
    dilation = getattr(layer, "dilation", (1,) * len(window))
    same = [d * (k - 1) for k, d in zip(window, dilation, strict=True)]
    return "valid" if not any(zeros) else "same" if zeros == same else ""


def every(kind: type[Layer], like: Callable[[Any], bool]) -> Callable[[Network], bool]:
    """Whether a network has layers of that kind, all of them like that."""
    return lambda network: bool(layers_of(network, kind)) and all(map(like, layers_of(network, kind)))


def has(kind: type[Layer], number: int | None = None) -> Callable[[Network], bool]:
    """Whether a network has layers of that kind, or so many."""
    return lambda network: len(layers_of(network, kind)) == number if number is not None else has_any(network, kind)


def has_any(network: Network, kind: type[Layer]) -> bool:
    return bool(layers_of(network, kind))


OF_FAMILIES: list[tuple[str, dict[str, object], Callable[[Network], bool]]] = [
    ("mlp", {"layers": 3}, has(Dense, 3)),
    ("mlp", {"units": 12}, lambda network: all(layer.units == 12 for layer in layers_of(network, Dense)[:-1])),  # type: ignore[attr-defined]
    ("mlp", {"classes": 7}, lambda network: network.output == (7,)),
    ("mlp", {"features": 784}, lambda network: network.input == (784,)),
    ("mlp", {"size": 28, "channels": 3}, lambda network: network.input == (28, 28, 3) and has_any(network, Flatten)),
    ("mlp", {"flatten": True}, has(Flatten, 1)),
    ("mlp", {"activation": "tanh"}, every(Activation, lambda layer: layer.name == "tanh")),
    ("mlp", {"bias": False}, every(Dense, lambda layer: not layer.bias)),
    ("mlp", {"dropout": True}, has(Dropout, 1)),
    ("mlp", {"dropout": False}, has(Dropout, 0)),
    ("mlp", {"normalization": "batch", "layers": 2}, has(BatchNorm, 1)),
    ("block", {"kind": "inception"}, lambda network: has_any(network, Concatenate) and has(Conv2D, 6)(network)),
    ("block", {"kind": "bottleneck", "multiplier": 4}, lambda network: network.output[2] % 4 == 0),
    ("block", {"kind": "inverted"}, has(DepthwiseConv2D, 1)),
    ("unet", {"layers": 2, "classes": 3}, lambda network: has(Concatenate, 2)(network) and network.output[2] == 3),
    ("transformer", {"style": "bert"}, lambda network: len(network.inputs) == 2),
    ("cnn2d", {"layers": 2}, has(Conv2D, 2)),
    ("cnn2d", {"layers": [3, 4]}, lambda network: len(layers_of(network, Conv2D)) in (3, 4)),
    ("cnn2d", {"kernel": 5}, every(Conv2D, lambda layer: layer.kernel == (5, 5))),
    ("cnn2d", {"kernel": [[3, 5]]}, every(Conv2D, lambda layer: layer.kernel == (3, 5))),
    ("cnn2d", {"stride": 2}, every(Conv2D, lambda layer: layer.stride == (2, 2))),
    ("cnn2d", {"filters": [10, 20]}, every(Conv2D, lambda layer: layer.filters in (10, 20))),
    ("cnn2d", {"filters": {"min": 8, "max": 16}}, every(Conv2D, lambda layer: 8 <= layer.filters <= 16)),
    ("cnn2d", {"padding": "same", "framework": "keras"}, every(Conv2D, lambda layer: layer.padding == "same")),
    ("cnn2d", {"padding": 1}, lambda network: network.framework == "torch"),
    ("cnn2d", {"groups": 2, "channels": 4}, every(Conv2D, lambda layer: layer.groups == 2)),
    ("cnn2d", {"dilation": 2}, every(Conv2D, lambda layer: layer.dilation == (2, 2))),
    ("cnn2d", {"size": 28}, lambda network: network.input.spatial == (28, 28)),
    ("cnn2d", {"size": [[28, 20]]}, lambda network: network.input.spatial == (28, 20)),
    ("cnn2d", {"size": 8}, lambda network: network.input.spatial == (8, 8)),
    ("cnn2d", {"channels": 3}, lambda network: network.input.channels == 3),
    ("cnn2d", {"pooling": "max"}, has(MaxPooling2D)),
    ("cnn2d", {"pooling": "none"}, has(Pooling, 0)),
    ("cnn2d", {"pool": 3}, every(Pooling, lambda layer: layer.pool == (3, 3))),
    ("cnn2d", {"head": "flatten"}, has(Flatten, 1)),
    ("cnn2d", {"head": "global"}, has(GlobalAveragePooling2D, 1)),
    ("cnn2d", {"head": "maps"}, lambda network: has_any(network, Dense) and len(network.output) == 3),
    ("cnn2d", {"head": "none"}, has(Dense, 0)),
    ("cnn2d", {"dense": 2}, has(Dense, 3)),
    ("cnn2d", {"units": 11}, lambda network: all(layer.units == 11 for layer in layers_of(network, Dense)[:-1])),  # type: ignore[attr-defined]
    ("cnn2d", {"classes": 7}, lambda network: network.output == (7,)),
    ("cnn2d", {"normalization": "batch"}, has(BatchNorm)),
    ("cnn2d", {"normalization": "none"}, has(BatchNorm, 0)),
    ("cnn2d", {"bias": False}, every(Conv2D, lambda layer: not layer.bias)),
    ("separable", {"split": True}, has(DepthwiseConv2D)),
    ("separable", {"split": False, "framework": "keras"}, has(SeparableConv2D)),
    ("separable", {"layers": 3, "split": True}, has(DepthwiseConv2D, 3)),
    ("residual", {"join": "add", "layers": 2}, has(Add, 2)),
    ("residual", {"join": "concat"}, has(Concatenate)),
    ("residual", {"stride": 1}, every(Conv2D, lambda layer: layer.stride == (1, 1))),
    ("recurrent", {"cell": "GRU", "bidirectional": False}, has(GRU)),
    ("recurrent", {"cell": "SimpleRNN", "bidirectional": False, "layers": 2}, has(SimpleRNN, 2)),
    ("recurrent", {"cell": "LSTM", "biases": 1, "bidirectional": False}, every(LSTM, lambda layer: layer.biases == 1)),
    ("recurrent", {"bidirectional": True}, has(Bidirectional)),
    ("recurrent", {"merge": "sum"}, every(Bidirectional, lambda layer: layer.merge == "sum")),
    ("recurrent", {"vocabulary": 1000}, every(Embedding, lambda layer: layer.vocabulary == 1000)),
    ("recurrent", {"features": 9}, lambda network: network.input.channels == 9 and not has_any(network, Embedding)),
    ("recurrent", {"embedding": False}, has(Embedding, 0)),
    ("recurrent", {"embedding": True}, has(Embedding, 1)),
    ("recurrent", {"length": 17}, lambda network: network.input[0] == 17),
    ("transformer", {"style": "gpt", "tied": True}, lambda network: network.nodes[-1].tied_to == "embedding"),
    ("transformer", {"style": "gpt", "tied": False}, lambda network: network.nodes[-1].tied_to is None),
    ("transformer", {"style": "llama"}, every(EncoderBlock, lambda layer: layer.norm == "rms" and layer.gated)),
    ("transformer", {"layers": 5}, has(EncoderBlock, 5)),
    ("transformer", {"heads": 4}, every(EncoderBlock, lambda layer: layer.heads == 4)),
    ("transformer", {"kv_heads": 2}, every(EncoderBlock, lambda layer: layer.kv_heads == 2)),
    ("transformer", {"hidden": 100}, every(EncoderBlock, lambda layer: layer.hidden == 100)),
    ("transformer", {"vocabulary": 1000}, every(Embedding, lambda layer: layer.vocabulary == 1000)),
    ("transformer", {"classes": 7}, lambda network: network.output == (7,)),
    ("transformer", {"positions": 10}, lambda network: network.row("positions").layer.positions == 10),  # type: ignore[attr-defined]
    ("transformer", {"width": 36}, every(EncoderBlock, lambda layer: 36 % layer.heads == 0)),
    ("transformer", {"kernel": 4, "size": 32}, lambda network: network.row("tokens").output[0] == 64),
]


@pytest.mark.parametrize(
    ("name", "fixed", "kept"), OF_FAMILIES, ids=lambda value: str(value) if not callable(value) else ""
)
def test_each_setting_of_a_family_is_kept(name: str, fixed: dict[str, object], kept: Callable[[Network], bool]) -> None:
    for level in levels_of(name):
        for seed in range(8):
            network = draw(name, level, seed, **fixed)
            assert network.rows
            assert kept(network), network


def test_every_setting_of_every_family_is_in_the_table_or_shared_with_a_layer() -> None:
    tested = {(name, setting) for name, fixed, _ in OF_FAMILIES for setting in fixed}
    assert {setting for family in FAMILIES for setting in family.own} <= {
        setting for _, setting in tested
    } | VALUES.keys()


@given(seeds)
def test_a_list_means_one_of_these(seed: int) -> None:
    layer = draw("Conv2D", 9, seed, kernel=[3, [5, 7]], filters=[9, 11]).nodes[0].layer
    assert layer.kernel in ((3, 3), (5, 7))  # type: ignore[attr-defined]
    assert layer.filters in (9, 11)  # type: ignore[attr-defined]


@given(seeds, st.integers(1, 90), st.integers(0, 30))
def test_a_range_holds_its_ends(seed: int, low: int, more: int) -> None:
    units = draw("Dense", 9, seed, units={"min": low, "max": low + more}).nodes[0].layer.units  # type: ignore[attr-defined]
    assert low <= units <= low + more


@given(seeds)
def test_an_open_range_has_one_end(seed: int) -> None:
    assert draw("Dense", 9, seed, units={"min": 60}).nodes[0].layer.units >= 60  # type: ignore[attr-defined]
    assert draw("Dense", 9, seed, units={"max": 5}).nodes[0].layer.units <= 5  # type: ignore[attr-defined]


@given(seeds)
def test_what_is_open_keeps_clear_of_what_is_fixed(seed: int) -> None:
    assert draw("Conv2D", 5, seed, filters=8).input.channels != 8
    assert draw("Dense", 5, seed, units=8).input.channels != 8
    assert draw("LSTM", 12, seed, length=20).nodes[0].layer.units != 20  # type: ignore[attr-defined]


@given(seeds)
def test_the_author_may_ask_for_what_would_not_be_drawn(seed: int) -> None:
    assert draw("Dense", 1, seed, features=10, units=10).rows[0].trainable == 110
    assert draw("Conv2D", 3, seed, channels=1, kernel=1, filters=1, size=1).rows[0].trainable == 2


@given(
    st.sampled_from(("Conv2D", "MaxPooling2D", "DepthwiseConv2D", "cnn2d", "PartialConv2D")), st.integers(3, 9), seeds
)
def test_windows_are_drawn_to_fit_a_small_input(name: str, size: int, seed: int) -> None:
    level = 5 if name != "SeparableConv2D" else 9
    try:
        network = draw(name, level, seed, size=size)
    except TemplateError:
        assert size < 5
    else:
        assert network.input.spatial == (size, size)
        assert network.rows
