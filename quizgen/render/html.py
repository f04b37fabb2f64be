"""HTML: one file, no network, native MathML, and a style sheet that prints well."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from html import escape
from importlib.resources import files
from typing import ClassVar

from quizgen import maths
from quizgen.prose import Drawing, Value
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

ALIGN = {"l": "left", "c": "center", "r": "right"}


class HtmlWriter(Writer):
    """`--format html`."""

    name: ClassVar[str] = "html"
    suffix: ClassVar[str] = ".html"

    def document(self, document: Document) -> bytes:
        items = "".join(self.html_item(item, document) for item in document.items)
        label = f"{escape(document.label)} · " if document.label else ""
        body = f"{self.prose(document.head)}{items}{self.prose(document.foot)}"
        page = (
            f'<!doctype html>\n<html lang="{document.language}">\n<head>\n<meta charset="utf-8">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f"<title>{escape(document.title)}</title>\n<style>\n{style_sheet()}</style>\n</head>\n"
            f'<body class="{document.kind}">\n<main>\n{body}</main>\n'
            f"<footer>{label}Made by <code>{escape(document.command)}</code></footer>\n</body>\n</html>\n"
        )
        return page.encode()

    def html_item(self, item: Item, document: Document) -> str:
        number = f'<span class="number">{item.number}</span>' if document.numbered else ""
        points = f'<span class="points"><span>/ {item.points}</span></span>' if item.points else ""
        title = f"<h2>{escape(item.title)}</h2>" if item.title else ""
        return (
            f'<section class="item" id="q{item.number}" aria-label="{item.number}">{number}{points}\n'
            f'{title}{self.prose(item.body)}<p class="name">{escape(item.name)}</p></section>\n'
        )

    def escape(self, text: str) -> str:
        return escape(text)

    def paragraph(self, content: str) -> str:
        return f"<p>{content}</p>\n"

    def heading(self, level: int, content: str) -> str:
        return f"<h{level}>{content}</h{level}>\n"

    def strong(self, content: str) -> str:
        return f"<strong>{content}</strong>"

    def emphasis(self, content: str) -> str:
        return f"<em>{content}</em>"

    def inline_code(self, content: str) -> str:
        return f"<code>{content}</code>"

    def listing(self, code: str, language: str) -> str:
        kind = f' class="language-{escape(language)}"' if language else ""
        return f"<pre><code{kind}>{escape(code)}</code></pre>\n"

    def listed(self, items: Sequence[str], *, numbered: bool, start: int = 1) -> str:
        tag = "ol" if numbered else "ul"
        first = f' start="{start}"' if numbered and start != 1 else ""
        return f"<{tag}{first}>\n" + "".join(f"<li>{item}</li>\n" for item in items) + f"</{tag}>\n"

    def table(self, header: Sequence[str], rows: Sequence[Sequence[str]], align: str, *, last_is_total: bool) -> str:
        def line(cells: Sequence[str], tag: str, kind: str = "") -> str:
            inner = "".join(
                f'<{tag} class="{ALIGN[side]}">{cell}</{tag}>' for cell, side in zip(cells, align, strict=True)
            )
            return f"<tr{kind}>{inner}</tr>\n"

        head = f"<thead>{line(header, 'th')}</thead>\n"
        total = len(rows) - 1 if last_is_total else None
        body = "".join(line(row, "td", ' class="total"' if index == total else "") for index, row in enumerate(rows))
        return f'<div class="table"><table>\n{head}<tbody>\n{body}</tbody></table></div>\n'

    def quote(self, content: str) -> str:
        return f"<blockquote>\n{content}</blockquote>\n"

    def link(self, content: str, address: str) -> str:
        return f'<a href="{escape(address)}">{content}</a>'

    def rule(self) -> str:
        return "<hr>\n"

    def formula(self, latex: str, *, display: bool) -> str:
        if not display:  # browsers break no line within a formula, so each side of an equation is one of its own
            return " ".join(maths.mathml(maths.parse(side)) for side in sides(latex))
        return f'<div class="formula">{maths.mathml(stacked(maths.parse(latex)), display)}</div>\n'

    def blank(self) -> str:
        return '<span class="blank"></span>'

    def drawing(self, drawing: Drawing) -> str:
        return f"<figure>{drawing.svg}</figure>\n"

    def fields(self, block: Fields) -> str:
        inner = "".join(f"<span>{escape(label)}</span>" for label in block.labels)
        return f'<div class="fields">{inner}</div>\n'

    def options(self, block: OptionList) -> str:
        tick = '<span class="tick"></span>' if block.tick else ""
        inner = "".join(
            f"<li>{tick}<b>{letter}</b> <span>{self.cell(value)}</span></li>\n" for letter, value in block.options
        )
        kind = "options row" if block.in_one_row else "options"
        return f'<ul class="{kind}">\n{inner}</ul>\n'

    def true_false(self, block: TrueFalseList) -> str:
        inner = "".join(
            f'<li><span class="truth">T <span class="tick"></span> F <span class="tick"></span></span> '
            f"<b>{index}</b> <span>{self.inline(statement)}</span></li>\n"
            for index, statement in enumerate(block.statements, 1)
        )
        return f'<ul class="statements">\n{inner}</ul>\n'

    def answer_line(self, block: AnswerLine) -> str:
        return f'<p class="answer-line">{escape(block.label)} <span class="blank"></span></p>\n'

    def working_space(self, block: WorkingSpace) -> str:
        return f'<div class="space" style="height:{block.lines * 8}mm"></div>\n'

    def reasons(self, block: Reasons) -> str:
        inner = "".join(
            f"<dt><b>{label}</b> {self.value_or_nothing(value)}</dt><dd>{self.inline(why)}</dd>\n"
            for label, value, why in block.reasons
        )
        return f'<div class="reasons"><p>{escape(block.title)}</p>\n<dl>\n{inner}</dl></div>\n'

    def value_or_nothing(self, value: Value) -> str:
        return self.cell(value) if value != "" else ""


def sides(latex: str) -> list[str]:
    """A formula taken apart before its equals signs: `a`, `= b`, `= c`; whole if one of them stands in brackets."""
    first, *others = latex.split(" = ")
    found = [first, *(f"= {other}" for other in others)]
    return found if all(side.count("{") == side.count("}") for side in found) else [latex]


@cache
def style_sheet() -> str:
    return files("quizgen.render").joinpath("sheet.css").read_text(encoding="utf-8")
