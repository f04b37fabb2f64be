"""How the rules of `layers/dense.py` are missed."""

from __future__ import annotations

from quizgen.layers.base import Rule, Shape
from quizgen.layers.dense import Dense
from quizgen.misconceptions.base import Misconception


def only_the_weights(truth: Rule, dense: Dense, x: Shape) -> int:
    return truth(dense.but(bias=False), x)  # type: ignore[no-any-return]


def a_bias_for_each_input(truth: Rule, dense: Dense, x: Shape) -> int:
    return x.channels * (dense.units + 1)


def one_bias_for_the_layer(truth: Rule, dense: Dense, x: Shape) -> int:
    return dense.units * x.channels + 1


def biases_on_both_sides(truth: Rule, dense: Dense, x: Shape) -> int:
    return dense.units * x.channels + x.channels + dense.units


def neurons_counted(truth: Rule, dense: Dense, x: Shape) -> int:
    return x.channels + dense.units


MISCONCEPTIONS = (
    Misconception(
        id="dense-forget-bias",
        topic="dense",
        rule=Dense.trainable,
        wrong=only_the_weights,
        belief="A dense layer is only its weight matrix.",
        mend="Every unit adds one bias: {units} more.",
        grade="B",
    ),
    Misconception(
        id="dense-bias-per-input",
        topic="dense",
        rule=Dense.trainable,
        wrong=a_bias_for_each_input,
        belief="Biases belong to the inputs, not to the outputs.",
        mend="Biases sit on the {units} units, not on the {features} inputs.",
        grade="D",
    ),
    Misconception(
        id="dense-one-bias-per-layer",
        topic="dense",
        rule=Dense.trainable,
        wrong=one_bias_for_the_layer,
        belief="A layer has a single bias.",
        mend="Each of the {units} units has a bias of its own.",
        grade="B",
    ),
    Misconception(
        id="dense-bias-both-sides",
        topic="dense",
        rule=Dense.trainable,
        wrong=biases_on_both_sides,
        belief="Inputs carry biases as well as units do.",
        mend="The {features} inputs compute nothing, so they have no biases; only the {units} units do.",
        grade="D",
    ),
    Misconception(
        id="dense-count-units",
        topic="dense",
        rule=Dense.trainable,
        wrong=neurons_counted,
        belief="The parameters of a layer are its neurons.",
        mend="Each of the {units} units owns {features} weights and a bias.",
        grade="C",
    ),
)
