"""What an answer is worth, and what it is told: for each way of answering."""

from __future__ import annotations

from fractions import Fraction

import pytest

from quizgen.compose import compose
from quizgen.errors import QuizgenError
from quizgen.grading import GRADERS, grade, grader
from quizgen.grading.numbers import told_numbers
from quizgen.kinds import all_kinds, find_kind
from quizgen.naming import question
from quizgen.prose import Prose
from quizgen.question import Question
from quizgen.render.formats import writer
from tests.grading.answers import number_typed, right_answer

CONV = "conv2d-params:1234"
"""29 × 15 × 15 meets 8 kernels of 5 × 5: 8 · (15 · 5 · 5 + 1) = 3,008."""

every_kind = pytest.mark.parametrize("name", [kind.name for kind in all_kinds()])


def text(says: Prose) -> str:
    return " ".join(writer("txt").prose(says).split())


@every_kind
@pytest.mark.parametrize("seed", range(2))
def test_the_right_answer_is_right_however_it_is_given(name: str, seed: int) -> None:
    asked = compose(find_kind(name), seed)
    found = grade(asked, right_answer(asked))
    assert found.correct, (asked.answering, right_answer(asked))
    assert found.explanations == ()
    assert text(found.says)


def test_every_way_of_answering_is_graded() -> None:
    assert {compose(kind, 0).kind for kind in all_kinds()} <= GRADERS.keys()


@every_kind
def test_a_belief_is_found_out_and_the_answer_is_not_given_away(name: str) -> None:
    asked = compose(find_kind(name), 5)
    if asked.kind not in ("choice", "number") or isinstance(asked.answer, Prose) or asked.task is None:
        return
    for held in asked.task.relevant():
        value = asked.task.believed((held,))
        if value in (None, asked.answer):
            continue
        found = grade(asked, number_typed(value))
        assert not found.correct
        assert all(len(one) == 1 for one in found.explanations)
        assert found.explanations
        assert asked.answer not in set(told_numbers(found.says)), held.id


@pytest.mark.parametrize(
    ("typed", "correct"),
    [
        ("3008", True),
        ("3,008", True),
        ("8*(15*5*5+1)", True),
        ("3.0k", True),
        ("a", True),
        ("B", False),
        ("3120", False),
        ("29x15x8", False),
    ],
)
def test_numbers(typed: str, correct: bool) -> None:
    assert grade(question(CONV), typed).correct is correct


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (
            "3120",
            "Not yet. 3,120 is 15 × 8 × (5 × 5 + 1): A filter has a bias for each input channel. A filter adds its "
            "channel sums into one number, and one bias to that: 8 in all.",
        ),
        ("3080", "Not yet. Two digits of the right number changed places."),
        ("12345678", "Not yet. No known mistake leads there."),
        ("3008", "Yes: 8 × (15 × 5 × 5 + 1) = 3,008."),
    ],
)
def test_what_a_number_is_told(typed: str, told: str) -> None:
    assert text(grade(question(CONV), typed).says) == told


def test_the_wrong_calculation_stands_beside_the_right_one() -> None:
    beside = text(grade(question(CONV), "3120").beside())
    assert beside == "• Yours: 15 × 8 × (5 × 5 + 1) = 3,120 • Right: 8 × (15 × 5 × 5 + 1) = 3,008"


def statements() -> Question:
    return question("cnn-statements:3")


@pytest.mark.parametrize(
    ("typed", "score"),
    [
        ("1", 1),
        (" 1. ", 1),
        ("1 2", Fraction(3, 4)),
        ("1, 2 and 3", Fraction(1, 2)),
        ("none", Fraction(3, 4)),
        ("all", Fraction(1, 4)),
    ],
)
def test_statements_are_scored_one_by_one(typed: str, score: Fraction) -> None:
    """Of these four only the first is true."""
    assert grade(statements(), typed).score == score


def test_a_false_statement_that_is_believed_says_which_belief_but_not_which_statement() -> None:
    found = grade(statements(), "1 2")
    (held,) = found.explanations
    assert list(held) == list(statements().answering.options[1].misconceptions)  # type: ignore[union-attr]
    assert "2" not in text(found.says).replace("3 of 4", "").replace("A 2-D", "")


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        (CONV, "f"),
        (CONV, "many"),
        (CONV, ""),
        ("conv2d-output:3", "12"),
        ("cnn-statements:3", "5"),
        ("cnn-statements:3", "maybe"),
        ("recurrent-rank:1", "A B"),
        ("recurrent-rank:1", "A A B"),
        ("cnn-design:0", "a few layers"),
        ("cnn-find-error:0", "Z"),
        ("cnn-find-error:0", "12"),
        ("lstm-formula:0", "4*(("),
        ("cnn-table:1", "1; 2"),
    ],
)
def test_what_cannot_be_read_is_no_try(name: str, typed: str) -> None:
    with pytest.raises(QuizgenError) as raised:
        grade(question(name), typed)
    assert str(raised.value)


def test_an_order_is_worth_its_pairs() -> None:
    asked = question("recurrent-rank:1")
    right = right_answer(asked).split()
    swapped = [right[1], right[0], *right[2:]]
    pairs = len(right) * (len(right) - 1) // 2
    assert grade(asked, "".join(swapped)).score == Fraction(pairs - 1, pairs)
    assert grade(asked, ">".join(right).lower()).correct


def test_a_formula_in_another_shape_is_right() -> None:
    """An LSTM: 4 gates, each with weights for the input and the state, and a bias."""
    asked = question("lstm-formula:0")
    assert grade(asked, "4h(x+h+1)").correct
    assert not grade(asked, "3h(x+h+1)").correct


def test_a_design_is_told_what_it_comes_to() -> None:
    asked = question("cnn-design:0")
    told = text(grade(asked, "flatten dense4").says)
    assert grade(asked, "flatten dense4").correct or "yours" in told
    assert "yours" in text(grade(asked, "flatten dense5000").says)


@every_kind
def test_what_a_question_exposes_changes_its_answer(name: str) -> None:
    asked = compose(find_kind(name), 1)
    exposed = grader(asked).exposes()
    assert len(set(exposed)) == len(exposed)
    if asked.kind in ("choice", "number") and not isinstance(asked.answer, Prose) and asked.task is not None:
        known = {held.id: held for held in asked.task.relevant()}
        for one in exposed:
            if one in known:
                assert asked.task.believed((known[one],)) != asked.task.key
