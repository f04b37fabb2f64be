"""Whole sessions in a real terminal: pexpect types, and tmux shows what stands on the screen."""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import quizgen
from quizgen.naming import question
from quizgen.practice.folder import DEFAULT
from quizgen.practice.learner import Learner
from tests.grading.answers import right_answer

pexpect = pytest.importorskip("pexpect")
pytestmark = pytest.mark.system

ENV = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "COLUMNS", "LINES")}
ENV |= {"PYTHONPATH": str(Path(quizgen.__file__).parent.parent), "TERM": "xterm-256color", "LC_ALL": "C.UTF-8"}
COMMAND = [sys.executable, "-m", "quizgen", "practice"]
CONV = ("--topic", "conv", "--level", "3")
NAME = re.compile(r"([a-z0-9-]+:\d+) ──")
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")

Play = Callable[..., Any]


@pytest.fixture
def play(tmp_path: Path) -> Iterator[Play]:
    """`play("--seed", "7")`: the command in a terminal of 80 columns, with an empty memory at first."""
    children = []

    def started(*arguments: str, columns: int = 80, **env: str) -> Any:
        child = pexpect.spawn(
            COMMAND[0],
            [*COMMAND[1:], "--data", str(tmp_path), *arguments],
            env=ENV | env,
            encoding="utf-8",
            timeout=30,
            dimensions=(40, columns),
        )
        children.append(child)
        return child

    yield started
    for child in children:
        child.close(force=True)


def asked(child: Any) -> str:
    """The name of the question that is asked; the cursor waits behind its prompt."""
    child.expect(NAME)
    name: str = child.match[1]
    child.expect("> $")
    return name


def right(name: str) -> str:
    return right_answer(question(name))


def answers(folder: Path) -> list[str]:
    """What is remembered, whatever became of the program."""
    with Learner.open(folder / DEFAULT) as learner:
        return [one.given for one in learner.attempts()]


def test_right_wrong_and_worked(play: Play) -> None:
    child = play("--seed", "7", *CONV)
    name = asked(child)
    child.sendline(right(name))
    child.expect("Yes")
    assert asked(child) != name
    child.sendline("1")
    child.expect("Not yet.")
    child.expect("Once more, or Enter to see it worked.")
    child.expect("> $")
    child.sendline("")
    child.expect("The answer: ")
    asked(child)
    child.sendline("q")
    child.expect("1 of 2 right")
    child.expect("goes on from here")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0


def test_hint_options_undo_and_skip(play: Play) -> None:
    child = play("--seed", "7", *CONV)
    name = asked(child)
    keys = {"h": "Hint 1 of", "?": "these keys", "c": "you are sure", "w": "No question is", "o": "A  "}
    for key, said in keys.items():
        child.sendline(key)
        child.expect(said)
        child.expect("> $")
    child.sendline("1")
    child.expect("Not yet.")
    child.expect("> $")
    child.sendline("u")
    child.expect("Taken back: ")
    assert asked(child) == name
    child.sendline("s")
    assert asked(child) != name
    child.sendline("u")
    child.expect("skipped")
    assert asked(child) == name


@pytest.mark.parametrize("leave", ["sendintr", "sendeof"])
def test_going_is_polite_and_the_session_goes_on(play: Play, leave: str) -> None:
    child = play("--seed", "7", "--count", "3", *CONV)
    name = asked(child)
    child.sendline(right(name))
    second = asked(child)
    getattr(child, leave)()
    child.expect("1 of 1 right")
    child.expect("goes on from here")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    assert "Traceback" not in (child.before or "")
    again = play()
    again.expect("Going on where you stopped, after 1 question")
    again.expect("2 of 3")
    assert asked(again) == second


def test_a_line_can_be_edited(play: Play) -> None:
    """Home, two digits, and Enter: readline is there."""
    child = play("--seed", "7", *CONV)
    name = asked(child)
    answer = right(name)
    child.send(answer[1:] + "\x01" + answer[0] + "\r")
    child.expect("Yes")


@pytest.mark.parametrize(
    ("arguments", "env"), [((), {"NO_COLOR": "1"}), ((), {"TERM": "dumb"}), (("--plain",), {}), ((), {})]
)
def test_colours_only_where_they_are_wanted(play: Play, arguments: tuple[str, ...], env: dict[str, str]) -> None:
    child = play("--seed", "7", *CONV, *arguments, **env)
    child.expect("> $")
    child.sendline("1")
    child.expect("Once more")
    assert bool(COLOUR.search(child.before)) is (not arguments and not env)


def test_sixty_columns(play: Play) -> None:
    child = play("--seed", "7", "--topic", "networks", columns=60)
    child.expect("> $")
    lines = CONTROL.sub("", child.before).replace("\r", "").split("\n")
    assert max(map(len, lines)) < 60


def test_a_window_that_changes_its_size(play: Play) -> None:
    child = play("--seed", "7", *CONV)
    asked(child)
    child.setwinsize(40, 50)
    child.sendline("s")
    child.expect("> $")
    lines = CONTROL.sub("", child.before).replace("\r", "").split("\n")
    assert max(map(len, lines)) < 50


def test_an_exam_against_the_clock(play: Play) -> None:
    child = play("--exam", "3s", "--count", "2", "--seed", "7", "--topic", "dense")
    child.expect("> $")
    child.expect("Time is up.")
    child.expect("0 of 2 right")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0


def piped(folder: Path, *lines: str, arguments: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, "--data", str(folder), "--seed", "7", *CONV, *arguments],
        input="".join(f"{line}\n" for line in lines),
        capture_output=True,
        text=True,
        env=ENV,
        timeout=60,
        check=False,
    )


def test_lines_from_a_pipe(tmp_path: Path) -> None:
    ran = piped(tmp_path, "1", "2", "q")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "\x1b" not in ran.stdout
    assert "> 1\nNot yet." in ran.stdout
    assert "0 of 1 right" in ran.stdout


def test_a_pipe_that_ends(tmp_path: Path) -> None:
    ran = piped(tmp_path, "1")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "goes on from here" in ran.stdout


@pytest.mark.parametrize("moment", range(20))
def test_no_answer_is_lost_when_the_program_is_killed(play: Play, tmp_path: Path, moment: int) -> None:
    """At random moments: whatever was told right or wrong is remembered."""
    chance = random.Random(moment)
    child = play("--seed", str(moment), *CONV)
    told: list[str] = []
    for _ in range(chance.randrange(1, 4)):
        name = asked(child)
        child.sendline(right(name))
        child.expect("Yes")
        told.append(right(name))
    time.sleep(chance.random() * 0.3)
    if chance.random() < 0.5:
        child.sendline("1")
        time.sleep(chance.random() * 0.05)
    child.kill(signal.SIGKILL)
    child.wait()
    assert answers(tmp_path)[: len(told)] == told
    again = play()
    again.expect("Going on where you stopped, after")
    again.expect("> $")


# What stands on the screen


@pytest.fixture
def tmux(tmp_path: Path) -> Iterator[Callable[..., str]]:
    if not shutil.which("tmux"):
        pytest.skip("needs tmux")
    server = ["tmux", "-L", f"quizgen-{os.getpid()}", "-f", os.devnull]

    def run(*arguments: str) -> str:
        return subprocess.run([*server, *arguments], env=ENV, capture_output=True, text=True, check=True).stdout

    yield run
    subprocess.run([*server, "kill-server"], capture_output=True, check=False)


@pytest.mark.parametrize("columns", [60, 200])
def test_the_scrollback_keeps_everything(tmux: Callable[..., str], tmp_path: Path, columns: int) -> None:
    """Lines are only added: after some questions the first one still stands above them."""
    command = " ".join([*COMMAND, "--data", str(tmp_path), "--seed", "7", *CONV])
    tmux("new-session", "-d", "-x", str(columns), "-y", "12", command + "; sleep 60")

    def screen() -> str:
        return tmux("capture-pane", "-p", "-S", "-")

    def wait_for(pattern: str, times: int = 1) -> None:
        deadline = time.monotonic() + 30
        while len(re.findall(pattern, screen())) < times:
            assert time.monotonic() < deadline, screen()
            time.sleep(0.05)

    wait_for(r"> *\n*$")
    for place in range(3):
        tmux("send-keys", "s", "Enter")
        wait_for(r"(?m)^── \d", place + 2)
    tmux("send-keys", "q", "Enter")
    wait_for("goes on from here")
    shown = screen()
    assert [f"── {place} ·" in shown for place in (1, 2, 3, 4)] == [True] * 4
    assert max(map(len, shown.split("\n"))) <= columns
