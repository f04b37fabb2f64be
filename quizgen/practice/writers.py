"""Prose as a terminal shows it: lines as wide as the window; or, for a screen reader, words and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import ClassVar

from quizgen.layers.base import Shape
from quizgen.prose import Drawing
from quizgen.render.document import OptionList, Reasons
from quizgen.render.text import TextWriter

WIDEST = 80
"""Longer lines are hard to read."""
WIDEST_TABLE = 120
NARROWEST = 20

DRAWN = frozenset("█░ ")
"""What bars are made of."""


class ScreenWriter(TextWriter):
    """Text for a window of so many columns."""

    name: ClassVar[str] = "screen"

    def __init__(self, columns: int) -> None:
        room = max(NARROWEST, columns - 1)
        super().__init__(min(room, WIDEST), min(room, WIDEST_TABLE))

    def emphasis(self, content: str) -> str:
        return f"“{content.rstrip('.')}”{'.' if content.endswith('.') else ''}"


class PlainWriter(ScreenWriter):
    """Text to be read aloud: formulas in words, tables row by row, nothing drawn, no line broken."""

    name: ClassVar[str] = "plain"

    def __init__(self, columns: int = 0) -> None:
        super().__init__(columns)
        self.width = self.table_width = 100_000

    def formula(self, latex: str, *, display: bool) -> str:
        return said(latex)

    def shape(self, shape: Shape) -> str:
        return " by ".join(f"{size:,}" for size in shape)

    def table(self, header: Sequence[str], rows: Sequence[Sequence[str]], align: str, *, last_is_total: bool) -> str:
        lines = (
            ", ".join(
                f"{title}: {cell}" if title else cell
                for title, cell in zip(header, row, strict=True)
                if not set(cell) <= DRAWN
            )
            for row in rows
        )
        return "".join(f"{line}.\n" for line in lines) + "\n"

    def drawing(self, drawing: Drawing) -> str:
        return self.paragraph(drawing.alt)

    def listed(self, items: Sequence[str], *, numbered: bool, start: int = 1) -> str:
        if numbered:
            return super().listed(items, numbered=True, start=start)
        return "".join(f"{item.rstrip()}\n" for item in items) + "\n"

    def options(self, block: OptionList) -> str:
        return "".join(f"{letter}: {self.cell(value)}\n" for letter, value in block.options) + "\n"

    def reasons(self, block: Reasons) -> str:
        lines = "".join(
            f"{label}{', ' if label and value else ''}{self.cell(value)}: {self.inline(why)}\n"
            for label, value, why in block.reasons
        )
        return f"{block.title}\n{lines}\n"

    def rule(self) -> str:
        return ""

    def blank(self) -> str:
        return "blank"


@lru_cache(maxsize=1024)
def said(latex: str) -> str:
    from quizgen import maths

    return maths.spoken(maths.parse(latex))
