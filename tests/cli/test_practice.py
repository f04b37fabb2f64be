"""`quizgen practice` as it is asked for: what makes no sense, and a session from a pipe."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from tests.cli.conftest import Quizgen, files_in, one_line

PLAN = 'title = "Midterm"\n[[section]]\ntopics = ["dense"]\nlevel = 1\ncount = 2\n'


@pytest.fixture
def type_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing: the input ends at once."""
    monkeypatch.setattr("sys.stdin", io.StringIO(""))


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("--topic", "cnv"), "there is no topic “cnv”. Did you mean “conv”?"),
        (("--level", "99"), "there is no level 99. Levels go from 0 to 16."),
        (("--level", "x"), "“x” is neither a level"),
        (("--level", "3:hard"), "there is no level 3:hard."),
        (("--count", "0"), "there can't be 0 questions."),
        (("--exam", "soon"), "an exam can't take “soon”. Write 20m, 90s or 1h."),
        (("--plan", "midterm.toml"), "--plan is for an exam. Add how long it takes: --exam 20m."),
        (("--exam", "20m", "--plan", "midterm.toml", "--count", "3"), "--plan excludes --topic, --level and --count."),
        (("--exam", "20m", "--misses"), "--misses is not for an exam."),
        (("--exam", "20m", "--plan", "none.toml"), "none.toml: the plan can't be read"),
        (("--profile", "../me"), "a profile can't be called “../me”."),
        (("--notation", "nlm"), "there is no notation “nlm”."),
        (("--topic", "dense", "--level", "16"), "no question kind fits what you wish for."),
        (("--templates", "nowhere"), "there is no folder of that name."),
    ],
)
def test_what_makes_no_sense(run: Quizgen, type_in: None, tmp_path: Path, asked: tuple[str, ...], said: str) -> None:
    ran = run("practice", "--data", tmp_path / "data", *asked)
    assert ran.code == 2
    assert said in one_line(ran)


def test_a_session_without_a_word(run: Quizgen, type_in: None, tmp_path: Path) -> None:
    ran = run("practice", "--data", tmp_path / "data", "--seed", 7)
    assert (ran.code, ran.err) == (0, "")
    assert "── 1 · dense · level 0 · new ──" in ran.out
    assert "goes on from here" in ran.out


def test_profiles_know_nothing_of_each_other(run: Quizgen, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for profile, typed in (("ann", "1\n"), ("bob", "")):
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        ran = run("practice", "--data", tmp_path / "data", "--profile", profile, "--seed", 7)
        assert ran.code == 0
    assert {path.split("/")[1] for path in files_in(tmp_path) if path.startswith("data/")} == {"ann", "bob"}
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert "Going on where you stopped" in run("practice", "--data", tmp_path / "data", "--profile", "ann").out
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert "Going on" not in run("practice", "--data", tmp_path / "data", "--profile", "bob").out


def test_an_exam_from_a_plan(run: Quizgen, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "midterm.toml").write_text(PLAN, encoding="utf-8")
    monkeypatch.setattr("sys.stdin", io.StringIO("1\n2\n"))
    asked = ("--exam", "20m", "--plan", "midterm.toml", "--seed", "7", "--data", tmp_path / "data")
    ran = run("practice", *asked)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("2 questions in 20 min.")
    assert "0 of 2 right" in ran.out
