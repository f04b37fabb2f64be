"""What a skin can arrange: the pieces of a question and of its solution, made when a skin asks for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from itertools import starmap
from string import ascii_uppercase
from typing import TypeAlias

from quizgen.errors import ViewError
from quizgen.layers.base import Shape
from quizgen.prose import Items, Prose, Value, prose
from quizgen.question import Choices, Design, FillIn, Formula, Number, Open, Question, Ranking, Statements, Typed, View
from quizgen.render.document import SHORT, AnswerLine, OptionList, Reasons, TrueFalseList, WorkingSpace
from quizgen.views import show

CODE = ("keras", "torch")
"""The views that show code; a style that shows code shows it in the framework whose conventions are in force."""

SPACE_FOR_WORDS = 6
"""The lines to write an answer in words on."""

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
        case Formula(letters):
            return prose("{}\n\n{}", Items(tuple(starmap(letter, letters))), AnswerLine("Formula"))
        case Ranking():
            return prose("{}\n\n{}", lettered(question.answering), AnswerLine("Order, the smallest first"))
        case Design(needs=needs):
            return prose("{}\n\n{}", Items(tuple(need.says for need in needs)), AnswerLine("Layers"))
        case Open():
            return WorkingSpace(SPACE_FOR_WORDS)


def letter(name: str, meaning: str) -> Prose:
    """What a letter of a formula stands for."""
    return prose("`{}`: {}", name, meaning)


def lettered(ranking: Ranking) -> OptionList:
    """The items of a ranking, each with its letter."""
    return OptionList(tuple(zip(ascii_uppercase, ranking.items, strict=False)), tick=False)


def open_block(question: Question) -> Value | None:
    """What a question needs to be answered without options: its statements, or its table."""
    match question.answering:
        case Statements(options):
            return Items(tuple(one.text for one in options), numbered=True)
        case FillIn(table):
            return table
        case Formula(letters):
            return Items(tuple(starmap(letter, letters)))
        case Ranking():
            return lettered(question.answering)
        case Design(needs=needs):
            return Items(tuple(need.says for need in needs))
        case Choices(options) if any(isinstance(one.value, Prose) for one in options):
            return answering_block(question)
    return None


def answer_value(question: Question) -> Value:
    """The bare answer: a number, a shape, words, the numbers of the right statements, the letters of a ranking."""
    match question.answering:
        case Formula(shown=shown):
            return shown
        case Ranking():
            return ", ".join(ascii_uppercase[int(number) - 1] for number in question.answer)  # type: ignore[union-attr, arg-type]
        case Design(example=example):
            return prose("for example `{}`", example)
        case Open():
            return "in words; the solution has one"
    answer = question.answer
    return answer if isinstance(answer, int | Fraction | Shape | Prose) else ", ".join(map(str, answer))


def answer_line(question: Question) -> Prose:
    """The answer as a key says it: `D · 7,600`, `1, 3`, or the number."""
    match question.answering:
        case Choices(options):
            index = next(index for index, one in enumerate(options) if one.correct)
            return prose("**{} · {}**", ascii_uppercase[index], options[index].value)
        case FillIn(blanks=blanks):
            return prose("**Total: {}**", blanks[-1])
    return prose("{}" if isinstance(question.answering, Formula | Design | Open) else "**{}**", answer_value(question))


def named(option: Number | Prose) -> Value:
    """An option before its feedback; not one in many words or a formula, since these stand in the feedback as well."""
    return "" if isinstance(option, Prose) and (option.values or len(option.text) > SHORT) else option


def reasons(question: Question) -> Value | None:
    """Why the other options are wrong."""
    match question.answering:
        case Choices(options):
            wrong = tuple(
                (ascii_uppercase[index], named(one.value), one.feedback)
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
            wrong = tuple(("", named(one.value), one.feedback) for one in options if not one.correct)
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
