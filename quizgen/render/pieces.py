"""What a skin can arrange: the pieces of a question and of its solution, made when a skin asks for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from string import ascii_uppercase
from typing import TypeAlias

from quizgen.errors import ViewError
from quizgen.layers.base import Shape
from quizgen.prose import Items, Prose, Value, prose
from quizgen.question import Choices, FillIn, Question, Statements, Typed, View
from quizgen.render.document import AnswerLine, OptionList, Reasons, TrueFalseList, WorkingSpace
from quizgen.views import show

CODE = ("keras", "torch")
"""The views that show code; a style that shows code shows it in the framework whose conventions are in force."""

Piece: TypeAlias = Callable[[Question, View, int], "Value | None"]
"""A piece of a question, given the view in which its networks are shown and the lines of space to work; None if it
has no such piece."""


def network_shown(question: Question, view: View) -> Value | None:
    if question.view == "hidden" or isinstance(question.answering, FillIn):
        return None
    code: View = "keras" if question.network.framework == "keras" else "torch"
    wanted = question.view or (code if view in CODE else view)
    try:
        return show(question.network, wanted, names=question.names_layers, to_scale=not question.hides_shapes)
    except ViewError:
        return show(question.network, "table")


def working_space(question: Question, lines: int) -> Value | None:
    return WorkingSpace(lines) if lines and not isinstance(question.answering, FillIn) else None


def answering_block(question: Question) -> Value:
    match question.answering:
        case Choices(options):
            return OptionList(tuple((ascii_uppercase[index], one.value) for index, one in enumerate(options)))
        case Statements(options):
            return TrueFalseList(tuple(one.text for one in options))
        case FillIn(table):
            return table
        case Typed():
            return AnswerLine()


def open_block(question: Question) -> Value | None:
    """What a question needs to be answered without options: its statements, or its table."""
    match question.answering:
        case Statements(options):
            return Items(tuple(one.text for one in options), numbered=True)
        case FillIn(table):
            return table
    return None


def answer_value(question: Question) -> Value:
    """The bare answer: a number, a shape, or the numbers of the right statements."""
    answer = question.answer
    return answer if isinstance(answer, int | Shape) else ", ".join(map(str, answer))


def answer_line(question: Question) -> Prose:
    """The answer as a key says it: `D · 7,600`, `1, 3`, or the number."""
    match question.answering:
        case Choices(options):
            index = next(index for index, one in enumerate(options) if one.correct)
            return prose("**{} · {}**", ascii_uppercase[index], options[index].value)
        case Statements():
            return prose("**{}**", answer_value(question))
        case FillIn(blanks=blanks):
            return prose("**Total: {}**", blanks[-1])
        case Typed():
            return prose("**{}**", answer_value(question))


def reasons(question: Question) -> Value | None:
    """Why the other options are wrong."""
    match question.answering:
        case Choices(options):
            wrong = tuple(
                (ascii_uppercase[index], one.value, one.feedback)
                for index, one in enumerate(options)
                if not one.correct
            )
            return Reasons("Why not ...?", wrong)
        case Statements(options):
            false = tuple((str(number), "", one.feedback) for number, one in enumerate(options, 1) if not one.correct)
            return Reasons("Why are the others false?", false) if false else None
    return None


def slips(question: Question) -> Value | None:
    """Why somebody may have got another number, for a reader who was given no options."""
    match question.answering:
        case Choices(options):
            wrong = tuple(("", one.value, one.feedback) for one in options if not one.correct)
            return Reasons("If you got another number", wrong)
    return reasons(question)


PIECES: Mapping[str, Piece] = {
    "title": lambda question, view, space: question.title,
    "stem": lambda question, view, space: question.stem,
    "network": lambda question, view, space: network_shown(question, view),
    "answering": lambda question, view, space: answering_block(question),
    "space": lambda question, view, space: working_space(question, space),
    "open": lambda question, view, space: open_block(question),
    "answer": lambda question, view, space: answer_line(question),
    "value": lambda question, view, space: None if isinstance(question.answering, FillIn) else answer_value(question),
    "solution": lambda question, view, space: question.solution,
    "reasons": lambda question, view, space: reasons(question),
    "slips": lambda question, view, space: slips(question),
}
"""Every piece, by the name under which a skin finds it in `question`."""
