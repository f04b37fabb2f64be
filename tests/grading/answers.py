"""The right answer to any question, as somebody would type it."""

from __future__ import annotations

from string import ascii_uppercase

from quizgen.layers.base import Shape
from quizgen.prose import Prose, prose
from quizgen.question import Choices, Design, FillIn, Formula, Number, Open, Question, Ranking, Statements
from quizgen.render.formats import writer


def number_typed(value: object) -> str:
    return "x".join(map(str, value)) if isinstance(value, Shape) else str(value)


def right_answer(question: Question) -> str:
    match question.answering:
        case Choices(options) if isinstance(question.answer, Prose):
            return next(letter for letter, one in zip(ascii_uppercase, options, strict=False) if one.correct)
        case Statements(options):
            return " ".join(str(number) for number, one in enumerate(options, 1) if one.correct)
        case FillIn(blanks=blanks):
            return "; ".join(map(number_typed, blanks))
        case Ranking(values=values):
            order: list[Number] = sorted(values)  # type: ignore[type-var]
            return " ".join(ascii_uppercase[values.index(value)] for value in order)
        case Formula(shown=shown):
            return writer("txt").prose(prose("{}", shown)).strip()
        case Design(example=example):
            return example
        case Open():
            return "y"
    return number_typed(question.answer)
