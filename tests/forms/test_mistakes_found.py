"""Questions about other people's mistakes: the student, the worked solution, the program that stops."""

from __future__ import annotations

from math import prod

import pytest

from quizgen.counting import Counting
from quizgen.misconceptions import misconception
from quizgen.prose import Code
from tests.forms.asking import questions, task


@pytest.mark.parametrize("kind", ["conv2d-student", "attention-student", "linear-mismatch"])
def test_the_belief_alone_leads_to_the_number(kind: str) -> None:
    for question in questions(kind):
        student = task(question)
        numbers = {held.id: Counting.believed(student, (held,)) for held, _ in student.others}
        assert Counting.believed(student, (student.belief,)) == student.given
        assert student.given not in {student.key, *numbers.values()}
        offered = {name for option in question.answering.options for name in option.misconceptions}  # type: ignore[union-attr]
        assert offered == set(numbers)
        right = next(option for option in question.answering.options if option.correct)  # type: ignore[union-attr]
        assert right.value.text == misconception(student.belief.id).belief


def test_the_line_is_the_first_in_which_sizes_or_counts_come_out_different() -> None:
    for question in questions("cnn-find-error"):
        flawed = task(question)
        rows = zip(flawed.wrong_rows, question.network.rows, strict=True)
        told = [(wrong, right) for wrong, right in rows if right.trainable or right.output != right.inputs[0]]
        first = [(wrong.output, wrong.trainable) == (right.output, right.trainable) for wrong, right in told].index(
            False
        )
        right = next(option.value.text for option in question.answering.options if option.correct)  # type: ignore[union-attr]
        assert right == f"Line {first + 1}"


def test_the_program_holds_the_wrong_number_and_pytorch_says_both() -> None:
    from quizgen.notation import FHW

    for question in questions("linear-mismatch"):
        names = task(question).names(FHW)
        assert isinstance(names["code"], Code)
        assert f"Linear({names['given']}, {names['units']})" in names["code"].text
        assert f"Linear({names['right']}," not in names["code"].text
        assert names["error"].text.endswith(f"(2x{names['right']} and {names['given']}x{names['units']})")


def test_another_input_stops_at_the_first_dense_layer_unless_a_window_does_not_fit() -> None:
    for question in questions("other-input"):
        stopping = task(question)
        row = question.network.rows[stopping.at]
        if type(row.layer).__name__ == "Dense":
            assert prod(stopping.reached[stopping.at]) != row.inputs[0].channels
        else:
            window = row.layer.window(stopping.reached[stopping.at])
            padding = row.layer.padding
            around = [0, 0] if isinstance(padding, str) else [sum(pair) for pair in padding]
            spatial = stopping.reached[stopping.at].spatial
            assert any(n + p < k for n, p, k in zip(spatial, around, window.kernel, strict=True))
