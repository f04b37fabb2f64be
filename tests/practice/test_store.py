"""What is remembered survives: being killed, other writers, damage, a full disk, versions before and after this one."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import sys
import time
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given

from quizgen.errors import QuizgenError
from quizgen.practice import schema, store
from quizgen.practice.learner import Learner
from quizgen.practice.records import Entry, StoreError
from quizgen.practice.store import FILE, Store
from quizgen.practice.upkeep import file_away, rework
from tests.practice.histories import CONV, START, attempt, entry, histories

KILLS = 200


def opened(folder: Path) -> closing[Store]:
    return closing(Store.open(folder))


def whole(path: Path) -> bool:
    with closing(sqlite3.connect(path)) as connection:
        return bool(connection.execute("pragma integrity_check").fetchone()[0] == "ok")


@given(histories)
def test_answers_come_back_as_they_were(history: list[Entry]) -> None:
    with closing(Store(sqlite3.connect(":memory:", isolation_level=None), Path(FILE), renewed=True)) as found:
        schema.migrate(found.connection, None)
        for one in history:
            file_away(found, one)
        assert found.entries() == sorted(history, key=lambda one: one.attempt.at)


# Killed


@pytest.mark.skipif(sys.platform == "win32", reason="nothing is killed in this way there")
def test_killed_at_any_moment_no_acknowledged_answer_is_lost(tmp_path: Path) -> None:
    chance, acknowledged = random.Random(7), 0
    with opened(tmp_path):
        pass  # the file is there
    for _ in range(KILLS):
        acknowledged = written_until_killed(tmp_path, acknowledged, chance.uniform(0, 0.04))
    with opened(tmp_path) as found:
        numbers = {int(one.attempt.given) for one in found.entries()}
        cards = found.cards()
        with found.writing():
            rework(found)
        assert cards == found.cards()
    assert acknowledged > KILLS / 4
    assert numbers >= set(range(acknowledged))
    assert whole(tmp_path / FILE)


def written_until_killed(folder: Path, first: int, seconds: float) -> int:
    """Let a process write answers from that number on, kill it; gives how many answers were acknowledged in all."""
    reads, writes = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reads)
        write_for_ever(folder, first, writes)
    os.close(writes)
    os.read(reads, 1)  # it has begun
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    count = first
    while got := os.read(reads, 4096):
        count += len(got)
    os.close(reads)
    return count


def write_for_ever(folder: Path, first: int, writes: int) -> None:
    found = Store.open(folder)
    os.write(writes, b"!")
    number = first
    while True:
        file_away(found, entry(number, "again" if number % 3 else "good", ("forget-bias",) if number % 3 else ()))
        os.write(writes, b".")
        number += 1


@pytest.mark.skipif(sys.platform == "win32", reason="processes are forked")
def test_two_writers_at_once(tmp_path: Path) -> None:
    with opened(tmp_path):
        pass
    children = []
    for name in ("anna", "ben"):
        child = os.fork()
        if child == 0:
            with opened(tmp_path) as found:
                for number in range(60):
                    file_away(found, entry(number, session=name))
            os._exit(0)
        children.append(child)
    assert [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children] == [0, 0]
    with opened(tmp_path) as found:
        assert len(found.entries()) == 120
        assert found.cards()[CONV.card].reviews == 120
    assert whole(tmp_path / FILE)


# Versions


def first_version(folder: Path) -> Path:
    """A file as the first version wrote it, with two answers."""
    path = folder / FILE
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.executescript(schema.LOG)
        connection.execute(f"pragma application_id = {schema.APPLICATION}")
        connection.execute("pragma user_version = 1")
        old = Store(connection, path, renewed=False)
        old.add(entry(1))
        old.add(entry(2, "again", ("forget-bias",)))
    return path


def test_a_file_of_an_earlier_version_is_brought_up_to_date(tmp_path: Path) -> None:
    path = first_version(tmp_path)
    with Learner.open(tmp_path, clock=lambda: START + timedelta(days=1)) as learner:
        assert learner.store.entries() == [entry(1), entry(2, "again", ("forget-bias",))]
        assert set(learner.store.cards()) == {CONV.card, "belief:forget-bias"}
        assert schema.version_of(learner.store.connection) == len(schema.MIGRATIONS)
    with closing(sqlite3.connect(schema.backup_path(path, 1))) as copy:
        assert schema.version_of(copy) == 1
        assert copy.execute("select count(*) from attempts").fetchone() == (2,)


def test_an_earlier_version_can_be_looked_at_without_touching_it(tmp_path: Path) -> None:
    before = first_version(tmp_path).read_bytes()
    with Learner.open(tmp_path, write=False) as learner:
        assert [one.shown for one in learner.beliefs()] == [1]
    assert (tmp_path / FILE).read_bytes() == before
    assert list(tmp_path.iterdir()) == [tmp_path / FILE]


def test_a_migration_that_fails_leaves_the_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with opened(tmp_path) as found:
        file_away(found, entry(1))
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, "drop table cards; create table cards (wrong"))
    with pytest.raises(StoreError):
        Store.open(tmp_path)
    monkeypatch.undo()
    with opened(tmp_path) as found:
        assert found.entries() == [entry(1)]
        assert found.cards()[CONV.card].reviews == 1


# Damage


def garbage(path: Path) -> None:
    path.write_bytes(b"my notes on practice\n" * 400)


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-5000])


def scribbled_on(path: Path) -> None:
    found = bytearray(path.read_bytes())
    for page in range(1, len(found) // 4096):
        found[page * 4096 : page * 4096 + 64] = bytes(64)
    path.write_bytes(found)


def of_another_program(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("create table recipes (name)")


def of_a_newer_quizgen(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("pragma user_version = 99")


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


DAMAGES = [
    (garbage, "no file of quizgen's", "Move it away"),
    (cut_short, "damaged", "export --salvage"),
    (scribbled_on, "damaged", "export --salvage"),
    (of_another_program, "no file of quizgen's", "Move it away"),
    (of_a_newer_quizgen, "newer quizgen", "Update quizgen"),
    (a_folder, "a folder of that name", "--data DIR"),
]


@pytest.mark.parametrize("write", [True, False])
@pytest.mark.parametrize(("damage", "what", "remedy"), DAMAGES)
def test_what_cannot_be_used_is_said_and_left_as_it_is(
    tmp_path: Path, damage: Callable[[Path], None], what: str, remedy: str, write: bool
) -> None:
    with opened(tmp_path) as found:
        for number in range(60):
            file_away(found, entry(number))
    damage(tmp_path / FILE)
    before = contents(tmp_path)
    with pytest.raises(QuizgenError, match=what) as error:
        Store.open(tmp_path, write=write)
    assert remedy in str(error.value)
    assert contents(tmp_path) == before


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() if path.is_file() else b"" for path in folder.iterdir()}


def test_what_a_damaged_file_still_holds_can_be_saved(tmp_path: Path) -> None:
    with opened(tmp_path) as found:
        for number in range(200):
            file_away(found, entry(number))
    with (tmp_path / FILE).open("r+b") as file:  # the root of the index over times
        page = index_page(tmp_path / FILE)
        file.seek((page - 1) * 4096)
        file.write(bytes(100))
    with pytest.raises(StoreError):
        Store.open(tmp_path)
    assert len(list(store.salvaged(tmp_path / FILE))) == 200


def index_page(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        query = "select rootpage from sqlite_schema where name = 'attempts_by_time'"
        return int(connection.execute(query).fetchone()[0])


def fill(found: Store, kept: list[int]) -> None:
    """Write answers for ever; kept: takes down the numbers of those that were acknowledged."""
    for number in count(1):
        file_away(found, entry(number, exposes=("x" * 500,)))
        kept.append(number)


def test_a_full_disk(tmp_path: Path) -> None:
    with opened(tmp_path) as found:
        file_away(found, entry(0))
        pages = found.connection.execute("pragma page_count").fetchone()[0]
        found.connection.execute(f"pragma max_page_count = {pages + 4}")
        with pytest.raises(StoreError, match="the disk is full"):
            fill(found, kept := [])
    with opened(tmp_path) as found:
        assert [int(one.attempt.given) for one in found.entries()] == [0, *kept]
        assert found.cards()[CONV.card].reviews == 1 + len(kept)


def test_a_file_that_can_only_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with opened(tmp_path) as found:
        file_away(found, entry(0))
    connect = sqlite3.connect

    def read_only(path: Path | str, **options: object) -> sqlite3.Connection:
        address = str(path) if str(path).startswith("file:") else f"file:{path}?mode=ro"
        return connect(address, **{**options, "uri": True})  # type: ignore[call-overload, no-any-return]

    monkeypatch.setattr(sqlite3, "connect", read_only)
    with closing(Store.open(tmp_path)) as found, pytest.raises(StoreError, match="can only be read"):
        file_away(found, entry(1))


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError, match="--data DIR"):
        Store.open(tmp_path / "file" / "practice")


def test_to_look_makes_nothing(tmp_path: Path) -> None:
    with Learner.open(tmp_path / "nobody", write=False) as learner:
        assert learner.attempts() == []
    assert list(tmp_path.iterdir()) == []


# The clock


def test_a_clock_that_jumped_back_is_said(tmp_path: Path) -> None:
    with opened(tmp_path) as found:
        file_away(found, Entry(attempt(1, days=3), "good"))
    before = contents(tmp_path)
    with pytest.raises(StoreError, match="the clock says 2026-03-02 12:00 UTC") as error:
        Learner.open(tmp_path, clock=lambda: START)
    assert "quizgen data clock" in str(error.value)
    assert contents(tmp_path)[FILE] == before[FILE]


def test_a_clock_that_is_set_back_a_little_is_no_matter(tmp_path: Path) -> None:
    with opened(tmp_path) as found:
        file_away(found, entry(1))
    with Learner.open(tmp_path, clock=lambda: START - timedelta(minutes=20)) as learner:
        learner.answered(attempt(2, days=-0.01), "good")
        times = [one.at for one in learner.attempts()]
        assert times == sorted(times)
        assert learner.store.cards()[CONV.card].reviews == 2
