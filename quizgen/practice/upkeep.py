"""Keeping the cards in step with the log: each answer with what follows from it, in one transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from quizgen.practice import schedule
from quizgen.practice.records import Entry, Grade, Skill
from quizgen.practice.store import Store


def file_away(store: Store, entry: Entry) -> None:
    """Write an answer down, and bring the cards that it concerns up to date. An answer that is there already stays."""
    with store.writing():
        number = store.add(entry)
        if number is None or entry.attempt.skipped:
            return
        said = reviewed(entry, store.begun(entry.attempt.exposes))
        noted = store.noted(entry.attempt.session, entry.attempt.question)
        for name in said.keys() - noted:
            store.note(number, name, said[name])
        refresh(store, [entry.attempt.skill], said)


def reviewed(entry: Entry, begun: Collection[str]) -> dict[str, Grade]:
    """What an answer says of misconceptions: `again` where one shows; `good` where one would have shown that has shown
    before (begun), and did not, without any help."""
    attempt = entry.attempt
    if attempt.skipped:
        return {}
    if not attempt.correct:
        return dict.fromkeys(entry.shown, "again")
    if entry.grade not in ("good", "easy"):
        return {}
    return dict.fromkeys((name for name in attempt.exposes if name in begun), "good")


def refresh(store: Store, skills: Iterable[Skill], misconceptions: Iterable[str]) -> None:
    """Work these cards out anew from their reviews."""
    for skill in skills:
        store.put(skill.card, schedule.card(skill.card, store.skill_reviews(skill)))
    for name in misconceptions:
        card = schedule.belief_card(name)
        store.put(card, schedule.card(card, store.belief_reviews(name)))


def take_back(store: Store, entry: Entry) -> None:
    """Take an answer back, with the other tries at its question."""
    with store.writing():
        concerned = store.remove(entry.attempt.session, entry.attempt.question)
        refresh(store, [entry.attempt.skill], concerned)


def rework(store: Store) -> None:
    """Within a transaction, work all cards out anew from the log."""
    store.forget_reviews()
    begun: set[str] = set()
    noted: set[tuple[str, str, str]] = set()
    skills: dict[Skill, None] = {}
    for number, entry in store.numbered():
        attempt = entry.attempt
        if not attempt.skipped:
            skills[attempt.skill] = None
        for name, grade in reviewed(entry, begun).items():
            begun.add(name)
            if (attempt.session, attempt.question, name) not in noted:
                noted.add((attempt.session, attempt.question, name))
                store.note(number, name, grade)
    refresh(store, skills, begun)
