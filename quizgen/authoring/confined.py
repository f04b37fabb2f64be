"""A stranger's template is read in a process of its own, which may take only so much time and memory.

The sandbox bounds what a template does with words; what it asks for (a network of a thousand layers) is bounded here.
What comes back is JSON: nothing of it can run.
"""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from quizgen.errors import Place, QuizgenError, TemplateError

PREVIEW_SECONDS = 60
CHECK_SECONDS = 120
A_THOUSAND = 60
"""Seconds more for each thousand questions."""
MEGABYTES = 4096


def check(path: Path, count: int, folders: Sequence[Path]) -> dict[str, Any]:
    """`quizgen.authoring.checking.check`, confined. Raises QuizgenError."""
    seconds = CHECK_SECONDS + count * A_THOUSAND // 1000
    found: dict[str, Any] = run(path, folders, seconds, what="check", count=count)
    return found


def preview(
    path: Path, seed: int, format: str, *, solution: bool, style: str, notation: str, folders: Sequence[Path]
) -> bytes:
    """`quizgen.authoring.previewing.preview`, confined. Raises QuizgenError."""
    wanted = {"seed": seed, "format": format, "solution": solution, "style": style, "notation": notation}
    return base64.b64decode(run(path, folders, PREVIEW_SECONDS, what="preview", **wanted))


def run(path: Path, folders: Sequence[Path], seconds: int, **job: Any) -> Any:
    """The outcome of a job in a process of its own. Raises TemplateError where it takes too long or too much."""
    asked = {**job, "file": str(path), "folders": list(map(str, folders)), "seconds": seconds, "megabytes": MEGABYTES}
    try:
        ran = subprocess.run(
            [sys.executable, "-P", "-m", "quizgen.authoring"],
            input=json.dumps(asked),
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=seconds,
            env={**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )
    except subprocess.TimeoutExpired:
        raise given_up(path, f"it takes more than {seconds} seconds.") from None
    except OSError as error:
        raise TemplateError(f"no process could be started to read it: {error.strerror}.", place=Place(path)) from None
    try:
        outcome = json.loads(ran.stdout)
    except ValueError:
        last = ran.stderr.strip().splitlines()[-1:] or [f"the process ended with {ran.returncode}"]
        what = "it takes too much time or memory" if ran.returncode < 0 else "it can't be read"
        raise given_up(path, f"{what} ({last[0]}).") from None
    if "wrong" in outcome:
        what, where, remedy = outcome["wrong"]
        raise QuizgenError(what, place=Place(*where) if where else None, remedy=remedy)
    return outcome["done"]


def given_up(path: Path, why: str) -> TemplateError:
    return TemplateError(f"the template was given up: {why}", place=Place(path), remedy="Ask for something smaller.")
