"""Sheets about a network of one's own: every question is about it, and its numbers are the network's."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from quizgen.cli.main import cli
from quizgen.errors import PlanError, QuizgenError
from quizgen.naming import question
from quizgen.plan import Plan, Section
from quizgen.readers.detect import read

CODE = """\
from keras.models import Sequential
from keras.layers import *
model = Sequential()
model.add(Conv2D(32, (3, 3), activation='relu', input_shape=(28, 28, 1)))
model.add(MaxPooling2D((2, 2)))
model.add(Flatten())
model.add(Dense(256, activation='relu'))
model.add(Dense(10, activation='softmax'))
"""
TOTAL = 320 + 1_384_704 + 2_570


@pytest.fixture
def net(tmp_path: Path) -> Path:
    path = tmp_path / "net.py"
    path.write_text(CODE)
    return path


def test_every_question_is_about_it(net: Path) -> None:
    network = read(net).network
    sheet = Plan(sections=(Section(count=12),), given=network, about="net.py").sheet(1)
    layers = {node.layer for node in network.nodes}
    for asked in sheet.questions:
        assert {node.layer for node in asked.network.nodes} <= layers
        assert asked.name.endswith(f"+{network.name}")


def test_its_total_is_that_of_keras(net: Path) -> None:
    plan = Plan(sections=(Section(questions=("cnn-total",), count=1),), given=read(net).network)
    assert plan.sheet(1).questions[0].answer == TOTAL


def test_the_same_seed_gives_the_same_sheet_and_says_how(net: Path, tmp_path: Path) -> None:
    command = ["sheet", "--about", str(net), "--count", "4", "--seed", "5", "--format", "json", "--out"]
    texts = []
    for folder in ("a", "b"):
        done = CliRunner().invoke(cli, [*command, str(tmp_path / folder)], catch_exceptions=False)
        assert done.exit_code == 0
        texts.append((tmp_path / folder / "worksheet-5.json").read_text())
    assert texts[0] == texts[1]
    assert f"--about {net}" in texts[0]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--question", "lstm-params"], "none of these kinds can ask about"),
        (["--question", "cnn-total", "--count", "9"], "9 questions are asked for, but only 1 distinct"),
    ],
)
def test_mistakes(words: list[str], says: str, net: Path, tmp_path: Path) -> None:
    command = ["sheet", "--about", str(net), *words, "--out", str(tmp_path / "out")]
    with pytest.raises(QuizgenError, match=says):
        CliRunner().invoke(cli, command, catch_exceptions=False)
    assert not (tmp_path / "out").exists()


def test_an_unknown_input_size_is_said(tmp_path: Path) -> None:
    path = tmp_path / "part.py"
    path.write_text("Dense(10)\n")
    with pytest.raises(QuizgenError):
        CliRunner().invoke(cli, ["sheet", "--about", str(path)], catch_exceptions=False)


def test_such_a_question_is_not_made_again_from_its_name() -> None:
    with pytest.raises(PlanError, match="about a network of one's own"):
        question("cnn-total:1+net.py")
