"""One instance for each misconception about dense, convolutional, pooling, shaping and normalizing layers.

The right value is what Keras or PyTorch builds, the wrong one is worked by hand from what the belief says. Where a
course, a book or a thread prints the pair, it's that one.
"""

from __future__ import annotations

from typing import NamedTuple

from quizgen.layers import (
    BatchNorm,
    Conv1D,
    Conv2D,
    Conv3D,
    ConvTranspose2D,
    Dense,
    DepthwiseConv2D,
    Dropout,
    Flatten,
    GlobalAveragePooling2D,
    GroupNorm,
    Layer,
    LayerNorm,
    MaxPooling2D,
    PReLU,
    RMSNorm,
    SeparableConv2D,
    Shape,
    ZeroPadding2D,
)
from quizgen.question import Number


class Case(NamedTuple):
    """Some layers on an input, and what is asked of the last of them."""

    id: str
    input: tuple[int, ...]
    layers: tuple[Layer, ...]
    asks: str
    right: Number
    wrong: Number


def params(id: str, input: tuple[int, ...], *layers: Layer, right: int, wrong: int) -> Case:
    return Case(id, input, layers, "params", right, wrong)


def shape(id: str, input: tuple[int, ...], *layers: Layer, right: tuple[int, ...], wrong: tuple[int, ...]) -> Case:
    return Case(id, input, layers, "output", Shape(right), Shape(wrong))


WIDE = Dense(256)
HUNDRED = Conv2D(100, (5, 5))
GROUPED = Conv2D(32, (3, 3), groups=4)
SEPARABLE = SeparableConv2D(100, (5, 5))
DEPTHWISE = DepthwiseConv2D((5, 5))
BACK = ConvTranspose2D(32, (3, 3), stride=(2, 2), padding=((1, 1), (1, 1)))
HALVED = MaxPooling2D((2, 2))
RIM = ZeroPadding2D(((2, 2), (2, 2)))

CASES: tuple[Case, ...] = (
    # dense
    params("dense-forget-bias", (128,), WIDE, right=33_024, wrong=32_768),
    params("dense-bias-per-input", (128,), WIDE, right=33_024, wrong=32_896),
    params("dense-one-bias-per-layer", (270_000,), Dense(100), right=27_000_100, wrong=27_000_001),
    params("dense-bias-both-sides", (128,), WIDE, right=33_024, wrong=33_152),
    params("dense-count-units", (128,), WIDE, right=33_024, wrong=384),
    params("dense-bias-per-weight", (128,), WIDE, right=33_024, wrong=65_536),
    params("dense-weights-into-bias", (128,), WIDE, right=33_024, wrong=33_153),
    params("dense-nd-implicit-flatten", (5, 10), Dense(100), right=1_100, wrong=5_100),
    # flatten
    shape("dense-size-must-equal-flatten", (13, 13, 256), Flatten(), Dense(4096), right=(4_096,), wrong=(43_264,)),
    shape("flatten-forget-channels", (7, 7, 32), Flatten(), right=(1_568,), wrong=(49,)),
    params("flatten-forget-channels", (300, 300, 3), Flatten(), Dense(100), right=27_000_100, wrong=9_000_100),
    shape("flatten-forget-space", (7, 7, 32), Flatten(), right=(1_568,), wrong=(32,)),
    shape("flatten-before-pooling", (28, 28, 32), MaxPooling2D((4, 4)), Flatten(), right=(1_568,), wrong=(25_088,)),
    shape("flatten-before-pooling", (28, 28, 32), HALVED, HALVED, Flatten(), right=(1_568,), wrong=(25_088,)),
    # conv
    params("conv-forget-input-channels", (300, 300, 3), HUNDRED, right=7_600, wrong=2_600),
    params("conv-forget-input-channels", (64, 64, 16), Conv2D(1, (1, 1)), right=17, wrong=2),
    params("conv-forget-bias", (300, 300, 3), HUNDRED, right=7_600, wrong=7_500),
    params("conv-one-bias-per-layer", (300, 300, 3), HUNDRED, right=7_600, wrong=7_501),
    params("conv-bias-per-input-channel", (32, 32, 3), Conv2D(32, (5, 5)), right=2_432, wrong=2_496),
    params("conv-bias-per-output-pixel", (32, 32, 3), Conv2D(32, (5, 5)), right=2_432, wrong=27_488),
    params(
        "conv-no-weight-sharing", (227, 227, 3), Conv2D(96, (11, 11), stride=(4, 4)), right=34_944, wrong=105_705_600
    ),
    params("conv-times-input-size", (256, 256, 3), Conv2D(128, (7, 7)), right=18_944, wrong=1_233_125_504),
    params("conv-stride-in-params", (28, 28, 16), Conv2D(32, (3, 3), stride=(2, 2)), right=4_640, wrong=608),
    params(
        "conv-padding-in-params", (28, 28, 16), Conv2D(32, (3, 3), padding=((1, 1), (1, 1))), right=4_640, wrong=12_832
    ),
    params("conv-drop-parentheses", (28, 28, 1), Conv2D(32, (3, 3)), right=320, wrong=41),
    params("conv-kernel-not-squared", (300, 300, 3), HUNDRED, right=7_600, wrong=1_600),
    params("conv-first-layer-channels-everywhere", (13, 13, 32), Conv2D(64, (3, 3)), right=18_496, wrong=1_792),
    params("conv-bias-added-to-filters", (100, 7), Conv1D(32, (5,)), right=1_152, wrong=1_155),
    params("conv-output-as-params", (28, 28, 1), Conv2D(32, (3, 3)), right=320, wrong=21_632),
    # conv-shape
    params("conv-filters-equal-channels", (32, 32, 3), Conv2D(12, (5, 5)), right=912, wrong=228),
    shape("conv-channels-multiply", (13, 13, 32), Conv2D(64, (3, 3)), right=(11, 11, 64), wrong=(11, 11, 2_048)),
    shape(
        "conv-depth-unchanged", (63, 63, 16), Conv2D(32, (7, 7), stride=(2, 2)), right=(29, 29, 32), wrong=(29, 29, 16)
    ),
    # conv1d, conv3d
    shape("conv1d-length-uses-filters", (1_000, 4), Conv1D(32, (5,)), right=(996, 32), wrong=(969, 32)),
    params("conv1d-square-kernel", (1_000, 4), Conv1D(32, (5,)), right=672, wrong=3_232),
    params("conv3d-forget-kernel-depth", (16, 32, 32, 3), Conv3D(64, (3, 3, 3)), right=5_248, wrong=1_792),
    params("conv3d-frames-as-channels", (16, 32, 32, 3), Conv3D(64, (3, 3, 3)), right=5_248, wrong=27_712),
    # groups
    params("groups-ignored", (28, 28, 16), GROUPED, right=1_184, wrong=4_640),
    params("groups-one-group-only", (28, 28, 16), GROUPED, right=1_184, wrong=320),
    # depthwise and separable
    params("depthwise-as-full-conv", (28, 28, 10), DEPTHWISE, right=260, wrong=2_510),
    params("depthwise-one-kernel", (28, 28, 10), DEPTHWISE, right=260, wrong=26),
    params("depthwise-forget-bias", (28, 28, 10), DEPTHWISE, right=260, wrong=250),
    params("depthwise-output-as-params", (28, 28, 10), DEPTHWISE, right=260, wrong=5_760),
    params("separable-two-biases", (28, 28, 10), SEPARABLE, right=1_350, wrong=1_360),
    params("separable-forget-pointwise", (28, 28, 10), SEPARABLE, right=1_350, wrong=350),
    # transposed
    params("transposed-bias-on-input", (7, 7, 16), BACK, right=4_640, wrong=4_624),
    shape("transposed-forward-formula", (7, 7, 16), BACK, right=(13, 13, 32), wrong=(4, 4, 32)),
    shape("transposed-times-stride", (7, 7, 16), BACK, right=(13, 13, 32), wrong=(14, 14, 32)),
    shape("transposed-padding-added", (7, 7, 16), BACK, right=(13, 13, 32), wrong=(17, 17, 32)),
    shape("transposed-forget-minus-one", (7, 7, 16), BACK, right=(13, 13, 32), wrong=(15, 15, 32)),
    shape(
        "transposed-same-uncut",
        (7, 7, 16),
        ConvTranspose2D(32, (5, 5), stride=(2, 2), padding="same"),
        right=(14, 14, 32),
        wrong=(17, 17, 32),
    ),
    shape("transposed-depth-unchanged", (7, 7, 16), BACK, right=(13, 13, 32), wrong=(13, 13, 16)),
    # output-size
    shape("out-forget-plus-one", (64, 64, 3), Conv2D(8, (5, 5)), right=(60, 60, 8), wrong=(59, 59, 8)),
    shape("out-round-up", (224, 224, 3), Conv2D(96, (11, 11), stride=(4, 4)), right=(54, 54, 96), wrong=(55, 55, 96)),
    shape(
        "out-pad-once", (15, 15, 8), Conv2D(8, (1, 1), padding=((2, 2), (2, 2))), right=(19, 19, 8), wrong=(17, 17, 8)
    ),
    shape("zero-pad-once", (15, 15, 8), RIM, right=(19, 19, 8), wrong=(17, 17, 8)),
    shape("out-pad-adds-channels", (15, 15, 8), RIM, right=(19, 19, 8), wrong=(19, 19, 12)),
    shape(
        "out-ignore-stride", (121, 121, 16), Conv2D(32, (4, 4), stride=(3, 3)), right=(40, 40, 32), wrong=(118, 118, 32)
    ),
    shape(
        "out-divide-only-by-stride",
        (63, 63, 16),
        Conv2D(32, (7, 7), stride=(2, 2)),
        right=(29, 29, 32),
        wrong=(32, 32, 32),
    ),
    shape("out-kernel-off-both-ends", (28, 28, 1), Conv2D(6, (5, 5)), right=(24, 24, 6), wrong=(20, 20, 6)),
    shape(
        "same-computed-as-valid",
        (64, 64, 3),
        Conv2D(8, (4, 4), stride=(2, 2), padding="same"),
        right=(32, 32, 8),
        wrong=(31, 31, 8),
    ),
    shape(
        "same-keeps-size-with-stride",
        (64, 64, 3),
        Conv2D(8, (3, 3), stride=(2, 2), padding="same"),
        right=(32, 32, 8),
        wrong=(64, 64, 8),
    ),
    shape(
        "same-padding-equals-kernel",
        (63, 63, 16),
        Conv2D(32, (7, 7), padding="same"),
        right=(63, 63, 32),
        wrong=(71, 71, 32),
    ),
    shape(
        "paper-figure-zero-padding",
        (224, 224, 3),
        Conv2D(64, (7, 7), stride=(2, 2), padding=((3, 3), (3, 3))),
        right=(112, 112, 64),
        wrong=(109, 109, 64),
    ),
    # dilation
    shape("dilation-ignored", (32, 32, 3), Conv2D(8, (3, 3), dilation=(2, 2)), right=(28, 28, 8), wrong=(30, 30, 8)),
    shape(
        "dilation-times-kernel", (32, 32, 3), Conv2D(8, (3, 3), dilation=(2, 2)), right=(28, 28, 8), wrong=(27, 27, 8)
    ),
    Case(
        "dilation-rf-from-figure",
        (32, 32, 3),
        (Conv2D(8, (3, 3), dilation=(2, 2)),),
        "receptive_field",
        Shape((5, 5)),
        Shape((7, 7)),
    ),
    params("dilation-adds-params", (32, 32, 16), Conv2D(32, (3, 3), dilation=(2, 2)), right=4_640, wrong=12_832),
    # pooling
    params("pool-has-params", (28, 28, 6), HALVED, right=0, wrong=12),
    params("pool-output-as-params", (26, 26, 32), HALVED, right=0, wrong=5_408),
    params("pool-window-as-kernel", (28, 28, 6), HALVED, right=0, wrong=24),
    shape("pool-halves-channels", (32, 32, 16), HALVED, right=(16, 16, 16), wrong=(16, 16, 8)),
    shape("pool-default-stride-one", (28, 28, 6), MaxPooling2D((3, 3)), right=(9, 9, 6), wrong=(26, 26, 6)),
    shape("pool-odd-rounds-up", (7, 7, 6), HALVED, right=(3, 3, 6), wrong=(4, 4, 6)),
    shape("pool-ceil-ignored", (7, 7, 6), MaxPooling2D((2, 2), ceil=True), right=(4, 4, 6), wrong=(3, 3, 6)),
    shape("pool-divides-by-area", (28, 28, 6), HALVED, right=(14, 14, 6), wrong=(7, 7, 6)),
    shape("global-pool-as-flatten", (7, 7, 512), GlobalAveragePooling2D(), right=(512,), wrong=(25_088,)),
    # dropout
    params("dropout-shrinks-layer", (30,), Dense(100), Dropout(0.2), Dense(10), right=1_010, wrong=810),
    # batchnorm
    params("bn-two-per-channel-in-keras", (7, 7, 512), BatchNorm(), right=2_048, wrong=1_024),
    params("bn-four-per-channel-in-pytorch", (7, 7, 10), BatchNorm(statistics="buffers"), right=20, wrong=40),
    Case("bn-statistics-trained", (7, 7, 64), (BatchNorm(),), "trainable", 128, 256),
    Case("bn-per-activation", (54, 54, 96), (BatchNorm(),), "trainable", 192, 559_872),
    Case("bn-per-layer", (7, 7, 64), (BatchNorm(),), "trainable", 128, 2),
    Case("bn-only-scale", (7, 7, 64), (BatchNorm(),), "trainable", 128, 64),
    Case("bn-scale-as-matrix", (7, 7, 64), (BatchNorm(),), "trainable", 128, 4_160),
    params("gn-like-bn", (7, 7, 64), GroupNorm(groups=8), right=128, wrong=256),
    params("gn-per-group", (7, 7, 64), GroupNorm(groups=8), right=128, wrong=16),
    # layernorm
    params("ln-per-position", (128, 512), LayerNorm(), right=1_024, wrong=131_072),
    params("ln-per-token", (128, 512), LayerNorm(), right=1_024, wrong=256),
    params("ln-like-bn", (128, 512), LayerNorm(), right=1_024, wrong=2_048),
    params("ln-only-scale", (128, 512), LayerNorm(), right=1_024, wrong=512),
    params("rmsnorm-like-ln", (128, 512), RMSNorm(), right=512, wrong=1_024),
    # activation
    params("prelu-one-everywhere", (8, 8, 64), PReLU(), right=4_096, wrong=1),
    params("prelu-per-channel", (8, 8, 64), PReLU(), right=4_096, wrong=64),
    params("prelu-per-element", (8, 8, 64), PReLU("channel"), right=64, wrong=4_096),
    params("prelu-slopes-on-both-sides", (8, 8, 64), PReLU(), right=4_096, wrong=8_192),
    params("prelu-no-params", (8, 8, 64), PReLU(), right=4_096, wrong=0),
)
