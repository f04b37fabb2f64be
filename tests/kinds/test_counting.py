"""The kinds that count: each answer is that of a textbook's formula, typed here once more."""

from __future__ import annotations

from collections.abc import Callable
from math import prod
from typing import Any

import pytest

from quizgen.compose import compose
from quizgen.kinds import find_kind
from quizgen.layers import (
    GRU,
    LSTM,
    BatchNorm,
    Conv2D,
    ConvTranspose2D,
    Dense,
    DepthwiseConv2D,
    Embedding,
    LayerNorm,
    Shape,
    SimpleRNN,
)
from quizgen.network import Network
from quizgen.question import Question

SEEDS = range(25)


def padded(zeros: int) -> tuple[tuple[int, int], tuple[int, int]]:
    return ((zeros, zeros),) * 2


Rule = Callable[[Any, tuple[Shape, ...]], Any]


def conv(layer: Any, x: tuple[Shape, ...]) -> int:
    return int(layer.filters * (prod(layer.kernel) * x[0][-1] // layer.groups + layer.bias))


def transposed(layer: Any, x: tuple[Shape, ...]) -> int:
    return int(x[0][-1] * prod(layer.kernel) * layer.filters + layer.filters)


def floors(layer: Any, x: tuple[Shape, ...]) -> tuple[int, ...]:
    sides = zip(x[0], layer.kernel, layer.stride, layer.dilation, zeros(layer), strict=False)
    made = [-(-n // s) if p is None else (n + p - d * (k - 1) - 1) // s + 1 for n, k, s, d, p in sides]
    return (*made, layer.filters)


def zeros(layer: Any) -> list[int | None]:
    """The zeros on both sides of each axis; None for as many as it takes."""
    if layer.padding == "same":
        return [None] * len(layer.kernel)
    return [0] * len(layer.kernel) if layer.padding == "valid" else [sum(pair) for pair in layer.padding]


def pools(layer: Any, x: tuple[Shape, ...]) -> tuple[int, ...]:
    return (*((n - k) // s + 1 for n, k, s in zip(x[0], layer.pool, layer.stride, strict=False)), x[0][-1])


def attention(layer: Any, x: tuple[Shape, ...]) -> int:
    d, own, shared = x[0][-1], layer.heads * layer.key_dim, (layer.kv_heads or layer.heads) * layer.key_dim
    weights = 2 * d * own + 2 * d * shared
    return int(weights + layer.bias * (own + 2 * shared + d))


def block(layer: Any, x: tuple[Shape, ...], attentions: int) -> int:
    d = x[0][-1]
    return int(attentions * 4 * (d * d + d) + 2 * d * layer.hidden + layer.hidden + d + (attentions + 1) * 2 * d)


GATES = {SimpleRNN: 1, GRU: 3, LSTM: 4}


def recurrent(layer: Any, features: int) -> int:
    h = layer.units
    return int(GATES[type(layer)] * (h * features + h * h + layer.biases * h))


BY_HAND: tuple[tuple[str, Rule], ...] = (
    ("logistic-regression", lambda layer, x: x[0][0] + 1),
    ("dense-params", lambda layer, x: layer.units * (x[0][0] + 1)),
    ("image-to-vector", lambda layer, x: prod(x[0])),
    ("one-filter", lambda layer, x: prod(layer.kernel) * x[0][-1] + 1),
    ("pointwise-params", lambda layer, x: layer.filters * (x[0][-1] + 1)),
    ("conv1d-params", conv),
    ("conv2d-params", conv),
    ("conv3d-params", conv),
    ("grouped-conv-params", conv),
    ("torch-conv-code", conv),
    ("famous-conv-params", conv),
    ("depthwise-params", lambda layer, x: x[0][-1] * layer.multiplier * (prod(layer.kernel) + 1)),
    ("transposed-params", transposed),
    ("conv1d-output", floors),
    ("conv2d-output", floors),
    ("conv3d-output", floors),
    ("conv-floor", floors),
    ("same-padding-output", floors),
    ("dilated-output", floors),
    ("padding-output", lambda layer, x: (x[0][0] + sum(layer.padding[0]), x[0][1] + sum(layer.padding[1]), x[0][2])),
    ("features-into-dense", lambda layer, x: prod(x[0])),
    ("global-pool-dense", lambda layer, x: layer.units * (x[0][0] + 1)),
    ("subsampling-params", lambda layer, x: 2 * x[0][-1]),
    ("batchnorm-statistics", lambda layer, x: 2 * x[0][-1]),
    ("layernorm-params", lambda layer, x: 2 * x[0][-1]),
    ("groupnorm-params", lambda layer, x: 2 * x[0][-1]),
    ("conv2d-flops", lambda layer, x: 2 * prod(floors(layer, x)) * prod(layer.kernel) * x[0][-1]),
    ("unet-join", lambda layer, x: (*x[0][:2], x[0][2] + x[1][2])),
    ("embedding-params", lambda layer, x: layer.vocabulary * layer.width),
    ("rnn-params", lambda layer, x: recurrent(layer, x[0][-1])),
    ("bidirectional-params", lambda layer, x: 2 * recurrent(layer.layer, x[0][-1])),
    (
        "stacked-params",
        lambda layer, x: (
            recurrent(layer.layer, x[0][-1]) + (layer.layers - 1) * recurrent(layer.layer, layer.layer.units)
        ),
    ),
    ("one-head-params", attention),
    ("gqa-params", attention),
    ("attention-macs", lambda layer, x: x[0][0] * 4 * x[0][1] ** 2 + 2 * x[0][0] ** 2 * x[0][1]),
    ("ffn-params", lambda layer, x: 2 * x[0][-1] * layer.hidden + layer.hidden + x[0][-1]),
    ("gated-ffn-params", lambda layer, x: 3 * x[0][-1] * layer.hidden),
    ("encoder-block-params", lambda layer, x: block(layer, x, 1)),
    ("decoder-block-params", lambda layer, x: block(layer, x, 2)),
    ("lora-params", lambda layer, x: layer.rank * (x[0][-1] + layer.base.units)),
)
"""For each kind about one layer, the formula of a textbook once more."""


@pytest.mark.parametrize(("name", "rule"), BY_HAND, ids=[name for name, _ in BY_HAND])
def test_the_answer_is_that_of_the_formula(name: str, rule: Rule) -> None:
    for seed in SEEDS:
        question = compose(find_kind(name), seed)
        row = question.network.row(question.of)
        assert question.answer == rule(row.layer, row.inputs), question.name


def test_pooling_leaves_whole_windows_only() -> None:
    for seed in SEEDS:
        question = compose(find_kind("pool-output"), seed)
        (row,) = question.network.rows
        layer: Any = row.layer
        if layer.padding in ("valid", padded(0)):
            assert question.answer == pools(layer, row.inputs)


def counted(question: Question, of: Callable[[Any, tuple[Shape, ...]], int | None]) -> int:
    """The sum of what each layer of a question's network has by a formula that knows its kind."""
    return sum(of(row.layer, row.inputs) or 0 for row in question.network.rows if row.node.tied_to is None)


def known(layer: Any, x: tuple[Shape, ...]) -> int | None:
    """What a layer of a convolutional network trains, by the formulas of a textbook."""
    if isinstance(layer, ConvTranspose2D):
        return transposed(layer, x)
    if isinstance(layer, DepthwiseConv2D):
        return x[0][-1] * (prod(layer.kernel) + layer.bias)
    if isinstance(layer, Conv2D):
        return conv(layer, x)
    if isinstance(layer, Dense):
        return layer.units * (x[0][-1] + layer.bias)
    return 2 * x[0][-1] if isinstance(layer, BatchNorm) else None


@pytest.mark.parametrize(
    "name",
    [
        "block-params",
        "inception-params",
        "unet-total",
        "separable-network-total",
        "torch-code-total",
        "resnet-block-params",
    ],
)
def test_a_total_is_the_sum_of_the_layers(name: str) -> None:
    for seed in SEEDS:
        question = compose(find_kind(name), seed)
        assert question.answer == counted(question, known), question.name


def test_the_total_of_a_summary_holds_the_statistics_too() -> None:
    for seed in SEEDS:
        question = compose(find_kind("summary-total"), seed)
        statistics = counted(question, lambda layer, x: 2 * x[0][-1] if isinstance(layer, BatchNorm) else 0)
        assert question.answer == counted(question, known) + statistics


def of_language_model(layer: Any, x: tuple[Shape, ...]) -> int | None:
    """What a part of a transformer trains."""
    if isinstance(layer, Embedding):
        return layer.vocabulary * layer.width
    if type(layer).__name__ == "PositionEmbedding":
        return int(layer.positions * x[0][-1])
    if type(layer).__name__ == "RMSNorm":
        return x[0][-1]
    if isinstance(layer, LayerNorm):
        return 2 * x[0][-1]
    if type(layer).__name__ == "EncoderBlock" and layer.gated:
        d, shared = x[0][-1], layer.kv_heads * x[0][-1] // layer.heads
        return int(2 * d * d + 2 * d * shared + 3 * d * layer.hidden + 2 * d)
    return block(layer, x, 1) if type(layer).__name__ == "EncoderBlock" else known(layer, x)


@pytest.mark.parametrize("name", ["gpt-total", "bert-total", "llama-total", "vit-total"])
def test_a_language_model_is_the_sum_of_its_parts(name: str) -> None:
    for seed in SEEDS:
        question = compose(find_kind(name), seed)
        assert question.answer == counted(question, of_language_model), question.name


def test_channels_behind_a_concatenation_add_up() -> None:
    for seed in SEEDS:
        question = compose(find_kind("concat-channels"), seed)
        last = question.network.rows[-1]
        assert question.answer == sum(x.channels for x in last.inputs)


def test_a_receptive_field_is_found_by_perturbing_the_input() -> None:
    """From the last cell back to the input: which cells each window covers, counted along one axis."""
    for name in ("receptive-field-stack", "receptive-field-dilated"):
        for seed in SEEDS:
            question = compose(find_kind(name), seed)
            assert question.answer == tuple(cells_seen(question.network, axis) for axis in (0, 1)), question.name


def cells_seen(network: Network, axis: int) -> int:
    seen = {0}
    for row in reversed(network.rows):
        layer: Any = row.layer
        kernel = getattr(layer, "kernel", None) or getattr(layer, "pool", None)
        if kernel:
            dilation = getattr(layer, "dilation", (1, 1))[axis]
            seen = {cell * layer.stride[axis] + dilation * step for cell in seen for step in range(kernel[axis])}
    return max(seen) - min(seen) + 1


def test_multiply_accumulates_of_a_network() -> None:
    def macs(layer: Any, x: tuple[Shape, ...]) -> int:
        if isinstance(layer, Conv2D):
            return prod(floors(layer, x)) * prod(layer.kernel) * x[0][-1]
        return layer.units * x[0][-1] if isinstance(layer, Dense) else 0

    for seed in SEEDS:
        question = compose(find_kind("cnn-macs"), seed)
        assert question.answer == counted(question, macs)
