"""Export and import: complete, merged without duplicates, whole or not at all."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from click.testing import CliRunner
from hypothesis import given

from quizgen.cli.data_command import command
from quizgen.errors import QuizgenError
from quizgen.practice import exchange, schema
from quizgen.practice.learner import Learner
from quizgen.practice.records import Entry, Session
from quizgen.practice.store import FILE, Store
from quizgen.practice.upkeep import file_away
from tests.practice.histories import START, entry, histories, sessions


def in_memory() -> Store:
    store = Store(sqlite3.connect(":memory:", isolation_level=None), Path(FILE), renewed=True)
    schema.migrate(store.connection, None)
    return store


def read(lines: list[str]) -> tuple[list[Session], list[Entry]]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "practice.jsonl"
        path.write_text("".join(lines), encoding="utf-8")
        return exchange.read(path)


@given(sessions, histories)
def test_what_is_exported_comes_back(sittings: list[Session], history: list[Entry]) -> None:
    assert read(list(exchange.lines(sittings, history))) == (sittings, history)


@given(histories, histories)
def test_an_import_gives_what_practising_it_would_have(here: list[Entry], there: list[Entry]) -> None:
    with closing(in_memory()) as merged, closing(in_memory()) as practised:
        exchange.merge(merged, [], here)
        first = exchange.merge(merged, [], there)
        again = exchange.merge(merged, [], [*here, *there])
        for one in sorted(merged.entries(), key=lambda one: one.attempt.at):
            file_away(practised, one)
        assert first.answers + first.known == len(there)
        assert again.answers == 0
        assert merged.entries() == practised.entries()
        assert merged.cards() == practised.cards()


HEAD = '{"quizgen": "practice", "version": 1}'
ANSWER = json.loads(list(exchange.lines((), [entry(1)]))[1])["answer"]


def without(name: str) -> str:
    return json.dumps({"answer": {key: value for key, value in ANSWER.items() if key != name}})


def changed(**fields: object) -> str:
    return json.dumps({"answer": ANSWER | fields})


@pytest.mark.parametrize(
    ("lines", "line", "what"),
    [
        ([], 1, "no export of practice"),
        (["name,answer"], 1, "not JSON"),
        (["[1]"], 1, "no JSON object"),
        (['{"quizgen": "sheet"}'], 1, "no export of practice"),
        (['{"quizgen": "practice", "version": 2}'], 1, "newer quizgen"),
        ([HEAD, changed(), "{"], 3, "not JSON"),
        ([HEAD, "{}"], 2, "neither a session nor an answer"),
        ([HEAD, without("grade")], 2, "the field “grade” is missing"),
        ([HEAD, changed(grade="fine")], 2, "“grade” can't be 'fine'"),
        ([HEAD, changed(at="yesterday")], 2, "“at” can't be 'yesterday'"),
        ([HEAD, changed(at="2026-03-02T12:00:00")], 2, "no time zone"),
        ([HEAD, changed(level=-1)], 2, "“level”"),
        ([HEAD, changed(level=2**70)], 2, "“level”"),
        ([HEAD, changed(seconds="long")], 2, "“seconds”"),
        ([HEAD, changed(correct="yes")], 2, "“correct”"),
        ([HEAD, changed(exposes="a")], 2, "“exposes”"),
        ([HEAD, changed(explanations=[[1]])], 2, "“explanations”"),
    ],
)
def test_a_wrong_line_is_said_and_nothing_is_imported(tmp_path: Path, lines: list[str], line: int, what: str) -> None:
    file = tmp_path / "practice.jsonl"
    file.write_text("".join(f"{one}\n" for one in lines), encoding="utf-8")
    with closing(Store.open(tmp_path / "data" / "default")) as store:
        file_away(store, entry(7))
    with pytest.raises(QuizgenError, match=what) as error:
        CliRunner().invoke(command, ["import", str(file), "--data", str(tmp_path / "data")], catch_exceptions=False)
    assert f"{file}:{line}" in str(error.value)
    with closing(Store.open(tmp_path / "data" / "default")) as store:
        assert store.entries() == [entry(7)]


def run(folder: Path, *words: str, given: str = "") -> str:
    result = CliRunner().invoke(command, [*words, "--data", str(folder)], input=given, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return str(result.stdout)


@pytest.fixture
def practised(tmp_path: Path) -> Path:
    with closing(Store.open(tmp_path / "default")) as store:
        for number in range(5):
            file_away(store, entry(number))
    return tmp_path


def test_export_and_import_as_they_are_typed(practised: Path, tmp_path: Path) -> None:
    run(practised, "export", "--out", str(tmp_path / "all.jsonl"))
    assert run(practised, "export") == (tmp_path / "all.jsonl").read_text()
    assert run(practised, "import", str(tmp_path / "all.jsonl"), "--profile", "ben").startswith("5 answers")
    assert run(practised, "import", str(tmp_path / "all.jsonl")).startswith("0 answers")
    assert run(practised, "export", "--profile", "ben") == run(practised, "export")
    assert run(practised, "export", "--salvage") == run(practised, "export")


def test_a_file_is_replaced_only_with_force(practised: Path, tmp_path: Path) -> None:
    out = tmp_path / "all.jsonl"
    out.write_text("mine")
    with pytest.raises(QuizgenError, match="there already"):
        run(practised, "export", "--out", str(out))
    assert out.read_text() == "mine"
    run(practised, "export", "--out", str(out), "--force")
    assert out.read_text().startswith(HEAD)


@pytest.mark.parametrize(("words", "given", "left"), [(["--yes"], "", 0), ([], "y\n", 0), ([], "n\n", 5), ([], "", 5)])
def test_reset_asks(practised: Path, words: list[str], given: str, left: int) -> None:
    CliRunner().invoke(command, ["reset", *words, "--data", str(practised)], input=given)
    with Learner.open(practised / "default", write=False) as learner:
        assert len(learner.attempts()) == left
        assert bool(learner.store.cards()) is bool(left)


def test_answers_of_a_clock_that_was_wrong_are_dated_to_now(tmp_path: Path) -> None:
    with closing(Store.open(tmp_path / "default")) as store:
        file_away(store, entry(1))
        file_away(store, entry(2, days=50_000))
    assert run(tmp_path, "clock") == "1 answer dated to now.\n"
    with Learner.open(tmp_path / "default") as learner:
        first, second = learner.attempts()
        assert first.at == START + timedelta(seconds=30)
        assert START < second.at <= learner.clock()
        assert learner.store.cards()[first.skill.card].reviews == 2
