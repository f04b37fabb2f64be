"""`import quizgen`: what Python programs use."""

from __future__ import annotations

import doctest
import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import quizgen
from quizgen.layers.base import Shape
from quizgen.question import Choices
from tests.cli.conftest import Quizgen, run
from tests.cli.test_sheet import OWN_QUESTION, PLAN

__all__ = ["run"]

ROOT = Path(__file__).parent.parent


def test_the_example_of_the_readme_runs_as_it_is_written(tmp_path: Path) -> None:
    example = re.search(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert example
    ran = subprocess.run(
        [sys.executable, "-c", example[1]],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    answer, options = re.fullmatch(r"(\d+) \[(.*)\]\n", ran.stdout).groups()  # type: ignore[union-attr]
    assert answer in options.split(", ")


def test_the_examples_in_the_docstring_are_right() -> None:
    assert doctest.testmod(quizgen).failed == 0
    assert doctest.testmod(quizgen).attempted >= 4


def test_every_public_name_is_there_and_documented_and_stays_there() -> None:
    """A module of the package that is called like a function would take the function's place once it is imported."""
    for _ in range(2):
        assert {name for name in quizgen.__all__ if getattr(quizgen, name).__doc__} == set(quizgen.__all__)
    assert set(quizgen.EXPORTS) | {"__version__"} == set(quizgen.__all__)
    modules = {path.stem for path in (ROOT / "quizgen").iterdir()}
    assert modules.isdisjoint(quizgen.__all__)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'quiz'"):
        quizgen.quiz  # noqa: B018


def test_importing_it_imports_nothing_that_takes_time() -> None:
    code = "import sys, quizgen; print(*sys.modules)"
    ran = subprocess.run(
        [sys.executable, "-c", code], env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=True
    )
    assert {"sympy", "jinja2", "markdown_it", "typst", "click"}.isdisjoint(ran.stdout.split())


def test_a_question_comes_from_its_name() -> None:
    question = quizgen.make_question("conv2d-params:1234")
    assert (question.name, question.topic, question.kind) == ("conv2d-params:1234", "conv", "choice")
    assert isinstance(question, quizgen.Question)
    assert isinstance(question.answering, Choices)
    assert question.answer in [option.value for option in question.answering.options]


def test_an_answer_is_an_int_or_a_shape() -> None:
    assert type(quizgen.make_question("conv2d-params:1").answer) is int
    assert type(quizgen.make_question("conv2d-output:1").answer) is Shape


def test_a_sheet_is_what_was_asked_for() -> None:
    sheet = quizgen.make_sheet(topics=["conv"], questions=["lstm-params"], levels=range(3, 13), count=9, seed=2)
    assert isinstance(sheet, quizgen.Sheet)
    assert len(sheet.questions) == 9
    assert {question.topic for question in sheet.questions} == {"conv", "recurrent"}


@pytest.mark.parametrize("part", ["questions", "solutions", "key"])
@pytest.mark.parametrize("format", ["html", "md", "tex", "txt", "pdf", "json"])
def test_it_gives_the_bytes_that_the_command_writes(run: Quizgen, format: str, part: Any) -> None:
    sheet = quizgen.make_sheet(topics=["conv"], levels=range(3, 6), count=3, seed=7, title="Week 3", variant="B")
    asked = ["--topic", "conv", "--level", "3-5", "--count", "3", "--seed", "7", "--title", "Week 3", "--variant", "B"]
    ran = run("sheet", *asked, "--style", "quiz", "--format", format, "--key", "short")
    paths = dict(zip(("questions", "solutions", "key"), map(Path, ran.out.split()), strict=False))
    if format != "json":
        assert quizgen.render_sheet(sheet, format, style="quiz", part=part) == paths[part].read_bytes()
    else:
        assert quizgen.render_sheet(sheet, format, style="quiz") == paths["questions"].read_bytes()


def test_a_plan_is_read_from_its_file(tmp_path: Path) -> None:
    path = tmp_path / "midterm.toml"
    path.write_text(PLAN, encoding="utf-8")
    sheet = quizgen.make_sheet(plan=path, seed=5)
    assert (sheet.title, len(sheet.questions), sheet.points) == ("Midterm", 4, 23)


def test_templates_of_ones_own_come_first(tmp_path: Path) -> None:
    (tmp_path / "dense-params.md").write_text(OWN_QUESTION, encoding="utf-8")
    assert quizgen.make_question("dense-params:1", templates=[tmp_path]).title == "Units"
    assert quizgen.make_question("dense-params:1").title == "Parameters of one dense layer"
    titles = [entry["summary"] for entry in quizgen.list_entries("questions", templates=[tmp_path])]
    assert "Units (number, level 1)" in titles


def test_objects_can_be_written_as_json() -> None:
    sheet = quizgen.make_sheet(count=5, seed=3)
    assert json.loads(json.dumps(quizgen.sheet_dict(sheet))) == quizgen.sheet_dict(sheet)
    assert quizgen.sheet_dict(sheet)["questions"][0] == quizgen.question_dict(sheet.questions[0])


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (lambda: quizgen.make_question("conv2d-params"), "“conv2d-params” is not the name of a question."),
        (lambda: quizgen.make_question("conv2d-parms:1"), "there is no question template “conv2d-parms”."),
        (lambda: quizgen.make_question("conv2d-params:1", notation="x"), "there is no notation “x”."),
        (
            lambda: quizgen.make_question("x:1", templates=[Path("nowhere")]),
            "nowhere: there is no folder of that name.",
        ),
        (lambda: quizgen.make_sheet(topics=["cnv"]), "there is no topic “cnv”. Did you mean “conv”?"),
        (lambda: quizgen.make_sheet(questions=["x"]), "there is no question template “x”."),
        (lambda: quizgen.make_sheet(levels=range(10, 20)), "there is no level 17."),
        (lambda: quizgen.make_sheet(levels=range(5, 5)), "there is no level at all to choose from."),
        (lambda: quizgen.make_sheet(count=0), "there can't be 0 questions."),
        (lambda: quizgen.make_sheet(title=" "), "the title is empty."),
        (lambda: quizgen.make_sheet(seed=-1), "-1 can't be a seed."),
        (lambda: quizgen.make_sheet(variant="a"), "there is no variant “a”."),
        (lambda: quizgen.make_sheet(plan=Path("nowhere.toml")), "nowhere.toml: the plan can't be read"),
        (lambda: quizgen.render_sheet(quizgen.make_sheet(count=1), "docx"), "there is no format “docx”."),
        (lambda: quizgen.render_sheet(quizgen.make_sheet(count=1), "md", style="x"), "there is no style “x”."),
        (lambda: quizgen.render_sheet(quizgen.make_sheet(count=1), "md", part="all"), "there is no part “all”."),  # type: ignore[arg-type]
        (lambda: quizgen.list_entries("topic"), "there is no list “topic”."),
    ],
)
def test_a_mistake_is_a_quizgen_error(asked: Callable[[], object], said: str) -> None:
    with pytest.raises(quizgen.QuizgenError) as raised:
        asked()
    assert str(raised.value).startswith(said)
