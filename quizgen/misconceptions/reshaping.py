"""How the rules of `layers/reshaping.py` are missed."""

from __future__ import annotations

from quizgen.arithmetic import product
from quizgen.layers.base import Shape
from quizgen.layers.reshaping import Flatten
from quizgen.misconceptions.base import Misconception, Sizing


def one_map_flattened(truth: Sizing, flatten: Flatten, x: Shape) -> Shape:
    return Shape((product(x.spatial),)) if x.spatial else truth(flatten, x)


def one_number_for_each_channel(truth: Sizing, flatten: Flatten, x: Shape) -> Shape:
    return Shape((x.channels,))


MISCONCEPTIONS = (
    Misconception(
        id="flatten-forget-channels",
        topic="flatten",
        rule=Flatten.output,
        wrong=one_map_flattened,
        belief="Flatten leaves one number for each cell of a map, whatever the number of maps.",
        mend="Flatten keeps every channel: all the numbers of {input}.",
        grade="B",
    ),
    Misconception(
        id="flatten-forget-space",
        topic="flatten",
        rule=Flatten.output,
        wrong=one_number_for_each_channel,
        belief="Flatten leaves one number for each channel.",
        mend="Only global pooling leaves one number for each of the {channels} channels; flatten keeps every cell.",
        grade="D",
    ),
)
