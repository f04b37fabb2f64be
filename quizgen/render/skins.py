"""A sheet under a skin: what stands on the question sheet, on the solution sheet and on the short key.

A skin is a file like a question template: front matter, and Jinja blocks in Markdown. It arranges what a question has;
it knows no output.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, get_args

from quizgen.prose import Prose, Table, Value, prose
from quizgen.question import Question, Sheet, View
from quizgen.render.document import Document, Fields, Item
from quizgen.render.pieces import PIECES, answer_line
from quizgen.templates import Source, locate, read_source

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
    arrangements: dict[tuple[str, tuple[str, ...]], Prose] = field(default_factory=dict)

    @cached_property
    def asked(self) -> dict[str, tuple[str, ...]]:
        """The pieces of a question that each block asks for."""
        return {block: self.source.blocks.fields_of("question", block) for block in BLOCKS}


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
            body=arranged(skin, "solution" if solutions else "question", question),
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


def arranged(skin: Skin, block: str, question: Question) -> Prose:
    """A question, or its solution, as the skin arranges it.

    A skin may ask whether there is a piece, and put it in its place, without looking into it; so its words are rendered
    once for every choice of pieces, with their names for them, and only the pieces differ from question to question.
    """
    pieces = {name: PIECES[name](question, skin.networks, skin.space) for name in skin.asked[block] if name in PIECES}
    there = tuple(name for name, piece in pieces.items() if piece is not None and piece != "")
    if (block, there) not in skin.arrangements:
        names = {name: Prose(name) if name in there else None for name in PIECES}
        skin.arrangements[block, there] = skin.source.render(block, {"question": names})
    words = skin.arrangements[block, there]
    return Prose(words.text, tuple(pieces[name.text] for name in words.values))  # type: ignore[union-attr, misc]


def short_key(sheet: Sheet) -> Table:
    rows: list[tuple[Value, ...]] = [
        (number, answer_line(question), question.points, question.name)
        for number, question in enumerate(sheet.questions, 1)
    ]
    return Table(("No.", "Answer", "Points", "Question"), tuple(rows), "rlrl")
