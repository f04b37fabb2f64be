"""One instance for each misconception about sequences, attention, joined branches, whole networks, cost and memory.

The right value is what Keras or PyTorch builds, a paper states or a hand calculation gives; the wrong one is worked by
hand from what the belief says. Where a thread, a course or a tool prints the pair, it's that one.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from quizgen.architectures import architecture
from quizgen.layers import (
    GRU,
    LSTM,
    Add,
    Bidirectional,
    Concatenate,
    Conv1D,
    Conv2D,
    Dense,
    Embedding,
    EncoderBlock,
    FeedForward,
    Layer,
    LoRAAttention,
    MaxPooling2D,
    MultiHeadAttention,
    SeparableConv2D,
    Shape,
    SimpleRNN,
    SinusoidalPositions,
    StackedRecurrent,
)
from quizgen.layers.graph import Node
from quizgen.network import Network, stack
from quizgen.quantities import WHOLE
from quizgen.question import Number


class Case(NamedTuple):
    """A network, and what is asked of it."""

    id: str
    network: Network
    asks: str
    right: Number
    wrong: Number
    of: str = WHOLE


class Sum(NamedTuple):
    """A formula that belongs to no layer, with its numbers."""

    id: str
    sizes: tuple[Any, ...]
    right: Any
    wrong: Any
    given: dict[str, Any] = {}  # noqa: RUF012


def params(id: str, input: tuple[int, ...], *layers: Layer, right: int, wrong: int) -> Case:
    return Case(id, stack("case", input, layers), "params", right, wrong)


def joined(id: str, input: tuple[int, ...], *nodes: Node, right: int, wrong: int, framework: str = "keras") -> Case:
    return Case(id, Network("case", (Shape(input),), nodes, framework), "params", right, wrong)


def field(id: str, input: tuple[int, ...], *layers: Layer, right: tuple[int, ...], wrong: tuple[int, ...]) -> Case:
    return Case(id, stack("case", input, layers), "receptive_field", Shape(right), Shape(wrong))


THREE = Conv2D(3, (3, 3))
FIVE = Conv2D(5, (5, 5))
DILATED = Conv2D(2, (3, 3), dilation=(2, 2))
DEEP = Conv2D(64, (3, 3), padding="same")
WAVENET = [Conv1D(2, (2,)), *(Conv1D(2, (2,), dilation=(2**power,)) for power in range(10))]
SMALL = stack("case", (6, 6, 3), [Conv2D(2, (3, 3))])
GPT_2_XL = stack("case", (1024, 1600), [EncoderBlock(25, 6400, pre_norm=True, causal=True)] * 48)
TWINS = Network(
    "case",
    (Shape((4,)), Shape((4,))),
    (
        Node("left", Dense(2), ("input",)),
        Node("right", Dense(2), ("input_2",), tied_to="left"),
        Node("both", Concatenate(), ("left", "right")),
    ),
)
PROJECTED = (
    Node("first", Conv2D(128, (3, 3), (2, 2), "same", bias=False)),
    Node("second", Conv2D(128, (3, 3), padding="same", bias=False)),
    Node("shortcut", Conv2D(128, (1, 1), (2, 2), bias=False), ("input",)),
    Node("add", Add(), ("second", "shortcut")),
)

CASES: tuple[Case, ...] = (
    # embedding
    params("embedding-uses-length", (10,), Embedding(1000, 64), right=64_000, wrong=640),
    params("embedding-vocab-plus-two", (10,), Embedding(1001, 64), right=64_064, wrong=64_128),
    params("fixed-positions-counted", (1024, 768), SinusoidalPositions(), right=0, wrong=786_432),
    Case("tied-head-counted-twice", architecture("gpt-2"), "params", 124_439_808, 163_037_184),
    # recurrent layers
    params("lstm-forget-four-gates", (29, 1), LSTM(9), right=396, wrong=99),
    params("lstm-forget-recurrent", (29, 128), LSTM(128), right=131_584, wrong=66_048),
    params("rnn-elementwise-recurrence", (29, 1), SimpleRNN(50), right=2_600, wrong=150),
    params("rnn-times-timesteps", (29, 13), GRU(20), right=2_040, wrong=59_160),
    Case("rnn-units-equal-timesteps", stack("case", (3, 4), [LSTM(10)]), "features", 10, 3),
    params("simplernn-two-biases-in-keras", (29, 1), SimpleRNN(50), right=2_600, wrong=2_650),
    params("lstm-one-bias-in-pytorch", (29, 10), LSTM(20, biases=2), right=2_560, wrong=2_480),
    params("gru-one-bias-in-keras", (29, 16), Bidirectional(GRU(32, biases=2)), right=9_600, wrong=9_408),
    params("gru-four-gates", (29, 16), GRU(32, biases=2), right=4_800, wrong=6_400),
    params("bidirectional-forget-double", (29, 16), Bidirectional(GRU(32, biases=2)), right=9_600, wrong=4_800),
    params(
        "bilstm-stack-exactly-double", (29, 32), StackedRecurrent(LSTM(128, biases=2), 2, bidirectional=True),
        right=561_152, wrong=430_080,
    ),
    # attention; three of four matrices are 1,769,472, which the head's slices make 147,456 and the length 2,359,296
    params("mha-heads-multiply", (10, 512), MultiHeadAttention(8, 64, bias=False), right=1_048_576, wrong=8_388_608),
    params(
        "mha-head-slices-both-sides", (10, 768), MultiHeadAttention(12, 64, bias=False),
        right=1_769_472 + 589_824, wrong=147_456 + 589_824,
    ),
    params("mha-forget-output-projection", (10, 512), MultiHeadAttention(8, 64), right=1_050_624, wrong=787_968),
    params("mha-forget-bias", (10, 512), MultiHeadAttention(8, 64), right=1_050_624, wrong=1_048_576),
    params("keras-key-dim-is-total", (10, 512), MultiHeadAttention(8, 512), right=8_401_408, wrong=1_050_624),
    params(
        "attention-weights-depend-on-length", (1024, 768), MultiHeadAttention(12, 64, bias=False),
        right=1_769_472 + 589_824, wrong=2_359_296 + 589_824,
    ),
    # transformer blocks
    params("ffn-times-length", (128, 512), FeedForward(2048, bias=False), right=2_097_152, wrong=268_435_456),
    params("ffn-no-expansion", (128, 512), FeedForward(2048, bias=False), right=2_097_152, wrong=524_288),
    params("swiglu-two-matrices", (9, 1600), FeedForward(6400, True, False), right=30_720_000, wrong=20_480_000),
    params("twelve-d-squared-is-exact", (9, 768), *[EncoderBlock(12, 3072)] * 12, right=85_054_464, wrong=84_934_656),
    params(
        "gqa-full-kv-projection", (9, 4096), MultiHeadAttention(32, 128, bias=False, kv_heads=8),
        right=41_943_040, wrong=67_108_864,
    ),
    params(
        "gqa-groups-as-divisor", (9, 4096), MultiHeadAttention(32, 128, bias=False, kv_heads=8),
        right=41_943_040, wrong=37_748_736,
    ),
    # rank 16 on 24 matrices of BERT-base: 589,824 more, as in a thread on 109,483,010 and 108,893,186
    params(
        "lora-adds-nothing", (9, 768), *[LoRAAttention(MultiHeadAttention(12, 64), 16)] * 12,
        right=28_348_416 + 589_824, wrong=28_348_416,
    ),
    # 32 heads of 128 on a width of 2,560: 4 · 2560 · 4096 in attention, not 4 · 2560²
    params(
        "head-dim-is-hidden-over-heads", (9, 2560), EncoderBlock(32, 10, key_dim=128, norm="rms", bias=False),
        right=41_943_040 + 51_200 + 5_120, wrong=26_214_400 + 51_200 + 5_120,
    ),
    # cost
    Case("flops-equal-macs", SMALL, "flops", 1_728, 864),
    Case("macs-twice-flops", SMALL, "flops", 1_728, 432, "conv2d"),
    Case("attention-flops-forget-scores", GPT_2_XL, "flops", 3_342_021_427_200, 3_019_898_880_000),
    Case(
        "separable-ratio-only-k2",
        stack("case", (28, 28, 32), [SeparableConv2D(64, (3, 3), padding="same")]), "macs", 1_831_424, 1_605_632,
    ),
    # receptive field
    field("rf-sum-of-kernels", (20, 20, 1), THREE, THREE, THREE, right=(7, 7), wrong=(9, 9)),
    field("rf-product-of-kernels", (20, 20, 1), THREE, THREE, THREE, right=(7, 7), wrong=(27, 27)),
    field("rf-ignore-stride", (28, 28, 1), FIVE, MaxPooling2D((2, 2)), FIVE, right=(14, 14), wrong=(10, 10)),
    field("rf-ignore-pooling", (28, 28, 1), FIVE, MaxPooling2D((2, 2)), FIVE, right=(14, 14), wrong=(9, 9)),
    field("rf-ignore-dilation", (28, 28, 1), DILATED, DILATED, right=(9, 9), wrong=(5, 5)),
    field("rf-first-layer-off-by-one", (2000, 1), *WAVENET, right=(1_025,), wrong=(1_024,)),
    # branches
    joined(
        "concat-as-add", (8, 8, 64),
        Node("up", DEEP), Node("skip", Concatenate(), ("up", "input")), Node("next", DEEP),
        right=36_928 + 73_792, wrong=36_928 + 36_928,
    ),
    joined(
        "add-as-concat", (8, 8, 64),
        Node("up", DEEP), Node("skip", Add(), ("up", "input")), Node("next", DEEP),
        right=36_928 + 36_928, wrong=36_928 + 73_792,
    ),
    joined("shortcut-projection-forgotten", (8, 8, 64), *PROJECTED, right=221_184 + 8_192, wrong=221_184),
    # three projections, 172,032 weights, and what normalizes them
    Case("shortcut-projection-forgotten", architecture("resnet-18"), "trainable", 11_689_512, 11_689_512 - 173_824),
    # code
    Case("shared-module-counted-per-use", TWINS, "params", 10, 20),
    params("conv-bias-default-overlooked", (8, 8, 64), Conv2D(64, (3, 3), bias=False), right=36_864, wrong=36_928),
    joined(
        "data-format-swapped", (224, 224, 3), Node("conv", Conv2D(32, (3, 3))),
        right=896, wrong=64_544, framework="torch",
    ),
)  # fmt: skip

REUSED = Network(
    "case",
    (Shape((10_240, 4_096)),),
    (Node("use_1", Dense(4_096)), *(Node(f"use_{use}", Dense(4_096), tied_to="use_1") for use in range(2, 101))),
)

SUMS: tuple[Sum, ...] = (
    Sum("memory-one-byte", (25_600_000, 4), 102_400_000, 25_600_000),
    Sum("memory-bits-as-bytes", (25_600_000, 4), 102_400_000, 819_200_000),
    Sum("memory-gradients-among-states", (124_439_808, 2, 4), 995_518_464, 1_493_277_696),
    Sum("memory-ignores-batch", (157_216, 64, 4), 40_247_296, 628_864),
    Sum("memory-ignores-gradients", (25_600_000, 4), 102_400_000, 0),
    Sum("memory-forget-adam-states", (124_439_808, 2, 4), 995_518_464, 0),
    Sum("memory-mb-is-mib", (41_984_000, "KB"), 41_984, 41_000),
    Sum("memory-mb-is-mib", (41_984_000, "KiB"), 41_000, 41_984),
    # what comes in and a hundred outputs, or what comes in and one
    Sum("reused-layer-memory-once", (REUSED.rows,), 101 * 41_943_040, 2 * 41_943_040, {"in_place": True}),
    Sum("kv-forget-two", (2, 4, 16, 64, 4, 2), 131_072, 65_536),
    # Llama 2 7B and Llama 3 8B, each token
    Sum("kv-forget-layers", (32, 32, 128, 1, 1, 2), 524_288, 16_384, {"heads": 32}),
    Sum("kv-forget-heads", (32, 8, 128, 1, 1, 2), 131_072, 16_384, {"heads": 32}),
    Sum("kv-query-heads-in-gqa", (32, 8, 128, 1, 1, 2), 131_072, 524_288, {"heads": 32}),
    Sum("kv-heads-times-hidden", (32, 32, 128, 1, 1, 2), 524_288, 16_777_216, {"heads": 32}),
)
