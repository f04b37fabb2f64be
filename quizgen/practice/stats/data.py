"""A learner's progress for programs: an object, and a table of all answers. docs/json.md describes both."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from io import StringIO
from typing import Any

from quizgen.practice.encoding import entry_object
from quizgen.practice.records import Entry
from quizgen.practice.stats.figures import Figures, saying

COLUMNS = (
    "at",
    "session",
    "question",
    "topic",
    "kind",
    "level",
    "given",
    "correct",
    "grade",
    "attempt",
    "hints",
    "options",
    "seconds",
    "sure",
    "skipped",
    "shown",
)
"""The columns of the table, in their order."""


def stats_object(figures: Figures) -> dict[str, Any]:
    return {
        "at": simple(figures.at),
        "asked": figures.asked,
        "right": figures.right,
        "streak": figures.streak,
        "due": figures.due,
        "forecast": list(figures.forecast),
        "days": [simple(asdict(day)) for day in figures.days],
        "levels": [simple(asdict(one)) for one in figures.levels],
        "skills": [flat(simple(asdict(one))) for one in figures.skills],
        "beliefs": [
            {"name": one.misconception, "belief": saying(one.misconception)} | without_name(simple(asdict(one)))
            for one in figures.beliefs
        ],
    }


def simple(value: Any) -> Any:
    """Times as texts, chances to six digits."""
    if isinstance(value, dict):
        return {name: simple(one) for name, one in value.items()}
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    return round(value, 6) if isinstance(value, float) else value


def flat(skill: dict[str, Any]) -> dict[str, Any]:
    return {**skill.pop("skill"), **skill}


def without_name(belief: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in belief.items() if name != "misconception"}


def table(entries: Sequence[Entry]) -> str:
    """All answers as comma-separated values, a line each; several misconceptions in a cell stand apart by spaces."""
    out = StringIO()
    rows = csv.DictWriter(out, COLUMNS, extrasaction="ignore", lineterminator="\r\n")
    rows.writeheader()
    for entry in entries:
        found = entry_object(entry)
        rows.writerow(found | {"shown": " ".join(entry.shown), "given": unspreadsheeted(entry.attempt.given)})
    return out.getvalue()


def unspreadsheeted(text: str) -> str:
    """What was typed, so that no spreadsheet takes it for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
