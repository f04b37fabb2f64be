"""What beliefs make of a task, worked out before it is needed: while the learner thinks, in a thread of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from threading import Lock
from typing import Any

from quizgen.diagnosis import Ways
from quizgen.misconceptions import Misconception
from quizgen.places import Beliefs


class Ahead:
    """The values of sets of beliefs, each size worked out once. make: what works them out."""

    def __init__(self, make: Callable[[], Ways]) -> None:
        self._make, self._lock = make, Lock()
        self._values: dict[int, Sequence[tuple[Beliefs, Any]]] = {}

    @cached_property
    def _ways(self) -> Ways:
        return self._make()

    @property
    def most(self) -> int:
        return self._ways.most

    def values(self, size: int) -> Iterator[tuple[Beliefs, Any]]:
        with self._lock:
            if size not in self._values:
                self._values[size] = list(self._ways.values(size))
        return iter(self._values[size])

    def held(self, beliefs: Beliefs) -> tuple[Misconception, ...]:
        return self._ways.held(beliefs)

    def prepare(self) -> None:
        for size in range(1, self.most + 1):
            self.values(size)
