"""What is said about a mistake: one line, which says what is wrong, where, and what would be right; and exit code 2."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Quizgen, files_in, one_line
from tests.cli.test_sheet import OWN_QUESTION, PLAN

# The command line.

COMMAND_LINE = {
    "shet": "there is no command “shet”. Did you mean “sheet”",
    "--sheet": "No such option '--sheet'.",
    "sheet extra": "Got unexpected extra argument (extra)",
    "sheet --colour": "No such option '--colour'.",
    "sheet --count": "Option '--count' requires an argument.",
    "sheet --topic cnv": "there is no topic “cnv”. Did you mean “conv”?",
    "sheet --question conv2d-parms": "there is no question template “conv2d-parms”. Did you mean “conv2d-params”",
    "sheet --style quizz": "there is no style “quizz”. Did you mean “quiz”?",
    "sheet --format docx": "there is no format “docx”. Known: html, json, md, pdf, tex, txt.",
    "sheet --format htm": "there is no format “htm”. Did you mean “html”?",
    "sheet --notation fwh": "there is no notation “fwh”. Did you mean “fhw”",
    "sheet --level 17": "there is no level 17. Levels go from 0 to 16.",
    "sheet --level 3-99": "there is no level 17. Levels go from 0 to 16.",
    "sheet --level 6-3": "“6-3” is neither a level nor a range of levels. Write 3, or 3-6, or 3-6:hard.",
    "sheet --level three": "“three” is neither a level nor a range of levels. Write 3, or 3-6, or 3-6:hard.",
    "sheet --level ٣": "“٣” is neither a level nor a range of levels. Write 3, or 3-6, or 3-6:hard.",
    "sheet --topic dense --level 16": "there is no question of “dense” at level 16. “dense” has ",
    "sheet --topic dense --topic attention --level 13": "there is no question of “dense” at level 13. “dense” has ",
    "sheet --question cnn-table --level 1": "there is no question of “cnn-table” at level 1. “cnn-table” has 7, 8.",
    "sheet --count 0": "there can't be 0 questions. Ask for 1 to 200.",
    "sheet --count -3": "there can't be -3 questions. Ask for 1 to 200.",
    "sheet --count 1000000000": "there can't be 1000000000 questions. Ask for 1 to 200.",
    "sheet --count ten": "Invalid value for '--count': 'ten' is not a valid integer.",
    "sheet --seed -1": "-1 can't be a seed. Use 0 to 999999999999.",
    "sheet --seed 1000000000000": "1000000000000 can't be a seed. Use 0 to 999999999999.",
    "sheet --seed x": "Invalid value for '--seed': 'x' is not a valid integer.",
    "sheet --variants 0": "there can't be 0 variants. Ask for 1 to 702.",
    "sheet --variants 703": "there can't be 703 variants. Ask for 1 to 702.",
    "sheet --variant c": "there is no variant “c”. Variants are called A, B, ... Z, AA, AB, ...",
    "sheet --variant ../A": "there is no variant “../A”.",
    "sheet --variant C --variants 5": "--variant and --variants exclude each other. Leave out one of them.",
    "sheet --key long": "Invalid value for '--key': 'long' is not 'short'.",
    "sheet --plan plan.toml --count 5": "--count and --plan exclude each other. Say it in plan.toml.",
    "sheet --plan plan.toml --topic conv": "--topic and --plan exclude each other. Say it in plan.toml.",
    "sheet --plan plan.toml --title X": "--title and --plan exclude each other. Say it in plan.toml.",
    "sheet --plan nowhere.toml": "nowhere.toml: the plan can't be read: No such file or directory.",
    "sheet --plan .": ".: the plan can't be read: Is a directory.",
    "sheet --templates nowhere": "nowhere: there is no folder of that name. --templates takes a folder.",
    "sheet --level 3:hrd": "there is no difficulty “hrd”. Did you mean “hard”?",
    "new": "Missing argument 'question'.",
    "new question": "Missing argument 'NAME'.",
    "new exam midterm": "there is no kind of file “exam”. Known: question.",
    "new question My-Kind": "a question template can't be called “My-Kind”. Small letters, digits, “-” and “_”",
    "new question ../kind": "a question template can't be called “../kind”.",
    "preview": "Missing argument 'FILE'.",
    "preview nowhere.md": "nowhere.md: the file can't be read: No such file or directory.",
    "preview nowhere.md --format docx": "there is no format “docx”.",
    "preview nowhere.md --seed -1": "-1 can't be a seed. Use 0 to 999999999999.",
    "plan": "say one of --new and --check. quizgen plan --new midterm.toml",
    "plan --new a.toml --check b.toml": "say one of --new and --check.",
    "plan --check nowhere.toml": "nowhere.toml: the plan can't be read: No such file or directory.",
    "show": "Missing argument 'NAME'.",
    "show conv2d-params": "“conv2d-params” is not the name of a question. A name is a template and a seed: conv2d-params:1234.",
    "show conv2d-params:": "“conv2d-params:” is not the name of a question.",
    "show conv2d-params:-1": "“conv2d-params:-1” is not the name of a question.",
    "show ../conv2d-params:1": "“../conv2d-params:1” is not the name of a question.",
    "show conv2d-parms:1": "there is no question template “conv2d-parms”. Did you mean “conv2d-params”",
    "show conv2d-params:1@000000": "“conv2d-params:1” is at version ",
    "show conv2d-params:1 --format docx": "there is no format “docx”.",
    "show conv2d-params:1 --format pdf": "a PDF is not for the terminal. Name a file: --out conv2d-params-1.pdf",
    "show conv2d-params:1 --out question.docx": "there is no format “docx”.",
    "show conv2d-params:1 --json --format md": "--json and --format md exclude each other. Leave out one of them.",
    "list": "Missing argument 'topics|questions|styles|layers|architectures|misconceptions'.",
    "list topic": "there is no list “topic”. Did you mean “topics”?",
    "list topics --templates nowhere": "nowhere: there is no folder of that name.",
}


@pytest.mark.parametrize(("words", "said"), COMMAND_LINE.items(), ids=list(COMMAND_LINE))
def test_on_the_command_line(run: Quizgen, tmp_path: Path, words: str, said: str) -> None:
    ran = run(*words.split())
    assert one_line(ran).startswith(said)
    assert ran.code == 2
    assert files_in(tmp_path) == {}


@pytest.mark.parametrize("title", ["", "   ", "\n"])
def test_an_empty_title(run: Quizgen, title: str) -> None:
    assert one_line(run("sheet", "--title", title)) == "the title is empty."


@pytest.mark.parametrize("character", ["\x07", "\x1b", "\x85", "\udc80", "\ue000", "\ufeff"])
def test_a_character_that_is_no_text(run: Quizgen, character: str) -> None:
    ran = run("sheet", "--title", f"Week {character}")
    assert one_line(ran) == f"the character U+{ord(character):04X} has no meaning in a text."


@pytest.mark.parametrize("character", ["課", "😀"])
def test_a_character_that_the_fonts_of_a_pdf_have_not(run: Quizgen, tmp_path: Path, character: str) -> None:
    asked = ("sheet", "--question", "dense-params", "--count", "1", "--seed", "7", "--title", f"Week {character}")
    remedy = "Leave it out, or choose another format."
    assert one_line(run(*asked)) == f'the fonts of a PDF have no sign for "{character}". {remedy}'
    assert files_in(tmp_path) == {}
    assert run(*asked, "--format", "html").code == 0


# Files that can't be written.


def test_a_file_that_is_there_already(run: Quizgen, tmp_path: Path) -> None:
    (tmp_path / "output").mkdir()
    (tmp_path / "output" / "worksheet-7.pdf").write_bytes(b"mine")
    ran = run("sheet", "--seed", "7")
    assert one_line(ran) == "output/worksheet-7.pdf: the file is there already. Use --force to replace it."


def test_a_folder_where_a_file_should_be(run: Quizgen, tmp_path: Path) -> None:
    (tmp_path / "output" / "worksheet-7.pdf").mkdir(parents=True)
    ran = run("sheet", "--seed", "7", "--force")
    assert one_line(ran) == "output/worksheet-7.pdf: there is a folder of that name."


@pytest.mark.parametrize("out", ["taken", "taken/deeper"])
def test_a_file_where_the_folder_should_be(run: Quizgen, tmp_path: Path, out: str) -> None:
    (tmp_path / "taken").write_bytes(b"mine")
    ran = run("sheet", "--seed", "7", "--out", out)
    assert one_line(ran) == "taken: this is a file, and no folder to write into."
    assert files_in(tmp_path) == {"taken": b"mine"}


def test_a_folder_that_can_t_be_written(run: Quizgen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "output").mkdir()
    monkeypatch.setattr("os.access", lambda path, mode: False)
    assert one_line(run("sheet", "--seed", "7")) == "output: the folder can't be written into."


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs Linux's /proc")
def test_a_folder_in_which_the_system_lets_nobody_write(run: Quizgen) -> None:
    ran = run(
        "sheet", "--question", "dense-params", "--count", "1", "--seed", "7", "--format", "md", "--out", "/proc/quizgen"
    )
    assert one_line(ran).startswith(
        ("/proc/quizgen/worksheet-7.md: the file can't be written: ", "/proc: the folder can't")
    )


def test_a_name_that_is_too_long_for_the_system(run: Quizgen) -> None:
    ran = run("sheet", "--seed", "7", "--out", "x" * 300)
    assert one_line(ran).endswith("the file can't be written: File name too long.")


def test_a_disk_that_is_full_leaves_nothing_behind(
    run: Quizgen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, content: bytes) -> None:
        path.touch()
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    ran = run("sheet", "--question", "dense-params", "--count", "1", "--seed", "7", "--format", "md")
    monkeypatch.undo()
    assert one_line(ran) == "output/worksheet-7.md: the file can't be written: No space left on device."
    assert files_in(tmp_path) == {}


def test_what_comes_up_in_the_last_variant_leaves_none_of_them(
    run: Quizgen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from quizgen.errors import PlanError
    from quizgen.plan import Plan

    whole = Plan.sheet

    def failing(plan: Plan, seed: int, *, variant: str, **given: object) -> object:
        if variant == "E":
            raise PlanError("no more.")
        return whole(plan, seed, variant=variant, **given)  # type: ignore[arg-type]

    monkeypatch.setattr(Plan, "sheet", failing)
    (tmp_path / "output").mkdir()
    (tmp_path / "output" / "worksheet-7-A.md").write_bytes(b"mine")
    ran = run("sheet", "--seed", "7", "--count", "1", "--format", "md", "--variants", "5", "--force")
    assert one_line(ran) == "no more."
    assert files_in(tmp_path) == {"output/worksheet-7-A.md": b"mine"}


# Plans.

PLANS = {
    "a field that is none": (
        ("topics =", "topcs ="),
        ":8, field “topcs”: there is no field “topcs”. Did you mean “topics”?",
    ),
    "a field of a section at the top": (("minutes =", "count ="), ":5, field “count”: there is no field “count”."),
    "a section that is misspelt": (
        ("[[section]]", "[[sections]]"),
        ":7, field “sections”: there is no field “sections”. Did you mean “section”",
    ),
    "a section that is no list": (
        ('[[section]]\ntopics = ["conv"]\nlevel = "3-4"\ncount = 3\npoints = 5\n\n[[section]]', "[section]"),
        ":7, field “section”: a section is a table of its own. Begin each with [[section]].",
    ),
    "a number for a text": (('"Midterm"', "7"), ":2, field “title”: 7 is not a text. A text stands in quotes."),
    "an empty title": (('"Midterm"', '""'), ":2, field “title”: the title is empty."),
    "a text for a number": (("= 60", '= "an hour"'), ":5, field “minutes”: an hour is not a whole number."),
    "true for a number": (("count = 3", "count = true"), ":10, field “count”: True is not a whole number."),
    "a fraction of a point": (("points = 5", "points = 2.5"), ":11, field “points”: 2.5 is not a whole number."),
    "too many points": (
        ("points = 5", "points = 500"),
        ":11, field “points”: a question can't give 500 points. Use 1 to 100.",
    ),
    "no questions": (("count = 3", "count = 0"), ":10, field “count”: there can't be 0 questions. Ask for 1 to 200."),
    "too many questions": (("count = 3", "count = 201"), ":10, field “count”: there can't be 201 questions."),
    "a topic that is none": (
        ('["conv"]', '["cnv"]'),
        ":8, field “topics”: there is no topic “cnv”. Did you mean “conv”?",
    ),
    "a text for a list": (
        ('["conv"]', '"conv"'),
        ':8, field “topics”: conv is not a list. Write it as ["...", "..."].',
    ),
    "a number in a list": (('["conv"]', "[3]"), ":8, field “topics”: 3 is not a text."),
    "a level that is none": (('"3-4"', "17"), ":9, field “level”: there is no level 17. Levels go from 0 to 16."),
    "a range of levels backwards": (
        ('"3-4"', "[4, 3]"),
        ":9, field “level”: “4-3” is neither a level nor a range of levels.",
    ),
    "a level of another type": (('"3-4"', "3.5"), ":9, field “level”: “3.5” is neither a level nor a range of levels."),
    "a level that the topic has not": (
        ('"3-4"', "13"),
        ":7, field “section”: there is no question of “conv” at level 13. “conv” has ",
    ),
    "a question that is none": (
        ('["cnn-table"]', '["cnn-tabel"]'),
        ":14, field “questions”: there is no question template “cnn-tabel”. Did you mean “cnn-table”",
    ),
    "a language that is none": (
        ("minutes = 60", 'language = "kers"'),
        ":5, field “language”: networks can't be written in “kers”. Did you mean “keras”?",
    ),
    "a text for a flag": (("minutes = 60", 'shuffle = "yes"'), ":5, field “shuffle”: yes is neither true nor false."),
    "a difficulty that is none": (
        ('"3-4"', '"3-4:hrd"'),
        ":9, field “level”: there is no difficulty “hrd”. Did you mean “hard”?",
    ),
    "a number for a flag": (("points = 5", "interleave = 3"), ":11, field “interleave”: 3 is neither true nor false."),
    "nothing to interleave": (
        ('level = "3-4"', "level = 0\ninterleave = true"),
        ":7, field “section”: there is no question of “conv” at level 0.",
    ),
    "lists in lists": (("minutes = 60", "minutes = " + "[" * 9999), ": the plan is not TOML that can be read."),
    "no TOML": (("minutes = 60", "minutes 60"), ":5: the plan is not TOML: "),
    "a text that never ends": (('"Deep Learning"', '"Deep Learning'), ":3: the plan is not TOML: "),
}


@pytest.mark.parametrize(("change", "said"), PLANS.values(), ids=list(PLANS))
def test_in_a_plan(run: Quizgen, tmp_path: Path, change: tuple[str, str], said: str) -> None:
    assert change[0] in PLAN
    (tmp_path / "plan.toml").write_text(PLAN.replace(*change), encoding="utf-8")
    ran = run("sheet", "--plan", "plan.toml", "--seed", "1")
    assert one_line(ran).startswith(f"plan.toml{said}")
    assert ran.code == 2


def test_a_plan_that_is_no_text(run: Quizgen, tmp_path: Path) -> None:
    (tmp_path / "plan.toml").write_bytes("title = “Übung”".encode("utf-16"))
    assert one_line(run("sheet", "--plan", "plan.toml")) == "plan.toml: the plan is not UTF-8 text."


# Templates.

TEMPLATES = {
    "no front matter": (("+++\ntitle", "title"), ":1: the file does not begin with TOML between two lines of +++."),
    "front matter that does not end": (
        ("\n+++\n{%", "\n{%"),
        ":1: the file does not begin with TOML between two lines of +++.",
    ),
    "no TOML": (("level = 1", "level 1"), ":4: the front matter is not TOML: "),
    "a field that is none": (
        ("topic =", "topc ="),
        ":3, field “topc”: there is no field “topc”. Did you mean “topic”?",
    ),
    "a field that is missing": (("level = 1\n", ""), ":1: the field “level” is missing."),
    "an empty title": (('"Units"', '""'), ':2, field “title”: “title” is not a text. Write title = "...".'),
    "a topic that is none": (
        ('"dense"', '"dens"'),
        ":3, field “topic”: there is no topic “dens”. Did you mean “dense”?",
    ),
    "a level that is none": (
        ("level = 1", "level = 17"),
        ":4, field “level”: “level” is neither a level nor a pair of them.",
    ),
    "levels backwards": (
        ("level = 1", "level = [3, 1]"),
        ":4, field “level”: “level” is neither a level nor a pair of them.",
    ),
    "a level too low for the family": (
        ('{ layer = "Dense", units = [10, 12, 15], features = [8, 20] }', '{ family = "transformer" }'),
        ":4, field “level”: “transformer” has no level 1. It comes at level 1",
    ),
    "about a text": (
        ('{ layer = "Dense", units = [10, 12, 15], features = [8, 20] }', '"Dense"'),
        ":5, field “about”: “about” is not a table.",
    ),
    "about nothing": (
        ('layer = "Dense", ', ""),
        ":5, field “about”: “about” names neither a layer nor a family, or both.",
    ),
    "about a layer that is none": (
        ('"Dense"', '"Dens"'),
        ":5, field “about”: there is no layer “Dens”. Did you mean “Dense”?",
    ),
    "a setting that is none": (
        ("units =", "unitz ="),
        ":5, field “unitz”: there is no setting “unitz” here. Did you mean “units”?",
    ),
    "a setting of another layer": (
        ("units = [10, 12, 15]", "kernel = 3"),
        ":5, field “kernel”: there is no setting “kernel” here.",
    ),
    "a value that is none": (
        ("[8, 20]", "0"),
        ":5, field “features”: “features” can't be 0. It takes an int from 1 up",
    ),
    "a quantity that is none": (
        ('"trainable"', '"trainible"'),
        ":6, field “asks”: there is no quantity “trainible”. Did you mean “trainable”",
    ),
    "a quantity that the layer has not": (
        ('"trainable"', '"receptive_field"'),
        ":6, field “asks”: “dense” has no receptive field.",
    ),
    "an answer that is none": (
        ('"number"', '"essay"'),
        ":7, field “answer”: there is no kind of answer “essay”. Known: choice,",
    ),
    "statements without their sentence": (
        ('"number"', '"statements"'),
        ": the block “statement” is missing. Write {% block statement %}",
    ),
    "misconceptions that are none": (
        ('answer = "number"', 'answer = "choice"\nmisconceptions = ["dense-forget-bais"]'),
        ":8, field “misconceptions”: there is no misconception “dense-forget-bais”. Did you mean “dense-forget-bias”",
    ),
    "misconceptions in no list": (
        ('answer = "number"', 'answer = "choice"\nmisconceptions = "dense-forget-bias"'),
        ":8, field “misconceptions”: “misconceptions” is neither “auto” nor a list of ids.",
    ),
    "too few misconceptions": (
        ('answer = "number"', 'answer = "choice"\nmisconceptions = ["dense-forget-bias"]'),
        ":5, field “about”: ",
    ),
    "too many options": (
        ('"number"', '"choice"\noptions = 9'),
        ":8, field “options”: “options” is not a whole number from 3 to 5.",
    ),
    "a view that is none": (
        ('"number"', '"number"\nnetwork = "tabel"'),
        ":8, field “network”: there is no way to show a network “tabel”.",
    ),
    "of a layer that is not there": (
        ('"number"', '"number"\nof = "first Conv2D"'),
        ":8, field “of”: “first Conv2D” names no layer",
    ),
    "a block that is missing": (
        ("block solution", "block notes"),
        ": there is no block “notes”. Known: ",
    ),
    "a block that does not end": (("{% endblock %}\n{% block sol", "{% block sol"), ":13: Unexpected end of template."),
    "Jinja that is none": (("{{ layer.units }}", "{{ layer.units "), ":10: "),
    "a tag that is none": (("{{ layer.units }}", "{% fi %}"), ":10: Encountered unknown tag 'fi'."),
    "a filter that is none": (
        ("{{ layer.units }}", "{{ layer.units|upppr }}"),
        ":10: there is no filter “upppr”. Did you mean “upper”",
    ),
    "a name that is none": (("{{ layer.units", "{{ layr.units"), ":10: there is no “layr” here. Did you mean “layer”?"),
    "a field of a layer that is none": (
        ("layer.units", "layer.unitz"),
        ":10: there is no “unitz” here. Did you mean “units”?",
    ),
    "a formula that is none": (("worked.trainable", "worked.params"), ":13: there is no “params” here."),
    "a number that is called": (("{{ layer.units }}", "{{ layer.units() }}"), ":10: TypeError: "),
    "a sum of texts and numbers": (
        ("{{ layer.units }}", "{{ layer.units + layer.name }}"),
        ":10: “+” can't be applied to a int and a str. ",
    ),
    "a division by zero": (("{{ layer.units }}", "{{ layer.units // 0 }}"), ":10: ZeroDivisionError: "),
    "another file": (
        ("{{ layer.units }}", "{% include 'x' %}"),
        ":10: a template reads no other file. Write it out here.",
    ),
    "what the sandbox forbids": (("{{ layer.units }}", "{{ layer.__class__ }}"), ":10: there is no “__class__” here."),
    "a layer in place of its fields": (
        ("{{ layer.units }}", "{{ layer }}"),
        ":10: a dict can't be printed. Name one of its fields.",
    ),
    "a flag in place of words": (
        ("{{ layer.units }}", "{{ layer.bias }}"),
        ":10: a bool can't be printed. Use it in {% if %}",
    ),
    "a table within a sentence": (
        ("{{ worked.trainable }}", "See {{ worked.table }}."),
        ":13: a Table needs a paragraph of its own, with a blank line before and after it.",
    ),
    "a formula in code": (("{{ worked.trainable }}", "`{{ worked.trainable }}`"), ":13: a Maths can't stand in code."),
    "a phrase in a formula": (
        ("{{ layer.units }}", "$n = {{ layer.phrase }}$"),
        ":10: a Prose can't stand in a formula.",
    ),
    "LaTeX that is none": (
        ("{{ layer.units }}", r"$\frak{m}$"),
        ":10: formula, column 1, at “\\frak{m}”: there is no command \\frak.",
    ),
    "too much work": (
        ("{{ layer.units }}", "{% for a in range(9999) %}{% for b in range(9999) %}x{% endfor %}{% endfor %}"),
        ":10: this takes too much work. Loop over fewer things.",
    ),
    "a number that is too large": (("{{ layer.units }}", "{{ 10 ** 99 }}"), ":10: a number has more than 40 digits."),
    "a layer without end": (
        ("[8, 20]", "10000000000"),
        ":5, field “features”: “features” is too large. It is at most 1,000,000.",
    ),
    "a distractor that is no formula": (
        ('answer = "number"\n', 'answer = "choice"\n[[distractor]]\nformula = "units * (featurs + 1"\nsays = "x"\n'),
        ":9: in “units * (featurs + 1”, at character 10: there is no “featurs” here. Did you mean “features”?",
    ),
    "a character of quizgen's": (("Units", "U\ue000nits"), ": the characters U+E000 and U+E001 are quizgen's own."),
}


@pytest.mark.parametrize(("change", "said"), TEMPLATES.values(), ids=list(TEMPLATES))
def test_in_a_template(run: Quizgen, tmp_path: Path, change: tuple[str, str], said: str) -> None:
    assert change[0] in OWN_QUESTION
    (tmp_path / "units.md").write_text(OWN_QUESTION.replace(*change), encoding="utf-8")
    ran = run("sheet", "--question", "units", "--count", "1", "--seed", "1", "--format", "md", "--templates", ".")
    assert one_line(ran).startswith(f"units.md{said}")
    assert ran.code == 2
    assert list(files_in(tmp_path)) == ["units.md"]


def test_a_list_of_questions_finds_a_mistake_in_any_template(run: Quizgen, tmp_path: Path) -> None:
    (tmp_path / "units.md").write_text(OWN_QUESTION.replace("endblock", "endblok"), encoding="utf-8")
    assert one_line(run("list", "questions", "--templates", ".")).startswith("units.md:11: Encountered unknown tag")


def test_a_template_that_is_no_text(run: Quizgen, tmp_path: Path) -> None:
    (tmp_path / "units.md").write_bytes(OWN_QUESTION.encode("utf-16"))
    assert one_line(run("show", "units:1", "--templates", ".")) == "units.md: the file is not UTF-8 text."


def test_a_template_whose_name_can_t_be_typed(run: Quizgen, tmp_path: Path) -> None:
    (tmp_path / "My Question.md").write_text(OWN_QUESTION, encoding="utf-8")
    ran = run("list", "questions", "--templates", ".")
    assert one_line(ran).startswith("My Question.md: a question template can't be called so. Small letters, digits,")


def test_a_template_gives_fewer_questions_than_are_asked_for(run: Quizgen, tmp_path: Path) -> None:
    (tmp_path / "units.md").write_text(OWN_QUESTION, encoding="utf-8")
    ran = run("sheet", "--question", "units", "--count", "7", "--templates", ".")
    assert one_line(ran) == (
        "7 questions are asked for, but only 6 distinct ones were found at level 0-16. "
        "Ask for fewer, or for more topics or levels."
    )


STYLES = {
    "a field that is none": (
        ('networks = "table"', 'network = "table"'),
        ":3, field “network”: there is no field “network”.",
    ),
    "a view that is none": (
        ('networks = "table"', 'networks = "tabel"'),
        ":3, field “networks”: there is no way to show",
    ),
    "a text for a flag": (
        ("points = true", 'points = "yes"'),
        ":4, field “points”: “points” is neither true nor false.",
    ),
    "a text for a number": (
        ("space = 4", 'space = "4"'),
        ":5, field “space”: “space” is not a whole number from 0 to 40.",
    ),
    "a block that is missing": (("block head", "block top"), ": there is no block “top”."),
    "a name that is none": (
        ("{{ sheet.title }}", "{{ sheet.titel }}"),
        ":8: there is no “titel” here. Did you mean “title”?",
    ),
}

STYLE = """+++
summary = "mine"
networks = "table"
points = true
space = 4
+++
{% block head %}
# {{ sheet.title }}
{% endblock %}
{% block question %}
{{ question.stem }}
{% endblock %}
{% block solutions_head %}
# Solutions
{% endblock %}
{% block solution %}
{{ question.solution }}
{% endblock %}
"""


@pytest.mark.parametrize(("change", "said"), STYLES.values(), ids=list(STYLES))
def test_in_a_style(run: Quizgen, tmp_path: Path, change: tuple[str, str], said: str) -> None:
    assert change[0] in STYLE
    (tmp_path / "sheets").mkdir()
    (tmp_path / "sheets" / "mine.md").write_text(STYLE.replace(*change), encoding="utf-8")
    ran = run("sheet", "--count", "1", "--seed", "1", "--format", "md", "--style", "mine", "--templates", ".")
    assert one_line(ran).startswith(f"sheets/mine.md{said}")
    assert ran.code == 2
