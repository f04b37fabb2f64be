"""How the rules of `layers/sliding.py` are missed: the sizes behind a convolution, and the channels that come out."""

from __future__ import annotations

from collections.abc import Callable

from quizgen.arithmetic import ceil_div, padded, span
from quizgen.layers.base import Shape, Window
from quizgen.layers.convolution import Conv1D, Convolution
from quizgen.layers.sliding import SlidingKernel, pairs
from quizgen.misconceptions.base import Misconception, Sizing


def rounded_up(truth: Sizing, conv: SlidingKernel, x: Shape) -> Shape:
    y = truth(conv, x)
    if conv.padding == "same":
        return y
    axes = zip(x.spatial, conv.kernel, conv.dilation, conv.stride, pairs(conv.padding, x.spatial), strict=True)
    return y.with_spatial(tuple(ceil_div(padded(n, *pair) - span(k, d), s) + 1 for n, k, d, s, pair in axes))


def one_added_forgotten(truth: Sizing, conv: SlidingKernel, x: Shape) -> Shape:
    y = truth(conv, x)
    return y if conv.padding == "same" else y.with_spatial(tuple(size - 1 for size in y.spatial))


def stride_ignored(truth: Sizing, conv: SlidingKernel, x: Shape) -> Shape:
    return truth(conv if conv.padding == "same" else conv.but(stride=ones(conv)), x)


def stride_alone(truth: Sizing, conv: SlidingKernel, x: Shape) -> Shape:
    return truth(conv.but(padding="same"), x)


def kernel_off_both_ends(truth: Sizing, conv: SlidingKernel, x: Shape) -> Shape:
    if conv.padding != "valid" or conv.stride != ones(conv):
        return truth(conv, x)
    axes = zip(x.spatial, map(span, conv.kernel, conv.dilation), strict=True)
    return truth(conv, x).with_spatial(tuple(n - 2 * (reach - 1) for n, reach in axes))


def padding_on_one_side(truth: Sizing, conv: SlidingKernel, x: Shape) -> Shape:
    if isinstance(conv.padding, str):
        return truth(conv, x)
    return truth(conv.but(padding=tuple((before, 0) for before, _ in conv.padding)), x)


def padding_in_numbers_unseen(truth: Sizing, conv: SlidingKernel, x: Shape) -> Shape:
    return truth(conv if isinstance(conv.padding, str) else conv.but(padding="valid"), x)


def same_taken_as_valid(truth: Sizing, conv: SlidingKernel, x: Shape) -> Shape:
    return truth(conv.but(padding="valid") if conv.padding == "same" else conv, x)


def same_size_whatever_the_stride(truth: Sizing, conv: SlidingKernel, x: Shape) -> Shape:
    return truth(conv.but(stride=ones(conv)) if conv.padding == "same" else conv, x)


def a_whole_kernel_of_padding(truth: Sizing, conv: SlidingKernel, x: Shape) -> Shape:
    return truth(conv.but(padding=tuple((k, k) for k in conv.kernel)) if conv.padding == "same" else conv, x)


def dilation_ignored(truth: Sizing, conv: SlidingKernel, x: Shape) -> Shape:
    return truth(conv.but(dilation=ones(conv)), x)


def kernel_times_dilation(truth: Sizing, conv: SlidingKernel, x: Shape) -> Shape:
    return truth(conv.but(kernel=stretched(conv, lambda k, d: d * k), dilation=ones(conv)), x)


def layer_below_included(truth: Callable[..., Window], conv: SlidingKernel, x: Shape) -> Window:
    return truth(conv.but(kernel=stretched(conv, lambda k, d: span(k, d) + k - 1), dilation=ones(conv)), x)


def as_wide_as_there_are_filters(truth: Sizing, conv: Conv1D, x: Shape) -> Shape:
    return truth(conv.but(kernel=(conv.filters,)), x)


def depth_unchanged(truth: Sizing, conv: Convolution, x: Shape) -> Shape:
    return truth(conv, x).with_channels(x.channels)


def a_map_for_each_pair(truth: Sizing, conv: Convolution, x: Shape) -> Shape:
    y = truth(conv, x)
    return y.with_channels(x.channels * y.channels)


def ones(conv: SlidingKernel) -> tuple[int, ...]:
    """A stride or a dilation that changes nothing."""
    return (1,) * len(conv.kernel)


def stretched(conv: SlidingKernel, reach: Callable[[int, int], int]) -> tuple[int, ...]:
    """How far the kernel reaches on each axis for somebody who reckons so; undilated axes are reckoned rightly."""
    return tuple(k if d == 1 else reach(k, d) for k, d in zip(conv.kernel, conv.dilation, strict=True))


MISCONCEPTIONS = (
    Misconception(
        id="out-round-up",
        topic="output-size",
        rule=SlidingKernel.output,
        wrong=rounded_up,
        belief="A last window that hangs over the end counts.",
        mend="A window that does not fit is dropped: round down.",
        grade="B",
    ),
    Misconception(
        id="out-forget-plus-one",
        topic="output-size",
        rule=SlidingKernel.output,
        wrong=one_added_forgotten,
        belief="The number of windows is the room left, divided by the stride.",
        mend="The first window counts too: add 1.",
        grade="B",
    ),
    Misconception(
        id="out-ignore-stride",
        topic="output-size",
        rule=SlidingKernel.output,
        wrong=stride_ignored,
        belief="The stride does not change the size.",
        mend="The kernel moves in steps of the stride: divide by it, round down, then add 1.",
        grade="B",
    ),
    Misconception(
        id="out-divide-only-by-stride",
        topic="output-size",
        rule=SlidingKernel.output,
        wrong=stride_alone,
        belief="The size is divided by the stride, and nothing else happens to it.",
        mend="That is the rule for same padding; otherwise the kernel {kernel} takes its cells at the border too.",
        grade="C",
    ),
    Misconception(
        id="out-kernel-off-both-ends",
        topic="output-size",
        rule=SlidingKernel.output,
        wrong=kernel_off_both_ends,
        belief="Without padding a kernel costs its cells at both ends of an axis.",
        mend="A kernel costs one cell less than it is long, counted over both ends together.",
        grade="D",
    ),
    Misconception(
        id="out-pad-once",
        topic="output-size",
        rule=SlidingKernel.output,
        wrong=padding_on_one_side,
        belief="A padding of p adds p cells to an axis.",
        mend="Padding is added on both sides: 2p cells.",
        grade="B",
    ),
    Misconception(
        id="paper-figure-zero-padding",
        topic="output-size",
        rule=SlidingKernel.output,
        wrong=padding_in_numbers_unseen,
        belief="What a figure does not show, such as padding, is not there.",
        mend="The padded cells count as cells of the input, shown or not: add them before the kernel takes its own.",
        grade="A",
    ),
    Misconception(
        id="same-computed-as-valid",
        topic="output-size",
        rule=SlidingKernel.output,
        wrong=same_taken_as_valid,
        belief="With same padding the kernel still costs its cells at the border.",
        mend="Same padding gives the input size over the stride, rounded up, whatever the kernel.",
        grade="A",
    ),
    Misconception(
        id="same-keeps-size-with-stride",
        topic="output-size",
        rule=SlidingKernel.output,
        wrong=same_size_whatever_the_stride,
        belief="Same padding keeps the size, whatever the stride.",
        mend="Same padding makes up for the kernel alone; the size is still divided by the stride and rounded up.",
        grade="D",
    ),
    Misconception(
        id="same-padding-equals-kernel",
        topic="output-size",
        rule=SlidingKernel.output,
        wrong=a_whole_kernel_of_padding,
        belief="Same padding adds as many cells on each side as the kernel has.",
        mend="A kernel {kernel} costs one cell less than it is long; same padding adds that many over both sides.",
        grade="B",
    ),
    Misconception(
        id="dilation-ignored",
        topic="dilation",
        rule=SlidingKernel.output,
        wrong=dilation_ignored,
        belief="Dilation does not change the output size.",
        mend="A dilated kernel reaches over its gaps too: d(k - 1) + 1 cells.",
        grade="C",
    ),
    Misconception(
        id="dilation-times-kernel",
        topic="dilation",
        rule=SlidingKernel.output,
        wrong=kernel_times_dilation,
        belief="A dilated kernel reaches over kernel times dilation cells.",
        mend="The gaps lie between the cells, and there is none behind the last: d(k - 1) + 1.",
        grade="C",
    ),
    Misconception(
        id="dilation-rf-from-figure",
        topic="dilation",
        rule=SlidingKernel.window,
        wrong=layer_below_included,
        belief="A dilated kernel sees as far as the well-known figure shows it.",
        mend="The figure includes what the layer below sees; alone the kernel reaches over d(k - 1) + 1 cells.",
        grade="B",
    ),
    Misconception(
        id="conv1d-length-uses-filters",
        topic="conv1d",
        rule=SlidingKernel.output,
        wrong=as_wide_as_there_are_filters,
        belief="The filters shorten the sequence.",
        mend="The kernel shortens the sequence; the {filters} filters are the channels that come out.",
        grade="B",
        kinds=(Conv1D,),
    ),
    Misconception(
        id="conv-depth-unchanged",
        topic="conv-shape",
        rule=SlidingKernel.output,
        wrong=depth_unchanged,
        belief="The output is as deep as the input.",
        mend="The output has one channel for each filter: {filters}.",
        grade="B",
        kinds=(Convolution,),
    ),
    Misconception(
        id="conv-channels-multiply",
        topic="conv-shape",
        rule=SlidingKernel.output,
        wrong=a_map_for_each_pair,
        belief="Each filter makes a map of each input channel.",
        mend="A filter adds up what it finds in its input channels, so {filters} filters make {filters} maps.",
        grade="A",
        kinds=(Convolution,),
    ),
)
"""The rounding stands first, so that beliefs that misread a setting can reach it."""
