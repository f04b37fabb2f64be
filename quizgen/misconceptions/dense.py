"""How the rules of `layers/dense.py` are missed."""

from __future__ import annotations

from quizgen.arithmetic import product
from quizgen.layers.base import Shape
from quizgen.layers.dense import Dense
from quizgen.misconceptions.base import Count, Misconception, Sizing


def a_bias_for_each_input(truth: Count, dense: Dense, x: Shape) -> int:
    return x.channels * (dense.units + 1) if dense.bias else truth(dense, x)


def neurons_counted(truth: Count, dense: Dense, x: Shape) -> int:
    return x.channels + dense.units


def only_the_weights(truth: Count, dense: Dense, x: Shape) -> int:
    return truth(dense.but(bias=False), x)


def one_bias_for_the_layer(truth: Count, dense: Dense, x: Shape) -> int:
    weights = truth(dense.but(bias=False), x)
    return weights + 1 if dense.bias else weights


def biases_on_both_sides(truth: Count, dense: Dense, x: Shape) -> int:
    return truth(dense, x) + x.channels if dense.bias else truth(dense, x)


def a_bias_for_each_weight(truth: Count, dense: Dense, x: Shape) -> int:
    weights = truth(dense.but(bias=False), x)
    return weights + weights if dense.bias else weights


def weights_into_the_bias(truth: Count, dense: Dense, x: Shape) -> int:
    return truth(dense.but(units=dense.units + 1) if dense.bias else dense, x)


def every_position_read(truth: Count, dense: Dense, x: Shape) -> int:
    return truth(dense, Shape((product(x),)))


def as_many_units_as_inputs(truth: Sizing, dense: Dense, x: Shape) -> Shape:
    return truth(dense.but(units=x.channels), x)


MISCONCEPTIONS = (
    Misconception(
        id="dense-bias-per-input",
        topic="dense",
        rule=Dense.trainable,
        wrong=a_bias_for_each_input,
        belief="Biases belong to the inputs, not to the outputs.",
        mend="Biases sit on the {units} units, not on the {features} inputs.",
        grade="A",
    ),
    Misconception(
        id="dense-count-units",
        topic="dense",
        rule=Dense.trainable,
        wrong=neurons_counted,
        belief="The parameters of a layer are its neurons.",
        mend="Each of the {units} units owns {features} weights, one for each input.",
        grade="C",
    ),
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
        id="dense-bias-per-weight",
        topic="dense",
        rule=Dense.trainable,
        wrong=a_bias_for_each_weight,
        belief="Every connection has a weight and a bias.",
        mend="A unit adds up its {features} weighted inputs first, and one bias to the sum.",
        grade="D",
    ),
    Misconception(
        id="dense-weights-into-bias",
        topic="dense",
        rule=Dense.trainable,
        wrong=weights_into_the_bias,
        belief="The bias is one more unit, and all inputs lead to it.",
        mend="A bias is a number that is added: it has no inputs, so only the {units} units have weights.",
        grade="D",
    ),
    Misconception(
        id="dense-nd-implicit-flatten",
        topic="dense",
        rule=Dense.trainable,
        wrong=every_position_read,
        belief="A dense layer reads all the numbers of its input, whatever its shape.",
        mend="A dense layer acts on the last axis alone, {features} features, and all positions share it.",
        grade="A",
    ),
    Misconception(
        id="dense-size-must-equal-flatten",
        topic="flatten",
        rule=Dense.output,
        wrong=as_many_units_as_inputs,
        belief="A dense layer has to have as many units as it has inputs.",
        mend="The number of units, {units}, is free to choose; the {features} inputs say how many weights each has.",
        grade="A",
    ),
)
"""Formulas of their own stand first, so that beliefs that misread a size can reach them."""
