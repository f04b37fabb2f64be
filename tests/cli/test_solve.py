"""`quizgen solve` and `quizgen compare`."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Quizgen, files_in, one_line

LASAGNE = "28x28x1 conv5x5x32 pool2 conv3x3x32 pool2 flatten dense256 dense10"
"""The network of https://stackoverflow.com/questions/42786717: 217,706 parameters."""

WORDS = "100x100x1 conv7x7x60 conv5x5x100 pool2 flatten dense250 dense200 dense1"
"""AI Stack Exchange 17101 in words: 50,828,751 parameters."""

CODE = """
model = Sequential()
model.add(Conv2D(60, (7, 7), input_shape = (100, 100, 1), padding="same", activation="relu")) # Layer 1
model.add(Conv2D(100, (5, 5), padding="same", activation="relu")) # Layer 2
model.add(MaxPooling2D(pool_size=(2, 2))) # Layer 3
model.add(Dense(250)) # Layer 4
model.add(Dense(200)) # Layer 5
"""
"""The same in its author's code: 228,550 parameters."""


def objects(run: Quizgen, *arguments: object, code: int = 0) -> list[dict[str, Any]]:
    ran = run("solve", *arguments, "--json")
    assert (ran.code, ran.err) == (code, "")
    return [json.loads(line) for line in ran.out.splitlines()]


# In the terminal.


@pytest.mark.parametrize("width", [60, 80, 120, 200])
def test_a_network_fits_the_terminal(run: Quizgen, monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    for arguments in ([LASAGNE], ["resnet-50"], ["vit-b-16", "--notation", "words"], [WORDS, "--answer", "50828801"]):
        ran = run("solve", *arguments)
        assert (ran.code, ran.err) == (0, "")
        assert max(map(len, ran.out.splitlines()[1:])) <= width


def test_every_number_is_worked(run: Quizgen) -> None:
    """The calculations of the accepted answer, in its notation, and what it reports as total."""
    printed = run("solve", LASAGNE, "--notation", "nml").out
    for words in (
        "(nml + 1)k = (5 × 5 × 1 + 1) × 32 = 832",
        "(3 × 3 × 32 + 1) × 32 = 9,248",
        "(800 + 1) × 256 = 205,056",
        "(256 + 1) × 10 = 2,570",
        "28 − 5 + 1 = 24",
        "217,706",
    ):
        assert words in printed


def test_parts_are_worked_and_branches_say_what_they_read(run: Quizgen) -> None:
    printed = run("solve", "vit-b-16").out
    assert "attention, query    m(n + 1) = 768 × (768 + 1) = 590,592" in printed
    assert "reads        stem_pool" in run("solve", "resnet-50").out


def test_a_layer_like_one_before_is_worked_once(run: Quizgen) -> None:
    printed = run("solve", "resnet-50").out
    assert printed.count("64 × 3 × 7 × 7 = 9,408") == 1
    assert printed.count("H − h + 1 = 56 − 1 + 1 = 56") < 6


def test_without_an_input_size_all_else_is_counted(run: Quizgen, tmp_path: Path) -> None:
    source = "?x?x1 conv3x3x32 pool2 flatten dense10"
    ran = run("solve", source)
    assert ran.code == 0
    assert "= 32 × (1 × 3 × 3 + 1) = 320" in ran.out
    assert "--input" in ran.out
    (found,) = objects(run, source)
    assert [layer["params"] for layer in found["layers"]] == [320, 0, 0, None]
    (found,) = objects(run, source, "--input", "28x28x1")
    assert found["params"] == 320 + 10 * (13 * 13 * 32 + 1)


def test_a_total_is_diagnosed(run: Quizgen) -> None:
    printed = run("solve", WORDS, "--answer", "50828801").out
    assert "50,828,801 is 50 more than right" in printed
    assert "50,250 is 250 × (200 + 1)" in printed
    assert "Yes: " in run("solve", WORDS, "--answer", "50,828,751").out
    printed = run("solve", WORDS, "--answer", "50,828,951").out
    assert "Pooling has a weight" in " ".join(printed.split())


def test_a_layer_is_diagnosed(run: Quizgen) -> None:
    printed = run("solve", LASAGNE, "--layer", "conv2d_2", "--answer", "320").out
    assert "320 is 32 × (3 × 3 + 1)" in printed


def test_standard_input(run: Quizgen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(LASAGNE.encode())))
    (found,) = objects(run, "-")
    assert (found["source"], found["params"]) == ("-", 217_706)


def test_text_and_code_of_one_question(run: Quizgen, tmp_path: Path) -> None:
    (tmp_path / "net.py").write_text(CODE)
    (found,) = objects(run, "net.py")
    assert (found["source"], found["framework"], found["params"]) == ("net.py", "keras", 228_550)
    assert "50,828,751 parameters in words and 228,550 in code" in found["notes"][0]
    printed = run("solve", "net.py", "--answer", "50828801").out
    assert "For the network in the words of question 17101" in printed
    assert "50,250 is 250 × (200 + 1)" in printed
    printed = " ".join(run("compare", WORDS, "net.py").out.split())
    assert "padding valid in A, same in B" in printed
    assert "50,600,201 parameters fewer than A" in printed


# Several sources.


def test_errors_are_objects_too(run: Quizgen) -> None:
    first, second, third = objects(run, LASAGNE, "nowhere.py", "lenet-5", code=2)
    assert first["params"] == 217_706
    assert list(second) == ["source", "error", "line"]
    assert (second["source"], second["line"]) == ("nowhere.py", None)
    assert "nowhere.py" in second["error"]
    assert third["params"] == 61_706


def test_an_error_among_several_is_said_and_the_others_are_shown(run: Quizgen) -> None:
    ran = run("solve", "nowhere.py", LASAGNE)
    assert ran.code == 2
    assert "217,706" in ran.out
    assert ran.err.startswith("quizgen: ")
    assert ran.err.count("\n") == 1


# Documents.


@pytest.mark.parametrize(("name", "begins"), [("n.pdf", b"%PDF"), ("n.html", b"<!doctype"), ("n.md", b"# "), ("n.tex", b"\\doc"), ("n", b"lenet")])  # fmt: skip
def test_a_document(run: Quizgen, tmp_path: Path, name: str, begins: bytes) -> None:
    ran = run("solve", "lenet-5", "--out", name)
    assert (ran.code, ran.out) == (0, f"{name}\n")
    content = (tmp_path / name).read_bytes()
    assert content.lstrip(b"% \n").startswith(begins.lstrip(b"%"))
    assert "exists" not in run("solve", "lenet-5", "--out", name, "--force").err
    assert (tmp_path / name).read_bytes() == content


def test_a_document_on_the_terminal(run: Quizgen) -> None:
    printed = run("solve", "lenet-5", "--format", "html").out
    assert "<svg" in printed
    assert "61,706" in printed
    printed = run("compare", "lenet-5", "lenet-5-1998", "--format", "md").out
    assert "PartialConv2D" in printed


def test_a_file_that_is_there_is_kept(run: Quizgen, tmp_path: Path) -> None:
    (tmp_path / "n.html").write_text("mine")
    assert (
        one_line(run("solve", "lenet-5", "--out", "n.html"))
        == "n.html: the file is there already. Use --force to replace it."
    )
    assert files_in(tmp_path) == {"n.html": b"mine"}


# Two networks.


@pytest.mark.parametrize("width", [60, 80, 200])
def test_a_comparison_fits_the_terminal(run: Quizgen, monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    for pair in (("two-class", "two-class-in-code"), ("resnet-18", "resnet-34"), ("resnet-50", "resnet-50-keras")):
        ran = run("compare", *pair)
        assert (ran.code, ran.err) == (0, "")
        assert max(map(len, ran.out.splitlines())) <= width


def test_a_comparison_for_programs(run: Quizgen) -> None:
    found = json.loads(run("compare", "two-class", "two-class-in-code", "--json").out)
    assert list(found) == ["a", "b", "same", "layers", "differences"]
    assert (found["a"]["params"], found["b"]["params"], found["same"]) == (50_828_751, 228_550, False)
    assert found["layers"][0] == {
        "a": "conv1",
        "b": "conv1",
        "differs": ["settings", "output_shape", "macs"],
        "settings": {"padding": {"a": "valid", "b": "same"}},
    }


# Mistakes.

MISTAKES = {
    "solve": "Missing argument 'SOURCE...'.",
    "solve nowhere.py": "there is no file “nowhere.py”.",
    "solve lenet5": "“lenet5” is no file, no architecture and no network. Did you mean “lenet-5”",
    "solve lenet-5 --input 28xx1": "“28xx1” is no shape. Write it as 224x224x3, without the batch axis.",
    "solve lenet-5 --input 0x28x1": "a size of 0 holds nothing. Every size is at least 1.",
    "solve lenet-5 --input 5x5x1": "lenet-5: ",
    "solve lenet-5 --answer many": "“many” can't be read as an answer",
    "solve lenet-5 --layer c3": "--layer says what --answer is about. Give the answer too: --answer 9248.",
    "solve lenet-5 --layer c9 --answer 5": "there is no layer “c9”. Did you mean “c",
    "solve lenet-5 vgg-16 --answer 5": "--answer is for one network, but there are 2. Name one.",
    "solve lenet-5 vgg-16 --out a.pdf": "--out is for one network, but there are 2. Name one.",
    "solve lenet-5 --assume Capsule": "“Capsule” assumes nothing. Write NAME=PARAMS, such as --assume Capsule=1200.",
    "solve lenet-5 --assume =5": "“=5” assumes nothing.",
    "solve lenet-5 --assume Capsule=many": "“Capsule=many” assumes nothing.",
    "solve lenet-5 --format pdf": "a PDF is not for the terminal. Name a file: --out network.pdf",
    "solve lenet-5 --format docx": "there is no format “docx”. Known: html, md, pdf, tex, txt.",
    "solve lenet-5 --out lenet.docx": "there is no format “docx”.",
    "solve lenet-5 --json --format md": "--json goes to the terminal, and is no document. Leave out --format and --out.",
    "solve lenet-5 --notation fwh": "there is no notation “fwh”. Did you mean “fhw”",
    "compare lenet-5": "Missing argument 'B'.",
    "compare lenet-5 nowhere.py": "there is no file “nowhere.py”.",
    "compare lenet-5 vgg-16 --format pdf": "a PDF is not for the terminal.",
    "compare lenet-5 vgg-16 --json --out a.md": "--json goes to the terminal, and is no document.",
}


@pytest.mark.parametrize(("words", "said"), MISTAKES.items(), ids=list(MISTAKES))
def test_mistakes(run: Quizgen, tmp_path: Path, words: str, said: str) -> None:
    ran = run(*words.split())
    assert one_line(ran).startswith(said)
    assert ran.code == 2
    assert files_in(tmp_path) == {}


@pytest.mark.parametrize("answer", ["10", "(?, 4)", "(26, 26, 32)"])
def test_too_little_is_known_for_a_diagnosis(run: Quizgen, answer: str) -> None:
    source = "?x?x1 conv3x3x32 flatten dense10"
    assert "--input" in one_line(run("solve", source, "--layer", "conv2d", "--answer", "(26, 26, 32)"))
    assert "--input" in one_line(run("solve", source, "--answer", "10"))
