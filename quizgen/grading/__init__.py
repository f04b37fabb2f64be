"""Answers to questions, graded: one file for each way of answering."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from quizgen.grading.base import Grade, Grader, UnreadableError
from quizgen.grading.design import DesignGrader
from quizgen.grading.formula import FormulaGrader
from quizgen.grading.numbers import NumberGrader
from quizgen.grading.options import OptionGrader
from quizgen.grading.ranking import RankingGrader
from quizgen.grading.statements import StatementGrader
from quizgen.grading.tables import TableGrader
from quizgen.grading.words import OpenGrader
from quizgen.notation import FHW, Notation
from quizgen.prose import Prose
from quizgen.question import Question

GraderOf: TypeAlias = Callable[[Question, Notation], Grader]

GRADERS: Mapping[str, GraderOf] = {
    "choice": NumberGrader,
    "number": NumberGrader,
    "words": OptionGrader,
    "statements": StatementGrader,
    "table": TableGrader,
    "formula": FormulaGrader,
    "ranking": RankingGrader,
    "design": DesignGrader,
    "open": OpenGrader,
}
"""What grades each kind of answer; `words` are options that are no numbers."""


def grader(question: Question, notation: Notation = FHW) -> Grader:
    """What grades the answers to this question."""
    in_words = question.kind == "choice" and isinstance(question.answer, Prose)
    return GRADERS["words" if in_words else question.kind](question, notation)


def grade(question: Question, text: str, notation: Notation = FHW) -> Grade:
    """An answer as it was typed, graded. Raises QuizgenError where it can't be read."""
    return grader(question, notation).grade(text)


__all__ = ["GRADERS", "Grade", "Grader", "UnreadableError", "grade", "grader"]
