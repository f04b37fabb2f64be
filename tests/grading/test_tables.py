"""Tables, cell by cell: an error is made once, and carried forward."""

from __future__ import annotations

from dataclasses import replace

import pytest

from quizgen.counting import Counting
from quizgen.forms.count import fill_in
from quizgen.grading import grade
from quizgen.grading.tables import TableGrader
from quizgen.kinds import find_kind
from quizgen.layers import Conv2D, Dense, Flatten, MaxPooling2D
from quizgen.naming import question
from quizgen.network import stack
from quizgen.notation import FHW
from quizgen.quantities import Asked, quantity
from quizgen.question import Question

QUIZ = stack("quiz", (28, 28, 1), (Conv2D(32, (3, 3)), MaxPooling2D((2, 2)), Flatten(), Dense(10)))
"""26 × 26 × 32 and 320; 13 × 13 × 32; 5,408; 10 and 54,090; 54,410 in all."""


@pytest.fixture
def asked() -> Question:
    table = fill_in(find_kind("cnn-table"), Counting(QUIZ, Asked(quantity("params"))), None)  # type: ignore[arg-type]
    return replace(question("cnn-table:0"), network=QUIZ, answering=table, answer=table.blanks)


def cells(asked: Question, *typed: str) -> list[bool]:
    """Whether each cell is right, given those before it."""
    grader, values, right = TableGrader(asked, FHW), [], []
    for one in typed:
        value, found = grader.grade_cell(one, values)
        values.append(value)
        right.append(found.correct)
    return right


RIGHT = ("26x26x32", "320", "13x13x32", "0", "5408", "0", "10", "54090", "54410")


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        (RIGHT, "yyyyyyyyy"),
        # same padding where there is none: the shape is wrong, and all that follows from it is right
        (("28x28x32", "320", "14x14x32", "0", "6272", "0", "10", "62730", "63050"), "nyyyyyyyy"),
        # the same, but then with the textbook's numbers: they do not follow
        (("28x28x32", *RIGHT[1:]), "nynyyyyyy"),
        # one channel too few in a kernel's count: only the total follows from it
        ((*RIGHT[:1], "288", *RIGHT[2:8], "54378"), "ynyyyyyyy"),
        ((*RIGHT[:1], "288", *RIGHT[2:]), "ynyyyyyyn"),
        # a shape that the next layer can't take: the right one is taken instead
        (("26x26", "320", "13x13x32", *RIGHT[3:]), "nyyyyyyyy"),
    ],
)
def test_a_cell_is_right_if_it_follows(asked: Question, typed: tuple[str, ...], right: str) -> None:
    assert "".join("y" if one else "n" for one in cells(asked, *typed)) == right


def test_the_belief_behind_a_cell_is_named(asked: Question) -> None:
    _, found = TableGrader(asked, FHW).grade_cell("28x28x32", [])
    assert found.explanations
    assert not found.correct


def test_a_whole_table_is_worth_its_cells(asked: Question) -> None:
    assert grade(asked, "; ".join(RIGHT)).correct
    assert grade(asked, "; ".join(("28x28x32", *RIGHT[1:]))).score == pytest.approx(7 / 9)


def test_the_cells_are_asked_for_by_name(asked: Question) -> None:
    assert TableGrader(asked, FHW).asks[:2] == ("conv2d, output shape", "conv2d, parameters")
    assert TableGrader(asked, FHW).asks[-1] == "Total, parameters"


def test_bytes_follow_from_the_shapes_that_they_are_of() -> None:
    """Twice as many bytes for twice as many numbers; what is printed above a total is in it."""
    asked = question("activation-memory-table:0")
    grader = TableGrader(asked, FHW)
    shape, size = grader.cells[0].value, grader.cells[1].value
    assert isinstance(shape, tuple)
    twice = "x".join(map(str, (shape[0] * 2, *shape[1:])))
    values, (shaped, counted) = [], (twice, str(2 * size))  # type: ignore[operator]
    value, found = grader.grade_cell(shaped, values)
    assert not found.correct
    assert grader.grade_cell(counted, [value])[1].correct
    assert not grader.grade_cell(str(size), [value])[1].correct
