"""A solved network for a terminal of any width: a table as frameworks print it, the calculations below each row."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from textwrap import wrap
from typing import TYPE_CHECKING, TypeAlias

from quizgen.notation import FHW, Notation
from quizgen.prose import Maths
from quizgen.render.columns import GAP, columns
from quizgen.render.text import TextWriter, breakable
from quizgen.render.totals import about, totals
from quizgen.render.writer import NO_BREAK
from quizgen.solving import LayerCount, Solution
from quizgen.stepping import Line, steps

if TYPE_CHECKING:
    from quizgen.claims import Claim

NARROWEST, WIDEST = 40, 110
"""A line longer than the second is no easier to read."""

INDENT = "    "
HEADER = ("Layer (type)", "Output shape", "Parameters", "MACs")
ALIGN = "llrr"
SHORTEST_NAME = 16
LABEL = len("not trained")
ROOM_TO_WORK = 32
"""The room that a formula has at least beside its label."""

SEAM = re.compile(r"(?<=[._/])|(?<=[a-z])(?=[A-Z])")
"""Where a name may be broken that is too long for its column."""

KEPT = re.compile("(?!)")
"""Nothing: what stands in a table here is not to be broken any further."""

Style: TypeAlias = Callable[[str], str]


def screen(
    solution: Solution,
    claim: Claim | None = None,
    *,
    width: int = 80,
    notation: Notation = FHW,
    dim: Style = str,
    bold: Style = str,
) -> str:
    """All that there is to say of a network. dim, bold: how a terminal shows what stands back and what stands out."""
    room = max(NARROWEST, min(width, WIDEST))
    text = TextWriter(room, room)
    parts = [
        f"{bold(solution.source)}  {about(solution)}" if solution.source else about(solution),
        "\n".join(table(solution, room, notation, dim, bold)),
        "\n".join(summary(solution, room, bold)),
    ]
    if solution.notes:
        said = "".join(text.hanging("• ", text.inline(note)) for note in solution.notes)
        parts.append(f"{bold('What may surprise')}\n{said.rstrip()}")
    if claim is not None:
        from quizgen.claims import told  # which needs all that knows of misconceptions

        parts.append(f"{bold('Your number')}\n{text.prose(told(claim, notation)).rstrip()}")
    return "\n\n".join(parts) + "\n"


def table(solution: Solution, room: int, notation: Notation, dim: Style, bold: Style) -> Iterator[str]:
    """The header, and each layer with the lines below it."""
    layers, lines = zip(*steps(solution, notation), strict=True)
    cells = [numbers(layer) for layer in layers]
    taken = sum(max(map(len, column)) + len(GAP) for column in zip(HEADER[1:], *cells, strict=True))
    left = max(SHORTEST_NAME, room - taken)
    rows = [(folded(layer, left), *numbers) for layer, numbers in zip(layers, cells, strict=True)]
    header, *body = columns([HEADER, *rows], ALIGN, room, KEPT)
    yield bold(header)
    yield "─" * max(len(line) for row in (header, *body) for line in row.split("\n"))
    for row, below in zip(body, lines, strict=True):
        yield row.replace(NO_BREAK, " ")
        yield from map(dim, worked(below, room))


def numbers(layer: LayerCount) -> tuple[str, str, str]:
    shape = str(layer.output).replace(" ", NO_BREAK)
    return shape, f"{layer.params:,}", f"{layer.macs:,}"


def folded(layer: LayerCount, room: int) -> str:
    """`conv1 (Conv2D)`, with spaces in names that are longer than their column."""
    return " ".join(pieces(layer.name, room)) + " " + " ".join(pieces(f"({layer.type})", room))


def pieces(word: str, room: int) -> Iterator[str]:
    """A word in pieces no longer than the room, broken at its seams."""
    piece = ""
    for part in SEAM.split(word) if len(word) > room else [word]:
        if piece and len(piece) + len(part) > room:
            yield piece
            piece = ""
        piece += part
    yield piece


def worked(lines: Sequence[Line], room: int) -> Iterator[str]:
    """The lines below a row, their labels in a column of their own where there is room for one."""
    beside = len(INDENT) + max(LABEL, *(len(line.label) for line in lines)) + len(GAP) if lines else 0
    if room - beside < ROOM_TO_WORK:
        beside = 2 * len(INDENT)
    text = TextWriter(room - beside)
    for line in lines:
        lead = f"{INDENT}{line.label}".ljust(beside)
        if len(lead) > beside:
            yield lead
            lead = " " * beside
        says = text.inline(line.says)
        is_formula = any(isinstance(value, Maths) for value in line.says.values)
        for side in sides(says.replace(NO_BREAK, " "), room - beside) if is_formula else [says]:
            yield from hung(breakable(side, room - beside) if is_formula else side, lead, room)
            lead = " " * beside


def sides(equation: str, room: int) -> list[str]:
    """An equation on one line, or if it is too long one side a line."""
    if len(equation) <= room:
        return [equation]
    first, *others = equation.split(" = ")
    return [first, *(f"= {other}" for other in others)]


def hung(text: str, lead: str, room: int) -> Iterator[str]:
    """A text behind its lead, wrapped below itself."""
    rest = " " * len(lead)
    for line in wrap(
        text, room, initial_indent=lead, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
    ):
        yield line.replace(NO_BREAK, " ").rstrip()


def summary(solution: Solution, room: int, bold: Style) -> Iterator[str]:
    """The totals, each behind its name."""
    told = list(totals(solution))
    widest = max(len(label) for label, _ in told) + len(GAP)
    text = TextWriter(room - widest)
    for label, says in told:
        first, *others = hung(text.inline(says), " " * widest, room)
        yield bold(label.ljust(widest)) + first[widest:]
        yield from others
