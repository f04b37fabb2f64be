"""A formula in letters, right if it comes to the same for all sizes."""

from __future__ import annotations

from fractions import Fraction

from quizgen.formulas import parse
from quizgen.grading.base import Grade, behind, right
from quizgen.notation import Notation
from quizgen.prose import Prose, prose
from quizgen.question import Formula, Question
from quizgen.worked.exact import equal


class FormulaGrader:
    """Grades a formula by what it comes to."""

    asks: tuple[str, ...] = ("formula",)

    def __init__(self, question: Question, notation: Notation) -> None:
        assert isinstance(question.answering, Formula)
        self.formula = question.answering

    def prepare(self) -> None:
        """Load what proves two formulas equal."""
        equal(self.formula.value, self.formula.value)

    def exposes(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for _, name in self.formula.wrong))

    def grade(self, text: str) -> Grade:
        expression = parse(text, [letter for letter, _ in self.formula.letters])
        if equal(expression, self.formula.value):
            return right(prose("Yes: {}.", self.formula.shown))
        held = tuple(name for wrong, name in self.formula.wrong if equal(expression, wrong))
        says = behind(held[:1]) if held else Prose("Not yet. It comes to something else, at least for some sizes.")
        return Grade(Fraction(0), says, tuple((name,) for name in held))
