"""LaTeX with the `exam` class, for teachers who edit their exams; compiles with pdfLaTeX and LuaLaTeX."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import ClassVar

from quizgen.maths.symbols import WRITE_INSTEAD
from quizgen.pictures.characters import WIRES
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
from quizgen.render.writer import Writer, one_line

SPELLED = {
    **{sign: f"\\{sign}" for sign in "{}$&#%_"},
    "\\": r"\textbackslash{}",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': r"\textquotedbl{}",
    "`": r"\textasciigrave{}",
    **{sign: f"{{{sign}}}" for sign in "[]*"},
}
"""Brackets and stars are kept from being taken for an argument of the command before them."""

LIGATURES = re.compile(r"(?:(?<=-)-|(?<=,),|(?<=')')")
SIGNS = {sign: source for sign, source in WRITE_INSTEAD.items() if not sign.isascii()} | {
    "√": r"\surd",
    "●": r"\bullet",
    "⋮": r"\vdots",
}
MARKS = "\ue000-\ue003"
IN_FONT = "¡-ĥĨ-ķĹ-ľŁ-ňŊ-ťŨ-ž‘’‚“”„–—…€•"
"""What LaTeX sets as it is, in the encoding T1."""

SPECIAL = re.compile(rf"[\\{{}}$&#%_^~<>|\"`\[\]*]|[^\x00-\x7f{IN_FONT}{MARKS}]")
SPECIAL_IN_LISTING = re.compile(rf"[\\{{}}]|[^\x00-\x7f{IN_FONT}{MARKS}]")
NOT_IN_FONT = re.compile(rf"[^\x00-\x7f{IN_FONT}{MARKS}]")
SHORT = 14
"""Options of so many characters or fewer stand in one row."""

ROWS_OF_A_PAGE = 25


class LatexWriter(Writer):
    """`--format tex`."""

    name: ClassVar[str] = "tex"
    suffix: ClassVar[str] = ".tex"

    def document(self, document: Document) -> bytes:
        label = f"{self.escape(document.label)} · " if document.label else ""
        items = "".join(self.latex_item(item, document) for item in document.items)
        unnumbered = "" if document.numbered else "\\renewcommand{\\questionlabel}{}\n"
        questions = f"\\begin{{questions}}\n{items}\\end{{questions}}\n\n" if items else ""
        return (
            f"{preamble()}\n\\newcommand{{\\sheetcommand}}{{{self.in_code(document.command)}}}\n"
            f"\\newcommand{{\\sheetlabel}}{{{label}}}\n\\hypersetup{{pdftitle={{{self.escape(document.title)}}}}}\n{unnumbered}\n"
            f"\\begin{{document}}\n{self.prose(document.head)}{questions}{self.prose(document.foot)}\\end{{document}}\n"
        ).encode()

    def latex_item(self, item: Item, document: Document) -> str:
        points = f"[{item.points}]" if item.points else ""
        title = f"\\textbf{{{self.escape(item.title)}}}\n\n" if item.title else ""
        body = f"{title}{self.prose(item.body).rstrip()}\n\\questionname{{{self.in_code(item.name)}}}\n"
        if document.kind == "questions" and "\\begin{longtable}" not in body:
            body = f"\\begin{{whole}}\n{body}\\end{{whole}}\n"
        return f"\\setcounter{{question}}{{{item.number - 1}}}\n\\question{points}\n{body}\n"
