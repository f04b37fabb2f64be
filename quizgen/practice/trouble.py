"""What can go wrong with a learner's file, in words: what it is, and how to get on."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from quizgen.errors import Place
from quizgen.practice.records import StoreError

ELSEWHERE = "--data DIR keeps it in another folder."

DAMAGED = (
    "the file is damaged; it was left as it is.",
    "“quizgen data export --salvage” saves what can be read; move the file away, then “quizgen data import” what was saved.",
)
SAID: tuple[tuple[int, str, str], ...] = (
    (sqlite3.SQLITE_NOTADB, "this is no file of quizgen's; it was left as it is.", f"Move it away, or {ELSEWHERE}"),
    (sqlite3.SQLITE_CORRUPT, *DAMAGED),
    (sqlite3.SQLITE_FULL, "the disk is full: what you did last is not kept, all before it is.", "Make some room."),
    (
        sqlite3.SQLITE_READONLY,
        "the file can only be read, so that nothing new can be kept.",
        f"Allow writing; {ELSEWHERE}",
    ),
    (sqlite3.SQLITE_CANTOPEN, "the file can't be opened.", f"See to the rights of its folder; {ELSEWHERE}"),
    (sqlite3.SQLITE_PERM, "the file can't be opened.", f"See to the rights of its folder; {ELSEWHERE}"),
    (sqlite3.SQLITE_BUSY, "another session has been writing for too long.", "Close it, and try again."),
    (sqlite3.SQLITE_LOCKED, "another session has been writing for too long.", "Close it, and try again."),
    (
        sqlite3.SQLITE_IOERR,
        "the disk does not work: the file can't be read or written.",
        f"Look after the disk; {ELSEWHERE}",
    ),
)
"""SQLite's result codes (https://www.sqlite.org/rescode.html), each with what it means here and how to get on."""


@contextmanager
def said(path: Path) -> Iterator[None]:
    """What SQLite or the system says about the file, as a StoreError."""
    try:
        yield
    except sqlite3.Error as error:
        raise in_words(error, path) from None
    except OSError as error:
        raise StoreError(f"{error.strerror}.", place=Place(error.filename or path), remedy=ELSEWHERE) from None


def in_words(error: sqlite3.Error, path: Path) -> StoreError:
    """The extended code says more than its last byte, which is the plain one."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    for known, what, remedy in SAID:
        if code == known:
            return StoreError(what, place=Place(path), remedy=remedy)
    return StoreError(f"the file can't be used: {error}.", place=Place(path), remedy=DAMAGED[1])


def not_ours(path: Path) -> StoreError:
    return StoreError(SAID[0][1], place=Place(path), remedy=SAID[0][2])


def too_new(path: Path, version: int, known: int) -> StoreError:
    return StoreError(
        f"a newer quizgen wrote this file (version {version}; this one reads up to {known}). It was left as it is.",
        place=Place(path),
        remedy=f"Update quizgen, or {ELSEWHERE}",
    )
