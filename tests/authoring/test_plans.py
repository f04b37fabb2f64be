"""Plans: one to begin with, what it will make, and what its fields do to a sheet."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from quizgen.bank import AIMS
from quizgen.compose import level_of
from quizgen.difficulty import difficulty
from quizgen.errors import PlanError
from quizgen.estimate import as_text, estimate
from quizgen.kinds import find_kind
from quizgen.plan import Plan, Section, levels_from
from quizgen.plan_file import read_plan
from tests.cli.conftest import Quizgen, one_line

PLAN = """
title = "Midterm"
course = "Deep Learning"
date = 2026-03-14
instructions = "No calculators."
minutes = 20
language = "torch"
shuffle = true

[[section]]
topics = ["conv", "shapes"]
level = "4-5"
count = 4
points = 3
minutes = 6

[[section]]
questions = ["cnn-total"]
level = "6-7:hard"
count = 3
interleave = true
"""


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    (tmp_path / "midterm.toml").write_text(PLAN, encoding="utf-8")
    return read_plan(tmp_path / "midterm.toml")


def test_its_fields_are_read(plan: Plan) -> None:
    assert (plan.language, plan.shuffle, plan.minutes, plan.date) == ("torch", True, 20, "2026-03-14")
    first, second = plan.sections
    assert (first.levels, first.aim, first.minutes, first.interleave) == (range(4, 6), "", 6, False)
    assert (second.levels, second.aim, second.interleave) == (range(6, 8), "hard", True)


@pytest.mark.parametrize("language", ["keras", "torch"])
def test_networks_are_written_in_the_language(language: str) -> None:
    plan = Plan(sections=(Section(topics=("networks", "pooling"), count=12),), language=language)
    for question in plan.sheet(3).questions:
        assert question.network.framework == language
        assert question.view in (language, "hidden", "list", "table", "picture")


def test_prose_shows_no_code() -> None:
    plan = Plan(sections=(Section(topics=("networks", "pooling"), count=8),), language="prose")
    assert not {question.view for question in plan.sheet(3).questions} & {None, "keras", "torch"}


def test_a_third_of_an_interleaved_section_is_from_earlier_levels() -> None:
    section = Section(topics=("networks",), levels=range(7, 9), count=9, interleave=True)
    levels = [question.level for question in Plan(sections=(section,)).sheet(5).questions]
    assert sum(level < 7 for level in levels) == 3
    assert levels != sorted(levels), "they are mixed"


def test_nothing_is_earlier_than_the_first_level() -> None:
    with pytest.raises(PlanError, match="there is nothing below level 0 to interleave"):
        Plan(sections=(Section(interleave=True),)).sheet(1)


def test_a_shuffled_section_holds_its_topics_in_any_order() -> None:
    section = Section(count=20)
    plain, shuffled = (
        [question.topic for question in Plan(sections=(section,), shuffle=shuffle).sheet(2).questions]
        for shuffle in (False, True)
    )
    assert plain != shuffled
    assert sorted(plain) == sorted(shuffled)


def test_an_aim_chooses_the_easier_or_the_harder_ones() -> None:
    def mean(aim: str) -> float:
        section = Section(questions=("cnn-total",), levels=range(6, 9), count=12, aim=aim)
        questions = Plan(sections=(section,)).sheet(4).questions
        return sum(difficulty(question).value for question in questions) / len(questions)

    easy, medium, hard = map(mean, AIMS)
    assert easy < medium < hard


def test_an_aim_where_all_are_alike_leaves_every_question() -> None:
    kind = find_kind("batchnorm-params")
    for aim in AIMS:
        section = Section(questions=(kind.name,), count=5, aim=aim)
        assert all(level_of(kind, question.seed) == 8 for question in Plan(sections=(section,)).sheet(1).questions)


@pytest.mark.parametrize(
    ("text", "levels", "aim"),
    [("3", range(3, 4), ""), ("3-6", range(3, 7), ""), (" 3 - 6 : hard ", range(3, 7), "hard")],
)
def test_levels_are_read(text: str, levels: range, aim: str) -> None:
    assert levels_from(text) == (levels, aim)


def test_a_command_with_an_aim_makes_the_sheet_again() -> None:
    section = Section(topics=("conv",), levels=range(3, 5), count=3, aim="easy")
    assert "--level 3-4:easy" in Plan(sections=(section,)).sheet(1).command


# What it will make.


def test_an_estimate_is_of_the_sheet_of_that_seed(plan: Plan) -> None:
    found = estimate(plan, 7)
    assert json.loads(json.dumps(found)) == found
    names = [one["name"] for section in found["sections"] for one in section["questions"]]
    sheet = plan.sheet(7)
    assert names == [question.name for question in sheet.questions]
    assert (found["points"], found["count"]) == (sheet.points, len(sheet.questions))
    assert found["estimate"] == sum(difficulty(question).minutes for question in sheet.questions)


MINUTES: list[tuple[dict[str, Any], str]] = [
    ({"minutes": 0, "estimate": 12.5}, ""),
    ({"minutes": 20, "estimate": 12.5}, " of 20"),
    ({"minutes": 10, "estimate": 11.0}, " of 10: 1 too many"),
]


@pytest.mark.parametrize(("found", "said"), MINUTES)
def test_an_estimate_is_compared_with_the_time_there_is(found: dict[str, Any], said: str) -> None:
    from quizgen.estimate import against

    assert against(found) == said


def test_an_estimate_in_words(plan: Plan) -> None:
    text = as_text(estimate(plan, 7))
    assert text.startswith("Midterm · Deep Learning · 2026-03-14 · torch\n\nSection 1: conv, shapes, level 4-5\n")
    assert "Section 2: level 6-7:hard, a third from earlier levels\n" in text
    assert "  4 questions, 12 points, about " in text
    assert max(map(len, text.splitlines())) <= 100


def test_the_command_begins_a_plan_and_checks_it(run: Quizgen) -> None:
    assert run("plan", "--new", "midterm.toml").out == "midterm.toml\n"
    ran = run("plan", "--check", "midterm.toml")
    assert ran.code == 0
    assert "\nTotal: 6 questions, " in ran.out
    assert json.loads(run("plan", "--check", "midterm.toml", "--seed", "3", "--json").out)["seed"] == 3
    assert run("sheet", "--plan", "midterm.toml", "--seed", "1", "--format", "md").code == 0


def test_every_comment_of_a_new_plan_can_be_used(run: Quizgen) -> None:
    run("plan", "--new", "midterm.toml")
    text = Path("midterm.toml").read_text(encoding="utf-8")
    uncommented = "\n".join(
        line.removeprefix("# ") if "=" in line or "[[" in line else line for line in text.splitlines()
    )
    Path("midterm.toml").write_text(uncommented.replace("quizgen sheet", "#"), encoding="utf-8")
    assert "interleave = true" in uncommented
    ran = run("plan", "--check", "midterm.toml")
    assert ran.err == ""
    assert "2026-03-14 · keras" in ran.out
    assert "Section 3: level 0-16" in ran.out


def test_a_plan_that_is_there_is_not_replaced(run: Quizgen) -> None:
    Path("midterm.toml").write_text("mine", encoding="utf-8")
    ran = run("plan", "--new", "midterm.toml")
    assert one_line(ran) == "midterm.toml: the file is there already. Use --force to replace it."
    assert run("plan", "--new", "midterm.toml", "--force").code == 0
