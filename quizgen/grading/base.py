"""What grading gives, and what a grader is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol, TypeAlias

from quizgen.errors import QuizgenError
from quizgen.misconceptions import misconception
from quizgen.prose import Prose, joined

Reasons: TypeAlias = tuple[tuple[str, ...], ...]
"""The smallest sets of misconceptions, by their ids, that lead to an answer; more than one where they tie."""

LONGEST = 40
"""So much of what was typed is quoted."""


class UnreadableError(QuizgenError):
    """An answer that can't be understood, and so is no try."""


def nothing() -> Prose:
    return Prose("")


@dataclass(frozen=True, slots=True)
class Grade:
    """What an answer is worth, and what it is told.

    score: from 0 to 1. says: why it is right; or what is behind it, without the right answer, for a second try.
    beside: the wrong calculation beside the right one, for when the answer may be told; worked out when it is asked for.
    """

    score: Fraction
    says: Prose
    explanations: Reasons = ()
    beside: Callable[[], Prose] = nothing

    @property
    def correct(self) -> bool:
        return self.score == 1


def right(says: Prose) -> Grade:
    return Grade(Fraction(1), says)


LEAD = "Not yet. Behind it is a belief that needs mending:"


def behind(held: tuple[str, ...], lead: str = LEAD) -> Prose:
    """The beliefs behind an answer, in their own words, which do not tell the right one."""
    return joined([Prose(lead), *(Prose(f"*{misconception(name).belief}*") for name in held)], " ")


def shortened(text: str) -> str:
    """What was typed, as an error quotes it."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[:LONGEST]}..."


class Grader(Protocol):
    """Grades the answers to one question.

    asks: what stands before the cursor, for each thing that is to be typed; more than one for a table.
    """

    asks: tuple[str, ...]

    def prepare(self) -> None:
        """Work ahead, while the learner thinks. Safe to be called in a thread of its own."""

    def exposes(self) -> tuple[str, ...]:
        """The misconceptions under which the answer is another one."""

    def grade(self, text: str) -> Grade:
        """Raises QuizgenError where the answer can't be read."""


__all__ = ["Grade", "Grader", "Reasons", "UnreadableError", "behind", "right", "shortened"]
