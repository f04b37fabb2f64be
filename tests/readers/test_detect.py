"""What a source is: a path, standard input, code, JSON, the compact notation, or a name."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path

import pytest

from quizgen.errors import QuizgenError
from quizgen.layers import Shape
from quizgen.network import params_total
from quizgen.readers.detect import read
from quizgen.readers.reading import ReadError
from quizgen.readers.sources import MOST_BYTES

COMPACT = "28x28x1 conv3x3x8 flatten dense10"
PARAMS = 80 + 10 * (26 * 26 * 8 + 1)
KERAS = """\
from keras import Sequential, layers

model = Sequential([
    layers.Input((28, 28, 1)),
    layers.Conv2D(8, 3, activation="relu"),  # Größe 3
    layers.Flatten(),
    layers.Dense(10),
])
"""
TORCH = """\
import torch.nn as nn

net = nn.Sequential(nn.Conv2d(1, 8, 3), nn.ReLU(), nn.Flatten(), nn.Linear(5408, 10))
"""
JSON = json.dumps(
    {
        "class_name": "Sequential",
        "config": {
            "name": "digits",
            "layers": [
                {"class_name": "InputLayer", "config": {"batch_shape": [None, 28, 28, 1], "name": "x"}},
                {"class_name": "Conv2D", "config": {"name": "conv", "filters": 8, "kernel_size": [3, 3]}},
                {"class_name": "Flatten", "config": {"name": "flat"}},
                {"class_name": "Dense", "config": {"name": "out", "units": 10}},
            ],
        },
    }
)
NOTEBOOK = json.dumps(
    {
        "nbformat": 4,
        "metadata": {},
        "cells": [
            {"cell_type": "markdown", "source": ["# My network\n"]},
            {"cell_type": "code", "source": ["%matplotlib inline\n", "!pip install keras\n"], "outputs": []},
            {"cell_type": "code", "source": KERAS.splitlines(keepends=True)},
            {"cell_type": "code", "source": "model.summary()"},
        ],
    }
)
WRITTEN = {"compact.txt": COMPACT, "net.py": KERAS, "torch.py": TORCH, "model.json": JSON, "book.ipynb": NOTEBOOK}


def total(source: str | Path) -> int:
    return params_total(read(source, input_shape=Shape((28, 28, 1))).network.rows)


@pytest.mark.parametrize("name", WRITTEN)
def test_a_file_is_what_is_in_it(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(WRITTEN[name], encoding="utf-8")
    assert total(path) == total(str(path)) == PARAMS
    assert read(path).source == str(path)


@pytest.mark.parametrize("text", WRITTEN.values(), ids=WRITTEN)
def test_the_name_of_a_file_plays_no_part(text: str, tmp_path: Path) -> None:
    path = tmp_path / "pasted"
    path.write_text(text, encoding="utf-8")
    assert total(path) == PARAMS


@pytest.mark.parametrize("text", WRITTEN.values(), ids=WRITTEN)
def test_a_text_is_read_as_it_is_typed(text: str) -> None:
    assert total(text) == PARAMS


@pytest.mark.parametrize("text", WRITTEN.values(), ids=WRITTEN)
def test_standard_input(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    assert total("-") == PARAMS


def test_a_name_from_the_literature() -> None:
    reading = read("LeNet-5")
    assert (reading.source, params_total(reading.network.rows)) == ("lenet-5", 61_706)


def test_a_name_stands_for_a_file_only_where_there_is_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("lenet-5").mkdir()
    assert read("lenet-5").network.name == "lenet-5"
    Path("alexnet").write_text(COMPACT, encoding="utf-8")
    assert params_total(read("alexnet").network.rows) == PARAMS


def test_a_name_takes_another_input() -> None:
    assert read("vgg-16", input_shape=Shape((32, 32, 3))).network.row("fc1").inputs == ((512,),)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "latin-1"])
def test_a_text_in_any_usual_encoding(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "net.py"
    path.write_bytes(KERAS.encode(encoding))
    assert total(path) == PARAMS


@pytest.mark.parametrize("ends", ["\r\n", "\r", "\n"])
def test_any_ends_of_lines(ends: str, tmp_path: Path) -> None:
    path = tmp_path / "net.py"
    path.write_bytes(KERAS.replace("\n", ends).encode())
    assert total(path) == PARAMS


CONTENTS: tuple[tuple[str, bytes, str], ...] = (
    ("empty", b"", "there is nothing in it."),
    ("blank", b" \n\n\t", "there is nothing in it."),
    ("null bytes", b"import keras\0\0", "this is no text."),
    ("random bytes", bytes(range(256)), "this is no text."),
    ("archive", b"PK\x03\x04\x14\0\0\0", "this is an archive. The config.json in a .keras file can be read;"),
    ("HDF5", b"\x89HDF\r\n\x1a\n\0\0", "this is an HDF5 file. Write the model down with model.to_json()."),
    ("pickle", b"\x80\x04\x95\0\0\0", "this is a pickle. It holds weights: give the code that built the network."),
    ("half of UTF-16", b"\xff\xfeab\xd8\x00\xd8", "this is not text in utf-16, as it begins:"),
    ("too much", b"#" * (MOST_BYTES + 1), "more than 4 MB are no description of a network."),
    ("broken JSON", b'{"class_name": ', "this is no JSON"),
    ("other JSON", b'{"a": 1}', "this JSON is no model of Keras."),
    ("broken notebook", b'{"cells": [3]}', "this notebook cannot be read."),
    ("one word", b"hello", "“hello” is no file, no architecture and no network."),
)


@pytest.mark.parametrize(("content", "message"), [case[1:] for case in CONTENTS], ids=[case[0] for case in CONTENTS])
def test_a_file_without_a_network(content: bytes, message: str, tmp_path: Path) -> None:
    path = tmp_path / "net.py"
    path.write_bytes(content)
    with pytest.raises(QuizgenError) as caught:
        read(path)
    assert str(path) in str(caught.value)
    assert message in str(caught.value)


def test_a_folder_is_said_to_be_one(tmp_path: Path) -> None:
    (tmp_path / "net.py").write_text(KERAS, encoding="utf-8")
    with pytest.raises(ReadError, match=r"this is a folder\. Name a file in it, such as .*net\.py\."):
        read(str(tmp_path))


def test_a_file_that_is_not_there_gets_the_names_beside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "network.py").write_text(KERAS, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for path in ("netwrok.py", str(tmp_path / "netwrok.py"), Path("netwrok.py")):
        with pytest.raises(ReadError, match=r"there is no file .* Did you mean “network\.py”\?"):
            read(path)


def test_a_link_that_leads_nowhere_or_in_a_circle(tmp_path: Path) -> None:
    (tmp_path / "nowhere.py").symlink_to(tmp_path / "gone.py")
    (tmp_path / "circle.py").symlink_to(tmp_path / "circle.py")
    for name, message in (("nowhere.py", "there is no file"), ("circle.py", "the file cannot be read")):
        with pytest.raises(ReadError, match=message):
            read(tmp_path / name)


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever may read everything is refused by hand."""
    path = tmp_path / "net.py"
    path.write_text(KERAS, encoding="utf-8")
    path.chmod(0)
    if os.geteuid() == 0:
        opened = io.open

        def refused(file: object, *args: object, **given: object) -> object:
            if Path(str(file)) == path:
                raise PermissionError(13, "Permission denied")
            return opened(file, *args, **given)  # type: ignore[call-overload]

        monkeypatch.setattr(io, "open", refused)
    with pytest.raises(ReadError, match="the file cannot be read: Permission denied"):
        read(path)


NAMES = (
    ("lenet5", "Did you mean “lenet-5”"),
    ("resnet50", "Did you mean “resnet-50”"),
    ("hello", "“hello” is no file, no architecture and no network."),
    ("net.py", "there is no file “net.py”."),
    ("nets/mine", "there is no file “nets/mine”."),
    ("model.keras", "there is no file “model.keras”."),
    ("", "there is nothing in it."),
    ("a\0b", "is no file, no architecture and no network."),
    ("\udcff\udcfe", "is no file, no architecture and no network."),
    ("x" * 100_000, "is no file, no architecture and no network."),
    ("784 dens10", "word 2, “dens10”: there is no layer “dens”. Did you mean “dense”"),
)


@pytest.mark.parametrize(("typed", "message"), NAMES, ids=lambda case: case[:20].encode("ascii", "replace").decode())
def test_what_is_nothing_is_said_with_what_is_near(
    typed: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ReadError) as caught:
        read(typed)
    assert message in str(caught.value)
    assert len(str(caught.value)) < 400
