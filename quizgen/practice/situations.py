"""What is remembered, as far as the choice of the next question depends on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache

from quizgen.practice import schedule
from quizgen.practice.beliefs import WINDOW
from quizgen.practice.choosing import Situation
from quizgen.practice.records import Entry, Skill, Wishes
from quizgen.practice.store import Store

SUSPECT = 0.15
"""A misconception that is likelier than this and explains an answer is looked into."""


def situation(
    store: Store,
    session: str | None,
    wishes: Wishes,
    series: Sequence[Skill],
    known: Mapping[str, float],
    now: datetime,
) -> Situation:
    """series: the skills that the wishes allow, in their order. known: how likely each misconception is held."""
    latest = store.entries(latest=WINDOW)
    here = store.entries(session=session) if session else []
    asked = questions_of(here)
    met: dict[str, list[int]] = {}
    for question, name in store.met(session) if session else ():
        met.setdefault(name, []).append(asked.index(bare(question)))

    @cache
    def mastered(topic: str, level: int) -> bool:
        return schedule.is_mastered(store.first_grades(topic, level, schedule.MASTERED))

    return Situation(
        wishes=wishes,
        now=now,
        series=series,
        cards=store.cards(),
        asked=asked,
        last=latest[-1].attempt.skill if latest else None,
        last_question=bare(latest[-1].attempt.question) if latest else None,
        met=met,
        shown_in=shown_in(latest),
        mastered=mastered,
        suspects=suspects(latest, known),
        skills_asked=Counter({entry.attempt.question: entry.attempt.skill for entry in here}.values()),
        skipped={entry.attempt.skill for entry in here if entry.attempt.skipped},
    )


def questions_of(entries: Sequence[Entry]) -> list[str]:
    """The names of the questions of these answers, each once, in order."""
    return list(dict.fromkeys(bare(entry.attempt.question) for entry in entries))


def bare(question: str) -> str:
    """A question's name without its version."""
    return question.partition("@")[0]


def shown_in(entries: Sequence[Entry]) -> dict[str, list[Skill]]:
    """For each misconception the skills whose questions are known to expose it, the latest first."""
    found: dict[str, dict[Skill, None]] = {}
    for entry in reversed(entries):
        for name in (*entry.attempt.exposes, *entry.shown):
            found.setdefault(name, {})[entry.attempt.skill] = None
    return {name: list(skills) for name, skills in found.items()}


def suspects(entries: Sequence[Entry], known: Mapping[str, float]) -> list[str]:
    """Misconceptions that explain an answer and may be held."""
    explaining = {name for entry in entries for held in entry.attempt.explanations for name in held}
    return sorted(name for name in explaining if known.get(name, 0) > SUSPECT)
