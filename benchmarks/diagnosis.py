"""How long it takes to search what is behind a wrong number, beside a bare Python start: `python -m benchmarks.diagnosis`.

Every set of misconceptions is looked at, as for a number that none of them leads to. Each figure is that of the fastest of
several runs, which whatever else runs on this machine disturbs least; the ratio holds when the machine's speed does not.
"""

from __future__ import annotations

import gc
import subprocess
import sys
import time
from collections.abc import Iterator

from benchmarks.__main__ import row
from quizgen.diagnosis import concerned
from quizgen.layers import (
    BatchNorm,
    Conv2D,
    Dense,
    DepthwiseConv2D,
    Dropout,
    Embedding,
    EncoderBlock,
    Flatten,
    Layer,
    LayerNorm,
    MaxPooling2D,
    PReLU,
    SeparableConv2D,
    SinusoidalPositions,
)
from quizgen.misconceptions import MISCONCEPTIONS
from quizgen.network import Network, stack
from quizgen.quantities import Asked, quantity
from quizgen.search import Search

RUNS = 15

PLAIN: tuple[Layer, ...] = (
    Conv2D(32, (3, 3), padding="same"),
    BatchNorm(),
    MaxPooling2D((2, 2)),
    Conv2D(64, (3, 3)),
    MaxPooling2D((2, 2)),
    Conv2D(128, (3, 3)),
    Flatten(),
    Dense(256),
    Dropout(0.5),
    Dense(10),
)
MIXED: tuple[Layer, ...] = (
    Conv2D(32, (3, 3), padding="same"),
    BatchNorm(),
    DepthwiseConv2D((3, 3), stride=(2, 2)),
    BatchNorm(),
    SeparableConv2D(64, (3, 3)),
    MaxPooling2D((2, 2)),
    PReLU(),
    Flatten(),
    Dense(256),
    Dense(10),
)
TEXT: tuple[Layer, ...] = (
    Embedding(1000, 64),
    SinusoidalPositions(),
    *(EncoderBlock(heads=4, hidden=256) for _ in range(6)),
    LayerNorm(),
    Dense(10),
)

NETWORKS = (
    ("a convolutional network", stack("plain", (32, 32, 3), PLAIN)),
    ("one with separable convolutions", stack("mixed", (64, 64, 3), MIXED)),
    ("a transformer", stack("text", (40,), TEXT)),
)


def search_times(network: Network, asked: Asked) -> Iterator[tuple[float, float]]:
    """The seconds for all single misconceptions and pairs, and for all triples; nothing is kept from run to run."""
    for _ in range(RUNS):
        gc.collect()
        start = time.perf_counter()
        search = Search(network, asked, concerned(network, asked, MISCONCEPTIONS))
        for size in (1, 2):
            looked_at(search, size)
        pairs = time.perf_counter()
        looked_at(search, 3)
        yield pairs - start, time.perf_counter() - pairs


def bare_start() -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", "pass"], check=True)
    return time.perf_counter() - start


def looked_at(search: Search, size: int) -> int:
    return sum(1 for _ in search.values(size))


def main() -> None:
    bare = min(bare_start() for _ in range(RUNS))
    row("bare Python start", f"{bare * 1e3:.0f} ms")
    for name, network in NETWORKS:
        asked = Asked(quantity("params"))
        search = Search(network, asked, concerned(network, asked, MISCONCEPTIONS))
        print(f"{name}, {len(network.nodes)} layers, {len(search.known.beliefs)} misconceptions")
        times = list(search_times(network, asked))
        for what, sizes, figures in (
            ("singles and pairs", (1, 2), [pairs for pairs, _ in times]),
            ("triples", (3,), [triples for _, triples in times]),
        ):
            fastest = min(figures)
            sets = sum(looked_at(search, size) for size in sizes)
            row(f"  {what}: {sets:,} sets", f"{fastest * 1e3:.0f} ms", f"{fastest / bare:.1f} x bare")


if __name__ == "__main__":
    main()
