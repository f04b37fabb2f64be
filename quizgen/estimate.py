"""What a plan will make: for one seed, each section with its questions, how difficult they are and how long they take."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from quizgen.bank import span
from quizgen.difficulty import difficulty
from quizgen.plan import Plan, Section
from quizgen.question import Question


def estimate(plan: Plan, seed: int, folders: Sequence[Path] = ()) -> dict[str, Any]:
    """The object that `quizgen plan --check FILE --json` prints; docs/json.md describes its fields.

    Raises QuizgenError where a section can't be filled.
    """
    drawn = zip(plan.sections, plan.drawn(seed, folders=folders), strict=True)
    sections = [section_object(section, questions) for section, questions in drawn]
    return {
        "title": plan.title,
        "course": plan.course,
        "date": plan.date,
        "language": plan.language,
        "seed": seed,
        "sections": sections,
        "count": sum(section["count"] for section in sections),
        "points": sum(section["points"] for section in sections),
        "estimate": sum(section["estimate"] for section in sections),
        "minutes": plan.minutes,
    }


def section_object(section: Section, questions: Sequence[Question]) -> dict[str, Any]:
    found = [question_object(question) for question in questions]
    return {
        "topics": list(section.topics),
        "questions": found,
        "level": ":".join(filter(None, (span(section.levels), section.aim))),
        "interleave": section.interleave,
        "count": len(found),
        "points": sum(one["points"] for one in found),
        "estimate": sum(one["minutes"] for one in found),
        "minutes": section.minutes,
        "difficulty": round(sum(one["difficulty"] for one in found) / len(found), 1),
    }


def question_object(question: Question) -> dict[str, Any]:
    how = difficulty(question)
    return {
        "name": question.name,
        "title": question.title,
        "topic": question.topic,
        "level": question.level,
        "kind": question.kind,
        "points": question.points,
        "minutes": how.minutes,
        "difficulty": how.value,
    }


def as_text(found: Mapping[str, Any]) -> str:
    """The estimate in a few lines, a table for each section."""
    lines = [" · ".join(filter(None, (found["title"], found["course"], found["date"], found["language"])))]
    for number, section in enumerate(found["sections"], 1):
        lines += ["", *section_lines(number, section)]
    total = f"{counted(found['count'], 'question')}, {counted(found['points'], 'point')}"
    lines += ["", f"Total: {total}, about {minutes(found['estimate'])}{against(found)}."]
    lines += [f"So it is with seed {found['seed']}; other seeds draw other questions of these kinds."]
    return "\n".join(lines) + "\n"


def section_lines(number: int, section: Mapping[str, Any]) -> Iterator[str]:
    what = f"{', '.join(section['topics'])}, " if section["topics"] else ""
    mixed = ", a third from earlier levels" if section["interleave"] else ""
    yield f"Section {number}: {what}level {section['level']}{mixed}"
    rows = [HEADER, *(row(one) for one in section["questions"])]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for cells in rows:
        yield "  " + "  ".join(f"{cell:<{width}}" for cell, width in zip(cells, widths, strict=True)).rstrip()
    sum_up = f"{counted(section['count'], 'question')}, {counted(section['points'], 'point')}"
    yield f"  {sum_up}, about {minutes(section['estimate'])}{against(section)}, difficulty {section['difficulty']}"


HEADER = ("question", "level", "answer", "points", "minutes", "difficulty")


def row(one: Mapping[str, Any]) -> tuple[str, ...]:
    template, _, _ = one["name"].rpartition(":")
    numbers = (one["points"], f"{one['minutes']:g}", one["difficulty"])
    return (template, str(one["level"]), one["kind"], *map(str, numbers))


def counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def minutes(number: float) -> str:
    return f"{number:g} minutes" if number != 1 else "1 minute"


def against(found: Mapping[str, Any]) -> str:
    """How an estimate compares with the minutes that there are, if anybody said."""
    given, needed = found["minutes"], found["estimate"]
    if not given:
        return ""
    return f" of {given}" + (f": {needed - given:g} too many" if needed > given else "")
