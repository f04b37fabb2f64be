"""A wrong answer becomes its causes: the smallest sets of misconceptions that lead there, and the slips that might."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, zip_longest
from math import inf
from typing import Any, Protocol, cast

from quizgen.believing import relevant
from quizgen.calculations import Line, Step, right_lines, steps
from quizgen.counting import Counting
from quizgen.kind import Posed
from quizgen.layers.base import Shape
from quizgen.misconceptions import MISCONCEPTIONS, Misconception
from quizgen.network import Network
from quizgen.notation import FHW, Notation
from quizgen.places import Beliefs
from quizgen.quantities import Asked, quantity
from quizgen.question import Number, Question
from quizgen.search import Search
from quizgen.slips import Slip, slips
from quizgen.typed import Given, exact

MOST_TOLD = 5
"""How many explanations of one size are told."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Misconceptions, in the order of the catalogue, and what they make of the question."""

    held: tuple[Misconception, ...]
    value: Number

    @property
    def misconceptions(self) -> tuple[str, ...]:
        return tuple(held.id for held in self.held)


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What is behind an answer.

    answer: the right one. explanations: all of the smallest size, five at most; empty where the answer is right or no
    known misconceptions lead to it. nearest: for that case, the single misconception whose value is nearest.
    """

    task: Posed
    given: Given
    answer: Number
    correct: bool
    explanations: tuple[Explanation, ...] = ()
    slips: tuple[Slip, ...] = ()
    nearest: Explanation | None = None

    def steps(self, explanation: Explanation, notation: Notation = FHW) -> tuple[Step, ...]:
        """The wrong calculation beside the right one."""
        if isinstance(self.task, Counting):
            return steps(self.task.network, self.task.asked, explanation.held, notation)
        sides = zip_longest(*self.task.sides(explanation.held, notation))
        return tuple(Step("", *(None if side is None else Line(side) for side in pair)) for pair in sides)

    def right(self, notation: Notation = FHW) -> tuple[Line, ...]:
        """The right calculation; empty where the task does not show it by itself."""
        return right_lines(self.task.network, self.task.asked, notation) if isinstance(self.task, Counting) else ()


def diagnose(
    task: Posed,
    given: Given | Number,
    known: Sequence[Misconception] = MISCONCEPTIONS,
    ways: Ways | None = None,
) -> Diagnosis:
    """Why somebody gave this answer to what a task asks, if it's wrong. ways: `ways_of(task)`, if they are there already."""
    answer: Number = task.key
    given = spread(given if isinstance(given, Given) else exact(given), task.asked, answer)
    if given.matches(answer):
        return Diagnosis(task, given, answer, correct=True)
    if isinstance(given.value, Shape) is not isinstance(answer, Shape):
        return Diagnosis(task, given, answer, False, (), slipped(task, given))
    ways = ways or ways_of(task, known)
    found = smallest(ways, given)
    near = None if found else nearest(ways, given, answer)
    return Diagnosis(task, given, answer, False, found, slipped(task, given), near)


def task_of(question: Question) -> Posed:
    """What a question asks, as it was posed."""
    return cast(Posed, question.task)


def slipped(task: Posed, given: Given) -> tuple[Slip, ...]:
    return slips(task.network, task.asked, given) if isinstance(task, Counting) else ()


def ways_of(task: Posed, known: Sequence[Misconception] = MISCONCEPTIONS) -> Ways:
    """What sets of beliefs make of a task."""
    if isinstance(task, Counting):
        return Search(task.network, task.asked, concerned(task.network, task.asked, (*known, *task.own)))
    return Trial(task)


class Ways(Protocol):
    """What sets of beliefs make of a task."""

    @property
    def most(self) -> int:
        """How many are tried together."""

    def values(self, size: int) -> Iterator[tuple[Beliefs, Any]]: ...

    def held(self, beliefs: Beliefs) -> tuple[Misconception, ...]: ...


class Trial:
    """What each set of beliefs makes of any task, worked out one by one."""

    most = 2

    def __init__(self, task: Posed) -> None:
        self.task, self.known = task, tuple(task.relevant())

    def values(self, size: int) -> Iterator[tuple[Beliefs, Number]]:
        """Every set of so many beliefs with its value; sets whose sizes do not fit are left out."""
        for chosen in combinations(range(len(self.known)), size):
            value = self.task.believed(tuple(self.known[place] for place in chosen))
            if value is not None:
                yield sum(1 << place for place in chosen), value

    def held(self, beliefs: Beliefs) -> tuple[Misconception, ...]:
        return tuple(self.known[place] for place in places(beliefs))


def spread(given: Given, asked: Asked, answer: Number) -> Given:
    """A receptive field is given by one size where it is the same on all axes."""
    if asked.quantity.rule == "window" and isinstance(given.value, Shape) and len(given.value) == 1:
        return exact(Shape(given.value * len(answer)))  # type: ignore[arg-type]
    return given


def concerned(network: Network, asked: Asked, known: Sequence[Misconception]) -> tuple[Misconception, ...]:
    """The misconceptions that can change what is asked for.

    For all parameters, those about either kind of them; for a receptive field none about sizes, which are no part of it.
    """
    found = set(relevant(network, asked, known))
    if asked.quantity.name == "params":
        found.update(relevant(network, Asked(quantity("non_trainable"), asked.of), known))
    if asked.quantity.rule == "window":
        found -= {held for held in found if held.rule.__name__ == "output"}
    return tuple(held for held in known if held in found)


def smallest(ways: Ways, given: Given) -> tuple[Explanation, ...]:
    """The smallest sets of misconceptions that lead to what is given, in the order of the catalogue."""
    low, high = given.low, given.high
    for size in range(1, ways.most + 1):
        if low == high:  # nearly always, and many times faster
            found = [(beliefs, value) for beliefs, value in ways.values(size) if value == low]
        else:
            found = [(beliefs, value) for beliefs, value in ways.values(size) if given.matches(value)]
        if found:
            found.sort(key=lambda one: places(one[0]))
            return tuple(Explanation(ways.held(beliefs), value) for beliefs, value in found[:MOST_TOLD])
    return ()


def places(beliefs: Beliefs) -> list[int]:
    """Where the beliefs of a set stand in the catalogue."""
    return [place for place in range(beliefs.bit_length()) if beliefs >> place & 1]


def nearest(ways: Ways, given: Given, answer: Number) -> Explanation | None:
    """The single misconception whose value is nearest to what is given."""
    found = [Explanation(ways.held(beliefs), value) for beliefs, value in ways.values(1) if value != answer]
    return min(found, key=lambda one: distance(one.value, given.value), default=None)


def distance(one: Number | Fraction, other: Number | Fraction) -> float:
    """How far apart two numbers are, or the sizes of two shapes."""
    if isinstance(one, tuple) and isinstance(other, tuple):
        return sum(abs(a - b) for a, b in zip(one, other, strict=True)) if len(one) == len(other) else inf
    return float(abs(one - other))  # type: ignore[operator]
