"""How the rules of `layers/convolution.py` are missed."""

from __future__ import annotations

from quizgen.arithmetic import product, share
from quizgen.layers.base import Rule, Shape
from quizgen.layers.convolution import Conv2D, Conv3D, Convolution
from quizgen.misconceptions.base import Misconception


def one_channel_deep(truth: Rule, conv: Convolution, x: Shape) -> int:
    return truth(conv.but(groups=1), x.with_channels(1))  # type: ignore[no-any-return]


def no_biases(truth: Rule, conv: Convolution, x: Shape) -> int:
    return truth(conv.but(bias=False), x)  # type: ignore[no-any-return]


def one_bias_for_the_layer(truth: Rule, conv: Convolution, x: Shape) -> int:
    return conv.filters * product((share(x.channels, conv.groups), *conv.kernel)) + 1


def a_bias_for_each_channel(truth: Rule, conv: Convolution, x: Shape) -> int:
    return conv.filters * share(x.channels, conv.groups) * (product(conv.kernel) + 1)


def kernel_along_one_side(truth: Rule, conv: Convolution, x: Shape) -> int:
    return truth(conv.but(kernel=conv.kernel[-1:]), x)  # type: ignore[no-any-return]


def groups_ignored(truth: Rule, conv: Convolution, x: Shape) -> int:
    return truth(conv.but(groups=1), x)  # type: ignore[no-any-return]


def bracket_dropped(truth: Rule, conv: Convolution, x: Shape) -> int:
    return product((share(x.channels, conv.groups), *conv.kernel)) + conv.filters


def weights_for_each_position(truth: Rule, conv: Convolution, x: Shape) -> int:
    return product(type(conv).output(conv, x).spatial) * truth(conv, x)  # type: ignore[no-any-return]


def one_added_forgotten(truth: Rule, conv: Convolution, x: Shape) -> Shape:
    y = truth(conv, x)
    return y if conv.padding == "same" else y.with_spatial(tuple(size - 1 for size in y.spatial))  # type: ignore[no-any-return]


def stride_ignored(truth: Rule, conv: Convolution, x: Shape) -> Shape:
    return truth(conv.but(stride=(1,) * conv.rank), x)  # type: ignore[no-any-return]


def padding_on_one_side(truth: Rule, conv: Convolution, x: Shape) -> Shape:
    if isinstance(conv.padding, str):
        return truth(conv, x)  # type: ignore[no-any-return]
    return truth(conv.but(padding=tuple((before, 0) for before, _ in conv.padding)), x)  # type: ignore[no-any-return]


def same_taken_as_valid(truth: Rule, conv: Convolution, x: Shape) -> Shape:
    return truth(conv.but(padding="valid") if conv.padding == "same" else conv, x)  # type: ignore[no-any-return]


def depth_unchanged(truth: Rule, conv: Convolution, x: Shape) -> Shape:
    return truth(conv, x).with_channels(x.channels)  # type: ignore[no-any-return]


def at_each_input_position(truth: Rule, conv: Convolution, x: Shape, *, y: Shape) -> int:
    return truth(conv, x, y=y.with_spatial(x.spatial))  # type: ignore[no-any-return]


def one_multiplication_per_weight(truth: Rule, conv: Convolution, x: Shape, *, y: Shape) -> int:
    return truth(conv, x, y=Shape((y.channels,)))  # type: ignore[no-any-return]


def channels_not_multiplied(truth: Rule, conv: Convolution, x: Shape, *, y: Shape) -> int:
    return truth(conv.but(groups=1), x.with_channels(1), y=y)  # type: ignore[no-any-return]


MISCONCEPTIONS = (
    Misconception(
        id="conv-forget-input-channels",
        topic="conv",
        rule=Convolution.trainable,
        wrong=one_channel_deep,
        belief="A kernel is one channel deep, whatever the depth of its input.",
        mend="A kernel spans all {channels} input channels.",
        grade="A",
    ),
    Misconception(
        id="conv-forget-bias",
        topic="conv",
        rule=Convolution.trainable,
        wrong=no_biases,
        belief="A convolution has no biases.",
        mend="Each of the {filters} filters has one bias: {filters} more.",
        grade="B",
    ),
    Misconception(
        id="conv-one-bias-per-layer",
        topic="conv",
        rule=Convolution.trainable,
        wrong=one_bias_for_the_layer,
        belief="One bias is shared by all filters.",
        mend="Each of the {filters} filters has a bias of its own.",
        grade="A",
    ),
    Misconception(
        id="conv-bias-per-input-channel",
        topic="conv",
        rule=Convolution.trainable,
        wrong=a_bias_for_each_channel,
        belief="A filter has a bias for each input channel.",
        mend="A filter adds its {channels} channel sums into one number, and one bias to that.",
        grade="A",
    ),
    Misconception(
        id="conv-kernel-not-squared",
        topic="conv",
        rule=Convolution.trainable,
        wrong=kernel_along_one_side,
        belief="A kernel has as many cells as one of its sides is long.",
        mend="A kernel covers an area: {kernel} cells in each channel.",
        grade="C",
        kinds=(Conv2D, Conv3D),
    ),
    Misconception(
        id="conv-drop-parentheses",
        topic="conv",
        rule=Convolution.trainable,
        wrong=bracket_dropped,
        belief="The number of filters multiplies the bias alone.",
        mend="Weights and bias of one kernel come together, {filters} times.",
        grade="B",
    ),
    Misconception(
        id="conv-no-weight-sharing",
        topic="conv",
        rule=Convolution.trainable,
        wrong=weights_for_each_position,
        belief="Each output position has weights of its own.",
        mend="The same kernel slides over every position: the size of the map plays no part.",
        grade="B",
    ),
    Misconception(
        id="groups-ignored",
        topic="groups",
        rule=Convolution.trainable,
        wrong=groups_ignored,
        belief="Groups do not change the count.",
        mend="With {groups} groups a kernel sees only its own share of the {channels} channels.",
        grade="C",
    ),
    Misconception(
        id="out-forget-plus-one",
        topic="output-size",
        rule=Convolution.output,
        wrong=one_added_forgotten,
        belief="The number of windows is the room left, divided by the stride.",
        mend="The first window counts too: add 1.",
        grade="B",
    ),
    Misconception(
        id="out-ignore-stride",
        topic="output-size",
        rule=Convolution.output,
        wrong=stride_ignored,
        belief="The stride does not change the size.",
        mend="The kernel moves in steps of the stride: divide by it, round down, then add 1.",
        grade="B",
    ),
    Misconception(
        id="out-pad-once",
        topic="output-size",
        rule=Convolution.output,
        wrong=padding_on_one_side,
        belief="A padding of p adds p cells to an axis.",
        mend="Padding is added on both sides: 2p cells.",
        grade="B",
    ),
    Misconception(
        id="same-computed-as-valid",
        topic="output-size",
        rule=Convolution.output,
        wrong=same_taken_as_valid,
        belief="With same padding the kernel still costs its cells at the border.",
        mend="Same padding gives the input size over the stride, rounded up, whatever the kernel.",
        grade="A",
    ),
    Misconception(
        id="conv-depth-unchanged",
        topic="conv-shape",
        rule=Convolution.output,
        wrong=depth_unchanged,
        belief="The output is as deep as the input.",
        mend="The output has one channel for each filter: {filters}.",
        grade="B",
    ),
    Misconception(
        id="macs-use-input-map",
        topic="flops",
        rule=Convolution.macs,
        wrong=at_each_input_position,
        belief="The kernel is applied once at each input position.",
        mend="It is applied once for each output position.",
        grade="A",
    ),
    Misconception(
        id="macs-equal-params",
        topic="flops",
        rule=Convolution.macs,
        wrong=one_multiplication_per_weight,
        belief="There is one multiplication for each weight.",
        mend="Each weight is used once at every output position.",
        grade="C",
    ),
    Misconception(
        id="macs-forget-input-channels",
        topic="flops",
        rule=Convolution.macs,
        wrong=channels_not_multiplied,
        belief="A kernel is one channel deep, whatever the depth of its input.",
        mend="A kernel spans all {channels} input channels, and multiplies in each.",
        grade="D",
    ),
)
