"""Reads sources one by one, each in a process of its own with limits: `python -m tests.readers.limited < sources.json`.

Prints a JSON object a line: what came of it, what was said, and the most memory that was in use.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import traceback
from typing import Any, NamedTuple

CPU_SECONDS = 4
"""Twice the two seconds that are promised, for slow machines; a process that takes longer is ended by the system."""

ADDRESS_SPACE = 2 * 2**30
"""Keeps a mistake of ours from taking the machine with it; what is in use is measured."""


class Outcome(NamedTuple):
    """What a source came to: `read`, `refused` with a QuizgenError, `crashed`, or `ended` by a limit."""

    what: str
    said: str
    megabytes: int


def outcomes(sources: dict[str, str]) -> dict[str, Outcome]:
    """Each source read in a process of its own."""
    run = subprocess.run(
        [sys.executable, "-m", "tests.readers.limited"], input=json.dumps(sources), capture_output=True, text=True
    )
    if run.returncode:
        raise RuntimeError(run.stderr)
    return {name: Outcome(*outcome) for name, outcome in map(json.loads, run.stdout.splitlines())}


def count_all(source: str) -> Outcome:
    """Read a source and ask for everything that the walk through its network gives."""
    from quizgen.errors import QuizgenError
    from quizgen.network import macs_total, params_total
    from quizgen.readers.compact import written
    from quizgen.readers.detect import read
    from quizgen.receptive import receptive_fields

    try:
        network = read(source).network
        said = f"{params_total(network.rows)} {macs_total(network.rows)} {len(written(network) or '')}"
        list(receptive_fields(network.rows))
        what = "read"
    except QuizgenError as error:
        what, said = "refused", str(error)
    except BaseException:
        what, said = "crashed", traceback.format_exc()[-2000:]
    return Outcome(what, said, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)


def in_child(source: str) -> Outcome:
    """`count_all` in a fork of this process, which has imported all that is needed."""
    reading, writing = os.pipe()
    if child := os.fork():
        os.close(writing)
        with os.fdopen(reading, "rb") as pipe:
            said = pipe.read()
        _, status, usage = os.wait4(child, 0)
        return Outcome(*json.loads(said)) if said else Outcome("ended", str(status), usage.ru_maxrss // 1024)
    os.close(reading)
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    os.write(writing, json.dumps(count_all(source)).encode())
    os._exit(0)


def main() -> None:
    sources: dict[str, Any] = json.load(sys.stdin)
    sys.stdin.close()
    sys.stdin = open(os.devnull)  # noqa: SIM115, PTH123
    in_child("28x28x1 dense10")
    count_all("from keras import Sequential, layers\nSequential([layers.Dense(1)])")
    count_all("import torch.nn as nn\nnn.Sequential(nn.Linear(1, 1))")
    for name, source in sources.items():
        print(json.dumps([name, in_child(source)]), flush=True)


if __name__ == "__main__":
    main()
