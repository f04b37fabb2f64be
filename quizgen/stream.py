"""Random choices that are the same on every machine and Python.

Only `random.Random.random()` is promised to give the same numbers in every version of Python
(https://docs.python.org/3/library/random.html#notes-on-reproducibility), so everything is derived from it.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Stream:
    """A stream of choices that is fixed by its key: `Stream("conv2d-params", 1234)`."""

    def __init__(self, *key: str | int) -> None:
        digest = sha256("\x1f".join(map(str, key)).encode()).digest()
        self._random = Random(int.from_bytes(digest[:8], "big"))

    def below(self, bound: int) -> int:
        """An int from 0 up to bound - 1."""
        return int(self._random.random() * bound)

    def between(self, low: int, high: int) -> int:
        """An int from low to high, both included."""
        return low + self.below(high - low + 1)

    def choice(self, items: Sequence[T]) -> T:
        return items[self.below(len(items))]

    def chance(self, probability: float) -> bool:
        return self._random.random() < probability

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """A new list in random order (Fisher & Yates)."""
        shuffled = list(items)
        for last in range(len(shuffled) - 1, 0, -1):
            other = self.below(last + 1)
            shuffled[last], shuffled[other] = shuffled[other], shuffled[last]
        return shuffled

    def sample(self, items: Sequence[T], count: int) -> list[T]:
        """So many different items, in random order."""
        return self.shuffled(items)[:count]
