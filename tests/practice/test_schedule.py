"""When cards come back: the grades, FSRS's intervals, mastery, what is due."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from quizgen.practice import schedule
from quizgen.practice.records import Grade
from tests.practice.histories import START, attempt

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("given", "grade"),
    [
        ({"correct": False}, "again"),
        ({"correct": False, "attempt": 2, "hints": 3}, "again"),
        ({"correct": True, "seconds": 30}, "good"),
        ({"correct": True, "seconds": 15}, "easy"),
        ({"correct": True, "seconds": 15, "hints": 1}, "hard"),
        ({"correct": True, "seconds": 15, "attempt": 2}, "hard"),
        ({"correct": True, "seconds": 15, "options": True}, "hard"),
    ],
)
def test_the_grade_of_what_happened(given: dict[str, Any], grade: Grade) -> None:
    assert schedule.grade(attempt(1, **given), worth=40) == grade


@pytest.mark.parametrize(
    ("grades", "days"),
    [
        # what fsrs 6.3.2 gives with its published parameters, each review on the day that it is due
        (["good"], [2]),
        (["good", "good", "good"], [2, 11, 46]),
        (["good", "good", "again", "good"], [2, 11, 2, 5]),
        (["again"], [1]),
        (["easy", "hard"], [8, 27]),
    ],
)
def test_intervals_are_those_of_fsrs(grades: list[Grade], days: list[int]) -> None:
    at, reviews = START, []
    for grade, wait in zip(grades, days, strict=True):
        reviews.append((at, grade))
        card = schedule.card("skill:conv/conv2d-params/3", reviews)
        assert card is not None
        assert (card.due - at).days == wait
        at = card.due


def test_the_same_reviews_give_the_same_card() -> None:
    reviews: list[tuple[Any, Grade]] = [(START, "good"), (START + 9 * DAY, "again"), (START + 30 * DAY, "easy")]
    assert schedule.card("belief:x", reviews) == schedule.card("belief:x", reviews)


@pytest.mark.parametrize(
    ("grades", "in_a_row", "lapses"),
    [
        (["good", "easy", "good"], 3, 0),
        (["good", "hard", "good"], 1, 0),
        (["good", "good", "again"], 0, 1),
        (["again", "good", "again", "good"], 1, 2),
    ],
)
def test_right_answers_in_a_row(grades: list[Grade], in_a_row: int, lapses: int) -> None:
    card = schedule.card("belief:x", [(START + place * DAY, grade) for place, grade in enumerate(grades)])
    assert card is not None
    assert (card.in_a_row, card.lapses) == (in_a_row, lapses)
    assert schedule.is_mended(card) is (in_a_row >= 3)


@pytest.mark.parametrize(
    ("latest", "mastered"),
    [
        (["good", "good", "easy"], True),
        (["good", "good"], False),
        (["hard", "good", "good", "good"], False),
        (["good", "good", "good", "again"], True),
    ],
)
def test_three_right_in_a_row_master_a_level(latest: list[Grade], mastered: bool) -> None:
    assert schedule.is_mastered(latest) is mastered


@pytest.mark.parametrize(("hours", "due"), [(-1, True), (0, True), (7, True), (9, False)])
def test_what_is_due_today_can_be_practised_in_the_morning(hours: float, due: bool) -> None:
    card = schedule.card("belief:x", [(START, "good")])
    assert card is not None
    assert schedule.is_due(card, card.due - timedelta(hours=hours)) is due


def test_the_forecast_counts_late_cards_as_todays() -> None:
    cards = [schedule.card(f"belief:{days}", [(START - days * DAY, "good")]) for days in (0, 0, 1, 2, 9)]
    assert schedule.forecast([card for card in cards if card], START, 4) == [2, 1, 2, 0]
