"""How the rules of `layers/resizing.py` are missed."""

from __future__ import annotations

from quizgen.arithmetic import padded
from quizgen.layers.base import Shape
from quizgen.layers.resizing import ZeroPadding
from quizgen.misconceptions.base import Misconception, Sizing


def padding_on_one_side(truth: Sizing, pad: ZeroPadding, x: Shape) -> Shape:
    return truth(pad.but(padding=tuple((before, 0) for before, _ in pad.padding)), x)


def channels_padded(truth: Sizing, pad: ZeroPadding, x: Shape) -> Shape:
    return truth(pad, x).with_channels(padded(x.channels, *pad.padding[-1]))


MISCONCEPTIONS = (
    Misconception(
        id="zero-pad-once",
        topic="output-size",
        rule=ZeroPadding.output,
        wrong=padding_on_one_side,
        belief="A padding of p adds p cells to an axis.",
        mend="Padding is added on both sides: 2p cells.",
        grade="B",
    ),
    Misconception(
        id="out-pad-adds-channels",
        topic="output-size",
        rule=ZeroPadding.output,
        wrong=channels_padded,
        belief="Padding goes around a map in every direction, its depth included.",
        mend="Only height and width are padded; all {channels} channels stay.",
        grade="B",
    ),
)
