"""docs/writing-a-question.md keeps its word: each stage of its example works, and what it shows is what comes out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from quizgen.authoring.checking import check
from quizgen.diagnosis import diagnose, task_of
from quizgen.grading import grade
from quizgen.kind import HINTS
from quizgen.kinds import FIELDS, read_kind
from quizgen.quantities import quantity
from quizgen.question import Choices
from quizgen.reach import names_in_reach
from tests.cli.conftest import Quizgen

ROOT = Path(__file__).parent.parent.parent
GUIDE = (ROOT / "docs" / "writing-a-question.md").read_text(encoding="utf-8")
STAGES = re.findall(r"<!-- example: (\S+) -->\n```\n(.*?)```", GUIDE, re.DOTALL)


def stage(folder: Path, number: int) -> Path:
    name, text = STAGES[number]
    (folder / "my-templates" / "questions").mkdir(parents=True, exist_ok=True)
    path = folder / "my-templates" / "questions" / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("number", range(len(STAGES)))
def test_each_stage_has_nothing_to_complain_of(tmp_path: Path, number: int) -> None:
    found = check(stage(tmp_path, number), 60)
    assert (found["mistakes"], found["complaints"], found["questions"]) == ([], [], 60)


def test_it_is_one_growing_example_and_one_of_another_form() -> None:
    *growing, (_, other) = STAGES
    assert len(growing) == 3
    assert len({name for name, _ in growing}) == 1
    assert "form = " in other
    lengths = [len(text.splitlines()) for _, text in growing]
    assert lengths == sorted(lengths)


def test_the_question_that_it_shows_is_the_one_that_comes_out(run: Quizgen, tmp_path: Path) -> None:
    stage(tmp_path, 0)
    shown = re.search(r"```\n(An input of .*?)```", GUIDE, re.DOTALL)
    assert shown
    assert shown[1] in run("preview", "my-templates/questions/strides.md", "--seed", "3", "--solution").out


def test_the_error_that_it_shows_is_the_one_that_comes_out(run: Quizgen, tmp_path: Path) -> None:
    path = stage(tmp_path, 1)
    path.write_text(path.read_text(encoding="utf-8").replace("layer.filters", "layer.filtrs"), encoding="utf-8")
    ran = run("preview", path)
    said = "there is no “filtrs” here. Did you mean “filters” or “inputs”?"
    assert said in ran.err
    assert said in " ".join(GUIDE.split())


def test_the_mistake_of_its_own_is_offered(tmp_path: Path) -> None:
    from quizgen.compose import compose

    kind = read_kind(stage(tmp_path, 2))
    offered = 0
    for seed in range(30):
        question = compose(kind, seed)
        assert isinstance(question.answering, Choices)
        for one in question.answering.options:
            if one.misconceptions == ("strides/1",):
                offered += 1
                found = diagnose(task_of(question), one.value)  # type: ignore[arg-type]
                assert ("strides/1",) in [each.misconceptions for each in found.explanations]
                assert ("strides/1",) not in grade(question, str(one.value)).explanations
    assert offered > 8


@pytest.mark.parametrize("field", FIELDS)
def test_a_field_is_in_the_table(field: str) -> None:
    assert f"| `{field}`" in GUIDE


def test_every_name_in_the_table_is_in_reach(tmp_path: Path) -> None:
    from quizgen.compose import compose
    from quizgen.notation import FHW
    from quizgen.quantities import asked_by

    question = compose(read_kind(stage(tmp_path, 2)), 1)
    names = names_in_reach(question.network, asked_by(question), question.answer, FHW, ("convention",))
    table = GUIDE.split("## All names")[1].split("## ")[0]
    for name in re.findall(r"`(?:layer|worked)\.(\w+)`", table):
        assert name in names["layer"] or name in names["worked"] or name == "units"
    for name in re.findall(r"^\| `(\w+)`", table, re.MULTILINE):
        assert name in names


def test_hints_and_quantities_are_named() -> None:
    assert all(f"`{hint}`" in GUIDE or f"block {hint} " in GUIDE for hint in HINTS)
    row = next(line for line in GUIDE.splitlines() if line.startswith("| `asks` |"))
    for name in re.findall(r"`(\w+)`", row)[1:]:
        assert quantity(name)
