"""What is left when a command is stopped, or when nobody listens."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import sleep

import pytest

import quizgen
from tests.cli.conftest import files_in

Start = Callable[..., "subprocess.Popen[str]"]

LONG = ("sheet", "--count", "100", "--variants", "700", "--seed", "7", "--format", "html")


def in_the_middle(process: subprocess.Popen[str], folder: Path) -> None:
    """Wait until the first variants are made, many before the last."""
    while not files_in(folder):
        assert process.poll() is None
        sleep(0.01)


@pytest.mark.parametrize(
    ("asked_by", "code", "said"), [(signal.SIGINT, 130, "quizgen: stopped.\n"), (signal.SIGTERM, 143, "")]
)
def test_a_run_that_is_stopped_leaves_nothing(
    start: Start, tmp_path: Path, asked_by: signal.Signals, code: int, said: str
) -> None:
    process = start(*LONG, "--out", "exams")
    in_the_middle(process, tmp_path)
    process.send_signal(asked_by)
    out, err = process.communicate()
    assert (process.returncode, out, err) == (code, "", said)
    assert files_in(tmp_path) == {}


def test_a_run_that_is_stopped_keeps_what_was_there(start: Start, tmp_path: Path) -> None:
    (tmp_path / "output").mkdir()
    (tmp_path / "output" / "worksheet-7-A.html").write_bytes(b"mine")
    process = start(*LONG, "--force")
    while len(files_in(tmp_path)) < 2:
        assert process.poll() is None
        sleep(0.01)
    process.send_signal(signal.SIGINT)
    process.communicate()
    assert files_in(tmp_path) == {"output/worksheet-7-A.html": b"mine"}


@pytest.mark.parametrize("asked", [("list", "questions"), ("list", "layers", "--json"), ("show", "conv2d-params:1")])
def test_a_pipe_that_nobody_reads(start: Start, asked: tuple[str, ...]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    process = start(*asked, stdout=writing)
    os.close(writing)
    _, err = process.communicate()
    assert (process.returncode, err) == (2, "quizgen: nobody reads the output any more.\n")


def test_a_pipe_that_is_read_for_a_line(tmp_path: Path) -> None:
    ran = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m quizgen list questions | head -1"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(Path(quizgen.__file__).parent.parent)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.startswith("image-to-vector ")
    assert ran.stdout.count("\n") == 1
    assert ran.stderr in ("", "quizgen: nobody reads the output any more.\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs Linux's /dev/full")
def test_a_disk_that_is_full(start: Start) -> None:
    with Path("/dev/full").open("w") as full:
        process = start("list", "layers", stdout=full)
        _, err = process.communicate()
    assert (process.returncode, err) == (2, "quizgen: No space left on device.\n")


def test_a_mistake_has_no_traceback_in_a_process_of_its_own(start: Start) -> None:
    process = start("sheet", "--topic", "cnv")
    assert process.communicate() == ("", "quizgen: there is no topic “cnv”. Did you mean “conv”?\n")
    assert process.returncode == 2


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
@pytest.mark.parametrize(
    ("asked", "sign"),
    [(("show", "conv2d-params:1234"), "×"), (("list", "layers", "--json"), "ᵀ"), (("list", "layers"), "Conv2D")],
    ids=lambda asked: " ".join(asked),
)
def test_an_old_terminal_is_in_nobody_s_way(start: Start, encoding: str, asked: tuple[str, ...], sign: str) -> None:
    """Questions and JSON are UTF-8 wherever they go; a list says what it can."""
    env = os.environ | {"PYTHONPATH": str(Path(quizgen.__file__).parent.parent), "PYTHONIOENCODING": encoding}
    process = start(*asked, env=env, encoding="utf-8", errors="replace")
    out, err = process.communicate()
    assert (process.returncode, err) == (0, "")
    assert sign in out
