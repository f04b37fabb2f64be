"""A sheet under a skin: what stands on the question sheet, on the solution sheet and on the short key.

A skin is a file like a question template: front matter, and Jinja blocks in Markdown. It arranges what a question has;
it knows no output.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from string import ascii_uppercase
from typing import Any, Literal, get_args

from quizgen.errors import ViewError
from quizgen.layers.base import Shape
from quizgen.prose import Items, Prose, Table, Value, prose
from quizgen.question import Choices, FillIn, Question, Sheet, Statements, Typed, View
from quizgen.render.document import (
    AnswerLine,
    Document,
    Fields,
    Item,
    OptionList,
    Reasons,
    TrueFalseList,
    WorkingSpace,
)
from quizgen.templates import Source, locate, read_source
from quizgen.views import show

Part = Literal["questions", "solutions", "key"]
FIELDS = ("summary", "networks", "points", "titled", "space")
BLOCKS = ("head", "question", "solutions_head", "solution")


@dataclass(frozen=True)
class Skin:
    """A style: how sheets look in words. networks: the view in which it shows a network that a question leaves open."""

    source: Source
    name: str
    summary: str
    networks: View
    points: bool
    titled: bool
    space: int


def find_skin(name: str, folders: Sequence[Path] = ()) -> Skin:
    """The skin of that name; raises UnknownNameError or TemplateError."""
    source = read_source(locate("sheets", name, folders))
    source.check_fields(FIELDS, ("summary",))
    source.check_blocks(known=BLOCKS, required=BLOCKS)
    return Skin(
        source,
        name,
        summary=source.word("summary"),
        networks=source.word("networks", get_args(View), "way to show a network", default="table"),  # type: ignore[arg-type]
        points=source.flag("points", default=True),
        titled=source.flag("titled", default=False),
        space=source.number("space", 0, 40, default=0),
    )


def dressed(sheet: Sheet, skin: Skin, part: Part) -> Document:
    """The document of one part of a sheet."""
    names = sheet_names(sheet)
    if part == "key":
        head = prose("# Key: {}\n\n{}", sheet.title, short_key(sheet))
        return Document("key", f"{sheet.title}: key", head, (), sheet.command, sheet.variant)
    solutions = part == "solutions"
    head = skin.source.render("solutions_head" if solutions else "head", names)
    items = tuple(
        Item(
            number,
            question.name,
            body=skin.source.render(
                "solution" if solutions else "question", {**names, **question_names(question, skin)}
            ),
            points=0 if solutions or not skin.points else question.points,
            title=question.title if skin.titled else "",
        )
        for number, question in enumerate(sheet.questions, 1)
    )
    title = f"{sheet.title}: solutions" if solutions else sheet.title
    return Document(part, title, head, items, sheet.command, sheet.variant)


def sheet_names(sheet: Sheet) -> Mapping[str, Any]:
    """What a skin can say of the sheet."""
    details = [sheet.course, sheet.date, f"{sheet.minutes} minutes" if sheet.minutes else "", f"{sheet.points} points"]
    return {
        "sheet": {
            "title": sheet.title,
            "details": " · ".join(filter(None, details)),
            "instructions": sheet.instructions,
            "variant": sheet.variant,
            "seed": str(sheet.seed),
        },
        "fields": lambda *labels: Fields(labels),
    }


def question_names(question: Question, skin: Skin) -> Mapping[str, Any]:
    """What a skin can say of a question and of its solution."""
    return {
        "question": {
            "title": question.title,
            "stem": question.stem,
            "network": network_shown(question, skin),
            "answering": answering_block(question),
            "space": WorkingSpace(skin.space) if skin.space and not isinstance(question.answering, FillIn) else None,
            "open": open_block(question),
            "answer": answer_line(question),
            "value": None if isinstance(question.answering, FillIn) else answer_value(question),
            "solution": question.solution,
            "reasons": reasons(question),
            "slips": slips(question),
        }
    }


def network_shown(question: Question, skin: Skin) -> Value | None:
    if question.view == "hidden" or isinstance(question.answering, FillIn):
        return None
    wanted = question.view or skin.networks
    try:
        return show(question.network, wanted, names=question.names_layers, to_scale=not question.hides_shapes)
    except ViewError:
        return show(question.network, "table")


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


def short_key(sheet: Sheet) -> Table:
    rows: list[tuple[Value, ...]] = [
        (number, answer_line(question), question.points, question.name)
        for number, question in enumerate(sheet.questions, 1)
    ]
    return Table(("No.", "Answer", "Points", "Question"), tuple(rows), "rlrl")
