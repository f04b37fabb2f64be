"""What Python programs use; `import quizgen` re-exports all of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from quizgen import notation as notations
from quizgen.kinds import LEVELS
from quizgen.naming import question as named_question
from quizgen.plan import Plan, Section
from quizgen.question import Question, Sheet
from quizgen.render import json
from quizgen.render.formats import writer
from quizgen.render.skins import Part, dressed, find_skin


def question(name: str, *, notation: str = "fhw", templates: Sequence[Path] = ()) -> Question:
    """The question of that name, such as `conv2d-params:1234`; the same on every machine.

    templates: folders whose templates come before the built-in ones.
    Raises QuizgenError where there is no such question.
    """
    return named_question(name, folders=templates, notation=notations.notation(notation))


def sheet(
    *,
    topics: Sequence[str] = (),
    questions: Sequence[str] = (),
    levels: range = LEVELS,
    count: int = 10,
    seed: int = 0,
    title: str = "Counting in neural networks",
    variant: str = "",
    notation: str = "fhw",
    templates: Sequence[Path] = (),
) -> Sheet:
    """A sheet of distinct questions: of these topics, or of these question kinds, at these levels.

    Raises QuizgenError where nothing carries a name or there are not enough distinct questions.
    """
    plan = Plan(title=title, sections=(Section(tuple(topics), tuple(questions), levels, count),))
    command = f"quizgen.sheet(count={count}, seed={seed})"
    return plan.sheet(seed, command, variant=variant, folders=templates, notation=notations.notation(notation))


def render(
    sheet: Sheet, format: str = "pdf", *, style: str = "worksheet", part: Part = "questions", templates: Sequence[Path] = ()
) -> bytes:
    """One part of a sheet (`questions`, `solutions` or `key`) as a file: pdf, html, md, tex or txt; or all of it as json."""
    if format == "json":
        return json.sheet_json(sheet).encode()
    return writer(format).document(dressed(sheet, find_skin(style, templates), part))


def question_dict(question: Question) -> dict[str, Any]:
    """The object that `quizgen show NAME --json` prints; docs/json.md describes its fields."""
    return json.question_object(question)


def sheet_dict(sheet: Sheet) -> dict[str, Any]:
    """The object that `quizgen sheet --format json` writes; docs/json.md describes its fields."""
    return json.sheet_object(sheet)
