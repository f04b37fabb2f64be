"""Histories to test with: answers one after the other, made up or drawn by Hypothesis."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from quizgen.practice.records import GRADES, Attempt, Entry, Grade, Session, Skill, Wishes

START = datetime(2026, 3, 2, 12, tzinfo=UTC)
CONV = Skill("conv", "conv2d-params", 3)
DENSE = Skill("dense", "dense-params", 1)


def attempt(number: int, *, skill: Skill = CONV, days: float = 0, session: str = "monday", **fields: Any) -> Attempt:
    """The answer to the question of that number, half a minute after the one before."""
    at = START + timedelta(days=days, seconds=30 * number)
    return Attempt(at, session, f"{skill.kind}:{number}", skill, str(number), fields.pop("correct", True), **fields)


def entry(number: int, grade: Grade = "good", shown: tuple[str, ...] = (), **fields: Any) -> Entry:
    return Entry(attempt(number, correct=grade != "again", **fields), grade, shown)


names = st.text("abcdefgh-", min_size=1, max_size=6)
words = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=12)
times = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))
skills = st.builds(Skill, st.sampled_from(["conv", "dense", "mine"]), st.sampled_from(["a", "b"]), st.integers(0, 16))
attempts = st.builds(
    Attempt,
    at=times,
    session=st.sampled_from(["monday", "tuesday"]),
    question=st.builds("{}:{}".format, names, st.integers(0, 99)),
    skill=skills,
    given=words,
    correct=st.booleans(),
    attempt=st.integers(1, 2),
    hints=st.integers(0, 3),
    options=st.booleans(),
    seconds=st.floats(0, 1e6),
    sure=st.none() | st.booleans(),
    skipped=st.booleans(),
    explanations=st.lists(st.lists(names, min_size=1, max_size=3).map(tuple), max_size=3).map(tuple),
    exposes=st.lists(names, max_size=4, unique=True).map(tuple),
)
entries = st.builds(Entry, attempts, st.sampled_from(GRADES), st.lists(names, max_size=2, unique=True).map(tuple))
histories = st.lists(
    entries,
    max_size=8,
    unique_by=lambda one: (one.attempt.session, one.attempt.question, one.attempt.attempt, one.attempt.at),
)
wishes = st.builds(
    Wishes,
    topics=st.lists(names, max_size=2).map(tuple),
    levels=st.none() | st.builds(lambda low, more: range(low, low + more), st.integers(0, 8), st.integers(1, 8)),
    count=st.integers(0, 99),
    misses=st.booleans(),
)
sessions = st.lists(
    st.builds(
        Session,
        name=names,
        wishes=wishes,
        seed=st.integers(0, 2**31),
        began=times,
        ended=st.none() | times,
    ),
    max_size=3,
    unique_by=lambda one: one.name,
)
