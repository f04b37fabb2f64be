"""What is remembered as JSON Lines, and back: an export is complete, and an import merges whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from quizgen.errors import Place, PlanError, QuizgenError, placed
from quizgen.practice.encoding import entry_from, entry_object, session_from, session_object
from quizgen.practice.records import Entry, Session
from quizgen.practice.store import FILE, Store, salvaged
from quizgen.practice.upkeep import rework

FORMAT, VERSION = "practice", 1
"""What the first line of an export says; a later version may have more fields, and a higher number where old readers fail."""

ANSWER = '{"answer"'
"""How the line of an answer begins."""


@dataclass(frozen=True, slots=True)
class Merged:
    """What an import brought, and how much of it was there already."""

    answers: int
    sessions: int
    known: int


def lines(sessions: Iterable[Session], entries: Iterable[Entry]) -> Iterator[str]:
    """The lines of an export, in the order of time."""
    yield line({"quizgen": FORMAT, "version": VERSION})
    for session in sessions:
        yield line({"session": session_object(session)})
    for entry in entries:
        yield line({"answer": entry_object(entry)})


def line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False) + "\n"


def export(folder: Path) -> Iterator[str]:
    """All that is remembered in a folder."""
    with closing(Store.open(folder, write=False)) as store:
        yield from lines([session for session, _ in store.sessions()], store.entries())


def salvage(folder: Path) -> Iterator[str]:
    """What can be read of a damaged file."""
    yield from lines((), salvaged(folder / FILE))


def read(path: Path) -> tuple[list[Session], list[Entry]]:
    """What an export holds. Raises PlanError with file and line where it is none, or QuizgenError where a field is wrong."""
    try:
        texts = path.read_bytes().decode("utf-8").split("\n")
    except OSError as error:
        raise PlanError(f"the file can't be read: {error.strerror}.", place=Place(path)) from None
    except UnicodeDecodeError:
        raise PlanError("the file is no text in UTF-8.", place=Place(path)) from None
    sessions: list[Session] = []
    entries: list[Entry] = []
    with placed(Place(path, 1)):
        check_head(parsed(texts[0]) if texts[0] else {})
    for number, text in enumerate(texts[1:], 2):
        if text.strip():
            with placed(Place(path, number)):
                add(parsed(text), sessions, entries)
    return sessions, entries


def parsed(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (json.JSONDecodeError, RecursionError):
        raise PlanError("the line is not JSON.") from None
    if not isinstance(found, dict):
        raise PlanError("the line is no JSON object.")
    return found


def check_head(head: dict[str, Any]) -> None:
    if head.get("quizgen") != FORMAT:
        raise PlanError("this is no export of practice.", remedy="“quizgen data export” writes one.")
    if not isinstance(head.get("version"), int) or head["version"] > VERSION:
        raise PlanError(f"a newer quizgen wrote this (version {head.get('version')}).", remedy="Update quizgen.")


def add(found: dict[str, Any], sessions: list[Session], entries: list[Entry]) -> None:
    if isinstance(session := found.get("session"), dict):
        sessions.append(session_from(session))
    elif isinstance(answer := found.get("answer"), dict):
        entries.append(entry_from(answer))
    else:
        raise QuizgenError("the line holds neither a session nor an answer.")


def merge(store: Store, sessions: Sequence[Session], entries: Sequence[Entry]) -> Merged:
    """Add what is not there yet, all of it or nothing."""
    with store.writing():
        there = {session.name for session, _ in store.sessions()}
        fresh = [session.name not in there for session in sessions]
        for session in sessions:
            store.keep(session)
        added = [store.add(entry) is not None for entry in entries]
        if any(added):
            rework(store)
    return Merged(sum(added), sum(fresh), added.count(False) + fresh.count(False))


def date_to(store: Store, now: datetime) -> int:
    """Give answers and sessions that lie in the future the present time; gives how many answers there were."""
    entries, sessions = store.entries(), store.sessions()
    late = [entry for entry in entries if entry.attempt.at > now]
    with store.writing():
        store.forget()
        for session, process in sessions:
            ended = min(session.ended, now) if session.ended else None
            store.keep(replace(session, began=min(session.began, now), ended=ended), process=process)
        for entry in entries:
            store.add(replace(entry, attempt=replace(entry.attempt, at=min(entry.attempt.at, now))))
        rework(store)
    return len(late)
