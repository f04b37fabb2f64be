"""`quizgen show`, `quizgen list`, and what stands around the commands."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

import quizgen
from quizgen.architectures import ARCHITECTURES
from quizgen.catalogue import LISTS
from quizgen.cli.list_command import LISTS as OFFERED
from quizgen.cli.main import COMMANDS
from quizgen.kinds import TOPICS, all_kinds
from quizgen.layers import LAYERS
from tests.cli.conftest import Quizgen, files_in

DOCS = Path(__file__).parent.parent.parent / "docs"
NAME = "conv2d-params:1234"

# One question.


def test_a_question_is_shown_as_text(run: Quizgen) -> None:
    ran = run("show", NAME)
    assert ran.code == 0
    assert ran.out.startswith("Parameters of one convolution\n====")
    assert NAME in ran.out
    assert "Why not" not in ran.out


def test_with_its_solution(run: Quizgen) -> None:
    ran = run("show", NAME, "--solution")
    assert "Why not ...?" in ran.out
    assert "k(fhw + 1) = " in ran.out


@pytest.mark.parametrize(
    ("format", "begins"), [("md", "# "), ("html", "<!doctype html>"), ("tex", "\\documentclass"), ("json", '{"name"')]
)
def test_in_other_formats(run: Quizgen, format: str, begins: str) -> None:
    assert run("show", NAME, "--format", format).out.removeprefix("%").lstrip().startswith(begins)


@pytest.mark.parametrize(
    ("file", "begins"),
    [
        ("q.pdf", b"%PDF"),
        ("q.html", b"<!doctype html>"),
        ("q.md", b"# "),
        ("q.json", b'{"name"'),
        ("q", b"Parameters of"),
    ],
)
def test_the_name_of_the_file_says_the_format(run: Quizgen, tmp_path: Path, file: str, begins: bytes) -> None:
    ran = run("show", NAME, "--out", file)
    assert ran.out == f"{file}\n"
    assert files_in(tmp_path)[file].startswith(begins)


def test_a_file_that_is_there_is_kept_unless_forced(run: Quizgen, tmp_path: Path) -> None:
    (tmp_path / "q.md").write_bytes(b"mine")
    assert run("show", NAME, "--out", "q.md").code == 2
    assert files_in(tmp_path) == {"q.md": b"mine"}
    assert run("show", NAME, "--out", "q.md", "--force").code == 0
    assert files_in(tmp_path) != {"q.md": b"mine"}


def test_a_style_and_a_notation_are_kept_to(run: Quizgen) -> None:
    assert "kernel height × kernel width × input channels" in run("show", NAME, "--solution", "--notation", "words").out
    assert "If you got another number" in run("show", NAME, "--solution", "--style", "stackexchange").out


def test_the_command_on_it_makes_the_same_bytes_again(run: Quizgen) -> None:
    asked = ("show", NAME, "--solution", "--format", "html", "--style", "worksheet", "--notation", "nml")
    page = run(*asked).out
    assert f"Made by <code>quizgen {' '.join(asked)}</code>" in page
    assert run(*asked).out == page


def test_json_has_all_that_is_known_of_it(run: Quizgen) -> None:
    ran = run("show", NAME, "--json")
    assert ran.out.count("\n") == 1
    assert json.loads(ran.out) == quizgen.question_dict(quizgen.make_question(NAME))


def test_a_version_asks_for_just_that_one(run: Quizgen) -> None:
    version = json.loads(run("show", NAME, "--json").out)["version"]
    assert run("show", f"{NAME}@{version}").out == run("show", NAME).out.replace(
        f"show {NAME}", f"show {NAME}@{version}"
    )
    assert run("show", f"{NAME}@{version}", "--notation", "words").code == 0


def test_a_question_of_a_sheet_is_shown_again_as_it_was(run: Quizgen, tmp_path: Path) -> None:
    run("sheet", "--seed", "5", "--format", "json")
    sheet = json.loads((tmp_path / "output/worksheet-5.json").read_text(encoding="utf-8"))
    for question in sheet["questions"]:
        assert json.loads(run("show", f"{question['name']}@{question['version']}", "--json").out) == question


# Lists.


def entries(run: Quizgen, what: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in run("list", what, "--json").out.splitlines()]


@pytest.mark.parametrize(
    ("what", "names"),
    [
        ("topics", list(TOPICS)),
        ("questions", [kind.name for kind in all_kinds()]),
        ("styles", ["quiz", "stackexchange", "worksheet"]),
        ("layers", [layer.__name__ for layer in LAYERS]),
        ("architectures", list(ARCHITECTURES)),
    ],
)
def test_a_list_has_everything_with_a_line_that_says_what_it_is(run: Quizgen, what: str, names: list[str]) -> None:
    assert [entry["name"] for entry in entries(run, what)] == names
    assert all(len(entry["summary"]) > 10 and "\n" not in entry["summary"] for entry in entries(run, what))
    lines = run("list", what).out.splitlines()
    assert [line.split()[0] for line in lines] == names
    assert entries(run, what) == quizgen.list_entries(what)


def test_every_list_is_offered() -> None:
    assert tuple(LISTS) == OFFERED


def test_topics_name_their_questions_and_questions_their_topic(run: Quizgen) -> None:
    of_topics = {name: topic["name"] for topic in entries(run, "topics") for name in topic["questions"]}
    assert of_topics == {entry["name"]: entry["topic"] for entry in entries(run, "questions")}


def test_published_totals_are_listed(run: Quizgen) -> None:
    listed = {entry["name"]: entry["params"] for entry in entries(run, "architectures")}
    assert listed["lenet-5"] == 61_706
    assert listed["vgg-16"] == 138_357_544


def test_questions_of_ones_own_are_listed(run: Quizgen, tmp_path: Path) -> None:
    from tests.cli.test_sheet import own_templates

    folder = own_templates(tmp_path / "mine")
    assert "units " in run("list", "questions", "--templates", folder).out


# The fields of the objects, which docs/json.md describes.


@pytest.mark.parametrize("field", sorted(quizgen.question_dict(quizgen.make_question(NAME))))
def test_every_field_of_a_question_is_documented(field: str) -> None:
    assert f"`{field}`" in section("A question")


def test_every_field_of_options_networks_layers_sheets_and_lists_is_documented(run: Quizgen) -> None:
    question = quizgen.question_dict(quizgen.make_question(NAME))
    for name, shown in [
        ("A question", question["options"][0]),
        ("A network", question["network"]),
        ("A network", question["network"]["layers"][0]),
        ("A sheet", quizgen.sheet_dict(quizgen.make_sheet(count=1))),
        *(("Lists", entries(run, what)[0]) for what in LISTS),
    ]:
        assert all(f"`{field}`" in section(name) for field in shown), (name, list(shown))


def section(title: str) -> str:
    text = (DOCS / "json.md").read_text(encoding="utf-8")
    return next(part for part in re.split(r"^## ", text, flags=re.MULTILINE) if part.startswith(title))


# Around the commands.


@pytest.mark.parametrize("asked", [(), ("-h",), ("--help",)])
def test_help_names_every_command(run: Quizgen, asked: tuple[str, ...]) -> None:
    ran = run(*asked)
    assert (ran.code, ran.err) == (0, "")
    assert all(f"{name}  " in ran.out and summary in " ".join(ran.out.split()) for name, summary in COMMANDS.items())


def test_the_version(run: Quizgen) -> None:
    assert run("--version").out == f"quizgen, version {quizgen.__version__}\n"


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("quizgen sh", {"sheet", "show"}),
        ("quizgen list ", set(OFFERED)),
        ("quizgen sheet --topic co", {"conv", "cost"}),
        ("quizgen sheet --question conv2d-m", {"conv2d-macs"}),
        ("quizgen sheet --style ", {"quiz", "stackexchange", "worksheet"}),
        ("quizgen sheet --format t", {"tex", "txt"}),
        ("quizgen show x:1 --notation n", {"nml", "nwhc"}),
        ("quizgen show --form", {"--format"}),
    ],
)
def test_a_shell_can_complete_names(
    run: Quizgen, monkeypatch: pytest.MonkeyPatch, typed: str, offered: set[str]
) -> None:
    monkeypatch.setenv("_QUIZGEN_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", typed)
    monkeypatch.setenv("COMP_CWORD", str(len(re.split(r"\s+", typed)) - 1))
    assert {line.split(",")[1] for line in run().out.splitlines()} == offered


def test_completion_looks_into_a_folder_of_ones_own(
    run: Quizgen, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from tests.cli.test_sheet import own_templates

    own_templates(tmp_path / "mine")
    monkeypatch.setenv("_QUIZGEN_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", "quizgen sheet --templates mine --question uni")
    monkeypatch.setenv("COMP_CWORD", "5")
    assert run().out == "plain,units\n"
