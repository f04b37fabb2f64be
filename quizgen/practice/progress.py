"""How a learner gets on: by day, by skill, by misconception. Figures only; `report` shows them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal, TypeAlias

from quizgen.kinds import TOPICS
from quizgen.practice import schedule
from quizgen.practice.beliefs import HELD, PRIOR
from quizgen.practice.records import Attempt, Card, Entry, Grade, Skill

State: TypeAlias = Literal["held", "open", "mended", "not held"]
"""Of a misconception: likely held; shown before and not mended often enough since; mended; tested, and not held."""

RIGHT = ("good", "easy")


@dataclass(frozen=True, slots=True)
class Day:
    """A day's questions. right: those right at the first try without help; helped: those right with it."""

    day: date
    asked: int = 0
    right: int = 0
    helped: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class SkillProgress:
    """How a skill goes. in_a_row: right answers since one that was not. due: when its card is."""

    skill: Skill
    asked: int
    right: int
    in_a_row: int
    last: datetime
    due: datetime


@dataclass(frozen=True, slots=True)
class LevelProgress:
    """How a level of a topic goes. mastered: whether the latest answers are right, enough of them in a row."""

    topic: str
    level: int
    asked: int
    right: int
    helped: int
    mastered: bool


@dataclass(frozen=True, slots=True)
class Belief:
    """What is known of a misconception.

    chance: how likely it is held. shown: how often it showed; mended: how often in a row it did not since, where it would
    have. first, last: when it showed first and last. told_by: the question whose feedback told it last; mended_by,
    mended_at: the question at which it then did not show for the first time, and when.
    """

    misconception: str
    chance: float
    state: State
    shown: int = 0
    mended: int = 0
    first: datetime | None = None
    last: datetime | None = None
    due: datetime | None = None
    told_by: str | None = None
    mended_by: str | None = None
    mended_at: datetime | None = None


def questions(entries: Iterable[Entry]) -> list[Entry]:
    """The answer that counts for each question, in the order of time: the last one. Skipped ones are left out."""
    found: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        if not entry.attempt.skipped:
            key = entry.attempt.session, entry.attempt.question
            found.pop(key, None)
            found[key] = entry
    return list(found.values())


def days(entries: Iterable[Entry]) -> list[Day]:
    """What was done on each day, in the learner's time zone."""
    found: dict[date, Day] = {}
    for entry in questions(entries):
        day = schedule.day_of(entry.attempt.at)
        one = found.get(day, Day(day))
        found[day] = replace(
            one,
            asked=one.asked + 1,
            right=one.right + (entry.grade in RIGHT),
            helped=one.helped + (entry.grade == "hard"),
            seconds=one.seconds + entry.attempt.seconds,
        )
    return [found[day] for day in sorted(found)]


def streak(found: Sequence[Day], now: datetime) -> int:
    """The days in a row with an answer, up to today, or to yesterday where today has none yet."""
    practised = {one.day for one in found}
    day = schedule.day_of(now)
    if day not in practised:
        day -= timedelta(days=1)
    count = 0
    while day in practised:
        count, day = count + 1, day - timedelta(days=1)
    return count


def skill_reports(entries: Iterable[Entry], cards: Mapping[str, Card]) -> list[SkillProgress]:
    """Every skill that was practised, in the order of the series."""
    asked: dict[Skill, list[bool]] = {}
    for entry in questions(entries):
        asked.setdefault(entry.attempt.skill, []).append(entry.grade in RIGHT)
    found = []
    for skill in sorted(asked, key=schedule.place_of):
        card, answers = cards[skill.card], asked[skill]
        found.append(SkillProgress(skill, len(answers), sum(answers), card.in_a_row, card.last, card.due))
    return found


def level_reports(entries: Iterable[Entry]) -> list[LevelProgress]:
    """Every level of a topic that was practised, by topic and level."""
    grades: dict[tuple[str, int], list[Grade]] = {}
    for entry in questions(entries):
        grades.setdefault((entry.attempt.skill.topic, entry.attempt.skill.level), []).append(entry.grade)
    order = [*TOPICS]
    return [
        LevelProgress(
            topic,
            level,
            len(found),
            sum(grade in RIGHT for grade in found),
            found.count("hard"),
            schedule.is_mastered(found[::-1]),
        )
        for (topic, level), found in sorted(
            grades.items(), key=lambda one: (order.index(one[0][0]) if one[0][0] in order else len(order), *one[0])
        )
    ]


@dataclass(slots=True)
class Course:
    """What happened with a misconception: the answers in which it showed first and last, and the first one after that in
    which it would have shown and did not."""

    first: Attempt
    last: Attempt
    mended: Attempt | None = None


def courses(entries: Iterable[Entry]) -> dict[str, Course]:
    """Of every misconception that showed, what happened with it."""
    found: dict[str, Course] = {}
    for entry in entries:
        attempt = entry.attempt
        for name in entry.shown:
            found[name] = Course(found[name].first if name in found else attempt, attempt)
        if entry.grade in RIGHT:
            for name in found.keys() & set(attempt.exposes):
                found[name].mended = found[name].mended or attempt
    return found


def belief_reports(entries: Sequence[Entry], cards: Mapping[str, Card], known: Mapping[str, float]) -> list[Belief]:
    """Every misconception that showed or may be held, and those that were ruled out; the likeliest first."""
    shown = courses(entries)
    found = [
        belief_report(name, known.get(name, PRIOR), shown.get(name), cards.get(schedule.belief_card(name)))
        for name in shown.keys() | known.keys()
    ]
    return sorted(found, key=lambda one: (-one.chance, one.misconception))


def belief_report(name: str, chance: float, course: Course | None, card: Card | None) -> Belief:
    if course is None or card is None:
        return Belief(name, chance, "held" if chance > HELD else "not held")
    return Belief(
        name,
        chance,
        "mended" if schedule.is_mended(card) else "held" if chance > HELD else "open",
        shown=card.lapses,
        mended=card.in_a_row,
        first=course.first.at,
        last=course.last.at,
        due=card.due,
        told_by=course.last.question,
        mended_at=course.mended.at if course.mended else None,
        mended_by=course.mended.question if course.mended else None,
    )
