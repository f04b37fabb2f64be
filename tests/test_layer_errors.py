"""Settings that make no sense, and shapes that do not fit: one clear sentence for each."""

from collections.abc import Callable

import pytest

from quizgen.errors import LayerError, QuizgenError, ShapeError
from quizgen.layers import (
    Activation,
    Conv1D,
    Conv2D,
    ConvTranspose1D,
    ConvTranspose2D,
    Cropping1D,
    Dense,
    DepthwiseConv2D,
    Dropout,
    GlobalAveragePooling2D,
    Layer,
    MaxPooling1D,
    MaxPooling2D,
    PartialConv2D,
    Permute,
    PReLU,
    Reshape,
    SeparableConv2D,
    Shape,
    TimeDistributed,
    UpSampling2D,
    ZeroPadding2D,
)
from quizgen.layers.graph import Node, walk

SETTINGS: list[tuple[Callable[[], Layer], str]] = [
    (lambda: Dense(0), "Dense: units = 0 is not positive."),
    (lambda: Conv2D(-1, (3, 3)), "Conv2D: filters = -1 is not positive."),
    (lambda: Conv2D(8, (3,)), "Conv2D: kernel = (3,) does not fit 2 axes. Give 2 numbers, one for each axis."),
    (lambda: Conv2D(8, 3), "Conv2D: kernel = 3 does not fit 2 axes."),  # type: ignore[arg-type]
    (lambda: Conv1D(8, (3, 3)), "Conv1D: kernel = (3, 3) does not fit 1 axis. Give one number."),
    (lambda: Conv2D(8, (3, 0)), "Conv2D: kernel = (3, 0) is not positive."),
    (lambda: Conv2D(8, (3, 3), stride=(0, 1)), "Conv2D: stride = (0, 1) is not positive."),
    (lambda: Conv2D(8, (3, 3), dilation=(1, 1, 1)), "Conv2D: dilation = (1, 1, 1) does not fit 2 axes."),
    (lambda: Conv2D(8, (3, 3), padding="full"), "there is no padding “full”. Use valid, same or pairs."),  # type: ignore[arg-type]
    (lambda: Conv2D(8, (3, 3), padding=1), "Conv2D: padding = 1 needs 2 pair(s)"),  # type: ignore[arg-type]
    (lambda: Conv2D(8, (3, 3), padding=((1, 1), (0, -1))), "needs 2 pair(s) (before, after), none negative."),
    (lambda: Conv2D(8, (3, 3), groups=3), "Conv2D: 8 filters do not divide into 3 groups."),
    (lambda: DepthwiseConv2D((3, 3), multiplier=0), "DepthwiseConv2D: multiplier = 0 is not positive."),
    (lambda: SeparableConv2D(8, (3,)), "SeparableConv2D: kernel = (3,) does not fit 2 axes."),
    (lambda: PartialConv2D(16, 15, (5, 5)), "15 connections leave a filter of 16 without any."),
    (
        lambda: ConvTranspose1D(8, (3,), (2,), "same", output_padding=(1,)),
        "padding “same” already settles the output size. Give the padding in numbers beside an output_padding.",
    ),
    (
        lambda: ConvTranspose1D(8, (3,), (2,), ((1, 1),), output_padding=(2,)),
        "output_padding = (2,) has to be smaller than the stride or the dilation.",
    ),
    (lambda: ConvTranspose2D(8, (3, 3), output_padding=(1,)), "output_padding = (1,) does not fit 2 axes."),
    (lambda: MaxPooling2D((2,)), "MaxPooling2D: pool = (2,) does not fit 2 axes."),
    (lambda: MaxPooling1D((2,), padding=((2, 2),)), "padding = ((2, 2),) is more than half of the window (2,)."),
    (lambda: MaxPooling1D((2,), padding="same", ceil=True), "“same” leaves nothing to round. Leave out ceil."),
    (lambda: UpSampling2D((2, 0)), "UpSampling2D: factor = (2, 0) is not positive."),
    (lambda: ZeroPadding2D(((1, 1),)), "ZeroPadding2D: padding = ((1, 1),) needs 2 pair(s) (before, after)"),
    (lambda: Cropping1D(((1,),)), "Cropping1D: crop = ((1,),) needs 1 pair(s)"),  # type: ignore[arg-type]
    (lambda: Reshape((2, None, None)), "leaves more than one size open."),
    (lambda: Reshape((2, -1)), "Reshape: target = (2, -1) is not positive."),
    (lambda: Permute((0, 1)), "does not name each axis once, counted from 1."),
    (lambda: Dropout(1.5), "Dropout: rate = 1.5 is no share. It lies between 0 and 1."),
    (lambda: PReLU(one_per="row"), "no slope per “row”. Use element, channel or layer."),  # type: ignore[arg-type]
    (lambda: Activation("rleu"), "there is no activation “rleu”. Did you mean “relu”"),
]

SHAPES: list[tuple[Layer, tuple[int, ...], str]] = [
    (Conv2D(8, (3, 3)), (28, 28), "Conv2D reads 3 axes (height × width × channels), but 28 × 28 has 2."),
    (
        Conv2D(8, (5, 3)),
        (4, 9, 1),
        "a window that reaches over 5 cells does not fit on an axis of 4. Use a smaller window",
    ),
    (Conv2D(8, (3, 3), dilation=(4, 4)), (8, 8, 1), "a window that reaches over 9 cells does not fit on an axis of 8."),
    (Conv2D(8, (3, 3), groups=2), (8, 8, 3), "Conv2D: 3 input channels do not divide into 2 groups."),
    (SeparableConv2D(8, (3, 3)), (2, 8, 3), "DepthwiseConv2D: a window that reaches over 3 cells does not fit"),
    (ConvTranspose2D(8, (3, 3), groups=2), (8, 8, 3), "ConvTranspose2D: 3 input channels do not divide into 2 groups."),
    (ConvTranspose1D(8, (1,), (1,), ((1, 1),)), (2, 3), "ConvTranspose1D would put out 0 × 8 for an input of 2 × 3."),
    (PartialConv2D(16, 60, (5, 5)), (14, 14, 3), "60 connections are more than 3 maps and 16 filters have."),
    (MaxPooling2D((3, 3)), (2, 8, 1), "a window that reaches over 3 cells does not fit on an axis of 2."),
    (MaxPooling1D((5,), (2,), ceil=True), (2, 1), "MaxPooling1D would put out 0 × 1 for an input of 2 × 1."),
    (GlobalAveragePooling2D(), (64,), "GlobalAveragePooling2D reads 3 axes (height × width × channels), but 64 has 1."),
    (Cropping1D(((4, 4),)), (8, 3), "8 cells cut off leave nothing of an axis of 8."),
    (Reshape((7, None)), (8, 3), "Reshape: 8 × 3 holds 24 numbers, which do not come out as (7, None)."),
    (Reshape((5, 5)), (8, 3), "Reshape: 8 × 3 holds 24 numbers, which do not come out as (5, 5)."),
    (Permute((2, 1)), (8, 3, 3), "Permute reads 2 axes"),
    (TimeDistributed(Dense(10)), (8,), "TimeDistributed reads steps × something, but 8 has one axis."),
    (TimeDistributed(Conv2D(8, (3, 3))), (20, 8, 8), "Conv2D reads 3 axes"),
]


@pytest.mark.parametrize(("build", "message"), SETTINGS, ids=[message for _, message in SETTINGS])
def test_a_bad_setting(build: Callable[[], Layer], message: str) -> None:
    with pytest.raises(QuizgenError) as caught:
        build()
    assert message in str(caught.value)


def test_bad_settings_are_layer_errors() -> None:
    with pytest.raises(LayerError):
        Dense(0)


@pytest.mark.parametrize(("layer", "shape", "message"), SHAPES, ids=[message for *_, message in SHAPES])
def test_a_shape_that_does_not_fit(layer: Layer, shape: tuple[int, ...], message: str) -> None:
    with pytest.raises(ShapeError) as caught:
        walk([Node("third", layer)], [Shape(shape)])
    assert message in str(caught.value)
    assert str(caught.value).startswith("third: "), "it says at which layer"
