"""Statements: the numbers of those that are true, each judged on its own."""

from __future__ import annotations

import re
from fractions import Fraction

from quizgen.grading.base import Grade, UnreadableError, behind, right, shortened
from quizgen.notation import Notation
from quizgen.prose import Items, Prose, Value, joined, prose
from quizgen.question import Question, Statement, Statements

ALL, NONE = ("all",), ("none", "0", "-")
NUMBERS = re.compile(r"\d+(?:(?:[ ,;.&+]|\band\b)+\d+)*[.,]?")


class StatementGrader:
    """Grades which statements are called true."""

    asks: tuple[str, ...] = ("true",)

    def __init__(self, question: Question, notation: Notation) -> None:
        assert isinstance(question.answering, Statements)
        self.options: tuple[Statement, ...] = question.answering.options

    def prepare(self) -> None:
        """There is nothing to work out."""

    def exposes(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for one in self.options for name in one.misconceptions))

    def grade(self, text: str) -> Grade:
        called = self.read(text)
        judged = [(number in called) is one.correct for number, one in enumerate(self.options, 1)]
        if all(judged):
            return right(self.agreed())
        believed = [one for number, one in enumerate(self.options, 1) if number in called and not one.correct]
        held = tuple(dict.fromkeys(name for one in believed for name in one.misconceptions))
        return Grade(
            Fraction(sum(judged), len(judged)),
            self.told(sum(judged), held, missing=any(one.correct for one in self.missed(called))),
            (held,) if held else (),
            lambda: self.corrected(called),
        )

    def read(self, text: str) -> frozenset[int]:
        """The numbers of the statements that are called true."""
        word = text.strip().lower()
        if word in ALL:
            return frozenset(range(1, len(self.options) + 1))
        if word in NONE:
            return frozenset()
        if not NUMBERS.fullmatch(word):
            raise UnreadableError(
                f"“{shortened(text)}” names no statements.",
                remedy="Type the numbers of those that are true, such as 1 3; or none, or all.",
            )
        called = frozenset(map(int, re.findall(r"\d+", word)))
        for number in sorted(called):
            if not 1 <= number <= len(self.options):
                raise UnreadableError(
                    f"there is no statement {number}.", remedy=f"They go from 1 to {len(self.options)}."
                )
        return called

    def missed(self, called: frozenset[int]) -> list[Statement]:
        return [one for number, one in enumerate(self.options, 1) if number not in called]

    def agreed(self) -> Prose:
        true = [str(number) for number, one in enumerate(self.options, 1) if one.correct]
        verb = "is" if len(true) == 1 else "are"
        return Prose(f"Yes: {' and '.join(filter(None, (', '.join(true[:-1]), true[-1])))} {verb} true.")

    def told(self, judged: int, held: tuple[str, ...], *, missing: bool) -> Prose:
        """How many are judged right, and the beliefs behind the false ones that are called true, but not which they are."""
        says = [prose("Not yet. {} of {} are judged right.", judged, len(self.options))]
        if held:
            says.append(behind(held, "Behind what you call true is a belief that needs mending:"))
        elif missing:
            says += [Prose("One that is true is missing.")]
        return joined(says, " ")

    def corrected(self, called: frozenset[int]) -> Prose:
        """What was called what, and what makes the false ones false."""
        lines: list[Prose] = []
        for number, one in enumerate(self.options, 1):
            if (number in called) is not one.correct:
                verdict: Value = "true" if one.correct else "false"
                lines.append(prose("{} is {}. {}", number, verdict, one.feedback if one.feedback else ""))
        return prose("{}", Items(tuple(lines)))
