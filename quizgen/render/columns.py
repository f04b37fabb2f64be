"""Tables in plain text: columns as wide as their cells, the widest ones wrapped where the table would be too wide.

A cell is wrapped at its spaces; no-break spaces hold it together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from textwrap import wrap

GAP = "  "
PAD = {"l": str.ljust, "c": str.center, "r": str.rjust}


def columns(rows: Sequence[Sequence[str]], align: str, room: int, last_resort: re.Pattern[str]) -> list[str]:
    """Each row as one or more lines, at most `room` characters wide unless a word is wider.

    last_resort: what may be broken as well in a table that is too wide without it.
    """
    widths = fitted(rows, room)
    if total(widths) > room:
        rows = [[last_resort.sub(" ", cell) for cell in row] for row in rows]
        widths = fitted(rows, room)
    return ["\n".join(lines(row, widths, align)) for row in rows]


def fitted(rows: Sequence[Sequence[str]], room: int) -> list[int]:
    """The width of each column: the widest gives way first, until its longest word is reached."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    least = [max(len(word) for cell in column for word in cell.split(" ")) for column in zip(*rows, strict=True)]
    while total(widths) > room and widths != least:
        wider = [index for index, width in enumerate(widths) if width > least[index]]
        widths[max(wider, key=widths.__getitem__)] -= 1
    return widths


def total(widths: Sequence[int]) -> int:
    return sum(widths) + len(GAP) * (len(widths) - 1)


def lines(row: Sequence[str], widths: Sequence[int], align: str) -> Iterator[str]:
    cells = [
        wrap(cell, max(1, width), break_long_words=False, break_on_hyphens=False) or [""]
        for cell, width in zip(row, widths, strict=True)
    ]
    for line in zip_longest(*cells, fillvalue=""):
        yield GAP.join(PAD[side](text, width) for text, width, side in zip(line, widths, align, strict=True)).rstrip()
