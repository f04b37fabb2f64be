"""How soon a session answers, beside a bare Python start: `python -m benchmarks.practice`.

The whole program in a terminal of its own: from Enter to the first question on the screen, from an answer to its feedback,
and from an answer to the next question. A start is compared with the bare ones before and after it, since the speed of a
machine changes; the figure is that of the run whose ratio is the median.
"""

from __future__ import annotations

import os
import pty
import re
import select
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks.__main__ import row

RUNS = 12
THINKS = 1.5
"""Seconds before each answer, for which somebody who types is quick."""

PATIENCE = 20
ANSWERS = 5
TOPICS = ("dense", "conv", "networks", "attention")
QUESTION = ("──\r\n", "> ")
"""What has been written when a question stands there: the line above it, and in the end a prompt."""
FEEDBACK = "Not yet|is no option|there is no|can't be read"
"""What a number is told that is not right; where words are asked for, that it is none."""


class Program:
    """A program in a terminal, and when it was started."""

    def __init__(self, *command: str) -> None:
        self.began = time.perf_counter()
        self.process, self.terminal = pty.fork()
        if not self.process:
            os.execvp(command[0], command)

    def until(self, *patterns: str) -> float:
        """When these had come, one after the other."""
        heard, wanted = "", list(patterns)
        while wanted:
            if not select.select([self.terminal], [], [], PATIENCE)[0]:
                raise TimeoutError(f"“{wanted[0]}” does not come, but: {heard}")
            try:
                heard += os.read(self.terminal, 1 << 16).decode(errors="replace")
            except OSError:  # it has ended
                return time.perf_counter()
            while wanted and (found := re.search(wanted[0], heard)):
                heard = heard[found.end() :]
                del wanted[0]
        return time.perf_counter()

    def type(self, line: str) -> float:
        """Type a line, and give the time of its Enter."""
        time.sleep(THINKS)
        os.write(self.terminal, line.encode())
        os.write(self.terminal, b"\r")
        return time.perf_counter()


@contextmanager
def started(*command: str) -> Iterator[Program]:
    program = Program(*command)
    try:
        yield program
    finally:
        os.kill(program.process, 9)
        os.waitpid(program.process, 0)
        os.close(program.terminal)


@contextmanager
def practice(*arguments: str) -> Iterator[Program]:
    """A session of somebody new."""
    with (
        tempfile.TemporaryDirectory() as data,
        started(sys.executable, "-m", "quizgen", "practice", "--data", data, "--seed", "7", *arguments) as program,
    ):
        yield program


def bare_start() -> float:
    with started(sys.executable, "-c", "print('here')") as program:
        return program.until("here") - program.began


def first_question() -> float:
    with practice() as program:
        return program.until(*QUESTION) - program.began


def answers(topic: str) -> Iterator[tuple[float, float]]:
    """The seconds to the feedback of a wrong answer, and from skipping to the next question."""
    with practice("--topic", topic) as program:
        for number in range(ANSWERS):
            if not number:
                program.until(*QUESTION)
            typed = program.type(str(123_457 + number))
            feedback = program.until(FEEDBACK, "> ") - typed
            typed = program.type("s")
            yield feedback, program.until(*QUESTION) - typed


def starts() -> tuple[float, float]:
    """The seconds to the first question, and those of a bare start at the same time: the median of their ratios."""
    found = []
    for _ in range(RUNS):
        before, first, after = bare_start(), first_question(), bare_start()
        found.append((first, (before + after) / 2))
    return sorted(found, key=lambda pair: pair[0] / pair[1])[RUNS // 2]


def main() -> None:
    first, bare = starts()
    row("bare Python start", f"{bare * 1e3:.0f} ms")
    row("from Enter to the first question", f"{first * 1e3:.0f} ms", f"{first / bare:.1f} x bare")
    for topic in TOPICS:
        feedback, following = (max(seconds) for seconds in zip(*answers(topic), strict=True))
        row(f"{topic}: a wrong answer to its feedback, slowest of {ANSWERS}", f"{feedback * 1e3:.0f} ms")
        row(f"{topic}: to the next question, slowest of {ANSWERS}", f"{following * 1e3:.0f} ms")


if __name__ == "__main__":
    main()
