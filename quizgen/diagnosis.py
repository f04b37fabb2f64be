"""A wrong answer becomes its causes: the smallest sets of misconceptions that lead there, and the slips that might."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import inf

from quizgen.believing import relevant
from quizgen.calculations import Step, steps
from quizgen.layers.base import Shape
from quizgen.misconceptions import MISCONCEPTIONS, Misconception
from quizgen.network import Network
from quizgen.notation import FHW, Notation
from quizgen.places import Beliefs
from quizgen.quantities import Asked, quantity
from quizgen.question import Number
from quizgen.search import Search
from quizgen.slips import Slip, slips
from quizgen.typed import Given, exact

MOST_TOGETHER = 3
"""How many misconceptions are tried together."""

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

    network: Network
    asked: Asked
    given: Given
    answer: Number
    correct: bool
    explanations: tuple[Explanation, ...] = ()
    slips: tuple[Slip, ...] = ()
    nearest: Explanation | None = None

    def steps(self, explanation: Explanation, notation: Notation = FHW) -> tuple[Step, ...]:
        """The wrong calculation beside the right one."""
        return steps(self.network, self.asked, explanation.held, notation)


def diagnose(
    network: Network, asked: Asked, given: Given | Number, known: Sequence[Misconception] = MISCONCEPTIONS
) -> Diagnosis:
    """Why somebody gave this answer, if it's wrong."""
    answer = asked.value(network.rows)
    given = spread(given if isinstance(given, Given) else exact(given), asked, answer)
    if given.matches(answer):
        return Diagnosis(network, asked, given, answer, correct=True)
    found: tuple[Explanation, ...] = ()
    near = None
    if isinstance(given.value, Shape) is isinstance(answer, Shape):
        search = Search(network, asked, concerned(network, asked, known))
        found = smallest(search, given)
        near = None if found else nearest(search, given, answer)
    return Diagnosis(network, asked, given, answer, False, found, slips(network, asked, given), near)


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


def smallest(search: Search, given: Given) -> tuple[Explanation, ...]:
    """The smallest sets of misconceptions that lead to what is given, in the order of the catalogue."""
    low, high = given.low, given.high
    for size in range(1, MOST_TOGETHER + 1):
        found = [(beliefs, value) for beliefs, value in search.values(size) if low <= value <= high]
        if found:
            found.sort(key=lambda one: places(one[0]))
            return tuple(Explanation(search.held(beliefs), value) for beliefs, value in found[:MOST_TOLD])
    return ()


def places(beliefs: Beliefs) -> list[int]:
    """Where the beliefs of a set stand in the catalogue."""
    return [place for place in range(beliefs.bit_length()) if beliefs >> place & 1]


def nearest(search: Search, given: Given, answer: Number) -> Explanation | None:
    """The single misconception whose value is nearest to what is given."""
    found = [Explanation(search.held(beliefs), value) for beliefs, value in search.values(1) if value != answer]
    return min(found, key=lambda one: distance(one.value, given.value), default=None)


def distance(one: Number | Fraction, other: Number | Fraction) -> float:
    """How far apart two numbers are, or the sizes of two shapes."""
    if isinstance(one, tuple) and isinstance(other, tuple):
        return sum(abs(a - b) for a, b in zip(one, other, strict=True)) if len(one) == len(other) else inf
    return float(abs(one - other))  # type: ignore[operator]
