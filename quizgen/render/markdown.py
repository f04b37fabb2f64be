"""Markdown as Stack Exchange reads it: CommonMark with tables, and formulas for MathJax between dollar signs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import ClassVar

from quizgen import maths
from quizgen.layers.base import Shape
from quizgen.prose import Drawing
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
from quizgen.render.writer import one_line

SPECIAL = re.compile(r"[\\`*\[\]<$~]|_(?![^\W_])|(?<![^\W_])_|&(?=#?\w+;)")
BEGINS_A_BLOCK = re.compile(r"^(?:(?=[#>]|[-+=](?:[\s=-]|$)|_{3,}$)|(\d{1,9})(?=[.)](?:\s|$)))")
TICKS = re.compile("`+")
RULES = {"l": ":{}-", "c": ":{}:", "r": "-{}:"}
BLANK = "______"

IN_MATHS = {
    **{sign: f"\\{sign}" for sign in "_%#&${}"},
    **{
        "\\": r"\backslash ",
        "<": r"\lt ",
        ">": r"\gt ",
        "|": r"\vert ",
        "~": r"\sim ",
        "^": r"\wedge ",
        "`": r"\unicode{96}",
    },
}
"""Signs that Markdown, HTML or LaTeX would take for their own, as MathJax spells them."""


class MarkdownWriter(LineWriter):
    """`--format md`."""

    name: ClassVar[str] = "md"
    suffix: ClassVar[str] = ".md"

    def document(self, document: Document) -> bytes:
        items = "".join(self.markdown_item(item, document) for item in document.items)
        label = f"{self.escape(document.label)} · " if document.label else ""
        foot = f"{self.rule()}<sub>{label}Made by {self.inline_code(document.command)}</sub>\n"
        return f"{self.prose(document.head)}{items}{self.prose(document.foot)}{foot}".encode()

    def markdown_item(self, item: Item, document: Document) -> str:
        number = f"{item.number}." if document.numbered else ""
        points = f"({item.points} point{'s' if item.points > 1 else ''})" if item.points else ""
        title = " ".join(filter(None, (number, self.escape(item.title), points)))
        heading = self.heading(2, title) if title else ""
        return f"{heading}{self.prose(item.body)}<sub>{self.escape(item.name)}</sub>\n\n"

    def escape(self, text: str) -> str:
        return SPECIAL.sub(lambda match: f"\\{match[0]}", one_line(text))

    def shape(self, shape: Shape) -> str:
        return str(shape)

    def words_in_maths(self, words: str) -> str:
        spelled = "".join(f"}}{IN_MATHS[sign]}\\text{{" if sign in IN_MATHS else sign for sign in one_line(words))
        return f"\\text{{{spelled}}}".replace("\\text{}", "")

    def number_in_maths(self, number: str) -> str:
        return number.replace(",", "{,}").replace("×", r"\times")

    def paragraph(self, content: str) -> str:
        return f"{begun(content)}\n\n" if content.strip() else ""

    def heading(self, level: int, content: str) -> str:
        closed = content.endswith("#")
        return f"{'#' * level} {content[:-1]}\\#\n\n" if closed else f"{'#' * level} {content}\n\n"

    def strong(self, content: str) -> str:
        return f"**{content}**" if content.strip() else ""

    def emphasis(self, content: str) -> str:
        return f"*{content}*" if content.strip() else ""

    def inline_code(self, content: str) -> str:
        content = one_line(content)
        ticks = "`" * (longest_run(content) + 1)
        pad = " " if content.startswith("`") or content.endswith("`") else ""
        return f"{ticks}{pad}{content}{pad}{ticks}" if content.strip() else ""

    def listing(self, code: str, language: str) -> str:
        fence = "`" * max(3, longest_run(code) + 1)
        return f"{fence}{language}\n{code.rstrip()}\n{fence}\n\n"

    def listed(self, items: Sequence[str], *, numbered: bool, start: int = 1) -> str:
        return bulleted([f"{start + index}. " if numbered else "- " for index in range(len(items))], items)

    def table(self, header: Sequence[str], rows: Sequence[Sequence[str]], align: str, *, last_is_total: bool) -> str:
        *others, last = rows
        total = [cell if cell == BLANK else self.strong(cell) for cell in last] if last_is_total else last
        cells = [[cell.replace("|", "\\|") for cell in line] for line in (header, *others, total)]
        widths = [max(3, *map(len, column)) for column in zip(*cells, strict=True)]
        rule = [RULES[side].format("-" * (width - 2)) for side, width in zip(align, widths, strict=True)]
        head, *body = cells
        return "".join(f"{table_line(line, widths, align)}\n" for line in (head, rule, *body)) + "\n"

    def quote(self, content: str) -> str:
        return "".join(f"> {line}".rstrip() + "\n" for line in content.rstrip().split("\n")) + "\n"

    def link(self, content: str, address: str) -> str:
        return f"[{content}](<{address}>)" if "(" in address else f"[{content}]({address})"

    def break_line(self) -> str:
        return " "

    def rule(self) -> str:
        return "---\n\n"

    def formula(self, latex: str, *, display: bool) -> str:
        maths.parse(latex)  # whoever reads the output would run any other command
        written = re.sub("([<>|]) ?", lambda match: IN_MATHS[match[1]], one_line(latex).strip())
        return f"$${written}$$\n\n" if display else f"${written}$"

    def blank(self) -> str:
        return BLANK

    def drawing(self, drawing: Drawing) -> str:
        return self.listing(drawing.characters, "text") + self.paragraph(self.emphasis(self.escape(drawing.alt)))

    def fields(self, block: Fields) -> str:
        return self.paragraph(" ".join(f"{self.escape(label)}: {BLANK}" for label in block.labels))

    def options(self, block: OptionList) -> str:
        return separate_list([f"**{letter}.** {self.cell(value)}" for letter, value in block.options])

    def true_false(self, block: TrueFalseList) -> str:
        markers = [f"{number}) " for number in range(1, len(block.statements) + 1)]
        return bulleted(markers, [self.inline(statement) for statement in block.statements])

    def answer_line(self, block: AnswerLine) -> str:
        return self.paragraph(f"{self.escape(block.label)}: {BLANK}")

    def working_space(self, block: WorkingSpace) -> str:
        return ""

    def reasons(self, block: Reasons) -> str:
        wrong = [" · ".join(filter(None, (label, self.cell(value)))) for label, value, _ in block.reasons]
        reasons = [f"**{which}:** {self.inline(why)}" for which, (_, _, why) in zip(wrong, block.reasons, strict=True)]
        return self.paragraph(self.strong(self.escape(block.title))) + separate_list(reasons)


def begun(content: str) -> str:
    """Content at the start of a block, kept from being taken for a heading, a list or a quotation."""
    return BEGINS_A_BLOCK.sub(r"\1\\", content.strip(), count=1)


def bulleted(markers: Sequence[str], items: Sequence[str]) -> str:
    """A list; an item that ends in a line break holds blocks, any other is running text."""
    written = (item.rstrip() if item.endswith("\n") else begun(item) for item in items)
    lines = (
        marker + item.replace("\n", "\n" + " " * len(marker)) for marker, item in zip(markers, written, strict=True)
    )
    return re.sub(r"(?m)^ +$", "", "\n".join(lines)) + "\n\n"


def separate_list(items: Sequence[str]) -> str:
    """A list whose bullets differ from other lists', so that it isn't joined to one before it."""
    return bulleted(["* "] * len(items), items)


def table_line(cells: Sequence[str], widths: Sequence[int], align: str) -> str:
    padded = (
        cell.rjust(width) if side == "r" else cell.center(width) if side == "c" else cell.ljust(width)
        for cell, width, side in zip(cells, widths, align, strict=True)
    )
    return f"| {' | '.join(padded)} |"


def longest_run(text: str) -> int:
    """The length of the longest run of backticks."""
    return max((len(run) for run in TICKS.findall(text)), default=0)
