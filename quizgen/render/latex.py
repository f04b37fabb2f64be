"""LaTeX with the `exam` class, for teachers who go on editing; it compiles with pdfLaTeX and with LuaLaTeX."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import ClassVar

from quizgen import maths
from quizgen.layers.base import Shape
from quizgen.maths.symbols import WRITE_INSTEAD
from quizgen.pictures.characters import DOWN, LEFT, RIGHT, UP, WIRES
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
from quizgen.render.writer import CONTROL, Writer, one_line

SPELLED = {
    **{sign: f"\\{sign}" for sign in "{}$&#%_"},
    **{sign: f"{{{sign}}}" for sign in "[]*"},
    "\\": r"\textbackslash{}",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': r"\textquotedbl{}",
    "`": r"\textasciigrave{}",
}
"""What LaTeX would take for a command, for the argument of one, or for another character."""

LIGATURES = re.compile("(?<=-)-|(?<=,),|(?<=')'")
SIGNS = {sign: source for sign, source in WRITE_INSTEAD.items() if not sign.isascii()} | {
    "√": r"\surd",
    "●": r"\bullet",
    "⋮": r"\smash{\vdots}",
}
WIRE = {
    sign: "\\wire" + "".join(f"{{{int(bool(ways & way))}}}" for way in (UP, DOWN, LEFT, RIGHT))
    for ways, sign in enumerate(WIRES)
    if ways
}
IN_FONTS = re.compile("[¡-ĥĨ-ķĹ-ľŁ-ňŊ-ťŨ-ž‘’‚“”„–—…€•]")
"""What LaTeX can set as it is, in the encoding T1."""

OTHER = "[^\x00-\x7f\ue000-\ue003]"
SPECIAL = re.compile(f"[{re.escape(''.join(SPELLED))}]|{OTHER}")
SPECIAL_IN_FORMULA = re.compile(OTHER)
SPECIAL_IN_LISTING = re.compile(rf"[\\{{}}]|{OTHER}")

HEADINGS = ("sheettitle", "subsection*", "subsubsection*")
ROWS_OF_A_PAGE = 25


class LatexWriter(Writer):
    """`--format tex`."""

    name: ClassVar[str] = "tex"
    suffix: ClassVar[str] = ".tex"

    def document(self, document: Document) -> bytes:
        label = f"{self.escape(document.label)} · " if document.label else ""
        items = "".join(self.latex_item(item, document) for item in document.items)
        questions = f"\\begin{{questions}}\n{items}\\end{{questions}}\n\n" if items else ""
        unnumbered = "" if document.numbered else "\\renewcommand{\\questionlabel}{}\n"
        return (
            f"{preamble()}\n"
            f"\\newcommand{{\\sheetcommand}}{{{self.in_code(document.command)}}}\n"
            f"\\newcommand{{\\sheetlabel}}{{{label}}}\n"
            f"\\hypersetup{{pdftitle={{{self.escape(document.title)}}}}}\n{unnumbered}\n"
            f"\\begin{{document}}\n{self.prose(document.head)}{questions}{self.prose(document.foot)}\\end{{document}}\n"
        ).encode()

    def latex_item(self, item: Item, document: Document) -> str:
        points = f"[{item.points}]" if item.points else ""
        title = f"\\textbf{{{self.escape(item.title)}}}\n\n" if item.title else ""
        body = f"{title}{self.prose(item.body).rstrip()}\n\\questionname{{{self.in_code(item.name)}}}\n"
        if document.kind == "questions" and "\\begin{longtable}" not in body:
            body = f"\\begin{{whole}}\n{body}\\end{{whole}}\n"
        return f"\\startquestion{{{item.number}}}\n\\question{points}\n{body}\n"

    def escape(self, text: str) -> str:
        return LIGATURES.sub(r"{}\g<0>", SPECIAL.sub(spelled, one_line(text)))

    def in_code(self, text: str) -> str:
        return self.escape(text).replace("'", r"\textquotesingle{}")

    def in_listing(self, text: str) -> str:
        return SPECIAL_IN_LISTING.sub(spelled_in_listing, CONTROL.sub("", text.expandtabs(4)))

    def words_in_maths(self, words: str) -> str:
        return f"\\text{{{self.escape(words)}}}"

    def number_in_maths(self, number: str) -> str:
        return number.replace(",", "{,}").replace("×", r"\times")

    def shape(self, shape: Shape) -> str:
        return f"${self.number_in_maths(str(shape))}$"

    def paragraph(self, content: str) -> str:
        return f"{content}\n\n"

    def heading(self, level: int, content: str) -> str:
        return f"\\{HEADINGS[min(level, len(HEADINGS)) - 1]}{{{content}}}\n\n"

    def strong(self, content: str) -> str:
        return f"\\textbf{{{content}}}"

    def emphasis(self, content: str) -> str:
        return f"\\emph{{{content}}}"

    def inline_code(self, content: str) -> str:
        return f"\\texttt{{{content}}}"

    def listing(self, code: str, language: str) -> str:
        return f"\\begin{{listing}}\n{self.in_listing(code).rstrip()}\n\\end{{listing}}\n\n"

    def listed(self, items: Sequence[str], *, numbered: bool, start: int = 1) -> str:
        kind = "enumerate" if numbered else "itemize"
        labels = [f"[{number}.]" if start != 1 else "" for number in range(start, start + len(items))]
        written = [f"\\item{label} {item.rstrip()}" for label, item in zip(labels, items, strict=True)]
        return listed(kind, ["\\tight", *written])

    def table(self, header: Sequence[str], rows: Sequence[Sequence[str]], align: str, *, last_is_total: bool) -> str:
        *others, last = [f"{' & '.join(row)} \\\\\n" for row in rows]
        head = f"\\toprule\n{' & '.join(map(self.strong, header))} \\\\\n\\midrule\n"
        total = f"\\midrule\n{' & '.join(map(self.strong, rows[-1]))} \\\\\n" if last_is_total else last
        body = f"{''.join(others)}{total}\\bottomrule\n"
        if len(rows) > ROWS_OF_A_PAGE:
            return f"\\begin{{longtable}}[l]{{@{{}}{align}@{{}}}}\n{head}\\endhead\n{body}\\end{{longtable}}\n\n"
        tabular = f"\\begin{{tabular}}{{@{{}}{align}@{{}}}}\n{head}{body}\\end{{tabular}}\n"
        return f"\\begin{{fitted}}\n{tabular}\\end{{fitted}}\n\n"

    def quote(self, content: str) -> str:
        return f"\\begin{{quote}}\n{content.rstrip()}\n\\end{{quote}}\n\n"

    def link(self, content: str, address: str) -> str:
        escaped = re.sub("[%#]", r"\\\g<0>", address)
        return f"\\href{{{escaped}}}{{{content}}}"

    def rule(self) -> str:
        return "\\hrulefill\n\n"

    def formula(self, latex: str, *, display: bool) -> str:
        maths.parse(latex)  # whoever reads the output would run any other command
        written = SPECIAL_IN_FORMULA.sub(spelled, one_line(latex).strip())
        return f"\\begin{{formula}}\n{written}\n\\end{{formula}}\n\n" if display else f"${written}$"

    def blank(self) -> str:
        return "\\blank{}"

    def drawing(self, drawing: Drawing) -> str:
        return f"% {one_line(drawing.alt)}\n{self.listing(drawing.characters, '')}"

    def fields(self, block: Fields) -> str:
        first, *others = [f"\\field{{{self.escape(label)}}}" for label in block.labels]
        line = "\\quad".join((f"{first}\\hrulefill", *others))
        return f"\\fields{{{line}}}\n\n"

    def options(self, block: OptionList) -> str:
        choices = [f"\\choice {self.cell(value)}" for _, value in block.options]
        kind = "oneparchoices" if block.in_one_row else "choices"
        written = listed(kind, choices)
        return written if block.tick else f"{{\\renewcommand{{\\ticked}}{{}}\n{written.rstrip()}}}\n\n"

    def true_false(self, block: TrueFalseList) -> str:
        return listed("statements", [f"\\item {self.inline(statement)}" for statement in block.statements])

    def answer_line(self, block: AnswerLine) -> str:
        return f"\\answer{{{self.escape(block.label)}}}\n\n"

    def working_space(self, block: WorkingSpace) -> str:
        return f"\\workingspace{{{block.lines * 7}mm}}\n\n"

    def reasons(self, block: Reasons) -> str:
        reasons = [f"{self.reason(label, value)} {self.inline(why)}" for label, value, why in block.reasons]
        return listed("reasons", reasons, f"{{{self.escape(block.title)}}}")

    def reason(self, label: str, value: Value) -> str:
        wrong = self.cell(value)
        parts = (self.strong(label) if label else "", f"\\wrong{{{wrong}}}" if wrong else "")
        return f"\\reason{{{' '.join(filter(None, parts))}}}"


def listed(environment: str, items: Sequence[str], argument: str = "") -> str:
    return f"\\begin{{{environment}}}{argument}\n" + "\n".join(items) + f"\n\\end{{{environment}}}\n\n"


def spelled(match: re.Match[str]) -> str:
    """A character as text that LaTeX sets with any font; one that it doesn't know is set as its number."""
    sign = match[0]
    if sign in SIGNS:
        return f"${SIGNS[sign]}$"
    return SPELLED.get(sign) or (sign if IN_FONTS.match(sign) else f"\\unicode{{{ord(sign):X}}}")


def spelled_in_listing(match: re.Match[str]) -> str:
    """The same where only backslash and braces mean something, and where every character is equally wide."""
    sign = match[0]
    if sign in WIRE:
        return WIRE[sign]
    if IN_FONTS.match(sign):
        return sign
    return f"\\cell{{\\ensuremath{{{SIGNS[sign]}}}}}" if sign in SIGNS else spelled(match)


@cache
def preamble() -> str:
    return files("quizgen.render").joinpath("sheet.tex").read_text(encoding="utf-8")
