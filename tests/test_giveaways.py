"""Rule R17: no question of a sheet prints what another asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from quizgen.compose import compose
from quizgen.giveaways import COMMON, Told, keys, printed
from quizgen.kinds import find_kind
from quizgen.layers.base import Shape
from quizgen.plan import Plan, Section
from quizgen.prose import prose
from quizgen.question import Question, Sheet
from quizgen.render.formats import writer
from quizgen.render.pieces import network_shown

NUMBER = re.compile(r"\d[\d,]*(?: × \d[\d,]*)*")


def numbers_shown(question: Question) -> set[str]:
    """Every number of the printed question, its network in the way that it must be shown; numbers of a shape on their own too."""
    text = writer("txt").prose(question.stem)
    shown = network_shown(question, question.view or "list")  # type: ignore[arg-type]
    if shown is not None:
        text += writer("txt").prose(prose("{}", shown))
    found = set(NUMBER.findall(text))
    return found | {part for one in found for part in one.split(" × ")}


def wanted(question: Question) -> Iterator[str]:
    """The numbers that a question asks for, as they are printed, without those that tell nothing."""
    if question.kind in ("choice", "number"):
        answer = question.answer
        if isinstance(answer, Shape) and len(answer) > 1:
            yield str(answer)
        elif isinstance(answer, int) and answer >= COMMON:
            yield f"{answer:,}"


def giveaways(sheet: Sheet) -> list[tuple[str, str, str]]:
    shown = {question.name: numbers_shown(question) for question in sheet.questions}
    return [
        (question.name, key, other)
        for question in sheet.questions
        for key in wanted(question)
        for other, numbers in shown.items()
        if other != question.name and key in numbers
    ]


@pytest.mark.parametrize("seed", range(12))
def test_no_question_of_a_sheet_gives_another_away(seed: int) -> None:
    assert giveaways(Plan(sections=(Section(count=30),)).sheet(seed)) == []


def test_without_the_rule_some_would(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Told, "takes", lambda told, question: True)
    plan = Plan(sections=(Section(topics=("conv", "shapes", "pooling", "dense"), count=150),))
    assert any(giveaways(plan.sheet(seed)) for seed in range(3))


def test_what_a_question_prints_and_asks_for() -> None:
    question = compose(find_kind("dense-params"), 1)
    assert list(keys(question)) == ([question.answer] if question.answer >= COMMON else [])  # type: ignore[operator]
    assert all(isinstance(one, tuple) or one >= COMMON for one in printed(question))
    table = compose(find_kind("cnn-table"), 1)
    assert table.network.rows[0].output in list(keys(table))
    assert table.network.input in list(printed(table))


def test_a_question_is_refused_both_ways() -> None:
    question = compose(find_kind("conv2d-params"), 3)
    (key,) = keys(question)
    assert not Told(printed={key}).takes(question)
    assert not Told(keys=set(printed(question))).takes(question)
    assert Told(keys={key}).takes(question), "two may ask for the same"
