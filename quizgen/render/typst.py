"""PDF, by way of Typst: tagged (PDF/UA-1), with words for every formula and picture, the same bytes each time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import ClassVar

from quizgen import maths
from quizgen.errors import TemplateError
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
from quizgen.render.stacked import stacked
from quizgen.render.writer import Writer

SPECIAL = re.compile(r"[\\#$*_`<>@\[\]~=/+\-]")
STRANGE = re.compile(r"the text `(.+?)` could not be displayed")
FOLD = 150
"""The length of a line of Typst, commands and spoken formulas included, that comes out as one line in print."""

HALF_A_PAGE = 34
"""How many such lines a solution may have that is kept on one page."""

ALIGN = {"l": "left", "c": "center", "r": "right"}


class TypstWriter(Writer):
    """`--format pdf`."""

    name: ClassVar[str] = "pdf"
    suffix: ClassVar[str] = ".pdf"

    def document(self, document: Document) -> bytes:
        import typst

        source = self.source(document).encode()
        try:
            return bytes(typst.compile(source, format="pdf", pdf_standards="ua-1", ignore_system_fonts=True))
        except typst.TypstError as error:
            strange = STRANGE.search(str(error))
            if not strange:
                raise
            remedy = "Leave it out, or choose another format."
            raise TemplateError(f"the fonts of a PDF have no sign for {strange[1]}.", remedy=remedy) from None

    def source(self, document: Document) -> str:
        """The whole sheet as Typst."""
        settings = (
            f"title: {quoted(document.title)}, language: {quoted(document.language)}, "
            f"command: {quoted(document.command)}, label: {quoted(document.label)}"
        )
        items = "".join(self.typst_item(item, document) for item in document.items)
        body = f"{self.prose(document.head)}\n{items}\n{self.prose(document.foot)}"
        return f"{preamble()}\n#show: sheet.with({settings})\n\n{body}"

    def typst_item(self, item: Item, document: Document) -> str:
        body = self.prose(item.body)
        whole = str(document.kind == "questions" or lines(body) <= HALF_A_PAGE).lower()
        level = 2 if document.head else 1
        title = f"title: heading(level: {level})[{self.escape(item.title)}], " if item.title else ""
        number = f"number: {item.number}, " if document.numbered else ""
        return f"#item({number}{title}points: {item.points}, name: {quoted(item.name)}, whole: {whole})[\n{body}]\n\n"

    def escape(self, text: str) -> str:
        return SPECIAL.sub(lambda match: f"\\{match[0]}", text)

    def in_code(self, text: str) -> str:
        return within_quotes(text)

    def in_listing(self, text: str) -> str:
        return within_quotes(text)

    def words_in_maths(self, words: str) -> str:
        return within_quotes(words)

    def paragraph(self, content: str) -> str:
        return f"{content}\n\n"

    def heading(self, level: int, content: str) -> str:
        return f"#heading(level: {level})[{content}]\n\n"

    def strong(self, content: str) -> str:
        return f"#strong[{content}]"

    def emphasis(self, content: str) -> str:
        return f"#emph[{content}]"

    def inline_code(self, content: str) -> str:
        return f'#code("{content}")'

    def listing(self, code: str, language: str) -> str:
        return f"#listing(raw({quoted(code.rstrip())}, block: true), {quoted(language)})\n\n"

    def listed(self, items: Sequence[str], *, numbered: bool, start: int = 1) -> str:
        inner = "".join(f"[{item}]" for item in items)
        return f"#enum(start: {start}){inner}\n\n" if numbered else f"#list{inner}\n\n"

    def table(self, header: Sequence[str], rows: Sequence[Sequence[str]], align: str, *, last_is_total: bool) -> str:
        sides = ", ".join(ALIGN[side] for side in align)
        cells = "".join(f"  {''.join(f'[{cell}], ' for cell in row)}\n" for row in rows)
        top = ", ".join(f"[{cell}]" for cell in header)
        total = str(last_is_total).lower()
        return f"#grid-table(({sides}), total: {total}, rows: {len(rows)}, header: ({top},),\n{cells})\n\n"

    def quote(self, content: str) -> str:
        return f"#quote(block: true)[\n{content}]\n\n"

    def link(self, content: str, address: str) -> str:
        return f"#link({quoted(address)})[{content}]"

    def break_line(self) -> str:
        return "\n"

    def rule(self) -> str:
        return "#line(length: 100%, stroke: 0.5pt)\n\n"

    def formula(self, latex: str, *, display: bool) -> str:
        tree = maths.parse(latex)
        block = "block: true, " if display else ""
        written = maths.typst(stacked(tree) if display else tree)
        return f"#math.equation({block}alt: {quoted(maths.spoken(tree))}, $ {written} $)" + ("\n\n" if display else "")

    def blank(self) -> str:
        return "#blank"

    def drawing(self, drawing: Drawing) -> str:
        return f"#drawing({quoted(drawing.svg)}, {quoted(drawing.alt)}, {drawing.width})\n\n"

    def fields(self, block: Fields) -> str:
        return f"#fields({''.join(f'[{self.escape(label)}], ' for label in block.labels)})\n\n"

    def options(self, block: OptionList) -> str:
        written = [(letter, self.cell(value)) for letter, value in block.options]
        columns = len(written) if block.in_one_row else 1
        inner = "".join(f"[{letter}], [{text}], " for letter, text in written)
        return f"#options({columns}, {str(block.tick).lower()}, {inner})\n\n"

    def true_false(self, block: TrueFalseList) -> str:
        return f"#statements({''.join(f'[{self.inline(statement)}], ' for statement in block.statements)})\n\n"

    def answer_line(self, block: AnswerLine) -> str:
        return f"#answer-line[{self.escape(block.label)}]\n\n"

    def working_space(self, block: WorkingSpace) -> str:
        return f"#working-space({block.lines})\n\n"

    def reasons(self, block: Reasons) -> str:
        inner = "".join(
            f"[{label}], [{self.cell(value) if value != '' else ''}], [{self.inline(why)}],\n"
            for label, value, why in block.reasons
        )
        return f"#reasons([{self.escape(block.title)}],\n{inner})\n\n"


def lines(source: str) -> int:
    """About how many lines a text has in print: those of its source, the long ones folded."""
    return sum(1 + len(line) // FOLD for line in source.replace("\\n", "\n").split("\n") if line)


def quoted(text: str) -> str:
    """A Typst string."""
    return f'"{within_quotes(text)}"'


def within_quotes(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


@cache
def preamble() -> str:
    return files("quizgen.render").joinpath("sheet.typ").read_text(encoding="utf-8")
