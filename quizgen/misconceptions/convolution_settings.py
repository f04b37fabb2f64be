"""How the settings of a convolution are missed in its count: its axes, groups, stride, padding and dilation."""

from __future__ import annotations

from quizgen.arithmetic import padded, share, span
from quizgen.layers.base import Shape
from quizgen.layers.convolution import Conv1D, Conv3D, Convolution
from quizgen.layers.sliding import pairs
from quizgen.layers.transposed import ConvTranspose1D, ConvTranspose3D
from quizgen.misconceptions.base import Count, Misconception


def kernel_squared(truth: Count, conv: Convolution, x: Shape) -> int:
    return truth(conv.but(kernel=conv.kernel * 2), x)


def kernel_without_depth(truth: Count, conv: Convolution, x: Shape) -> int:
    return truth(conv.but(kernel=conv.kernel[1:]), x)


def frames_for_channels(truth: Count, conv: Convolution, x: Shape) -> int:
    return truth(conv, x.with_channels(x.spatial[0]))


def groups_ignored(truth: Count, conv: Convolution, x: Shape) -> int:
    return truth(conv.but(groups=1), x)


def one_group_only(truth: Count, conv: Convolution, x: Shape) -> int:
    weights = truth(conv.but(filters=share(conv.filters, conv.groups), bias=False), x)
    return weights + conv.filters if conv.bias else weights


def stride_for_channels(truth: Count, conv: Convolution, x: Shape) -> int:
    if conv.stride == (1,) * conv.rank:
        return truth(conv, x)
    return truth(conv.but(groups=1), x.with_channels(conv.stride[0]))


def padding_in_the_kernel(truth: Count, conv: Convolution, x: Shape) -> int:
    axes = zip(conv.kernel, pairs(conv.padding, x.spatial), strict=True)
    return truth(conv.but(kernel=tuple(padded(k, *pair) for k, pair in axes)), x)


def gaps_hold_weights(truth: Count, conv: Convolution, x: Shape) -> int:
    return truth(conv.but(kernel=tuple(map(span, conv.kernel, conv.dilation))), x)


MISCONCEPTIONS = (
    Misconception(
        id="conv1d-square-kernel",
        topic="conv1d",
        rule=Convolution.trainable,
        wrong=kernel_squared,
        belief="Every kernel is a square, along a sequence too.",
        mend="A kernel along a sequence is a row: {kernel} cells in each channel.",
        grade="D",
        kinds=(Conv1D, ConvTranspose1D),
    ),
    Misconception(
        id="conv3d-forget-kernel-depth",
        topic="conv3d",
        rule=Convolution.trainable,
        wrong=kernel_without_depth,
        belief="A convolution through a volume counts as one over an image does.",
        mend="The kernel goes into the depth as well: {kernel} cells in each channel.",
        grade="C",
        kinds=(Conv3D, ConvTranspose3D),
    ),
    Misconception(
        id="conv3d-frames-as-channels",
        topic="conv3d",
        rule=Convolution.trainable,
        wrong=frames_for_channels,
        belief="The frames of a film are the channels of the kernel.",
        mend="The {depth} frames are an axis along which the kernel slides; it is deep as the {channels} channels.",
        grade="D",
        kinds=(Conv3D, ConvTranspose3D),
    ),
    Misconception(
        id="groups-ignored",
        topic="groups",
        rule=Convolution.trainable,
        wrong=groups_ignored,
        belief="Groups do not change the count.",
        mend="A kernel sees only its own group's share of the {channels} channels.",
        grade="C",
    ),
    Misconception(
        id="groups-one-group-only",
        topic="groups",
        rule=Convolution.trainable,
        wrong=one_group_only,
        belief="The weights of one group are all the weights.",
        mend="Every group has as many weights, and together they hold the {filters} filters.",
        grade="D",
    ),
    Misconception(
        id="conv-stride-in-params",
        topic="conv",
        rule=Convolution.trainable,
        wrong=stride_for_channels,
        belief="The stride is a factor of the parameters.",
        mend="The stride says where the kernel lands; how deep it is, the {channels} channels say.",
        grade="B",
    ),
    Misconception(
        id="conv-padding-in-params",
        topic="conv",
        rule=Convolution.trainable,
        wrong=padding_in_the_kernel,
        belief="Padding makes the kernel larger.",
        mend="Padding adds zeros to the input, and no weights to the kernel {kernel}.",
        grade="B",
    ),
    Misconception(
        id="dilation-adds-params",
        topic="dilation",
        rule=Convolution.trainable,
        wrong=gaps_hold_weights,
        belief="A dilated kernel has weights in its gaps too.",
        mend="The gaps hold no weights: the kernel keeps its {kernel} cells in each channel.",
        grade="D",
    ),
)
