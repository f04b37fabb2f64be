"""What `quizgen check FILE` says of a template: its mistakes, all at once, and what its questions are like."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from quizgen.authoring.checking import check
from quizgen.authoring.report import as_text
from quizgen.kinds import all_kinds
from quizgen.render.parts import FORMATS
from tests.authoring.test_authored import TEMPLATE
from tests.cli.conftest import Quizgen, one_line


def checked(folder: Path, text: str, count: int = 40) -> dict[str, object]:
    path = folder / "mine.md"
    path.write_text(text, encoding="utf-8")
    found = check(path, count)
    assert json.loads(json.dumps(found)) == found
    return found


def test_a_good_template(tmp_path: Path) -> None:
    found = checked(tmp_path, TEMPLATE.replace("network =", 'red_herrings = ["size"]\nnetwork ='))
    assert (found["mistakes"], found["complaints"]) == ([], [])
    assert (found["questions"], found["refused"], found["hidden"], found["ambiguous"], found["equal"]) == (
        40,
        0,
        0,
        0,
        0,
    )
    assert found["red_herrings"] == ["height", "width"]
    assert "Nothing to complain of." in as_text(found)


def test_every_output_is_written(tmp_path: Path) -> None:
    outputs = checked(tmp_path, TEMPLATE)["outputs"]
    assert isinstance(outputs, dict)
    assert set(outputs) == set(FORMATS)
    assert outputs["txt"] == outputs["json"] == 40
    assert all(outputs.values())


def test_all_unknown_names_are_said_at_once_with_their_lines(tmp_path: Path) -> None:
    shown = "{% if layer.unit %}{{ worked.trainabel }}{% endif %}"
    text = TEMPLATE.replace("{{ input }}", "{{ inptu }}").replace("{{ worked.trainable }}", shown)
    found = checked(tmp_path, text)["mistakes"]
    assert isinstance(found, list)
    assert [(one["line"], one["what"].partition(".")[0]) for one in found[:3]] == [
        (16, "there is no “inptu” here"),
        (19, "there is no “unit” here"),
        (19, "there is no “trainabel” here"),
    ]
    assert "Did you mean “input”?" in found[0]["remedy"]
    assert "Did you mean “trainable”" in found[2]["remedy"]


COMPLAINTS = {
    "numbers that do not matter": (("{{ layer.phrase }}", "{{ layer.phrase }}"), "“height” stands in the question, and never matters to the answer"),
    "a red herring that is none": (("network =", 'red_herrings = ["filters"]\nnetwork ='), "the red herring “filters” stands in no question, or matters"),
    "a long stem": (("How many", "So it is. " * 20 + "How many"), "stems have more than 60 words, up to "),
    "few questions": (("bias = true }", "bias = true, filters = 8, channels = 4, kernel = 3, size = 12 }"), "only 1 of 40 questions differ"),
}  # fmt: skip


@pytest.mark.parametrize(("change", "said"), COMPLAINTS.values(), ids=list(COMPLAINTS))
def test_a_complaint(tmp_path: Path, change: tuple[str, str], said: str) -> None:
    found = checked(tmp_path, TEMPLATE.replace(*change))
    assert any(said in complaint for complaint in found["complaints"])  # type: ignore[attr-defined]


def test_a_number_of_a_hidden_network_that_the_stem_does_not_say_is_no_red_herring(tmp_path: Path) -> None:
    found = checked(
        tmp_path, TEMPLATE.replace("An input of {{ input }}", "An input with {{ layer.channels }} channels")
    )
    assert found["idle"] == []


def test_a_template_that_can_t_be_read(tmp_path: Path) -> None:
    found = checked(tmp_path, TEMPLATE.replace('topic = "conv"', 'topic = "cnv"'))
    assert [(one["line"], one["field"]) for one in found["mistakes"]] == [(3, "topic")]  # type: ignore[attr-defined]
    assert "MISTAKE line 3, field “topic”: there is no topic “cnv”." in as_text(found)


# The command.


def test_a_file_is_checked_in_a_process_of_its_own(run: Quizgen, tmp_path: Path) -> None:
    (tmp_path / "mine.md").write_text(TEMPLATE, encoding="utf-8")
    ran = run("check", "mine.md", "-n", "20")
    assert ran.code == 1  # the height and width do not matter
    assert "20 questions of 20 seeds" in ran.out
    ran = run("check", "mine.md", "-n", "20", "--json")
    assert json.loads(ran.out)["name"] == "mine"


def test_a_folder_is_checked_file_by_file(run: Quizgen, tmp_path: Path) -> None:
    (tmp_path / "mine" / "questions").mkdir(parents=True)
    for name in ("one", "two"):
        (tmp_path / "mine" / "questions" / f"{name}.md").write_text(TEMPLATE, encoding="utf-8")
    ran = run("check", "mine", "-n", "5", "--json")
    assert [json.loads(line)["name"] for line in ran.out.splitlines()] == ["one", "two"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("check", "say what to check. Name a template, or use --bank"),
        ("check --bank mine.md", "say what to check."),
        ("check nowhere.md", "nowhere.md: there is no file or folder of that name."),
        ("check .", ".: there is no template in this folder. Templates end in .md."),
        ("check --question dense-params mine.md", "--question is for --bank. Name the file of the template."),
        ("check mine.md -n 0", "-n 0 is out of range. Use 1 to 20,000."),
        ("check --bank -n 1000001", "-n 1000001 is out of range. Use 1 to 1,000,000."),
    ],
)
def test_what_can_t_be_checked(run: Quizgen, words: str, said: str) -> None:
    ran = run(*words.split())
    assert one_line(ran).startswith(said)
    assert ran.code == 2


@pytest.mark.parametrize("kind", all_kinds(), ids=lambda kind: kind.name)
def test_every_built_in_template_passes(kind) -> None:  # type: ignore[no-untyped-def]
    found = check(kind.source.path, 3)
    assert found["mistakes"] == []
