"""Items in an order: their letters, the one with the smallest value first."""

from __future__ import annotations

import re
from fractions import Fraction
from string import ascii_uppercase

from quizgen.diagnosis import task_of
from quizgen.grading.base import Grade, UnreadableError, right, shortened
from quizgen.notation import Notation
from quizgen.prose import Prose, Table, Value, prose
from quizgen.question import Question, Ranking, ascending


class RankingGrader:
    """Grades an order: right as a whole, or worth the share of its pairs that are."""

    asks: tuple[str, ...] = ("order",)

    def __init__(self, question: Question, notation: Notation) -> None:
        assert isinstance(question.answering, Ranking)
        self.question, self.ranking = question, question.answering
        values = self.ranking.values
        self.order = tuple(sorted(range(len(values)), key=lambda place: ascending(values[place])))

    @property
    def letters(self) -> str:
        return ascii_uppercase[: len(self.ranking.items)]

    def prepare(self) -> None:
        """There is nothing to work out."""

    def exposes(self) -> tuple[str, ...]:
        task = task_of(self.question)
        return tuple(held.id for held in task.relevant() if task.believed((held,)) not in (None, task.key))

    def grade(self, text: str) -> Grade:
        order = self.read(text)
        if order == self.order:
            return right(prose("Yes: {}.", self.spelled(order)))
        pairs = [(a, b) for place, a in enumerate(order) for b in order[place + 1 :]]
        kept = sum(self.order.index(a) < self.order.index(b) for a, b in pairs)
        return Grade(
            Fraction(kept, len(pairs)),
            prose("Not yet. {} of the {} pairs are in their order.", kept, len(pairs)),
            self.behind(order),
            lambda: self.beside(order),
        )

    def read(self, text: str) -> tuple[int, ...]:
        letters = re.sub(r"[\s,;.<>-]", "", text).upper()
        if sorted(letters) != sorted(self.letters):
            raise UnreadableError(
                f"“{shortened(text)}” is no order of {self.letters[0]} to {self.letters[-1]}.",
                remedy=f"Type each letter once, the smallest first: {' '.join(self.letters)}.",
            )
        return tuple(self.letters.index(letter) for letter in letters)

    def behind(self, order: tuple[int, ...]) -> tuple[tuple[str, ...], ...]:
        """The single beliefs that lead to that order."""
        task, given = task_of(self.question), tuple(place + 1 for place in order)
        return tuple((held.id,) for held in task.relevant() if task.believed((held,)) == given)

    def spelled(self, order: tuple[int, ...]) -> str:
        return ", ".join(self.letters[place] for place in order)

    def beside(self, order: tuple[int, ...]) -> Prose:
        """The given order beside the right one, with the values."""
        rows: list[tuple[Value, ...]] = [
            (self.letters[ours], self.letters[right], self.ranking.values[right])
            for ours, right in zip(order, self.order, strict=True)
        ]
        return prose("{}", Table(("Yours", "Right", "Value"), tuple(rows), "llr"))
