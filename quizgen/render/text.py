"""Plain text for terminals: wrapped lines, aligned columns, formulas on one line of Unicode."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from textwrap import indent, wrap
from typing import ClassVar

from quizgen.prose import Drawing, Prose
from quizgen.render.columns import columns
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
from quizgen.render.lines import LineWriter
from quizgen.render.markdown_tree import Node
from quizgen.render.writer import CONTROL, NO_BREAK, one_line

WIDTH = 72
TABLE_WIDTH = 79
BLANK = "______"
BULLET = "• "
STEP = "    "
SHORT = 14
"""A value of so many characters or fewer has a column to itself beside its feedback."""

BREAKS = ("=<>≤≥≠≈≡→⇒", "=<>≤≥≠≈≡→⇒+−", "=<>≤≥≠≈≡→⇒+−×·/")
"""The signs before which a formula may be broken, for formulas longer and longer."""
LAST_RESORT = re.compile(f"{NO_BREAK}(?=[{BREAKS[-1]}])")

FORMULAS_KEPT = 2048


class TextWriter(LineWriter):
    """`--format txt`, and what `quizgen show` prints. width, table_width: the columns for text, and for tables."""

    name: ClassVar[str] = "txt"
    suffix: ClassVar[str] = ".txt"

    def __init__(self, width: int = WIDTH, table_width: int = TABLE_WIDTH) -> None:
        super().__init__()
        self.width, self.table_width = width, table_width
        self._margin = 0

    def document(self, document: Document) -> bytes:
        items = "".join(self.text_item(item, document) for item in document.items)
        label = f"{self.escape(document.label)} · " if document.label else ""
        foot = self.rule().rstrip() + "\n" + self.wrapped(f"{label}Made by {self.in_code(document.command)}")
        return f"{self.prose(document.head)}{items}{self.prose(document.foot)}{foot}\n".encode()

    def text_item(self, item: Item, document: Document) -> str:
        number = f"{item.number:>2}. " if document.numbered else ""
        with self._indented(len(number)):
            title = self.heading(3, self.escape(item.title)) if item.title else ""
            body = indent(f"{title}{self.prose(item.body).rstrip()}\n", " " * len(number))
        points = f"{item.points} point{'s' if item.points > 1 else ''} · " if item.points else ""
        name = f"{points}{self.escape(item.name)}"
        return f"{number}{body[len(number) :]}{name.rjust(self.width)}\n\n"

    def escape(self, text: str) -> str:
        return one_line(text)

    def in_code(self, text: str) -> str:
        return one_line(text)

    def paragraph(self, content: str) -> str:
        return f"{self.wrapped(content)}\n\n" if content.strip() else ""

    def heading(self, level: int, content: str) -> str:
        title = self.wrapped(content)
        underline = {1: "=", 2: "-"}.get(level, "") * max(map(len, title.split("\n")))
        return f"{title}\n{underline}\n\n".replace("\n\n\n", "\n\n")

    def strong(self, content: str) -> str:
        return content

    def emphasis(self, content: str) -> str:
        return content

    def inline_code(self, content: str) -> str:
        return content

    def listing(self, code: str, language: str) -> str:
        return f"{indent(CONTROL.sub('', code.expandtabs(4)).rstrip(), STEP)}\n\n"

    def listed(self, items: Sequence[str], *, numbered: bool, start: int = 1) -> str:
        last = len(f"{start + len(items) - 1}. ")
        markers = [f"{start + index}. ".rjust(last) if numbered else BULLET for index in range(len(items))]
        return "".join(map(self.hanging, markers, items)) + "\n"

    def hanging(self, marker: str, item: str) -> str:
        """A list item; one that ends in a line break holds blocks, any other is running text."""
        rest = " " * len(marker)
        if item.endswith("\n"):
            return f"{marker}{indent(item.rstrip(), rest)[len(marker) :]}\n"
        return f"{self.wrapped(item, marker, rest)}\n"

    def table(self, header: Sequence[str], rows: Sequence[Sequence[str]], align: str, *, last_is_total: bool) -> str:
        head, *body = columns([header, *rows], align, self.table_width - self._margin, LAST_RESORT)
        rule = "─" * max(len(line) for row in (head, *body) for line in row.split("\n"))
        if last_is_total:
            body.insert(-1, rule)
        return "\n".join((head, rule, *body)).replace(NO_BREAK, " ") + "\n\n"

    def quote(self, content: str) -> str:
        return indent(content.rstrip(), "> ", lambda line: True) + "\n\n"

    def link(self, content: str, address: str) -> str:
        return content if content == address else f"{content} ({address})"

    def break_line(self) -> str:
        return " "

    def rule(self) -> str:
        return "─" * (self.width - self._margin) + "\n\n"

    def formula(self, latex: str, *, display: bool) -> str:
        return plain(latex)

    def filled_formula(self, latex: str, *, display: bool) -> str:
        written = super().filled_formula(latex, display=display)
        if not display:
            return breakable(written, self.width - self._margin)
        room = self.width - self._margin - 2 * len(STEP)
        lines = written.split("\n")
        if max(map(len, lines)) > room:
            lines = [step for line in lines for step in line.replace(" = ", "\n= ").split("\n")]
        steps = (
            self.wrapped(breakable(line, room), 2 * STEP if line[0] in BREAKS[0] else STEP, 2 * STEP) for line in lines
        )
        return "\n".join(steps) + "\n\n"

    def blank(self) -> str:
        return BLANK

    def drawing(self, drawing: Drawing) -> str:
        return self.listing(drawing.characters, "")

    def fields(self, block: Fields) -> str:
        labels = [self.escape(label) for label in block.labels]
        room = (self.width - self._margin + 2) // len(labels) * len(labels) - sum(len(label) + 3 for label in labels)
        line = "_" * max(len(BLANK), room // len(labels))
        return self.paragraph("  ".join(f"{label}{NO_BREAK}{line}" for label in labels))

    def options(self, block: OptionList) -> str:
        options = [(f"{letter}  ", self.cell(value)) for letter, value in block.options]
        width = max(len(letter + text) for letter, text in options) + len(STEP)
        fitting = (self.width - self._margin + len(STEP)) // width
        for rows in (1, 2):
            in_row = -(-len(options) // rows)
            if in_row <= fitting:
                cells = [(letter + text).replace(NO_BREAK, " ").ljust(width) for letter, text in options]
                lines = ("".join(cells[first : first + in_row]).rstrip() for first in range(0, len(cells), in_row))
                return "\n".join(lines) + "\n\n"
        return "".join(self.hanging(letter, text) for letter, text in options) + "\n"

    def true_false(self, block: TrueFalseList) -> str:
        return (
            "".join(
                self.hanging(f"{number}. T / F  ", self.inline(statement))
                for number, statement in enumerate(block.statements, 1)
            )
            + "\n"
        )

    def answer_line(self, block: AnswerLine) -> str:
        return self.paragraph(f"{self.escape(block.label)}: {BLANK}")

    def working_space(self, block: WorkingSpace) -> str:
        return ""

    def reasons(self, block: Reasons) -> str:
        values = [self.cell(value) for _, value, _ in block.reasons]
        width = max(map(len, values), default=0)
        lines = []
        for (label, _, why), value in zip(block.reasons, values, strict=True):
            beside = (label, value.rjust(width)) if width <= SHORT else (label,)
            lead = "".join(f"{part}  " for part in beside if part)
            with self._indented(len(lead)):
                text = self.inline(why)
            lines.append(self.hanging(lead, text if width <= SHORT else f"{value}: {text}"))
        return self.paragraph(self.escape(block.title)).replace("\n\n", "\n") + "".join(lines) + "\n"

    def item(self, item: Prose) -> str:
        with self._indented(len(STEP)):
            return super().item(item)

    def _list_item(self, item: Node) -> str:
        with self._indented(len(STEP)):
            return super()._list_item(item)

    def _block_node(self, node: Node) -> str:
        with self._indented(2 if node.type == "blockquote" else 0):
            return super()._block_node(node)

    @contextmanager
    def _indented(self, columns: int) -> Iterator[None]:
        """Less room for what is written meanwhile; the writer of the block around it puts the indentation before it."""
        self._margin += columns
        try:
            yield
        finally:
            self._margin -= columns

    def wrapped(self, content: str, first: str = "", rest: str = "") -> str:
        """Lines of the width that is left; `first` stands before the first one and `rest` before the others."""
        lines = wrap(
            content,
            self.width - self._margin,
            initial_indent=first,
            subsequent_indent=rest,
            break_long_words=False,
            break_on_hyphens=False,
        )
        return "\n".join(line.replace(NO_BREAK, " ").rstrip() for line in lines or [first])


@lru_cache(maxsize=FORMULAS_KEPT)
def plain(latex: str) -> str:
    from quizgen import maths

    return maths.plain(maths.parse(latex))


def breakable(formula: str, room: int) -> str:
    """A formula that is broken before as few kinds of signs as its length allows, and nowhere else."""
    for signs in BREAKS:
        kept = re.sub(f" (?![{signs}])", NO_BREAK, formula)
        if max(map(len, kept.split(" "))) <= room:
            break
    return kept
