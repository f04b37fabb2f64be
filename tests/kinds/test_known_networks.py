"""The kinds that count, on networks whose numbers are known: from courses, papers and frameworks, or worked by hand."""

from __future__ import annotations

from typing import Any

import pytest

from quizgen.architectures import architecture
from quizgen.forms.count import target
from quizgen.kinds import find_kind
from quizgen.layers import (
    GRU,
    LSTM,
    Add,
    BatchNorm,
    Bidirectional,
    Concatenate,
    Conv1D,
    Conv2D,
    Conv3D,
    ConvTranspose2D,
    DecoderBlock,
    Dense,
    DepthwiseConv2D,
    Embedding,
    FeedForward,
    Flatten,
    GlobalAveragePooling2D,
    GroupNorm,
    LayerNorm,
    LoRA,
    MaxPooling2D,
    MultiHeadAttention,
    Shape,
    SimpleRNN,
    StackedRecurrent,
    Subsampling2D,
    ZeroPadding2D,
)
from quizgen.layers.base import Layer
from quizgen.layers.graph import Node
from quizgen.network import Network, stack
from quizgen.quantities import Asked
from quizgen.sampling import Sample, sample
from quizgen.sampling.given import samples
from quizgen.stream import Stream


def padded(zeros: int) -> tuple[tuple[int, int], tuple[int, int]]:
    return ((zeros, zeros),) * 2


def keras(x: tuple[int, ...], *layers: Layer) -> Network:
    return stack("case", x, layers)


def torch(x: tuple[int, ...], *layers: Layer) -> Network:
    return stack("case", x, layers, framework="torch")


def of_nodes(inputs: tuple[tuple[int, ...], ...], *nodes: Node) -> Network:
    return Network("case", tuple(map(Shape, inputs)), nodes)


# C4W1: https://nbviewer.org/github/amanchadha/coursera-deep-learning-specialization, week 1 quiz of course 4
FIRE = of_nodes(
    ((55, 55, 96),),
    Node("squeeze", Conv2D(16, (1, 1))),
    Node("left", Conv2D(64, (1, 1)), ("squeeze",)),
    Node("right", Conv2D(64, (3, 3), padding="same"), ("squeeze",)),
    Node("concat", Concatenate(), ("left", "right")),
)
"""fire2 of SqueezeNet (arXiv:1602.07360, table 1): 128 channels come out."""

INCEPTION = of_nodes(
    ((28, 28, 192),),
    Node("a", Conv2D(64, (1, 1)), ("input",)),
    Node("b1", Conv2D(96, (1, 1)), ("input",)),
    Node("b2", Conv2D(128, (3, 3), padding="same")),
    Node("c1", Conv2D(16, (1, 1)), ("input",)),
    Node("c2", Conv2D(32, (5, 5), padding="same")),
    Node("d1", MaxPooling2D((3, 3), (1, 1), "same"), ("input",)),
    Node("d2", Conv2D(32, (1, 1))),
    Node("concat", Concatenate(), ("a", "b2", "c2", "d2")),
)
"""inception (3a) of GoogLeNet (arXiv:1409.4842, table 1): 256 channels, "159K" parameters without biases."""

BOTTLENECK = of_nodes(
    ((56, 56, 256),),
    Node("down", Conv2D(64, (1, 1), bias=False)),
    Node("middle", Conv2D(64, (3, 3), padding="same", bias=False)),
    Node("up", Conv2D(256, (1, 1), bias=False)),
    Node("add", Add(), ("up", "input")),
)
"""A block of stage 1 in ResNet-50: 16,384 + 36,864 + 16,384 weights."""

LENET = (Conv2D(6, (5, 5)), MaxPooling2D((2, 2)), Conv2D(16, (5, 5)))

WORKED: tuple[tuple[str, Network, Any], ...] = (
    # level 0 and 1: 784 pixels and a bias; C4W1 question 2 on the way
    ("image-to-vector", keras((28, 28, 1), Flatten(), Dense(10)), (784)),
    ("softmax-regression-table", keras((28, 28, 1), Flatten(), Dense(10)), 7_850),
    ("logistic-regression", keras((784,), Dense(1)), 785),
    ("dense-params", keras((270_000,), Dense(100)), 27_000_100),
    # convolutions: C4W1 question 3; C4W2, one 1 × 1 filter on 64 × 64 × 16
    ("conv2d-params", keras((300, 300, 3), Conv2D(100, (5, 5))), 7_600),
    ("one-filter", keras((64, 64, 16), Conv2D(1, (1, 1))), 17),
    ("pointwise-params", keras((28, 28, 192), Conv2D(64, (1, 1))), 12_352),
    ("conv1d-params", keras((60, 13), Conv1D(128, (6,))), 10_112),
    ("conv3d-params", keras((9, 26, 26, 1), Conv3D(32, (3, 3, 3))), 896),
    # conv2 of AlexNet in its two towers
    ("grouped-conv-params", torch((27, 27, 96), Conv2D(256, (5, 5), padding=padded(2), groups=2)), 307_456),
    ("depthwise-params", keras((32, 32, 3), DepthwiseConv2D((5, 5))), 78),
    ("transposed-params", keras((28, 28, 1024), ConvTranspose2D(512, (2, 2), (2, 2))), 2_097_664),
    ("torch-conv-code", torch((14, 14, 256), Conv2D(256, (3, 3), padding=padded(1), groups=4)), 147_712),
    # sizes: C4W1 questions 4, 5 and 7; 121 with 4 × 4 and stride 3; frameworks' own formulas
    ("conv2d-output", keras((63, 63, 16), Conv2D(32, (7, 7), (2, 2))), (29, 29, 32)),
    ("conv2d-output", keras((121, 121, 16), Conv2D(32, (4, 4), (3, 3))), (40, 40, 32)),
    ("conv-floor", keras((10, 10, 16), Conv2D(32, (3, 3), (2, 2))), (4, 4, 32)),
    ("padding-output", keras((15, 15, 8), ZeroPadding2D(padded(2))), (19, 19, 8)),
    ("pool-output", keras((32, 32, 16), MaxPooling2D((2, 2))), (16, 16, 16)),
    ("same-padding-output", keras((7, 7, 3), Conv2D(8, (3, 3), (2, 2), "same")), (4, 4, 8)),
    ("conv1d-output", keras((24, 4), Conv1D(10, (11,), (9,), "same")), (3, 10)),
    ("conv3d-output", keras((9, 26, 26, 32), Conv3D(64, (3, 3, 3))), (7, 24, 24, 64)),
    ("dilated-output", keras((32, 32, 3), Conv2D(8, (3, 3), dilation=(2, 2))), (28, 28, 8)),
    ("transposed-output", keras((5, 5, 4), ConvTranspose2D(8, (3, 3), (2, 2), "same")), (10, 10, 8)),
    ("transposed-output", torch((5, 5, 4), ConvTranspose2D(8, (3, 3), (2, 2), padded(1))), (9, 9, 8)),
    # NPTEL week 8: 39 × 39 and three convolutions hand 1,960 features to the dense layer
    (
        "features-into-dense",
        keras(
            (39, 39, 3),
            Conv2D(10, (3, 3)),
            Conv2D(20, (5, 5), (2, 2)),
            Conv2D(40, (5, 5), (2, 2)),
            Flatten(),
            Dense(2),
        ),
        1_960,
    ),
    ("flatten-dense", architecture("mnist-lasagne"), 205_056),
    ("subsampling-params", keras((28, 28, 6), Subsampling2D((2, 2))), 12),
    # normalization: 64 channels, whatever the map
    ("batchnorm-statistics", keras((8, 8, 64), BatchNorm()), 128),
    ("layernorm-params", keras((64, 64), LayerNorm()), 128),
    ("groupnorm-params", keras((8, 8, 64), GroupNorm(8)), 128),
    (
        "global-pool-dense",
        keras((64, 64, 3), Conv2D(32, (3, 3)), GlobalAveragePooling2D(), Dense(10)),
        330,
    ),
    # 320 + 128 + 110
    (
        "summary-total",
        keras((28, 28, 1), Conv2D(32, (3, 3)), BatchNorm(), GlobalAveragePooling2D(), Dense(10)),
        320 + 4 * 32 + 330,
    ),
    # blocks
    ("concat-channels", FIRE, 128),
    ("concat-channels", INCEPTION, 256),
    ("inception-params", INCEPTION, 159_232 + 4_096 + 64 + 96 + 128 + 16 + 32 + 32),
    ("block-params", BOTTLENECK, 69_632),
    ("unet-join", architecture("unet"), (56, 56, 1_024)),
    ("unet-total", architecture("unet"), 31_030_658),
    # costs: RMIT COSC2779 tutorial 5, questions 4 and 5; LeNet-5's multiply-accumulates as torch counts them
    ("receptive-field-stack", keras((32, 32, 1), *LENET), (14, 14)),
    (
        "receptive-field-dilated",
        keras((32, 32, 1), Conv2D(6, (5, 5), dilation=(2, 2)), MaxPooling2D((2, 2)), Conv2D(16, (5, 5))),
        (18, 18),
    ),
    ("cnn-macs", architecture("lenet-5"), 416_520),
    ("conv2d-flops", keras((227, 227, 3), Conv2D(96, (11, 11))), 2 * 217 * 217 * 96 * 363),
    # sequences
    ("embedding-params", keras((10,), Embedding(100, 8)), 800),
    ("rnn-params", keras((5, 1), SimpleRNN(1)), 3),
    ("rnn-params", torch((5, 1), SimpleRNN(1, 2, True)), 4),
    ("bidirectional-params", keras((28, 28), Bidirectional(LSTM(128))), 160_768),
    ("stacked-params", torch((10, 32), StackedRecurrent(LSTM(128, 2, True), 2)), 215_040),
    ("stacked-params", torch((10, 16), StackedRecurrent(GRU(32, 2, True), 1)), 4_800),
    ("recurrent-total", keras((20,), Embedding(100, 8), LSTM(20), Dense(2)), 800 + 2_320 + 42),
    # attention
    ("one-head-params", torch((10, 512), MultiHeadAttention(1, 512)), 1_050_624),
    ("attention-macs", torch((128, 768), MultiHeadAttention(12, 64)), 4 * 128 * 768**2 + 2 * 128**2 * 768),
    ("ffn-params", torch((10, 512), FeedForward(2048)), 2_099_712),
    ("gated-ffn-params", torch((10, 4096), FeedForward(14_336, True, False)), 176_160_768),
    ("gqa-params", torch((10, 512), MultiHeadAttention(8, 64, bias=False, kv_heads=2)), 2 * 512**2 + 2 * 512 * 128),
    ("lora-params", torch((768,), LoRA(Dense(3072), 8)), 30_720),
    (
        "decoder-block-params",
        Network(
            "case",
            (Shape((10, 512)), Shape((12, 512))),
            (Node("block", DecoderBlock(8, 2048), ("input", "input_2")),),
            "torch",
        ),
        4_204_032,
    ),
    ("gpt-total", architecture("gpt-2"), 124_439_808),
    ("bert-total", architecture("bert-base"), 109_482_240),
    ("vit-total", architecture("vit-b-16"), 86_567_656),
    ("vit-patches", architecture("vit-b-16"), (196, 768)),
    ("llama-total", architecture("llama-3-8b"), 8_030_261_248),
)
"""A kind, a network that somebody else counted, and the answer."""


@pytest.mark.parametrize(
    ("name", "network", "expected"), WORKED, ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_network_that_is_known(name: str, network: Network, expected: Any) -> None:
    """The kind's question about a network that is given in the place of a drawn one."""
    kind = find_kind(name)
    found = [asked(name, one) for one in samples(kind.about, network)]
    assert found[:1] == [expected]


def asked(name: str, drawn: Sample) -> Any:
    kind = find_kind(name)
    return Asked(kind.asks, target(kind, drawn)).value(drawn.network.rows)


FAMOUS: tuple[tuple[str, dict[str, object], Any], ...] = (
    (
        "famous-conv-params",
        {"architecture": "alexnet-2012", "layer": "Conv2D", "groups": 2, "filters": 256, "channels": 96},
        307_456,
    ),
    ("famous-conv-params", {"architecture": "lenet-5", "layer": "Conv2D", "filters": 16}, 2_416),
    ("famous-layer-output", {"architecture": "alexnet-2012", "layer": "Conv2D", "kernel": 11}, (55, 55, 96)),
    ("famous-layer-output", {"architecture": "alexnet", "layer": "MaxPooling2D", "channels": 64}, (27, 27, 64)),
    ("famous-dense-params", {"architecture": "vgg-16", "layer": "Dense", "features": 25_088}, 102_764_544),
    ("famous-conv-macs", {"architecture": "vgg-16", "layer": "Conv2D", "channels": 3}, 86_704_128),
    ("famous-conv-macs", {"architecture": "mobilenet", "layer": "DepthwiseConv2D", "channels": 32}, 3_612_672),
    # 64 × 64 × 9 twice and 2 × 64 for each normalization
    ("resnet-block-params", {"architecture": "resnet-18", "block": "stage1_block1"}, 73_984),
    ("resnet-block-params", {"architecture": "resnet-18", "block": "stage2_block1"}, 230_144),
    ("famous-table", {"architecture": "lenet-5"}, 61_706),
    ("famous-table", {"architecture": "lenet-5-1998"}, 60_000),
    ("famous-block-params", {"architecture": "bert-base", "layer": "EncoderBlock"}, 7_087_872),
    ("famous-block-params", {"architecture": "llama-3-8b", "layer": "EncoderBlock"}, 218_112_000),
    ("famous-model-total", {"architecture": "gpt-2-medium"}, 354_823_168),
)
"""A kind, one of the networks that it may be about, and what the literature or a framework counts in it."""


@pytest.mark.parametrize(("name", "about", "expected"), FAMOUS)
def test_a_network_from_the_literature(name: str, about: dict[str, object], expected: Any) -> None:
    kind = find_kind(name)
    wished = {**kind.about, **about}
    drawn = sample({field: value for field, value in wished.items() if field in about}, kind.levels[0], Stream(1))
    named = kind.about["architecture"]
    assert about["architecture"] in (named if isinstance(named, list) else [named])
    assert asked(name, drawn) == expected
