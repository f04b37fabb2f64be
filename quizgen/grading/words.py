"""Answers in words: nobody but the learner can tell whether they are right, once the worked answer is shown."""

from __future__ import annotations

from fractions import Fraction

from quizgen.grading.base import Grade, UnreadableError, right
from quizgen.notation import Notation
from quizgen.prose import Prose
from quizgen.question import Question

YES, NO = ("y", "yes"), ("n", "no")


class OpenGrader:
    """Takes the learner's own word for it: `y` or `n`."""

    asks: tuple[str, ...] = ("",)

    def __init__(self, question: Question, notation: Notation) -> None:
        """There is nothing to keep."""

    def prepare(self) -> None:
        """There is nothing to work out."""

    def exposes(self) -> tuple[str, ...]:
        return ()

    def grade(self, text: str) -> Grade:
        """The learner's verdict on what he wrote."""
        word = text.strip().lower()
        if word not in (*YES, *NO):
            raise UnreadableError("was that what you had in mind?", remedy="Type y or n.")
        return right(Prose("Noted.")) if word in YES else Grade(Fraction(0), Prose("Noted: it comes again."))
