"""How the rules of `layers/convolution.py` are missed: kernels, biases and positions."""

from __future__ import annotations

from quizgen.arithmetic import product, share
from quizgen.layers.base import Shape
from quizgen.layers.convolution import Conv2D, Conv3D, Convolution
from quizgen.layers.transposed import ConvTranspose2D, ConvTranspose3D
from quizgen.misconceptions.base import Count, Misconception

COLOURS = 3
"""The channels of a colour image."""


def output_counted(truth: Count, conv: Convolution, x: Shape) -> int:
    return product(type(conv).output(conv, x))


def one_bias_for_the_layer(truth: Count, conv: Convolution, x: Shape) -> int:
    weights = truth(conv.but(bias=False), x)
    return weights + 1 if conv.bias else weights


def bracket_dropped(truth: Count, conv: Convolution, x: Shape) -> int:
    return truth(conv.but(filters=1, bias=False), x) + conv.filters if conv.bias else truth(conv, x)


def one_added_to_the_filters(truth: Count, conv: Convolution, x: Shape) -> int:
    return truth(conv.but(filters=conv.filters + 1, bias=False) if conv.bias else conv, x)


def a_bias_for_each_channel(truth: Count, conv: Convolution, x: Shape) -> int:
    return share(x.channels, conv.groups) * truth(conv.but(groups=1), x.with_channels(1))


def no_biases(truth: Count, conv: Convolution, x: Shape) -> int:
    return truth(conv.but(bias=False), x)


def one_channel_deep(truth: Count, conv: Convolution, x: Shape) -> int:
    return truth(conv.but(groups=1), x.with_channels(1))


def three_colours_deep(truth: Count, conv: Convolution, x: Shape) -> int:
    return truth(conv.but(groups=1), x.with_channels(COLOURS))


def as_many_filters_as_channels(truth: Count, conv: Convolution, x: Shape) -> int:
    return truth(conv.but(filters=x.channels), x)


def kernel_along_one_side(truth: Count, conv: Convolution, x: Shape) -> int:
    return truth(conv.but(kernel=conv.kernel[-1:]), x)


def a_bias_for_each_output_cell(truth: Count, conv: Convolution, x: Shape) -> int:
    weights = truth(conv.but(bias=False), x)
    return weights + conv.filters * positions(conv, x) if conv.bias else weights


def weights_for_each_position(truth: Count, conv: Convolution, x: Shape) -> int:
    return positions(conv, x) * truth(conv, x)


def weights_for_each_input_cell(truth: Count, conv: Convolution, x: Shape) -> int:
    weights = product(x.spatial) * truth(conv.but(bias=False), x)
    return weights + conv.filters if conv.bias else weights


def positions(conv: Convolution, x: Shape) -> int:
    """The cells of one output map."""
    return product(type(conv).output(conv, x).spatial)


def at_each_input_position(truth: Count, conv: Convolution, x: Shape, *, y: Shape) -> int:
    return truth(conv, x, y=y.with_spatial(x.spatial))


def one_multiplication_per_weight(truth: Count, conv: Convolution, x: Shape, *, y: Shape) -> int:
    return truth(conv, x, y=Shape((y.channels,)))


def channels_not_multiplied(truth: Count, conv: Convolution, x: Shape, *, y: Shape) -> int:
    return truth(conv.but(groups=1), x.with_channels(1), y=y)


MISCONCEPTIONS = (
    Misconception(
        id="conv-output-as-params",
        topic="conv",
        rule=Convolution.trainable,
        wrong=output_counted,
        belief="The parameters of a layer are the numbers that it puts out.",
        mend="What it puts out is computed for each example; its parameters are those of its {filters} kernels.",
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
        id="conv-drop-parentheses",
        topic="conv",
        rule=Convolution.trainable,
        wrong=bracket_dropped,
        belief="The number of filters multiplies the bias alone.",
        mend="Weights and bias of one kernel come together, {filters} times.",
        grade="B",
    ),
    Misconception(
        id="conv-bias-added-to-filters",
        topic="conv",
        rule=Convolution.trainable,
        wrong=one_added_to_the_filters,
        belief="The one for the bias is added to the filters.",
        mend="The one belongs to each kernel, beside its weights; then all is taken {filters} times.",
        grade="A",
    ),
    Misconception(
        id="conv-bias-per-input-channel",
        topic="conv",
        rule=Convolution.trainable,
        wrong=a_bias_for_each_channel,
        belief="A filter has a bias for each input channel.",
        mend="A filter adds its channel sums into one number, and one bias to that: {filters} in all.",
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
        id="conv-forget-input-channels",
        topic="conv",
        rule=Convolution.trainable,
        wrong=one_channel_deep,
        belief="A kernel is one channel deep, whatever the depth of its input.",
        mend="A kernel is as deep as its input, which has {channels} channels.",
        grade="A",
    ),
    Misconception(
        id="conv-first-layer-channels-everywhere",
        topic="conv",
        rule=Convolution.trainable,
        wrong=three_colours_deep,
        belief="Every convolution reads the colours of the image.",
        mend="This one reads the {channels} channels that reach it.",
        grade="C",
        kinds=(Conv2D,),
    ),
    Misconception(
        id="conv-filters-equal-channels",
        topic="conv-shape",
        rule=Convolution.trainable,
        wrong=as_many_filters_as_channels,
        belief="There have to be as many filters as input channels.",
        mend="The number of filters, {filters}, is free to choose; the {channels} channels set how deep each is.",
        grade="A",
    ),
    Misconception(
        id="conv-kernel-not-squared",
        topic="conv",
        rule=Convolution.trainable,
        wrong=kernel_along_one_side,
        belief="A kernel has as many cells as one of its sides is long.",
        mend="The sides of a kernel are multiplied: {kernel} cells in each channel.",
        grade="C",
        kinds=(Conv2D, Conv3D, ConvTranspose2D, ConvTranspose3D),
    ),
    Misconception(
        id="conv-bias-per-output-pixel",
        topic="conv",
        rule=Convolution.trainable,
        wrong=a_bias_for_each_output_cell,
        belief="Every cell of the output has a bias of its own.",
        mend="All cells of a map share one bias, as they share the weights: {filters} biases.",
        grade="A",
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
        id="conv-times-input-size",
        topic="conv",
        rule=Convolution.trainable,
        wrong=weights_for_each_input_cell,
        belief="A larger image takes more weights.",
        mend="The same kernel {kernel} reads all of {input}: height and width of the input play no part.",
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
"""Those that count positions stand last: beliefs about the kernel reach the weights, and leave the positions alone."""
