"""Where Keras, PyTorch and papers differ, and what they each give: numbers read from built layers and from papers."""

import pytest

from quizgen.layers import (
    AdaptiveAveragePooling1D,
    AveragePooling2D,
    Conv1D,
    Conv2D,
    ConvTranspose1D,
    Cropping2D,
    Dense,
    DepthwiseConv2D,
    Dropout,
    Flatten,
    GlobalAveragePooling2D,
    Layer,
    MaxPooling1D,
    MaxPooling2D,
    PartialConv2D,
    PReLU,
    SeparableConv2D,
    Shape,
    Subsampling2D,
    TimeDistributed,
    UpSampling2D,
    ZeroPadding2D,
)
from quizgen.layers.base import Window
from tests.facts import ours

PADDED = ((1, 1), (1, 1))

PARAMETERS: list[tuple[str, Layer, tuple[int, ...], int]] = [
    ("LeNet-5's C1", Conv2D(6, (5, 5)), (32, 32, 1), 156),
    ("LeNet-5's S2: a coefficient and a bias for each map", Subsampling2D(), (28, 28, 6), 12),
    ("LeNet-5's C3 by its table: 60 pairs of maps", PartialConv2D(16, 6 * 3 + 9 * 4 + 6, (5, 5)), (14, 14, 6), 1_516),
    ("C3 of the LeNet-5 that is taught today", Conv2D(16, (5, 5)), (14, 14, 6), 2_416),
    ("LeNet-5's S4", Subsampling2D(), (10, 10, 16), 32),
    ("LeNet-5's C5: a convolution over all that is left", Conv2D(120, (5, 5)), (5, 5, 16), 48_120),
    ("AlexNet's conv2 in two towers", Conv2D(256, (5, 5), groups=2), (27, 27, 96), 307_456),
    ("AlexNet's conv2 in one tower", Conv2D(256, (5, 5)), (27, 27, 96), 614_656),
    ("Keras PReLU()", PReLU(), (28, 28, 32), 25_088),
    ("Keras PReLU(shared_axes=[1, 2]), PyTorch PReLU(32)", PReLU(one_per="channel"), (28, 28, 32), 32),
    ("PyTorch PReLU()", PReLU(one_per="layer"), (28, 28, 32), 1),
    ("a dense layer on a map acts on the channels", Dense(10), (7, 7, 64), 650),
    ("a dense layer after a flatten", Dense(10), (3_136,), 31_370),
    ("steps share the parameters", TimeDistributed(Dense(10)), (20, 64), 650),
    ("a separable convolution has one bias", SeparableConv2D(100, (5, 5)), (9, 9, 10), 1_350),
    ("depthwise as a layer of its own has another: 260 and 1,100", DepthwiseConv2D((5, 5)), (9, 9, 10), 260),
    ("pointwise as a layer of its own", Conv2D(100, (1, 1)), (9, 9, 10), 1_100),
    ("pooling does not learn", MaxPooling2D((2, 2)), (28, 28, 6), 0),
    ("dropout does not learn", Dropout(0.5), (100,), 0),
    ("flatten does not learn", Flatten(), (7, 7, 64), 0),
    ("padding does not learn", ZeroPadding2D(PADDED), (7, 7, 64), 0),
    ("holes hold no weights", Conv2D(16, (3, 3), dilation=(2, 2)), (32, 32, 16), 2_320),
]

SIZES: list[tuple[str, Layer, tuple[int, ...], tuple[int, ...]]] = [
    ("AlexNet's 224 without padding", Conv2D(96, (11, 11), (4, 4)), (224, 224, 3), (54, 54, 96)),
    ("AlexNet's 224, padding 2", Conv2D(96, (11, 11), (4, 4), ((2, 2), (2, 2))), (224, 224, 3), (55, 55, 96)),
    ("AlexNet's 227 without padding", Conv2D(96, (11, 11), (4, 4)), (227, 227, 3), (55, 55, 96)),
    ("AlexNet's 224 under Keras same", Conv2D(96, (11, 11), (4, 4), "same"), (224, 224, 3), (56, 56, 96)),
    ("a dense layer keeps the other axes", Dense(10), (7, 7, 64), (7, 7, 10)),
    ("no error for 4.5: it is rounded down", Conv1D(1, (3,), (2,)), (10, 1), (4, 1)),
    ("7 pooled by 2", MaxPooling1D((2,)), (7, 1), (3, 1)),
    ("7 pooled by 2, rounded up", MaxPooling1D((2,), ceil=True), (7, 1), (4, 1)),
    ("7 pooled by 2 under Keras same", MaxPooling1D((2,), padding="same"), (7, 1), (4, 1)),
    ("112 pooled by 3 / 2", MaxPooling1D((3,), (2,)), (112, 1), (55, 1)),
    ("112 pooled by 3 / 2, rounded up", MaxPooling1D((3,), (2,), ceil=True), (112, 1), (56, 1)),
    ("54 pooled by 3 / 2", MaxPooling1D((3,), (2,)), (54, 1), (26, 1)),
    ("54 pooled by 3 / 2, rounded up", MaxPooling1D((3,), (2,), ceil=True), (54, 1), (27, 1)),
    ("8 pooled by 3 / 3", MaxPooling1D((3,)), (8, 1), (2, 1)),
    ("8 pooled by 3 / 3, rounded up", MaxPooling1D((3,), ceil=True), (8, 1), (3, 1)),
    ("a last window beyond the input is dropped", MaxPooling1D((2,), (3,), ceil=True), (3, 1), (1, 1)),
    ("one in the padding too", MaxPooling1D((2,), (2,), ((1, 1),), ceil=True), (3, 1), (2, 1)),
    ("13 pooled by 3 / 2 under Keras same", MaxPooling1D((3,), (2,), "same"), (13, 1), (7, 1)),
    ("Keras same is a ceiling", Conv2D(8, (3, 3), (2, 2), "same"), (224, 224, 3), (112, 112, 8)),
    ("PyTorch's padding 1 agrees here", Conv2D(8, (3, 3), (2, 2), PADDED), (224, 224, 3), (112, 112, 8)),
    ("whatever the kernel", Conv1D(8, (11,), (9,), "same"), (24, 3), (3, 8)),
    ("an odd size under Keras same", Conv1D(8, (3,), (2,), "same"), (7, 3), (4, 8)),
    ("an even kernel under Keras same", Conv1D(8, (4,), (1,), "same"), (8, 3), (8, 8)),
    ("transposed, k < s, Keras valid", ConvTranspose1D(2, (1,), (3,)), (5, 1), (15, 2)),
    ("transposed, k < s, PyTorch", ConvTranspose1D(2, (1,), (3,), ((0, 0),)), (5, 1), (13, 2)),
    ("transposed, k = s - 1, Keras valid", ConvTranspose1D(2, (2,), (3,)), (5, 1), (15, 2)),
    ("transposed, k = s - 1, PyTorch", ConvTranspose1D(2, (2,), (3,), ((0, 0),)), (5, 1), (14, 2)),
    ("transposed, Keras same", ConvTranspose1D(2, (3,), (2,), "same"), (5, 1), (10, 2)),
    ("transposed, PyTorch padding 1", ConvTranspose1D(2, (3,), (2,), ((1, 1),)), (5, 1), (9, 2)),
    (
        "transposed, PyTorch padding 1 and output padding 1",
        ConvTranspose1D(2, (3,), (2,), ((1, 1),), output_padding=(1,)),
        (5, 1),
        (10, 2),
    ),
    ("a 3 × 3 kernel of dilation 2 spans 5", Conv2D(16, (3, 3), dilation=(2, 2)), (32, 32, 16), (28, 28, 16)),
    ("adaptive pooling can enlarge", AdaptiveAveragePooling1D((7,)), (5, 4), (7, 4)),
    ("global pooling leaves one value for each channel", GlobalAveragePooling2D(), (7, 7, 512), (512,)),
    ("or a map of one cell", GlobalAveragePooling2D(keepdims=True), (7, 7, 512), (1, 1, 512)),
    ("a multiplier multiplies the channels", DepthwiseConv2D((3, 3), multiplier=2), (8, 8, 5), (6, 6, 10)),
    ("U-Net crops 64 to 56", Cropping2D(((4, 4), (4, 4))), (64, 64, 512), (56, 56, 512)),
    ("upsampling repeats each cell", UpSampling2D((2, 2)), (28, 28, 512), (56, 56, 512)),
    ("steps stay apart", TimeDistributed(Conv2D(4, (3, 3))), (20, 8, 8, 3), (20, 6, 6, 4)),
]

MACS: list[tuple[str, Layer, tuple[int, ...], int]] = [
    ("products with padded zeros count, as every tool counts them", Conv2D(1, (3, 3), (1, 1), "same"), (8, 8, 1), 576),
    ("3 × 3 over 100 × 100: half of 172,872 operations", Conv2D(1, (3, 3)), (100, 100, 1), 86_436),
    ("pooling costs none", AveragePooling2D((2, 2)), (28, 28, 6), 0),
    ("LeNet-5's S2: one product for each cell that comes out", Subsampling2D(), (28, 28, 6), 1_176),
    ("LeNet-5's C3 by its table", PartialConv2D(16, 60, (5, 5)), (14, 14, 6), 150_000),
    ("a transposed convolution costs at its input", ConvTranspose1D(2, (3,), (2,), "same"), (5, 4), 120),
    ("steps cost again and again", TimeDistributed(Dense(10)), (20, 64), 12_800),
]


@pytest.mark.parametrize(("layer", "shape", "count"), [case[1:] for case in PARAMETERS], ids=[c[0] for c in PARAMETERS])
def test_parameters(layer: Layer, shape: tuple[int, ...], count: int) -> None:
    assert ours(layer, (Shape(shape),)).trainable == count


@pytest.mark.parametrize(("layer", "shape", "output"), [case[1:] for case in SIZES], ids=[c[0] for c in SIZES])
def test_output_size(layer: Layer, shape: tuple[int, ...], output: tuple[int, ...]) -> None:
    assert ours(layer, (Shape(shape),)).output == output


@pytest.mark.parametrize(("layer", "shape", "count"), [case[1:] for case in MACS], ids=[c[0] for c in MACS])
def test_macs(layer: Layer, shape: tuple[int, ...], count: int) -> None:
    assert ours(layer, (Shape(shape),)).macs == count


@pytest.mark.parametrize(
    ("layer", "shape", "window"),
    [
        (Conv2D(8, (3, 5), (1, 2), dilation=(2, 1)), (32, 32, 3), Window((3, 5), (1, 2), (2, 1))),
        (MaxPooling2D((2, 3)), (32, 32, 3), Window((2, 3), (2, 3), (1, 1))),
        (GlobalAveragePooling2D(), (7, 5, 3), Window((7, 5), (7, 5), (1, 1))),
        (AdaptiveAveragePooling1D((7,)), (14, 3), Window((2,), (2,), (1,))),
        (AdaptiveAveragePooling1D((3,)), (5, 3), Window((3,), (1,), (1,))),
        (TimeDistributed(Conv2D(4, (3, 3))), (20, 8, 8, 3), Window((1, 3, 3), (1, 1, 1), (1, 1, 1))),
        (Flatten(), (7, 7, 3), None),
    ],
)
def test_window(layer: Layer, shape: tuple[int, ...], window: Window | None) -> None:
    assert layer.window(Shape(shape)) == window
