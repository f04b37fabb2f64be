"""The network as a picture in plain characters: a node a line, and beside it the wires that run past.

Each place in the margin is a set of the directions in which it's wired; the set names the character.
"""

from collections.abc import Iterator, Sequence
from textwrap import wrap

from quizgen.layers.base import Shape
from quizgen.layers.graph import Row
from quizgen.pictures.diagram import Cell, Diagram, diagram

COLUMNS = 72
NARROWEST = 18
"""The least room for a layer's settings, however many wires run past."""

NODE = "●"
UP, DOWN, LEFT, RIGHT = 1, 2, 4, 8
WIRES = " ╵╷│╴╯╮┤╶╰╭├─┴┬┼"
"""The character for each sum of directions."""


def characters(rows: Sequence[Row], input_shape: Shape, labels: Sequence[str], *, show_shapes: bool = False) -> str:
    """The network in at most 72 columns, top to bottom; deep networks fold and leave out as in `picture`."""
    drawn = diagram(rows, input_shape, labels)
    return "\n".join(line.rstrip() for line in written(drawn, show_shapes=show_shapes)) + "\n"


def written(drawn: Diagram, *, show_shapes: bool) -> Iterator[str]:
    """The lines: wires that part or meet, then the node with its kind, settings and shape."""
    steps = list(margins(drawn.cells))
    margin = max(len(line) for lines in steps for line in lines) + 1
    brackets = bracketed(drawn)
    kinds = max(len(bracket + cell.kind) for bracket, cell in zip(brackets, drawn.cells, strict=True)) + 2
    shapes = [str(cell.shape) if show_shapes and cell.sources and cell.kind else "" for cell in drawn.cells]
    last = max(map(len, shapes)) + 2 if any(shapes) else 0
    room = max(NARROWEST, COLUMNS - margin - kinds - last)
    for cell, lines, bracket, shape in zip(drawn.cells, steps, brackets, shapes, strict=True):
        *before, node, after = lines
        yield from before
        first, *others = wrap(cell.settings, room) or [""]
        yield f"{node:{margin}}{bracket + cell.kind:{kinds}}{first:{room if shape else 0}}{'  ' if shape else ''}{shape}"
        for line in others:
            yield f"{after:{margin}}{'':{kinds}}{line}"


def bracketed(drawn: Diagram) -> list[str]:
    """What stands before each kind: how often a run is repeated, and a bracket where it's longer than one."""
    before = [""] * len(drawn.cells)
    for first, last, times in drawn.repeats:
        count = f"{times} × "
        if first == last:
            before[first] = count
            continue
        for at in range(first, last + 1):
            before[at] = f"{'':{len(count)}}{'╭' if at == first else '╰' if at == last else '│'} "
        before[first] = f"{count}╭ "
    return before


def margins(cells: Sequence[Cell]) -> Iterator[list[str]]:
    """For each cell: the line on which wires part or meet before it, if they do, its own line, and one that goes on."""
    unread = [0] * len(cells)
    for cell in cells:
        for source in cell.sources:
            unread[source] += 1
    lanes: list[int | None] = []
    for at, cell in enumerate(cells):
        for source in cell.sources:
            unread[source] -= 1
        joined = [lane for lane, held in enumerate(lanes) if held in cell.sources]
        ending = [lane for lane in joined if unread[lanes[lane] or 0] == 0]
        free = [lane for lane, held in enumerate([*lanes, None]) if held is None]
        own = ending[0] if ending else free[0]
        lines = [meeting(lanes, joined, ending, own)] if any(lane != own for lane in joined) else []
        lanes += [None] * (own + 1 - len(lanes))
        for lane in ending:
            lanes[lane] = None
        lanes[own] = at
        lines.append(line([NODE if lane == own and cell.kind else "⋮" if lane == own else wire(held) for lane, held in enumerate(lanes)]))
        lanes[own] = at if unread[at] else None
        lines.append(line([wire(held) for held in lanes]))
        yield lines


def meeting(lanes: Sequence[int | None], joined: Sequence[int], ending: Sequence[int], own: int) -> str:
    """The line on which wires leave their lanes for a cell's own; others pass under it unbroken."""
    first, last = min(*joined, own), max(*joined, own)
    drawn = ""
    for lane in range(max(len(lanes), own + 1)):
        held = lane < len(lanes) and lanes[lane] is not None
        inside = first <= lane <= last and (lane in joined or lane == own or not held)
        ways = UP * held + DOWN * (lane == own or (held and lane not in ending))
        ways += inside * (LEFT * (lane > first) + RIGHT * (lane < last))
        drawn += WIRES[ways] + (WIRES[LEFT + RIGHT] if first <= lane < last else " ")
    return drawn


def wire(held: int | None) -> str:
    return WIRES[0] if held is None else WIRES[UP + DOWN]


def line(marks: Sequence[str]) -> str:
    return " ".join(marks)
