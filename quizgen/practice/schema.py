"""The tables of a learner's file, and how a file of an earlier version becomes one of today's."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

APPLICATION = 0x715A6765
"""What marks a file as ours in SQLite's header: `qzge`."""

LOG = """
create table sessions (
    name text primary key, seed integer not null, wishes text not null, began text not null, ended text, process text
);
create table attempts (
    number integer primary key, at text not null, session text not null, question text not null,
    topic text not null, kind text not null, level integer not null, given text not null, correct integer not null,
    attempt integer not null, hints integer not null, options integer not null, seconds real not null, sure integer,
    skipped integer not null, explanations text not null, exposes text not null,
    grade text not null, shown text not null,
    unique (session, question, attempt, at)
);
create index attempts_by_time on attempts (at, number);
create index attempts_by_skill on attempts (topic, level, kind);
"""
"""What happened. All else follows from it."""

CARDS = """
create table reviews (
    answer integer not null references attempts (number) on delete cascade, misconception text not null,
    grade text not null, primary key (misconception, answer)
) without rowid;
create index reviews_by_answer on reviews (answer);
create table cards (
    name text primary key, first text not null, last text not null, due text not null, state text not null,
    reviews integer not null, lapses integer not null, in_a_row integer not null
) without rowid;
"""
"""What is worked out from the log, kept so that a session begins at once: what each answer said of a misconception, and
when each card is due."""

MIGRATIONS: tuple[str, ...] = (LOG, CARDS)
"""The step to each version of the file, from the empty file on; only ever added to."""


def version_of(connection: sqlite3.Connection) -> int:
    return int(connection.execute("pragma user_version").fetchone()[0])


def is_ours(connection: sqlite3.Connection) -> bool:
    """Whether it is a learner's file, or still empty."""
    application = connection.execute("pragma application_id").fetchone()[0]
    return application == APPLICATION or (
        application == 0 and not connection.execute("select count(*) from sqlite_schema").fetchone()[0]
    )


def migrate(connection: sqlite3.Connection, path: Path | None) -> bool:
    """Bring a file of ours up to date, in one transaction; a copy of an earlier version stays beside it.

    path: where the file is; None for one in memory. Gives whether anything was done, so that what is worked out from the
    log can be worked out anew.
    """
    if version_of(connection) == len(MIGRATIONS):
        return False
    connection.execute("begin immediate")
    try:
        version = version_of(connection)  # another process may have been quicker
        if path and 0 < version < len(MIGRATIONS):
            back_up(path, version)
        for step in MIGRATIONS[version:]:
            for statement in filter(str.strip, step.split(";")):
                connection.execute(statement)
        connection.execute(f"pragma application_id = {APPLICATION}")
        connection.execute(f"pragma user_version = {len(MIGRATIONS)}")
        connection.execute("commit")
    except BaseException:
        connection.execute("rollback")
        raise
    return version < len(MIGRATIONS)


def back_up(path: Path, version: int) -> Path:
    """A copy of the file, whole and of itself: what its log holds is in it."""
    copy = backup_path(path, version)
    copy.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
        target.execute("pragma journal_mode = delete")
    return copy


def backup_path(path: Path, version: int) -> Path:
    return path.with_name(f"{path.stem}-version-{version}{path.suffix}")
