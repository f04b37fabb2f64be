"""What Python programs use; `import quizgen` re-exports all of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from quizgen import catalogue
from quizgen import notation as notations
from quizgen.kinds import LEVELS
from quizgen.naming import question
from quizgen.plan import COUNT, TITLE, Plan, Section
from quizgen.plan_file import read_plan
from quizgen.question import Question, Sheet
from quizgen.render import json, parts
from quizgen.render.skins import Part, find_skin


def make_question(name: str, *, notation: str = "fhw", templates: Sequence[Path] = ()) -> Question:
    """The question of that name, such as `conv2d-params:1234`; the same on every machine.

    templates: folders whose templates come before the built-in ones.
    Raises QuizgenError where there is no such question.
    """
    return question(name, folders=templates, notation=notations.notation(notation))


def make_sheet(
    *,
    topics: Sequence[str] = (),
    questions: Sequence[str] = (),
    levels: range = LEVELS,
    count: int = COUNT,
    title: str = TITLE,
    plan: Path | None = None,
    seed: int = 0,
    variant: str = "",
    notation: str = "fhw",
    templates: Sequence[Path] = (),
) -> Sheet:
    """A sheet of distinct questions: of these topics and question kinds (of all, if none is named) at these levels.

    plan: the file of a plan, which then says all that the arguments before it would.
    Raises QuizgenError where nothing carries a name or there are not enough distinct questions.
    """
    section = Section(tuple(topics), tuple(questions), levels, count)
    wanted = Plan(title=title, sections=(section,)) if plan is None else read_plan(plan, templates)
    return wanted.sheet(seed, variant=variant, folders=templates, notation=notations.notation(notation))


def render_sheet(
    sheet: Sheet,
    format: str = "pdf",
    *,
    style: str = "worksheet",
    part: Part = "questions",
    templates: Sequence[Path] = (),
) -> bytes:
    """One part of a sheet as a file: pdf, html, md, tex or txt; or the whole sheet as json.

    part: `questions`, `solutions` or `key`. The bytes are those that `quizgen sheet` writes. Raises
    QuizgenError where nothing carries a name.
    """
    return parts.rendered(sheet, find_skin(style, templates), format, part)


def question_dict(question: Question) -> dict[str, Any]:
    """The object that `quizgen show NAME --json` prints; docs/json.md describes its fields."""
    return json.question_object(question)


def sheet_dict(sheet: Sheet) -> dict[str, Any]:
    """The object that `quizgen sheet --format json` writes; docs/json.md describes its fields."""
    return json.sheet_object(sheet)


def list_entries(what: str, *, templates: Sequence[Path] = ()) -> list[dict[str, Any]]:
    """The objects that `quizgen list WHAT --json` prints; docs/json.md describes their fields."""
    return catalogue.entries(what, templates)
