"""How fast quizgen is, as ratios to a bare Python start: `python -m benchmarks`, with `--memory [N]` what it holds.

Each figure is the median of several runs on this machine; the ratio holds when the machine's speed does not.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Iterable, Iterator
from itertools import count, islice

from quizgen.question import Question

RUNS = 7
WARM_UP = 400
TIMED = 3000


def seconds(*command: str) -> float:
    """The median wall time of a whole process."""
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def questions() -> Iterator[Question]:
    """Questions of every kind in turn."""
    from quizgen.compose import compose
    from quizgen.kinds import all_kinds

    kinds = all_kinds()
    for seed in count():
        for kind in kinds:
            yield compose(kind, seed)


def in_html(made: Iterable[Question]) -> Iterator[int]:
    """Each question with its solution as HTML; yields the length of both."""
    from quizgen.render.formats import writer
    from quizgen.render.skins import arranged, find_skin

    skin, html = find_skin("worksheet"), writer("html")
    for question in made:
        yield sum(len(html.prose(arranged(skin, block, question))) for block in ("question", "solution"))


def per_second(stream: Iterator[int]) -> float:
    sum(islice(stream, WARM_UP))
    start = time.process_time()
    sum(islice(stream, TIMED))
    return TIMED / (time.process_time() - start)


def growth(first: int, last: int) -> tuple[float, float]:
    """MiB held after so many questions, and after so many more."""
    stream = in_html(questions())
    tracemalloc.start()
    sum(islice(stream, first))
    early = tracemalloc.get_traced_memory()[0]
    sum(islice(stream, last - first))
    late = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    return early / 2**20, late / 2**20


def row(name: str, figure: str, ratio: str = "") -> None:
    print(f"{name:<58}{figure:>14}{ratio:>22}", flush=True)


def main() -> None:
    bare = seconds(sys.executable, "-c", "pass")
    command = (sys.executable, "-m", "quizgen")
    row("bare Python start", f"{bare * 1e3:.0f} ms")
    start = seconds(*command, "--help")
    row("quizgen --help", f"{start * 1e3:.0f} ms", f"{start / bare:.1f} x bare")
    with tempfile.TemporaryDirectory() as folder:
        sheet = seconds(*command, "sheet", "--count", "20", "--seed", "7", "--out", folder, "--force")
    row("20 questions and their solutions as PDF, whole process", f"{sheet:.2f} s", f"{sheet / bare:.0f} x bare")
    row("questions made, solved and written as HTML, one core, warm", f"{per_second(in_html(questions())):.0f} /s")
    made = list(islice(questions(), WARM_UP + TIMED))
    row("the same, made before: only written", f"{per_second(in_html(made)):.0f} /s")
    if "--memory" in sys.argv:  # takes minutes
        last = int(sys.argv[-1]) if sys.argv[-1].isdecimal() else 100_000
        early, late = growth(1_000, last)
        row(f"memory held after 1,000 questions, after {last:,}", f"{early:.1f} MiB", f"{late:.1f} MiB")


if __name__ == "__main__":
    main()
