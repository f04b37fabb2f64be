"""How the rules of `layers/transposed.py` are missed."""

from __future__ import annotations

from quizgen.arithmetic import padded
from quizgen.layers.base import Shape
from quizgen.layers.convolution import Convolution
from quizgen.layers.transposed import ConvolutionTranspose
from quizgen.misconceptions.base import Count, Misconception, Sizing


def biases_on_the_input(truth: Count, conv: ConvolutionTranspose, x: Shape) -> int:
    return truth(conv.but(bias=False), x) + x.channels if conv.bias else truth(conv, x)


def forward_size(truth: Sizing, conv: ConvolutionTranspose, x: Shape) -> Shape:
    return Convolution.output(conv, x)


def size_times_stride(truth: Sizing, conv: ConvolutionTranspose, x: Shape) -> Shape:
    return truth(conv.but(padding="same"), x)


def padding_added(truth: Sizing, conv: ConvolutionTranspose, x: Shape) -> Shape:
    if isinstance(conv.padding, str):
        return truth(conv, x)
    y = truth(conv.but(padding=((0, 0),) * conv.rank), x)
    return y.with_spatial(tuple(padded(n, *pair) for n, pair in zip(y.spatial, conv.padding, strict=True)))


def one_subtracted_forgotten(truth: Sizing, conv: ConvolutionTranspose, x: Shape) -> Shape:
    return truth(conv, x if conv.padding == "same" else x.with_spatial(tuple(n + 1 for n in x.spatial)))


def nothing_cut_off(truth: Sizing, conv: ConvolutionTranspose, x: Shape) -> Shape:
    return truth(conv.but(padding=((0, 0),) * conv.rank) if conv.padding == "same" else conv, x)


def depth_unchanged(truth: Sizing, conv: ConvolutionTranspose, x: Shape) -> Shape:
    return truth(conv, x).with_channels(x.channels)


MISCONCEPTIONS = (
    Misconception(
        id="transposed-forward-formula",
        topic="transposed",
        rule=ConvolutionTranspose.output,
        wrong=forward_size,
        belief="A transposed convolution gives the size that a convolution gives.",
        mend="It goes the other way: each input cell puts a whole kernel into the output, a stride apart.",
        grade="C",
    ),
    Misconception(
        id="transposed-times-stride",
        topic="transposed",
        rule=ConvolutionTranspose.output,
        wrong=size_times_stride,
        belief="The output is the input times the stride.",
        mend="That is the rule for same padding; otherwise the last cell puts in a whole kernel, whatever the stride.",
        grade="C",
    ),
    Misconception(
        id="transposed-padding-added",
        topic="transposed",
        rule=ConvolutionTranspose.output,
        wrong=padding_added,
        belief="Padding makes the output larger.",
        mend="The padding of a transposed convolution is cut off its output.",
        grade="D",
    ),
    Misconception(
        id="transposed-forget-minus-one",
        topic="transposed",
        rule=ConvolutionTranspose.output,
        wrong=one_subtracted_forgotten,
        belief="The output has a stride for each cell of the input, and then the kernel.",
        mend="The strides lie between the cells, one fewer than there are cells; then comes one kernel.",
        grade="D",
    ),
    Misconception(
        id="transposed-same-uncut",
        topic="transposed",
        rule=ConvolutionTranspose.output,
        wrong=nothing_cut_off,
        belief="Same padding leaves in what the last kernel puts over the end.",
        mend="Same padding cuts the output to the input times the stride, whatever the kernel.",
        grade="D",
    ),
    Misconception(
        id="transposed-depth-unchanged",
        topic="transposed",
        rule=ConvolutionTranspose.output,
        wrong=depth_unchanged,
        belief="The output is as deep as the input.",
        mend="The output has one channel for each filter: {filters}.",
        grade="D",
    ),
    Misconception(
        id="transposed-bias-on-input",
        topic="transposed",
        rule=Convolution.trainable,
        wrong=biases_on_the_input,
        belief="In a transposed convolution biases belong to the input channels.",
        mend="Biases follow the output: one for each of the {filters} filters.",
        grade="C",
        kinds=(ConvolutionTranspose,),
    ),
)
