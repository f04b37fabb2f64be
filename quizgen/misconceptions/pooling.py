"""How the rules of `layers/pooling.py` and `layers/global_pooling.py` are missed."""

from __future__ import annotations

from quizgen.arithmetic import ceil_div, padded, product
from quizgen.layers.base import Shape
from quizgen.layers.global_pooling import GlobalPooling
from quizgen.layers.pooling import Pooling
from quizgen.layers.sliding import pairs
from quizgen.misconceptions.base import Count, Misconception, Sizing


def a_weight_and_a_bias_for_each_map(truth: Count, pool: Pooling, x: Shape) -> int:
    return 2 * x.channels


def output_counted(truth: Count, pool: Pooling, x: Shape) -> int:
    return product(type(pool).output(pool, x))


def window_holds_weights(truth: Count, pool: Pooling, x: Shape) -> int:
    return product((x.channels, *pool.pool))


def rounded_up(truth: Sizing, pool: Pooling, x: Shape) -> Shape:
    if pool.ceil or pool.padding == "same":
        return truth(pool, x)
    axes = zip(x.spatial, pool.pool, pool.stride, pairs(pool.padding, x.spatial), strict=True)
    return truth(pool, x).with_spatial(tuple(ceil_div(padded(n, *pair) - k, s) + 1 for n, k, s, pair in axes))


def rounded_down(truth: Sizing, pool: Pooling, x: Shape) -> Shape:
    return truth(pool.but(ceil=False), x)


def sides_divided_by_the_area(truth: Sizing, pool: Pooling, x: Shape) -> Shape:
    return truth(pool, x).with_spatial(tuple(n // product(pool.pool) for n in x.spatial))


def channels_pooled(truth: Sizing, pool: Pooling, x: Shape) -> Shape:
    y = truth(pool, x)
    step = pool.stride[-1]
    return y if step == 1 else y.with_channels(y.channels // step)


def one_step_at_a_time(truth: Sizing, pool: Pooling, x: Shape) -> Shape:
    return truth(pool.but(stride=(1,) * pool.rank), x)


def size_before_pooling(truth: Sizing, pool: Pooling, x: Shape) -> Shape:
    return truth(pool, x).with_spatial(x.spatial)


def every_cell_kept(truth: Sizing, pool: GlobalPooling, x: Shape) -> Shape:
    return Shape((product(x),))


MISCONCEPTIONS = (
    Misconception(
        id="pool-has-params",
        topic="pooling",
        rule=Pooling.trainable,
        wrong=a_weight_and_a_bias_for_each_map,
        belief="Pooling has a weight and a bias for each map.",
        mend="Pooling takes the largest value or the mean of a window; there is nothing to learn.",
        grade="A",
    ),
    Misconception(
        id="pool-output-as-params",
        topic="pooling",
        rule=Pooling.trainable,
        wrong=output_counted,
        belief="The parameters of a layer are the numbers that it puts out.",
        mend="What it puts out is computed for each example; pooling has nothing to learn.",
        grade="B",
    ),
    Misconception(
        id="pool-window-as-kernel",
        topic="pooling",
        rule=Pooling.trainable,
        wrong=window_holds_weights,
        belief="The window of a pooling layer holds weights, as a kernel does.",
        mend="The window {kernel} only says which cells are compared or averaged; there is nothing to learn.",
        grade="D",
    ),
    Misconception(
        id="pool-odd-rounds-up",
        topic="pooling",
        rule=Pooling.output,
        wrong=rounded_up,
        belief="A last window that hangs over the end counts.",
        mend="The cells that do not fill a window are dropped: round down, unless the layer says otherwise.",
        grade="C",
    ),
    Misconception(
        id="pool-ceil-ignored",
        topic="pooling",
        rule=Pooling.output,
        wrong=rounded_down,
        belief="A last window that hangs over the end never counts.",
        mend="With ceil mode it does count: round up.",
        grade="D",
    ),
    Misconception(
        id="pool-divides-by-area",
        topic="pooling",
        rule=Pooling.output,
        wrong=sides_divided_by_the_area,
        belief="Each side of a map shrinks as many times as the window has cells.",
        mend="The map has that many times fewer cells; a side of it is divided by a side of the window {kernel}.",
        grade="C",
    ),
    Misconception(
        id="pool-halves-channels",
        topic="pooling",
        rule=Pooling.output,
        wrong=channels_pooled,
        belief="Pooling makes a map smaller in every direction, its depth included.",
        mend="Every channel is pooled on its own, so all {channels} stay.",
        grade="B",
    ),
    Misconception(
        id="pool-default-stride-one",
        topic="pooling",
        rule=Pooling.output,
        wrong=one_step_at_a_time,
        belief="A pooling window moves by one cell, as a kernel does.",
        mend="Unless the layer says otherwise, the windows stand side by side: the stride is the size of the window.",
        grade="C",
    ),
    Misconception(
        id="flatten-before-pooling",
        topic="flatten",
        rule=Pooling.output,
        wrong=size_before_pooling,
        belief="What follows reads the map as it was before pooling.",
        mend="Pooling makes the map smaller, and everything behind it reads the smaller one.",
        grade="C",
    ),
    Misconception(
        id="global-pool-as-flatten",
        topic="pooling",
        rule=GlobalPooling.output,
        wrong=every_cell_kept,
        belief="Global pooling lays all cells of all maps side by side.",
        mend="It leaves one number for each of the {channels} channels.",
        grade="D",
    ),
)
"""The rounding stands first, so that beliefs that misread a setting can reach it."""
