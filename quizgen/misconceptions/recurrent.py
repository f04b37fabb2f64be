"""How the rules of `layers/recurrent.py` are missed.

Beliefs with a formula of their own come first, so that those that misread a size act on them too.
"""

from __future__ import annotations

from dataclasses import replace

from quizgen.arithmetic import copies, total
from quizgen.layers.base import Shape
from quizgen.layers.graph import Node
from quizgen.layers.recurrent import GRU, LSTM, Bidirectional, RecurrentLayer, SimpleRNN, StackedRecurrent
from quizgen.misconceptions.base import Assembly, Count, Misconception, Sizing


def no_weights_on_the_state(truth: Count, layer: RecurrentLayer, x: Shape) -> int:
    gate = total((layer.units * x.channels, copies(layer.biases, layer.units)))
    return total((copies(layer.gates, gate), layer.projected()))


def each_unit_sees_its_own_state(truth: Count, layer: RecurrentLayer, x: Shape) -> int:
    gate = total((layer.units * x.channels, layer.units, copies(layer.biases, layer.units)))
    return total((copies(layer.gates, gate), layer.projected()))


def one_gate(truth: Count, lstm: LSTM, x: Shape) -> int:
    return truth(gated_as(SimpleRNN, lstm), x)


def four_gates(truth: Count, gru: GRU, x: Shape) -> int:
    return truth(gated_as(LSTM, gru), x)


def gated_as(kind: type[RecurrentLayer], layer: RecurrentLayer) -> RecurrentLayer:
    """A layer of another kind with the same settings."""
    return kind(units=1).but(units=layer.units, biases=layer.biases, sequences=layer.sequences)


def weights_for_each_step(truth: Count, layer: RecurrentLayer, x: Shape) -> int:
    (length,) = x.spatial
    return length * truth(layer, x)


def a_unit_for_each_step(truth: Sizing, layer: RecurrentLayer, x: Shape) -> Shape:
    (length,) = x.spatial
    return truth(layer.but(units=length), x)


def two_bias_vectors(truth: Count, layer: RecurrentLayer, x: Shape) -> int:
    return truth(layer.but(biases=2) if layer.biases == 1 else layer, x)


def one_bias_vector(truth: Count, layer: RecurrentLayer, x: Shape) -> int:
    return truth(layer.but(biases=1) if layer.biases == 2 else layer, x)


def one_set_for_both_directions(truth: Assembly, both: Bidirectional, x: Shape) -> tuple[Node, ...]:
    forward, backward, merge = truth(both, x)
    return forward, replace(backward, tied_to=forward.name), merge


def one_direction_read_above(truth: Assembly, stack: StackedRecurrent, x: Shape) -> tuple[Node, ...]:
    *below, last = truth(stack, x)
    return *map(as_wide_as_one, below), last


def as_wide_as_one(node: Node) -> Node:
    """The node with its two directions added instead of put side by side."""
    return replace(node, layer=replace(node.layer, merge="sum")) if isinstance(node.layer, Bidirectional) else node


MISCONCEPTIONS = (
    Misconception(
        id="lstm-forget-recurrent",
        topic="rnn",
        rule=RecurrentLayer.trainable,
        wrong=no_weights_on_the_state,
        belief="Each gate is a dense layer on the input alone.",
        mend="A gate reads the state of the step before as well as the {features} inputs, with weights for both.",
        grade="B",
    ),
    Misconception(
        id="rnn-elementwise-recurrence",
        topic="rnn",
        rule=RecurrentLayer.trainable,
        wrong=each_unit_sees_its_own_state,
        belief="Each unit hands its state on to itself only.",
        mend="Each of the {units} units reads the whole state, so that the recurrent weights are a full matrix.",
        grade="A",
    ),
    Misconception(
        id="lstm-forget-four-gates",
        topic="rnn",
        rule=RecurrentLayer.trainable,
        wrong=one_gate,
        belief="An LSTM has the weights of a simple recurrent layer.",
        mend="Three gates and the candidate each have such weights: four times as many.",
        grade="A",
        kinds=(LSTM,),
    ),
    Misconception(
        id="gru-four-gates",
        topic="rnn",
        rule=RecurrentLayer.trainable,
        wrong=four_gates,
        belief="A GRU has as many gates as an LSTM.",
        mend="A GRU has three sets of weights: for the update gate, the reset gate and the candidate.",
        grade="D",
        kinds=(GRU,),
    ),
    Misconception(
        id="simplernn-two-biases-in-keras",
        topic="rnn",
        rule=RecurrentLayer.trainable,
        wrong=two_bias_vectors,
        belief="The product with the input and the product with the state each add a bias.",
        mend="Here both products are added first: one bias vector of {units} for each gate.",
        grade="A",
        kinds=(SimpleRNN, LSTM),
    ),
    Misconception(
        id="lstm-one-bias-in-pytorch",
        topic="rnn",
        rule=RecurrentLayer.trainable,
        wrong=one_bias_vector,
        belief="Each gate has one bias vector, in every framework.",
        mend="PyTorch stores one for the input and one for the state: two vectors of {units} for each gate.",
        grade="A",
        kinds=(SimpleRNN, LSTM),
    ),
    Misconception(
        id="gru-one-bias-in-keras",
        topic="rnn",
        rule=RecurrentLayer.trainable,
        wrong=one_bias_vector,
        belief="Each gate of a GRU has one bias vector.",
        mend="The reset gate acts after the product with the state, which therefore has a bias vector of its own: "
        "two of {units} for each gate.",
        grade="A",
        kinds=(GRU,),
    ),
    Misconception(
        id="rnn-times-timesteps",
        topic="rnn",
        rule=RecurrentLayer.trainable,
        wrong=weights_for_each_step,
        belief="Each time step has weights of its own.",
        mend="The same weights serve at each of the {length} steps.",
        grade="C",
    ),
    Misconception(
        id="rnn-units-equal-timesteps",
        topic="rnn",
        rule=RecurrentLayer.output,
        wrong=a_unit_for_each_step,
        belief="A recurrent layer has a unit for each time step.",
        mend="The state has {units} numbers whatever the length; the {length} steps are a loop.",
        grade="A",
    ),
    Misconception(
        id="bidirectional-forget-double",
        topic="rnn",
        rule=Bidirectional.nodes,
        wrong=one_set_for_both_directions,
        belief="Both directions use the same weights.",
        mend="Each direction is a layer of its own: twice the weights.",
        grade="D",
    ),
    Misconception(
        id="bilstm-stack-exactly-double",
        topic="rnn",
        rule=StackedRecurrent.nodes,
        wrong=one_direction_read_above,
        belief="A stack in both directions has exactly twice the weights of a stack in one.",
        mend="From the second layer on, each direction reads the states of both directions below it.",
        grade="A",
    ),
)
