"""Two ways to run the command: in this process, which is quick, and in one of its own, where that matters."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

import quizgen
from quizgen.cli.main import main


@dataclass(frozen=True)
class Ran:
    """What came of a command."""

    code: int
    out: str
    err: str


Quizgen = Callable[..., Ran]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Quizgen:
    """`run("list", "topics")`: the command, in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def ran(*arguments: object) -> Ran:
        monkeypatch.setattr(sys, "argv", ["quizgen", *map(str, arguments)])
        capsys.readouterr()
        code = 0
        try:
            main()
        except SystemExit as left:
            code = int(left.code or 0)
        return Ran(code, *capsys.readouterr())

    return ran


@pytest.fixture
def start(tmp_path: Path) -> Callable[..., subprocess.Popen[str]]:
    """`start("list", "topics")`: the command as a process of its own, in an empty folder."""

    def started(*arguments: object, **given: object) -> subprocess.Popen[str]:
        settings: dict[str, object] = {
            "cwd": tmp_path,
            "env": os.environ | {"PYTHONPATH": str(Path(quizgen.__file__).parent.parent)},
            "stdout": subprocess.PIPE,
            "stderr": subprocess.PIPE,
            "text": True,
            # A test run in the background ignores Ctrl-C, and what it starts would too.
            "preexec_fn": lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        }
        return subprocess.Popen(  # type: ignore[call-overload, no-any-return]
            [sys.executable, "-m", "quizgen", *map(str, arguments)], **(settings | given)
        )

    return started


def files_in(folder: Path) -> dict[str, bytes]:
    """Every file in a folder and below it, hidden ones too, by its path."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def one_line(ran: Ran) -> str:
    """The one line that a failed command says; nothing else, and no traceback."""
    assert ran.out == ""
    assert ran.err.startswith("quizgen: ")
    assert ran.err.count("\n") == 1
    return ran.err.removeprefix("quizgen: ").rstrip("\n")
