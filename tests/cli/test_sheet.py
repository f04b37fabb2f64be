"""`quizgen sheet`."""

from __future__ import annotations

import json
import re
import shlex
from html import unescape
from pathlib import Path
from string import ascii_uppercase
from typing import Any

import pytest

from tests.cli.conftest import Quizgen, files_in

SMALL = ("--question", "dense-params", "--count", "2", "--seed", "7")

PLAN = """
title = "Midterm"
course = "Deep Learning"
date = 2026-03-14
minutes = 60

[[section]]
topics = ["conv"]
level = "3-4"
count = 3
points = 5

[[section]]
questions = ["cnn-table"]
count = 1
"""

OWN_QUESTION = """+++
title = "Units"
topic = "dense"
level = 1
about = { layer = "Dense", units = [10, 12, 15], features = [8, 20] }
asks = "trainable"
answer = "number"
+++
{% block question %}
How many parameters have {{ layer.units }} units over {{ layer.channels }} features?
{% endblock %}
{% block solution %}
{{ worked.trainable }}
{% endblock %}
"""


def sheet(run: Quizgen, *arguments: object) -> dict[str, Any]:
    """The sheet that the command makes, as JSON says it."""
    ran = run("sheet", "--format", "json", "--out", "json", "--force", *arguments)
    assert ran.code == 0, ran.err
    made: dict[str, Any] = json.loads(Path(ran.out.strip()).read_text(encoding="utf-8"))
    return made


def own_templates(folder: Path) -> Path:
    (folder / "questions").mkdir(parents=True)
    (folder / "questions" / "units.md").write_text(OWN_QUESTION, encoding="utf-8")
    return folder


# The files.


def test_a_sheet_and_its_solutions_are_two_files_named_after_style_and_seed(run: Quizgen, tmp_path: Path) -> None:
    ran = run("sheet", *SMALL)
    assert ran.out.split() == ["output/worksheet-7.pdf", "output/worksheet-7-solutions.pdf"]
    assert sorted(files_in(tmp_path)) == sorted(ran.out.split())
    assert ran.err == ""


def test_without_a_seed_a_fresh_one_is_said_and_named_in_the_files(run: Quizgen) -> None:
    ran = run("sheet", "--question", "dense-params", "--count", "1", "--format", "md")
    said = re.fullmatch(r"seed (\d+)\n", ran.err)
    assert said
    assert ran.out.split() == [f"output/worksheet-{said[1]}.md", f"output/worksheet-{said[1]}-solutions.md"]


def test_a_fresh_seed_is_one_whose_files_are_not_there(run: Quizgen, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter([7, *range(100, 200)])
    monkeypatch.setattr("secrets.randbelow", lambda bound: next(drawn))
    run("sheet", *SMALL, "--format", "txt")
    again = run("sheet", *SMALL[:-2], "--format", "txt")
    assert again.code == 0
    assert "output/worksheet-7.txt" not in again.out


def test_every_format_has_its_files_and_each_is_written_once(run: Quizgen) -> None:
    asked = [word for name in ("pdf", "html", "md", "tex", "txt", "json", "md") for word in ("--format", name)]
    ran = run("sheet", *SMALL, *asked, "--key", "short")
    endings = [f"{part}.{name}" for name in ("pdf", "html", "md", "tex", "txt") for part in ("", "-solutions", "-key")]
    assert ran.out.split() == [f"output/worksheet-7{ending}" for ending in [*endings, ".json"]]


def test_a_folder_is_made_with_all_that_it_stands_in(run: Quizgen, tmp_path: Path) -> None:
    run("sheet", *SMALL, "--format", "md", "--out", "exams/2026/week 3")
    assert sorted(files_in(tmp_path / "exams/2026/week 3")) == ["worksheet-7-solutions.md", "worksheet-7.md"]


def test_a_file_that_is_there_is_kept(run: Quizgen, tmp_path: Path) -> None:
    (tmp_path / "output").mkdir()
    mine = tmp_path / "output" / "worksheet-7-solutions.md"
    mine.write_text("mine")
    ran = run("sheet", *SMALL, "--format", "md")
    assert ran.code == 2
    assert files_in(tmp_path) == {"output/worksheet-7-solutions.md": b"mine"}


def test_force_replaces_it(run: Quizgen, tmp_path: Path) -> None:
    (tmp_path / "output").mkdir()
    mine = tmp_path / "output" / "worksheet-7-solutions.md"
    mine.write_text("mine")
    assert run("sheet", *SMALL, "--format", "md", "--force").code == 0
    assert mine.read_text(encoding="utf-8").startswith("# Solutions")


# What stands on it.


def test_a_seed_gives_the_same_sheet_and_another_seed_another_one(run: Quizgen) -> None:
    assert sheet(run, "--seed", 3) == sheet(run, "--seed", 3)
    assert sheet(run, "--seed", 3)["questions"] != sheet(run, "--seed", 4)["questions"]


def test_ten_questions_of_mixed_topics_are_what_a_sheet_holds(run: Quizgen) -> None:
    questions = sheet(run, "--seed", 3)["questions"]
    assert len(questions) == 10
    assert len({question["topic"] for question in questions}) >= 5


def test_topics_and_question_kinds_are_put_together(run: Quizgen) -> None:
    questions = sheet(run, "--topic", "dense", "--question", "lstm-params", "--seed", 3)["questions"]
    assert {question["topic"] for question in questions} == {"dense", "recurrent"}
    assert {question["template"] for question in questions if question["topic"] == "recurrent"} == {"lstm-params"}


@pytest.mark.parametrize(("asked", "levels"), [("3", {3}), ("3-5", {3, 4, 5}), (" 4 - 5 ", {4, 5})])
def test_levels_are_kept_to(run: Quizgen, asked: str, levels: set[int]) -> None:
    questions = sheet(run, "--level", asked, "--seed", 3, "--count", 20)["questions"]
    assert {question["level"] for question in questions} == levels


def test_no_two_questions_are_alike(run: Quizgen) -> None:
    questions = sheet(run, "--question", "dense-params", "--count", 60, "--seed", 1)["questions"]
    assert len({question["stem"] for question in questions}) == 60


def test_another_kind_stands_in_for_one_that_has_nothing_new(run: Quizgen, tmp_path: Path) -> None:
    """Six networks of units.md differ; four of the ten questions come from elsewhere."""
    folder = own_templates(tmp_path / "mine")
    asked = ("--question", "units", "--question", "lstm-params", "--count", 20, "--templates", folder)
    names = [question["template"] for question in sheet(run, *asked, "--seed", 1)["questions"]]
    assert names.count("units") == 6
    assert names.count("lstm-params") == 14


def test_a_title_is_text_and_no_markup(run: Quizgen) -> None:
    title = 'Week 3: <b>"quotes"</b> & $dollars$ *stars* # $(echo hi)'
    assert sheet(run, *SMALL, "--title", title)["title"] == title
    run("sheet", *SMALL, "--title", title, "--format", "html", "--format", "pdf", "--format", "tex")
    assert "Week 3: &lt;b&gt;" in Path("output/worksheet-7.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("notation", "formula"),
    [
        ("fhw", r"k \left(f h w + 1\right)"),
        ("nml", r"\left(n m l + 1\right) k"),
        ("nwhc", r"n w h c + n"),
        ("words", r"\text{kernel height} \times \text{kernel width} \times \text{input channels} + \text{1 bias}"),
    ],
)
def test_a_notation_is_kept_to(run: Quizgen, notation: str, formula: str) -> None:
    questions = sheet(run, "--question", "conv2d-params", "--count", 1, "--seed", 1, "--notation", notation)[
        "questions"
    ]
    assert formula in questions[0]["solution"]


# Plans.


def test_a_plan_says_all_that_stands_on_the_sheet(run: Quizgen, tmp_path: Path) -> None:
    (tmp_path / "midterm.toml").write_text(PLAN, encoding="utf-8")
    made = sheet(run, "--plan", "midterm.toml", "--seed", 5)
    assert (made["title"], made["course"], made["date"], made["minutes"]) == (
        "Midterm",
        "Deep Learning",
        "2026-03-14",
        60,
    )
    assert [question["topic"] for question in made["questions"]] == ["conv"] * 3 + ["networks"]
    assert [question["points"] for question in made["questions"]] == [5, 5, 5, 8]
    assert {question["level"] for question in made["questions"][:3]} <= {3, 4}
    assert made["points"] == 23


@pytest.mark.parametrize("level", ["level = 3", 'level = "3"', "level = [3, 3]", 'level = "3-3"'])
def test_a_plan_says_levels_in_several_ways(run: Quizgen, tmp_path: Path, level: str) -> None:
    (tmp_path / "plan.toml").write_text(f'[[section]]\ntopics = ["conv"]\n{level}\ncount = 4\n', encoding="utf-8")
    assert {question["level"] for question in sheet(run, "--plan", "plan.toml", "--seed", 5)["questions"]} == {3}


def test_a_plan_from_a_windows_editor_is_read(run: Quizgen, tmp_path: Path) -> None:
    (tmp_path / "plan.toml").write_bytes(b"\xef\xbb\xbf" + PLAN.replace("\n", "\r\n").encode())
    assert sheet(run, "--plan", "plan.toml", "--seed", 5)["title"] == "Midterm"


def test_an_empty_plan_is_ten_questions_of_all_topics(run: Quizgen, tmp_path: Path) -> None:
    (tmp_path / "plan.toml").write_text("", encoding="utf-8")
    made = sheet(run, "--plan", "plan.toml", "--seed", 5)
    assert made["questions"] == sheet(run, "--seed", 5)["questions"]


# Variants.


def test_variants_are_called_by_letters_and_after_z_by_two(run: Quizgen) -> None:
    ran = run(
        "sheet", "--question", "dense-params", "--count", "1", "--seed", "7", "--format", "md", "--variants", "28"
    )
    names = [path.split("-")[2].split(".")[0] for path in ran.out.split()]
    assert names[::2] == [*ascii_uppercase, "AA", "AB"]


def test_variants_differ_and_each_says_which_it_is(run: Quizgen, tmp_path: Path) -> None:
    run("sheet", *SMALL, "--format", "html", "--variants", 4)
    pages = {name: (tmp_path / f"output/worksheet-7-{name}.html").read_text(encoding="utf-8") for name in "ABCD"}
    assert len({re.sub("--variant .", "", re.sub(r"<footer>. ·", "", page)) for page in pages.values()}) == 4
    assert all(f"<footer>{name} · Made by" in page for name, page in pages.items())


@pytest.mark.parametrize("format", ["html", "pdf", "json"])
def test_a_variant_alone_has_the_same_bytes(run: Quizgen, tmp_path: Path, format: str) -> None:
    run("sheet", *SMALL, "--format", format, "--out", "all", "--variants", 5)
    run("sheet", *SMALL, "--format", format, "--out", "one", "--variant", "C")
    one = files_in(tmp_path / "one")
    assert one
    assert one.items() <= files_in(tmp_path / "all").items()


# The command that stands on it.


@pytest.mark.parametrize(
    "asked",
    [
        ("--seed", "1"),
        ("--seed", "1", "--topic", "conv", "--topic", "cost", "--level", "3-11", "--count", "4"),
        ("--seed", "1", "--count", "3", "--title", 'It\'s "quoted" & $HOME `ls`; # not a comment'),
        ("--seed", "1", "--count", "3", "--style", "quiz", "--notation", "words"),
        ("--seed", "1", "--count", "3", "--style", "stackexchange", "--key", "short"),
        ("--seed", "1", "--count", "3", "--variant", "AB"),
        ("--seed", "1", "--plan", "my plans/midterm.toml"),
        ("--seed", "1", "--question", "units", "--count", "3", "--templates", "my templates"),
    ],
    ids=" ".join,
)
def test_it_makes_the_same_bytes_again(run: Quizgen, tmp_path: Path, asked: tuple[str, ...]) -> None:
    (tmp_path / "my plans").mkdir()
    (tmp_path / "my plans/midterm.toml").write_text(PLAN, encoding="utf-8")
    own_templates(tmp_path / "my templates")
    assert run("sheet", *asked, "--format", "html", "--out", "first").code == 0
    first = files_in(tmp_path / "first")
    for name, page in first.items():
        printed = re.search(r"Made by <code>(.*?)</code>", page.decode())
        assert printed
        program, *words = shlex.split(unescape(printed[1]))
        assert program == "quizgen"
        assert run(*words, "--out", "again", "--force").code == 0
        assert files_in(tmp_path / "again")[name] == page


def test_so_does_the_one_in_json(run: Quizgen, tmp_path: Path) -> None:
    made = sheet(run, *SMALL, "--style", "quiz")
    words = shlex.split(made["command"])[1:]
    assert run(*words, "--out", "again").out.split() == ["again/quiz-7.json"]
    assert json.loads((tmp_path / "again/quiz-7.json").read_text(encoding="utf-8")) == made


# Templates of an instructor's own.


def test_a_folder_of_ones_own_comes_before_what_is_built_in(run: Quizgen, tmp_path: Path) -> None:
    folder = own_templates(tmp_path / "mine")
    own = OWN_QUESTION.replace('"Units"', '"My own convolution"')
    (folder / "questions" / "conv2d-params.md").write_text(own, encoding="utf-8")
    asked = ("--question", "conv2d-params", "--count", 1, "--seed", 1)
    assert sheet(run, *asked)["questions"][0]["title"] == "Parameters of one convolution"
    assert sheet(run, *asked, "--templates", folder)["questions"][0]["title"] == "My own convolution"


def test_its_questions_may_stand_in_the_folder_itself_beside_a_readme(run: Quizgen, tmp_path: Path) -> None:
    (tmp_path / "units.md").write_text(OWN_QUESTION, encoding="utf-8")
    (tmp_path / "README.md").write_text("My questions.", encoding="utf-8")
    questions = sheet(run, "--question", "units", "--count", 2, "--seed", 1, "--templates", tmp_path)["questions"]
    assert [question["template"] for question in questions] == ["units", "units"]


def test_the_first_of_two_folders_wins(run: Quizgen, tmp_path: Path) -> None:
    first, second = own_templates(tmp_path / "first"), own_templates(tmp_path / "second")
    (first / "questions" / "units.md").write_text(OWN_QUESTION.replace("Units", "First"), encoding="utf-8")
    asked = ("--question", "units", "--count", 1, "--seed", 1, "--templates", first, "--templates", second)
    assert sheet(run, *asked)["questions"][0]["title"] == "First"


def test_a_style_of_ones_own_can_be_named(run: Quizgen, tmp_path: Path) -> None:
    (tmp_path / "mine" / "sheets").mkdir(parents=True)
    blocks = (
        ("head", "# {{ sheet.title }}"),
        ("question", "{{ question.stem }}"),
        ("solutions_head", "# S"),
        ("solution", "!"),
    )
    body = "\n".join(f"{{% block {name} %}}\n{text}\n{{% endblock %}}" for name, text in blocks)
    (tmp_path / "mine" / "sheets" / "bare.md").write_text(f'+++\nsummary = "bare"\n+++\n{body}\n', encoding="utf-8")
    ran = run("sheet", *SMALL, "--style", "bare", "--templates", "mine", "--format", "md")
    assert ran.out.split()[0] == "output/bare-7.md"
    written = Path("output/bare-7.md").read_text(encoding="utf-8")
    assert "Name" not in written
    assert written.startswith("# Counting in neural networks\n\n")


def test_many_variants_are_counted_on_a_terminal(run: Quizgen, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = (*SMALL, "--format", "md", "--variants", 3, "--force")
    assert run("sheet", *asked).err == ""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    ran = run("sheet", *asked)
    assert "Writing" in ran.err
    assert "100%" in ran.err
    assert len(ran.out.split()) == 6
