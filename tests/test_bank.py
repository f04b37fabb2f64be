"""Many questions: distinct, spread over kinds, and an end to the search where there are no more."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from quizgen import bank
from quizgen.bank import TRIES, Bank, spread
from quizgen.compose import compose, level_of
from quizgen.errors import PlanError
from quizgen.kinds import LEVELS, Kind, all_kinds, find_kind
from quizgen.notation import FHW, Notation
from quizgen.plan import Plan, Section
from quizgen.question import Question
from quizgen.stream import Stream
from tests.cli.test_sheet import OWN_QUESTION


@pytest.fixture
def narrow(tmp_path: Path) -> Kind:
    """Six questions differ: 10, 12 or 15 units over 8 or 20 features."""
    (tmp_path / "units.md").write_text(OWN_QUESTION, encoding="utf-8")
    return find_kind("units", [tmp_path])


def drawn(kinds: list[Kind], count: int, levels: range = LEVELS) -> list[Question]:
    stream = Stream("test", 1)
    return list(Bank(stream).draw(spread(kinds, levels, count, 0, stream)))


def test_kinds_take_turns_and_stand_in_order() -> None:
    kinds = list(all_kinds())[:20]
    names = [question.template for question in drawn(kinds, 2 * len(kinds) + 1)]
    assert set(Counter(names).values()) <= {2, 3}
    assert names == sorted(names, key=[kind.name for kind in kinds].index)


def test_no_two_questions_have_the_same_content(narrow: Kind) -> None:
    questions = drawn([narrow], 6)
    assert len({question.answer for question in questions}) == 6


def test_levels_are_kept_to() -> None:
    kind = find_kind("conv2d-output")
    assert {question.level for question in drawn([kind], 12, range(4, 5))} == {4}
    assert {level_of(kind, seed) for seed in range(100)} == {3, 4, 5}


def test_points_of_a_section_are_those_of_its_questions() -> None:
    plan = Plan(sections=(Section(topics=("dense",), count=2, points=7), Section(topics=("conv",), count=1)))
    assert [question.points for question in plan.sheet(1).questions] == [7, 7, 2]


def test_what_is_in_one_section_is_not_in_another() -> None:
    sections = (Section(questions=("dense-params",), count=30), Section(questions=("dense-params",), count=30))
    questions = Plan(sections=sections).sheet(1).questions
    assert len({repr(question.stem) for question in questions}) == 60


def test_there_are_not_enough(narrow: Kind, monkeypatch: pytest.MonkeyPatch) -> None:
    """The search for a question that is not there ends after so many tries."""
    made: list[int] = []

    def counted(kind: Kind, seed: int, notation: Notation = FHW) -> Question:
        made.append(seed)
        return compose(kind, seed, notation)

    monkeypatch.setattr(bank, "compose", counted)
    with pytest.raises(
        PlanError, match="200 questions are asked for, but only 6 distinct ones were found at level 0-16"
    ):
        drawn([narrow], 200)
    assert len(made) <= 2 * TRIES
