"""Hints lead towards the answer and stop before it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from quizgen.compose import compose
from quizgen.kinds import all_kinds, find_kind
from quizgen.naming import question
from quizgen.notation import FHW, NOTATIONS, Notation
from quizgen.practice.hints import hints
from quizgen.prose import Prose
from quizgen.render.formats import writer


def text(hint: Prose) -> str:
    return " ".join(writer("txt").prose(hint).split())


@pytest.mark.parametrize("notation", NOTATIONS, ids=lambda notation: notation.name)
def test_without_hints_of_its_own_a_question_has_those_of_its_formula(notation: Notation) -> None:
    """k(fhw + 1) with 8 kernels of 5 × 5 over 15 channels."""
    asked = replace(question("conv2d-params:1234"), hints=())
    nudge, letters, numbers = map(text, hints(asked, notation))
    assert "weights" in nudge
    assert "8" not in letters
    assert {"8", "15", "5"} <= set(numbers.replace("(", " ").replace(")", " ").split())
    assert "3,008" not in numbers


def test_the_letters_are_said() -> None:
    _, letters, _ = hints(replace(question("conv2d-params:1234"), hints=()), FHW)
    assert text(letters) == (
        "k(fhw + 1), with f the input channels, k the filters, h the kernel height, w the kernel width"
    )


@pytest.mark.parametrize("name", [kind.name for kind in all_kinds()])
def test_there_are_three_at_most(name: str) -> None:
    asked = compose(find_kind(name), 3)
    assert len(hints(asked, FHW)) <= 3
    derived = hints(replace(asked, hints=()), FHW)
    assert len(derived) <= 3
    assert all(map(text, derived))


def test_the_template_s_own_come_first() -> None:
    asked = replace(question("conv2d-params:1234"), hints=(Prose("Think."),))
    assert [text(hint) for hint in hints(asked, FHW)] == ["Think."]
