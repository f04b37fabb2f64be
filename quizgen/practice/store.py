"""What is remembered, on disk: one SQLite file in the learner's folder.

Each answer is one transaction in write-ahead mode with `synchronous = full`: when it returns, the answer has reached the
disk, and whatever ends the process then or in the middle leaves whole answers only (https://www.sqlite.org/wal.html).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from quizgen.errors import Place, QuizgenError
from quizgen.practice import schema
from quizgen.practice.encoding import (
    ENTRY,
    entry_from,
    entry_object,
    instant,
    session_from,
    session_object,
    time_from,
)
from quizgen.practice.records import Card, Entry, Grade, Session, Skill, StoreError
from quizgen.practice.trouble import DAMAGED, ELSEWHERE, not_ours, said, too_new

FILE = "practice.sqlite"
PATIENCE = 10.0
"""Seconds for which another process may write."""

ENOUGH_MISSING = 5000
"""Where so many answers in a row are missing, there are no more."""

LISTS = ("explanations", "exposes", "shown")
COLUMNS = ", ".join(ENTRY)
PLACES = ", ".join(f":{name}" for name in ENTRY)
IN_ORDER = "order by at, number"


class Store:
    """The file of one learner. Every method raises StoreError where it can't be read or written."""

    def __init__(self, connection: sqlite3.Connection, path: Path, *, renewed: bool) -> None:
        self.connection, self.path = connection, path
        self.renewed = renewed
        """Whether the file was brought up to date, so that what follows from the log is to be worked out anew."""

    @classmethod
    def open(cls, folder: Path, *, write: bool = True) -> Store:
        """The file in that folder, made if need be; to read only, nothing is made and nothing is touched."""
        path = folder / FILE
        with said(path):
            if path.exists():
                look_over(path)
            if not write:
                connection = reading(path) if path.exists() else sqlite3.connect(":memory:", isolation_level=None)
                fresh = not path.exists() or schema.version_of(connection) < len(schema.MIGRATIONS)
                return cls(in_memory(connection) if fresh else connection, path, renewed=fresh)
            folder.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
            for pragma in ("journal_mode = wal", "synchronous = full", "fullfsync = on", "foreign_keys = on"):
                connection.execute(f"pragma {pragma}")
            return cls(connection, path, renewed=schema.migrate(connection, path))

    def close(self) -> None:
        self.connection.close()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """All that is written in here is kept together, or none of it."""
        with said(self.path):
            self.connection.execute("begin immediate")
            try:
                yield
                self.connection.execute("commit")
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("rollback")
                raise

    def rows(self, query: str, *values: Any) -> list[Any]:
        with said(self.path):
            return self.connection.execute(query, values).fetchall()

    # The log

    def add(self, entry: Entry) -> int | None:
        """Write an answer down; gives its number, or None where it is there already."""
        found = entry_object(entry)
        found |= {name: json.dumps(found[name], separators=(",", ":")) for name in LISTS}
        query = f"insert or ignore into attempts ({COLUMNS}) values ({PLACES})"
        cursor = self.connection.execute(query, found)
        return cursor.lastrowid if cursor.rowcount else None

    def entries(self, *, latest: int | None = None, session: str | None = None) -> list[Entry]:
        """All answers in the order of time; or the latest so many, or those of a session."""
        if session is not None:
            return [*map(entry_of, self.rows(f"select {COLUMNS} from attempts where session = ? {IN_ORDER}", session))]
        if latest is None:
            return [*map(entry_of, self.rows(f"select {COLUMNS} from attempts {IN_ORDER}"))]
        query = f"select {COLUMNS} from attempts order by at desc, number desc limit ?"
        return [*map(entry_of, reversed(self.rows(query, latest)))]

    def numbered(self) -> list[tuple[int, Entry]]:
        """All answers in the order of time, with their numbers."""
        return [(row[0], entry_of(row[1:])) for row in self.rows(f"select number, {COLUMNS} from attempts {IN_ORDER}")]

    def asked(self, session: str) -> int:
        """How many questions of a session were answered or skipped."""
        return int(self.rows("select count(distinct question) from attempts where session = ?", session)[0][0])

    def last_time(self) -> datetime | None:
        """When the last answer was given, or the last session began."""
        found = self.rows("select max(at) from (select at from attempts union all select began from sessions)")[0][0]
        return found and time_from(found)

    def remove(self, session: str, question: str) -> list[str]:
        """Take the answers to a question back; gives the misconceptions whose reviews went with them."""
        where = "session = ? and question = ?"
        gone = f"select distinct misconception from reviews join attempts on answer = number where {where}"
        concerned = [row[0] for row in self.rows(gone, session, question)]
        self.connection.execute(f"delete from attempts where {where}", (session, question))
        return concerned

    def first_grades(self, topic: str, level: int, count: int) -> list[Grade]:
        """The grades of the latest first answers at a level of a topic, the last one first."""
        query = (
            "select grade from attempts where topic = ? and level = ? and attempt = 1 and not skipped "
            "order by at desc, number desc limit ?"
        )
        return [row[0] for row in self.rows(query, topic, level, count)]

    # What follows from the log

    def skill_reviews(self, skill: Skill) -> list[tuple[datetime, Grade]]:
        """When the skill was reviewed, and how it went: the last answer to a question counts."""
        query = (
            "select session, question, at, grade from attempts "
            f"where topic = ? and kind = ? and level = ? and not skipped {IN_ORDER}"
        )
        found: dict[tuple[str, str], tuple[datetime, Grade]] = {}
        for session, question, at, grade in self.rows(query, skill.topic, skill.kind, skill.level):
            found[session, question] = time_from(at), grade
        return list(found.values())

    def note(self, number: int, misconception: str, grade: Grade) -> None:
        """What an answer says of a misconception: `again` where it shows, `good` where it would have shown."""
        query = "insert or replace into reviews (answer, misconception, grade) values (?, ?, ?)"
        self.connection.execute(query, (number, misconception, grade))

    def noted(self, session: str, question: str) -> set[str]:
        """The misconceptions of which an answer to this question has said something already."""
        query = "select misconception from reviews join attempts on answer = number where session = ? and question = ?"
        return {row[0] for row in self.rows(query, session, question)}

    def begun(self, misconceptions: Iterable[str]) -> set[str]:
        """Those of these misconceptions that were shown at some time."""
        names = tuple(misconceptions)
        query = f"select distinct misconception from reviews where misconception in ({', '.join('?' * len(names))})"
        return {row[0] for row in self.rows(query, *names)}

    def belief_reviews(self, misconception: str) -> list[tuple[datetime, Grade]]:
        query = (
            f"select at, reviews.grade from reviews join attempts on answer = number where misconception = ? {IN_ORDER}"
        )
        return [(time_from(at), grade) for at, grade in self.rows(query, misconception)]

    def met(self, session: str) -> list[tuple[str, str]]:
        """The questions of a session that said something of a misconception, in order, with the misconception."""
        query = (
            f"select question, misconception from reviews join attempts on answer = number where session = ? {IN_ORDER}"
        )
        return [tuple(row) for row in self.rows(query, session)]

    def cards(self) -> dict[str, Card]:
        query = "select name, first, last, due, state, reviews, lapses, in_a_row from cards order by name"
        return {
            name: Card(name, time_from(first), time_from(last), time_from(due), json.loads(state), *counts)
            for name, first, last, due, state, *counts in self.rows(query)
        }

    def put(self, name: str, card: Card | None) -> None:
        """Keep a card in place of the one of that name; None: there is none any more."""
        self.connection.execute("delete from cards where name = ?", (name,))
        if card is not None:
            times = (instant(card.first), instant(card.last), instant(card.due))
            values = (name, *times, json.dumps(dict(card.state)), card.reviews, card.lapses, card.in_a_row)
            self.connection.execute("insert into cards values (?, ?, ?, ?, ?, ?, ?, ?)", values)

    def forget_reviews(self) -> None:
        """Empty what follows from the log."""
        self.connection.execute("delete from reviews")
        self.connection.execute("delete from cards")

    def forget(self) -> None:
        """Empty everything."""
        self.forget_reviews()
        self.connection.execute("delete from attempts")
        self.connection.execute("delete from sessions")

    # Sessions

    def keep(self, session: Session, *, process: str | None = None) -> None:
        """Write a session down; one that is there already may end or have another process. process: who is in it."""
        found = session_object(session)
        own = {name: found.pop(name) for name in ("name", "seed", "began", "ended")}
        query = (
            "insert into sessions (name, seed, wishes, began, ended, process) "
            "values (:name, :seed, :wishes, :began, :ended, :process) on conflict (name) do update set "
            "ended = coalesce(excluded.ended, ended), process = coalesce(excluded.process, process) "
            "where ended is null"
        )
        self.connection.execute(query, own | {"wishes": json.dumps(found), "process": process})

    def sessions(self) -> list[tuple[Session, str | None]]:
        """All sessions in the order of time, each with the process that was last in it."""
        found = self.rows("select name, seed, wishes, began, ended, process from sessions order by began, name")
        return [(session_of(row[:-1]), row[-1]) for row in found]


def entry_of(row: Sequence[Any]) -> Entry:
    found: dict[str, Any] = dict(zip(ENTRY, row, strict=True))
    found |= {name: json.loads(found[name]) for name in LISTS}
    return entry_from(found)


def session_of(row: Sequence[Any]) -> Session:
    name, seed, wishes, began, ended = row
    return session_from({"name": name, "seed": seed, "began": began, "ended": ended, **json.loads(wishes)})


def reading(path: Path) -> sqlite3.Connection:
    """A connection that touches nothing.

    Where nobody is writing, the file is taken as it stands: otherwise SQLite would lay a log beside it.
    """
    how = "mode=ro" if path.with_name(f"{path.name}-wal").exists() else "mode=ro&immutable=1"
    return sqlite3.connect(f"{path.absolute().as_uri()}?{how}", uri=True, timeout=PATIENCE, isolation_level=None)


def look_over(path: Path) -> None:
    """Raise StoreError where the file is not ours, too new, or damaged, before anything is written to it."""
    if path.is_dir():
        raise StoreError("there is a folder of that name.", place=Place(path), remedy=f"Move it away, or {ELSEWHERE}")
    with closing(reading(path)) as connection:
        version = schema.version_of(connection)
        if not schema.is_ours(connection):
            raise not_ours(path)
        if version > len(schema.MIGRATIONS):
            raise too_new(path, version, len(schema.MIGRATIONS))
        if connection.execute("pragma quick_check(1)").fetchone()[0] != "ok":
            raise StoreError(DAMAGED[0], place=Place(path), remedy=DAMAGED[1])


def in_memory(source: sqlite3.Connection) -> sqlite3.Connection:
    """A copy of the file, brought up to date without touching it."""
    copy = sqlite3.connect(":memory:", isolation_level=None)
    source.backup(copy)
    source.close()
    schema.migrate(copy, None)
    return copy


def salvaged(path: Path) -> Iterator[Entry]:
    """What can be read of a damaged file, answer by answer."""
    with said(path), closing(reading(path)) as connection:
        missing = number = 0
        while missing < ENOUGH_MISSING:
            number += 1
            try:
                row = connection.execute(f"select {COLUMNS} from attempts where number = ?", (number,)).fetchone()
                entry = entry_of(row) if row else None
            except (sqlite3.DatabaseError, QuizgenError, ValueError):
                entry = None
            missing = 0 if entry else missing + 1
            if entry:
                yield entry
