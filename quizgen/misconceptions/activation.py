"""How the rules of `layers/activation.py` are missed."""

from __future__ import annotations

from fractions import Fraction

from quizgen.layers.activation import Dropout, PReLU
from quizgen.layers.base import Layer, Shape
from quizgen.misconceptions.base import Count, Misconception, Sizing


def units_removed(truth: Sizing, dropout: Dropout, x: Shape) -> Shape:
    kept = 1 - Fraction(dropout.rate).limit_denominator(1000)
    return x.with_channels(kept.numerator * x.channels // kept.denominator)


def one_slope_for_all(truth: Count, prelu: PReLU, x: Shape) -> int:
    return truth(prelu.but(one_per="layer"), x)


def a_slope_for_each_channel(truth: Count, prelu: PReLU, x: Shape) -> int:
    return truth(prelu.but(one_per="channel"), x)


def a_slope_for_each_number(truth: Count, prelu: PReLU, x: Shape) -> int:
    return truth(prelu.but(one_per="element"), x)


def slopes_on_both_sides(truth: Count, prelu: PReLU, x: Shape) -> int:
    return 2 * truth(prelu, x)


def no_slopes(truth: Count, prelu: PReLU, x: Shape) -> int:
    return 0


MISCONCEPTIONS = (
    Misconception(
        id="dropout-shrinks-layer",
        topic="dropout",
        rule=Layer.output,
        wrong=units_removed,
        belief="Dropout takes its share of the units out of the network.",
        mend="Dropout sets some numbers to 0 while training; all {channels} stay, and all weights that read them.",
        grade="A",
        kinds=(Dropout,),
    ),
    Misconception(
        id="prelu-one-everywhere",
        topic="activation",
        rule=PReLU.trainable,
        wrong=one_slope_for_all,
        belief="A PReLU learns a single slope.",
        mend="How far a slope is shared is a setting: not at all over {input}, over a channel, or over the layer.",
        grade="D",
    ),
    Misconception(
        id="prelu-per-channel",
        topic="activation",
        rule=PReLU.trainable,
        wrong=a_slope_for_each_channel,
        belief="A PReLU learns a slope for each channel, whatever its settings.",
        mend="How far a slope is shared is a setting: not at all over {input}, over a channel, or over the layer.",
        grade="D",
    ),
    Misconception(
        id="prelu-per-element",
        topic="activation",
        rule=PReLU.trainable,
        wrong=a_slope_for_each_number,
        belief="A PReLU learns a slope for each number that it reads, whatever its settings.",
        mend="How far a slope is shared is a setting: not at all over {input}, over a channel, or over the layer.",
        grade="D",
    ),
    Misconception(
        id="prelu-slopes-on-both-sides",
        topic="activation",
        rule=PReLU.trainable,
        wrong=slopes_on_both_sides,
        belief="A PReLU learns a slope on either side of zero.",
        mend="Positive numbers pass unchanged; only the slope for negative ones is learned.",
        grade="D",
    ),
    Misconception(
        id="prelu-no-params",
        topic="activation",
        rule=PReLU.trainable,
        wrong=no_slopes,
        belief="No activation has parameters.",
        mend="A PReLU learns its slope for negative numbers; that is what sets it apart from a ReLU.",
        grade="D",
    ),
)
