"""How the rules of `layers/merging.py` are missed."""

from __future__ import annotations

from quizgen.arithmetic import total
from quizgen.layers.base import Shape
from quizgen.layers.elementwise import Elementwise
from quizgen.layers.merging import Add, Concatenate
from quizgen.misconceptions.base import Misconception, Sizing


def first_input_kept(truth: Sizing, concatenate: Concatenate, *inputs: Shape) -> Shape:
    return inputs[0]


def channels_added_up(truth: Sizing, add: Add, *inputs: Shape) -> Shape:
    if isinstance(add, Elementwise):
        return truth(add, *inputs)
    return inputs[0].with_channels(total(x.channels for x in inputs))


MISCONCEPTIONS = (
    Misconception(
        id="concat-as-add",
        topic="residual",
        rule=Concatenate.output,
        wrong=first_input_kept,
        belief="Concatenating keeps the number of channels, as adding does.",
        mend="Concatenating puts the channels one after the other: {output} come out.",
        grade="A",
    ),
    Misconception(
        id="add-as-concat",
        topic="residual",
        rule=Add.output,
        wrong=channels_added_up,
        belief="Adding two maps puts their channels side by side.",
        mend="Adding goes number by number: what comes out has {channels} channels, as each input has.",
        grade="C",
    ),
)
