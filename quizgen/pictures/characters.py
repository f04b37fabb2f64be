"""The network as a picture in plain characters: a node a line, and in the margin the wires that run past."""

from collections.abc import Iterator, Sequence
from textwrap import wrap

from quizgen.layers.base import Shape
from quizgen.layers.graph import Row
from quizgen.pictures.diagram import Cell, Diagram, diagram

COLUMNS = 72
ROOM = 18
"""The least room for a layer's settings; where wires leave less, the words stand one after the other."""

NODE, GAP_NODE = "●", "⋮"
UP, DOWN, LEFT, RIGHT = 1, 2, 4, 8
WIRES = " ╵╷│╴╯╮┤╶╰╭├─┴┬┼"
"""The character for each sum of the directions in which a place is wired."""


def characters(rows: Sequence[Row], input_shape: Shape, labels: Sequence[str], *, show_shapes: bool = False) -> str:
    """The network top to bottom in at most 72 columns; deep ones are shortened as in `picture`."""
    drawn = diagram(rows, input_shape, labels)
    return "\n".join(line.rstrip() for line in lines(drawn, show_shapes=show_shapes)) + "\n"


def lines(drawn: Diagram, *, show_shapes: bool) -> Iterator[str]:
    """The lines of the picture: wires that part or meet, then the node with its words beside it."""
    steps = list(margins(drawn.cells))
    margin = max(len(line) for step in steps for line in step) + 2
    beside = words(drawn, COLUMNS - margin, show_shapes=show_shapes)
    for (*before, node, after), (first, *others) in zip(steps, beside, strict=True):
        yield from before
        yield f"{node:{margin}}{first}"
        for line in others:
            yield f"{after:{margin}}{line}"


def words(drawn: Diagram, room: int, *, show_shapes: bool) -> Iterator[list[str]]:
    """For each cell its kind, settings and shape, in columns, with long settings on several lines."""
    kinds = [bracket + cell.kind for bracket, cell in zip(brackets(drawn), drawn.cells, strict=True)]
    shapes = [str(cell.shape) if show_shapes and cell.sources and cell.kind else "" for cell in drawn.cells]
    first, last = max(map(len, kinds)) + 2, max(map(len, shapes)) + 2
    between = min(room - first - last, max(len(cell.settings) for cell in drawn.cells))
    for cell, kind, shape in zip(drawn.cells, kinds, shapes, strict=True):
        if room - first - last < ROOM:
            yield wrap("  ".join(filter(None, (kind, cell.settings, shape))), room)
            continue
        settings, *others = wrap(cell.settings, between) or [""]
        yield [f"{kind:{first}}{settings:{between}}  {shape}", *(f"{'':{first}}{line}" for line in others)]


def brackets(drawn: Diagram) -> list[str]:
    """What stands before each kind: how often a run is repeated, and a bracket where it's longer than one."""
    before = [""] * len(drawn.cells)
    for first, last, times in drawn.repeats:
        count = f"{times} × "
        for at in range(first, last + 1):
            before[at] = " " * len(count) + ("╰ " if at == last else "│ ")
        before[first] = count if first == last else count + "╭ "
    return before


def margins(cells: Sequence[Cell]) -> Iterator[list[str]]:
    """For each cell: where wires part or meet before it, if they do; its own line; and one that carries them on.

    Each wire holds a lane from the cell whose output it is until the last that reads it, which takes the lane over.
    """
    last_reader = {source: reader for reader, cell in enumerate(cells) for source in cell.sources}
    lanes: list[int | None] = []
    for at, cell in enumerate(cells):
        joined = {lane for lane, held in enumerate(lanes) if held in cell.sources}
        ending = {lane for lane in joined if last_reader[lanes[lane] or 0] == at}
        own = min(ending) if ending else [*lanes, None].index(None)
        crossing = [meeting(lanes, joined, ending, own)] if joined - {own} else []
        lanes += [None] * (own + 1 - len(lanes))
        lanes = [None if lane in ending else held for lane, held in enumerate(lanes)]
        node = [upright(held) for held in lanes]
        node[own] = NODE if cell.kind else GAP_NODE
        lanes[own] = at if at in last_reader else None
        yield [*crossing, " ".join(node), " ".join(upright(held) for held in lanes)]


def meeting(lanes: Sequence[int | None], joined: set[int], ending: set[int], own: int) -> str:
    """The line on which wires go over from their lanes to a cell's own; those of other cells pass unbroken."""
    first, last = min(*joined, own), max(*joined, own)
    drawn = ""
    for lane in range(max(len(lanes), own + 1)):
        held = lane < len(lanes) and lanes[lane] is not None
        ways = UP * held + DOWN * (lane == own or (held and lane not in ending))
        if lane in joined or lane == own or not held:
            ways += LEFT * (first < lane <= last) + RIGHT * (first <= lane < last)
        drawn += WIRES[ways] + WIRES[(LEFT + RIGHT) * (first <= lane < last)]
    return drawn


def upright(held: int | None) -> str:
    """A lane that runs on, or is free."""
    return WIRES[0 if held is None else UP + DOWN]
