"""Networks beside each other: each answer against a formula that is typed here."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizgen.compose import compose
from quizgen.errors import QuizgenError
from quizgen.kinds import read_kind
from quizgen.layers.base import Shape
from tests.forms.asking import questions, task


def test_a_stride_of_two() -> None:
    for question in questions("conv2d-stride-twin"):
        layer, x = question.network.nodes[0].layer, question.network.input
        sizes = [(x[axis] - layer.kernel[axis]) // 2 + 1 for axis in (0, 1)]
        assert question.answer == Shape((*sizes, layer.filters))


def test_what_a_separable_convolution_saves() -> None:
    for question in questions("separable-saving"):
        layer, c = question.network.nodes[0].layer, question.network.input.channels
        cells, k = layer.kernel[0] * layer.kernel[1], layer.filters
        assert question.answer == k * (c * cells + 1) - (c * cells + k * (c + 1))


def test_a_dense_layer_in_place_of_a_convolution() -> None:
    for question in questions("dense-or-conv"):
        layer, x = question.network.nodes[0].layer, question.network.input
        inputs, outputs = x[0] * x[1] * x[2], x[0] * x[1] * layer.filters
        shared = layer.filters * (x[2] * layer.kernel[0] * layer.kernel[1] + 1)
        assert question.answer == outputs * (inputs + 1) - shared


def test_three_small_kernels_save_22_of_49_weights() -> None:
    """27C² against 49C² (CS231n, notes on convolutional networks)."""
    for question in questions("kernels-stacked"):
        assert question.answer == 22 * question.network.input.channels**2


def test_rnn_gru_lstm_in_order() -> None:
    for question in questions("recurrent-rank"):
        kinds = [type(network.nodes[0].layer).__name__ for network in task(question).networks]
        assert [kinds[number - 1] for number in question.answer] == ["SimpleRNN", "GRU", "LSTM"]  # type: ignore[union-attr]


@pytest.mark.parametrize("kind", ["conv2d-stride-twin"])
def test_a_wrong_option_is_what_its_belief_makes_of_both(kind: str) -> None:
    from quizgen.misconceptions import misconception

    for question in questions(kind):
        for option in question.answering.options:  # type: ignore[union-attr]
            held = tuple(map(misconception, option.misconceptions))
            assert task(question).believed(held) == option.value


def test_a_dilation_of_three() -> None:
    """d(k - 1) + 1 (Yu & Koltun 2016)."""
    for question in questions("dilation-twin"):
        kernel = question.network.nodes[0].layer.kernel
        assert question.answer == Shape(3 * (size - 1) + 1 for size in kernel)


def test_sixteen_times_the_context() -> None:
    """4Td² for the projections, 2T²d for scores and weighted sum, with T the tokens and d the width."""
    for question in questions("context-twin"):
        layer, (tokens, width) = question.network.nodes[0].layer, question.network.input
        inner = layer.heads * layer.key_dim
        long = 16 * tokens
        assert question.answer == 4 * long * width * inner + 2 * long * long * inner


def test_two_blocks() -> None:
    for question in questions("bottleneck-or-basic"):
        totals = [sum(row.trainable for row in network.rows) for network in (question.network, task(question).rival)]
        assert question.answer == abs(totals[0] - totals[1])


@pytest.mark.parametrize(
    ("rival", "says"),
    [
        ("{ strid = 2 }", "there is no setting of Conv2D “strid”. Did you mean “stride”"),
        ('{ layer = "Dense" }', "Dense needs “units”. Say it in the rival"),
        ("{ stride = 0 }", "stride = (0, 0) is not positive"),
        ('{ layer = "Conv9D" }', "there is no layer “Conv9D”"),
        ('{ input = "twice" }', "“input” is no factor"),
        ("{ repeat = 99 }", "“repeat” is not a number from 1 to 12"),
        ('{ family = "block" }', "“block” does not occur at level 4"),
        ("2", "“rival” is not a table"),
    ],
)
def test_a_mistake_in_a_rival_is_told_with_its_line(rival: str, says: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.md"
    path.write_text(
        '+++\ntitle = "T"\ntopic = "conv"\nlevel = 4\nabout = { layer = "Conv2D" }\nform = "compare"\n'
        f'rival = {rival}\nasks = "trainable"\nanswer = "number"\n+++\n'
        "{% block question %}Q?{% endblock %}\n{% block solution %}S{% endblock %}\n"
    )
    with pytest.raises(QuizgenError) as error:
        compose(read_kind(path), 1)
    assert says in str(error.value)
    assert str(error.value).startswith(f"{path}:7")
