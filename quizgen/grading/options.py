"""Options in words, chosen by their letters."""

from __future__ import annotations

from fractions import Fraction
from string import ascii_uppercase

from quizgen.grading.base import Grade, UnreadableError, behind, right, shortened
from quizgen.grading.numbers import chosen
from quizgen.notation import Notation
from quizgen.prose import Prose, joined, prose
from quizgen.question import Choice, Choices, Question


class OptionGrader:
    """Grades the letter of an option."""

    asks: tuple[str, ...] = ("",)

    def __init__(self, question: Question, notation: Notation) -> None:
        assert isinstance(question.answering, Choices)
        self.options = question.answering.options

    def prepare(self) -> None:
        """There is nothing to work out."""

    def exposes(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for one in self.options for name in one.misconceptions))

    def grade(self, text: str) -> Grade:
        option = self.read(text)
        if option.correct:
            return right(prose("Yes: {}", option.value))
        if not option.misconceptions:
            return Grade(Fraction(0), joined([Prose("Not yet."), option.feedback], " "))
        return Grade(Fraction(0), behind(option.misconceptions), (option.misconceptions,), lambda: option.feedback)

    def read(self, text: str) -> Choice:
        letter = text.strip().rstrip(".)").lower()
        if len(letter) != 1 or letter.upper() not in ascii_uppercase:
            last = ascii_uppercase[len(self.options) - 1]
            raise UnreadableError(f"“{shortened(text)}” is no option.", remedy=f"Type a letter from A to {last}.")
        return chosen(letter, self.options)
