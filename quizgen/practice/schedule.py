"""When a card comes back: the grades of what happened, given to FSRS (https://github.com/open-spaced-repetition/py-fsrs).

A card has no learning steps: what comes back within a session is decided by `choosing`, and the shortest interval is a
day. Intervals are not fuzzed, so that the same history always gives the same session; cards that were begun together are
kept apart by interleaving instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from quizgen.kinds import TOPICS
from quizgen.practice.records import Attempt, Card, Grade, Skill

if TYPE_CHECKING:  # it is not needed to ask the first question
    from fsrs import Scheduler

RETENTION = 0.9
"""How likely an answer shall still be right when its card is due."""

SLACK = timedelta(hours=8)
"""A card that is due so soon can be practised now: yesterday evening's cards this morning."""

MASTERED = 3
"""So many right answers in a row master a level, as in ASSISTments; and mend a misconception."""

EASILY = 0.5
"""An answer is fast if it took at most this share of the time that the question is worth."""

BASE_SECONDS, SECONDS_PER_COST = 8.0, 1.5
"""The time that a question is worth: to read it and type, and for each pair of digits to be multiplied on paper."""


def belief_card(misconception: str) -> str:
    """The name of a misconception's card."""
    return f"belief:{misconception}"


def grade(attempt: Attempt, worth: float) -> Grade:
    """How well it went. worth: the seconds that the question is worth, see `worth_seconds`.

    Wrong: again. Right at the second try, after a hint or among options: hard. Right: good; and fast: easy.
    """
    if not attempt.correct:
        return "again"
    if attempt.attempt > 1 or attempt.hints or attempt.options:
        return "hard"
    return "easy" if attempt.seconds <= EASILY * worth else "good"


def worth_seconds(hand_cost: int) -> float:
    """The time that a question is worth, by what it costs on paper (`quizgen.sampling.hand_cost`)."""
    return BASE_SECONDS + SECONDS_PER_COST * hand_cost


def card(name: str, reviews: Sequence[tuple[datetime, Grade]]) -> Card | None:
    """The card after these reviews, in the order of time; None where there are none."""
    from fsrs import Card as Scheduled
    from fsrs import Rating

    if not reviews:
        return None
    ratings: dict[Grade, Rating] = {
        "again": Rating.Again,
        "hard": Rating.Hard,
        "good": Rating.Good,
        "easy": Rating.Easy,
    }
    first = reviews[0][0]
    scheduled = Scheduled(card_id=1, due=first)
    in_a_row = lapses = 0
    for at, how in reviews:
        scheduled, _ = scheduler().review_card(scheduled, ratings[how], at.astimezone(UTC))
        in_a_row = in_a_row + 1 if how in ("good", "easy") else 0
        lapses += how == "again"
    state = {"stability": scheduled.stability, "difficulty": scheduled.difficulty}
    return Card(name, first, reviews[-1][0], scheduled.due, state, len(reviews), lapses, in_a_row)


@cache
def scheduler() -> Scheduler:
    from fsrs import Scheduler

    return Scheduler(desired_retention=RETENTION, learning_steps=(), relearning_steps=(), enable_fuzzing=False)


def is_due(one: Card, now: datetime) -> bool:
    return one.due <= now + SLACK


def fading(one: Card, now: datetime) -> float:
    """How far a card has faded: days since its last review for each day of its stability. What FSRS takes a memory's
    chance from falls as this grows (https://github.com/open-spaced-repetition/awesome-fsrs/wiki/The-Algorithm). A day is
    added, so that among the cards of one sitting the least stable are the weakest."""
    days = (now - one.last) / timedelta(days=1)
    return (max(days, 0.0) + 1) / float(one.state["stability"])


def is_mended(one: Card) -> bool:
    """Whether a misconception was mended often enough since it last showed."""
    return one.in_a_row >= MASTERED


def is_mastered(latest: Sequence[Grade]) -> bool:
    """Whether the latest first answers at a level are right, enough of them in a row."""
    return len(latest) >= MASTERED and all(how in ("good", "easy") for how in latest[:MASTERED])


def forecast(cards: Iterable[Card], now: datetime, days: int) -> list[int]:
    """How many reviews are due today and on each of the next days, in the learner's time zone; late ones count as today's."""
    found = [0] * days
    today = day_of(now)
    for one in cards:
        ahead = max(0, (day_of(one.due) - today).days)
        if ahead < days:
            found[ahead] += 1
    return found


def day_of(at: datetime) -> date:
    """The day of a time, where the learner is."""
    return at.astimezone().date()


def place_of(skill: Skill) -> tuple[int, int, str]:
    """Where a skill stands in the series: by level, then in the order of topics."""
    topics = list(TOPICS)
    return skill.level, topics.index(skill.topic) if skill.topic in TOPICS else len(topics), skill.kind


def skill_of(name: str) -> Skill:
    """The skill of a card's name."""
    topic, kind, level = name.removeprefix("skill:").split("/")
    return Skill(topic, kind, int(level))
