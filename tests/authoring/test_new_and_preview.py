"""`quizgen new` and `quizgen preview`: a template that works as it stands, and how its questions look."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from quizgen.authoring.checking import check
from tests.cli.conftest import Quizgen, files_in, one_line

NEW = "my-templates/questions/my-kind.md"


@pytest.fixture
def begun(run: Quizgen) -> Quizgen:
    assert run("new", "question", "my-kind").out == f"{NEW}\n"
    return run


def test_a_new_template_has_nothing_to_complain_of(begun: Quizgen) -> None:
    found = check(Path(NEW), 100)
    assert (found["mistakes"], found["complaints"]) == ([], [])
    assert found["distinct"] >= 90


def test_it_names_itself_and_its_commands_work(begun: Quizgen) -> None:
    assert "my-question" not in Path(NEW).read_text(encoding="utf-8")
    made = begun(
        "sheet", "--templates", "my-templates", "--question", "my-kind", "--count", "2", "--seed", "1", "--format", "md"
    )
    assert (made.code, made.err) == (0, "")
    assert begun("show", "my-kind:7", "--templates", "my-templates").code == 0


def test_a_file_that_is_there_is_not_replaced(begun: Quizgen) -> None:
    Path(NEW).write_text("mine", encoding="utf-8")
    assert (
        one_line(begun("new", "question", "my-kind")) == f"{NEW}: the file is there already. Use --force to replace it."
    )
    assert Path(NEW).read_text(encoding="utf-8") == "mine"
    assert begun("new", "question", "my-kind", "--force").code == 0
    assert Path(NEW).read_text(encoding="utf-8") != "mine"


def test_it_stands_where_it_is_wanted(run: Quizgen, tmp_path: Path) -> None:
    run("new", "question", "stride", "--out", "week-3")
    assert set(files_in(tmp_path)) == {"week-3/questions/stride.md"}


@pytest.mark.parametrize("format", ["txt", "md", "tex", "json"])
def test_a_preview_is_printed(begun: Quizgen, format: str) -> None:
    ran = begun("preview", NEW, "--seed", "3", "--format", format)
    assert ran.code == 0
    assert "my-kind:3" in ran.out
    assert json.loads(ran.out)["solution"] if format == "json" else "Each of the" not in ran.out


def test_a_preview_with_its_solution(begun: Quizgen) -> None:
    assert "Each of the" in begun("preview", NEW, "--solution").out


def test_a_preview_is_the_question_of_that_name(begun: Quizgen) -> None:
    shown = begun("show", "my-kind:3", "--templates", "my-templates").out.split("────")[0]
    assert begun("preview", NEW, "--seed", "3").out.split("────")[0] == shown


@pytest.mark.parametrize(("format", "begins"), [("html", b"<!doctype html>"), ("pdf", b"%PDF")])
def test_a_preview_is_written_and_opened(
    begun: Quizgen, monkeypatch: pytest.MonkeyPatch, format: str, begins: bytes
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("click.launch", lambda path: opened.append(path))
    ran = begun("preview", NEW, "--format", format)
    assert opened == [ran.out.strip()]
    assert Path(opened[0]).name == f"my-kind-1.{format}"
    assert Path(opened[0]).read_bytes().lower().startswith(begins.lower())


def test_a_preview_in_a_file_of_ones_own_is_not_opened(begun: Quizgen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("click.launch", lambda path: pytest.fail("opened"))
    assert begun("preview", NEW, "--format", "html", "--out", "mine.html").out == "mine.html\n"
    ran = begun("preview", NEW, "--format", "html", "--out", "mine.html")
    assert one_line(ran) == "mine.html: the file is there already. Use --force to replace it."
    assert begun("preview", NEW, "--format", "html", "--out", "mine.html", "--force").code == 0
