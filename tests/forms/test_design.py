"""Designs within a budget: the example keeps to it, and what is graded is measured, not compared with the example."""

from __future__ import annotations

import pytest

from quizgen.grading import grade
from quizgen.question import Design
from tests.forms.asking import asked, questions


def test_the_example_keeps_to_the_budget() -> None:
    for question in questions("cnn-design"):
        assert isinstance(question.answering, Design)
        assert grade(question, question.answering.example).score == 1


@pytest.mark.parametrize(("layers", "score"), [("flatten dense{units}", 1), ("flatten dense999 dense{units}", 0.5)])
def test_any_design_is_measured(layers: str, score: float) -> None:
    """A single dense layer on 20 × 20 × 3 has 1,201 parameters a unit: within the budget where that allows it."""
    question = asked("cnn-design", 3)
    assert isinstance(question.answering, Design)
    (units,) = question.answering.needs[0].bound  # type: ignore[misc]
    budget = question.answering.needs[1].bound
    within = units * (20 * 20 * 3 + 1) <= budget  # type: ignore[operator]
    expected = score if within or score < 1 else 0.5
    assert grade(question, layers.format(units=units)).score == expected
