"""What `quizgen.authoring.confined` starts: one job, read as JSON from standard input, its outcome written as JSON."""

from __future__ import annotations

import base64
import json
import sys
from pathlib import Path
from typing import Any

from quizgen.errors import QuizgenError


def limited(seconds: int, megabytes: int) -> None:
    """Take no more processor time and memory than that, where the system can hold a process to it."""
    try:
        import resource
    except ImportError:
        return
    for limit, most in ((resource.RLIMIT_CPU, seconds), (resource.RLIMIT_AS, megabytes << 20)):
        _, hard = resource.getrlimit(limit)
        resource.setrlimit(limit, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def done(job: dict[str, Any]) -> Any:
    """What comes of a job."""
    path, folders = Path(job["file"]), [Path(folder) for folder in job["folders"]]
    if job["what"] == "check":
        from quizgen.authoring.checking import check

        return check(path, job["count"], folders)
    from quizgen.authoring.previewing import preview

    shown = preview(
        path,
        job["seed"],
        job["format"],
        solution=job["solution"],
        style=job["style"],
        letters=job["notation"],
        folders=folders,
    )
    return base64.b64encode(shown).decode()


def main() -> None:
    job = json.load(sys.stdin)
    limited(job["seconds"], job["megabytes"])
    try:
        outcome = {"done": done(job)}
    except QuizgenError as error:
        place = error.place
        where = [str(place.file), place.line, place.field] if place else None
        outcome = {"wrong": [error.what, where, error.remedy]}
    except MemoryError:
        outcome = {"wrong": ["it takes too much memory.", [job["file"], None, None], ""]}
    json.dump(outcome, sys.stdout)


if __name__ == "__main__":
    main()
