"""Formulas in letters, held against the textbook's, typed here."""

from __future__ import annotations

import pytest

from quizgen.formulas import parse
from quizgen.question import Formula
from quizgen.worked.exact import equal
from tests.forms.asking import questions

TEXTBOOK = {
    "conv2d-output-formula": ["floor((H + 2p - h)/s) + 1", "⌊(H - h + 2p)/s⌋ + 1", "floor((H+2*p-h+s)/s)"],
    "lstm-formula": ["4(h(x + h) + h)", "4h(x+h+1)", "4*(x*h + h^2 + h)"],
}
WRONG = {"conv2d-output-formula": "(H + 2p - h)/s + 1", "lstm-formula": "4h(x+h+2)"}


@pytest.mark.parametrize(("kind", "typed"), [(kind, typed) for kind, all_ in TEXTBOOK.items() for typed in all_])
def test_however_it_is_written_it_is_right(kind: str, typed: str) -> None:
    for question in questions(kind):
        answering = question.answering
        assert isinstance(answering, Formula)
        assert equal(parse(typed, [letter for letter, _ in answering.letters]), answering.value)


@pytest.mark.parametrize("kind", WRONG)
def test_a_wrong_one_is_not(kind: str) -> None:
    for question in questions(kind):
        answering = question.answering
        assert isinstance(answering, Formula)
        assert not equal(parse(WRONG[kind], [letter for letter, _ in answering.letters]), answering.value)


def test_wrong_formulas_are_named() -> None:
    for question in questions("lstm-formula"):
        answering = question.answering
        assert isinstance(answering, Formula)
        assert answering.wrong
        assert not any(equal(wrong, answering.value) for wrong, _ in answering.wrong)


def test_the_options_of_a_choice_are_formulas_and_differ() -> None:
    for question in questions("conv2d-formula"):
        shown = [option.value.values[0].latex for option in question.answering.options]  # type: ignore[union-attr]
        assert len(set(shown)) == len(shown)
        right = next(option for option in question.answering.options if option.correct)  # type: ignore[union-attr]
        assert right.value.values[0].latex == r"k \left(f h w + 1\right)"
