"""A table on its way from the first blank to the last: each tried twice if need be, and then carried on as it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizgen.errors import QuizgenError
from quizgen.practice.keys import Key
from quizgen.practice.talk import Say, Talk
from quizgen.practice.telling import aside

if TYPE_CHECKING:
    from quizgen.grading import Grade
    from quizgen.grading.tables import TableGrader
    from quizgen.practice.turn import Turn
    from quizgen.question import Number


class Cells:
    """given, values: what was typed into each blank, and how it was read. tells: whether each is graded at once."""

    def __init__(self, turn: Turn, grader: TableGrader, *, tells: bool = True) -> None:
        self.turn, self.grader, self.tells = turn, grader, tells
        self.given: list[str] = []
        self.values: list[Number] = []
        self.grades: list[Grade] = []
        self.tried_again = False

    def fill(self) -> Talk[Key | None]:
        """All blanks in their order; a key where the learner leaves."""
        for label in self.grader.asks:
            left = yield from self.cell(label)
            if left is not None:
                return left
        return None

    def cell(self, label: str) -> Talk[Key | None]:
        found = yield from self.read(label)
        if isinstance(found, Key):
            return found
        assert found is not None
        if self.tells:
            yield self.said(found[2])
        if self.tells and not found[2].correct:
            self.tried_again = True
            yield aside("Once more, or Enter to go on with it.")
            second = yield from self.read(label, earlier=found[0])
            if isinstance(second, Key):
                return second
            if second is not None:
                found = second
                yield self.said(found[2])
        given, value, grade = found
        self.given.append(given)
        self.values.append(value)
        self.grades.append(grade)
        return None

    def read(self, label: str, earlier: str = "") -> Talk[tuple[str, Number, Grade] | Key | None]:
        """What belongs into a blank, as it was typed, read and graded; None for Enter at a second try.

        earlier: what was typed at the first try, if this is the second.
        """
        while True:
            line = yield from self.turn.line(label, second=bool(earlier))
            if isinstance(line, Key):
                return line
            if not line and earlier:
                return None
            if line and line == earlier:
                yield aside("That is what you had before.")
                continue
            try:
                return line, *self.grader.grade_cell(line, self.values)
            except QuizgenError as error:
                yield aside(str(error))

    @staticmethod
    def said(grade: Grade) -> Say:
        return Say(grade.says, "right" if grade.correct else "wrong")
