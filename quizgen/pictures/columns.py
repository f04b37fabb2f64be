"""How wide the columns of a picture are, and how they break into lines, as words do in a paragraph."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import inf

from quizgen.pictures.tracks import Plan

ARROW = 14.0
"""The least distance between columns: a short arrow."""

TURN_OUT, TURN_IN = 5.0, 8.0
"""How far right of its column a wire that leaves a lane turns, and how far left of the next one that enters a lane."""

BESIDE = 4.0
"""The distance between wires that run side by side."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The measures of the columns, left to right.

    gaps: the room to the right of each column.
    crossing: how many wires pass the gap to the right of each column, if a line ends there.
    turn_out, turn_in: for each cell whose wires turn, how far right or left of its column they do.
    """

    widths: list[float]
    gaps: list[float]
    crossing: list[int]
    turn_out: dict[int, float]
    turn_in: dict[int, float]


def columns(plan: Plan, widths: Sequence[float]) -> Columns:
    """The columns that hold cells of these widths, with room between them for wires that turn."""
    members: list[list[int]] = [[] for _ in range(max(plan.columns) + 1)]
    for cell, column in enumerate(plan.columns):
        members[column].append(cell)
    leaving = {wire.source for wire in plan.wires if wire.track != plan.lanes[wire.source]}
    entering = {wire.target for wire in plan.wires if wire.track != plan.lanes[wire.target]}
    turn_out: dict[int, float] = {}
    turn_in: dict[int, float] = {}
    gaps: list[float] = []
    for cells in members:
        outward = [cell for cell in cells if cell in leaving]
        inward = [cell for cell in cells if cell in entering]
        turn_out |= {cell: TURN_OUT + BESIDE * rank for rank, cell in enumerate(outward)}
        turn_in |= {cell: TURN_IN + BESIDE * rank for rank, cell in enumerate(inward)}
        if gaps:
            gaps[-1] += BESIDE * len(inward)
        gaps.append(ARROW + BESIDE * len(outward))
    return Columns([max(widths[cell] for cell in cells) for cells in members], gaps, crossing(plan), turn_out, turn_in)


def crossing(plan: Plan) -> list[int]:
    """How many wires pass the gap to the right of each column; those of one source on one track are one."""
    passing: list[set[tuple[int, int]]] = [set() for _ in range(max(plan.columns) + 1)]
    for wire in plan.wires:
        for column in range(plan.columns[wire.source], plan.columns[wire.target]):
            passing[column].add((wire.source, plan.track_after(column, wire)))
    return [len(wires) for wires in passing]


def room_left(through: int) -> float:
    """The room left of a line for wires that come from the line above, and turn."""
    return TURN_OUT + TURN_IN + BESIDE * (3 * through - 1)


def room_right(through: int) -> float:
    """The room right of a line for wires that lead on to the next."""
    return 2 * TURN_OUT + BESIDE * (through - 1)


def lines(measured: Columns, room: float, kept_together: Collection[int]) -> list[range]:
    """The columns of each line: all on one where they fit, else few lines, about equally full.

    A line ends where one wire alone leads on, if lines so cut fit; else where two do, and so on. A gap to the right of
    a column that is to be kept together with the next counts as one wire more.
    """
    count = len(measured.widths)
    if sum(measured.widths) + sum(measured.gaps[:-1]) <= room:
        return [range(count)]
    cost = [wires + (column in kept_together) for column, wires in enumerate(measured.crossing)]
    for most in range(1, max(cost) + 1):
        broken = balanced(measured, room - room_left(most) - room_right(most), [wires <= most for wires in cost])
        if broken:
            return broken
    return [range(column, column + 1) for column in range(count)]


def balanced(measured: Columns, room: float, may_end: Sequence[bool]) -> list[range]:
    """Lines that leave the least sum of squares of room empty and end where they may; none where that can't be."""
    widths, gaps = measured.widths, measured.gaps
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(widths) + 1):
        width = -gaps[end - 1]
        options = [(inf, 0)]
        for start in range(end - 1, -1, -1):
            width += widths[start] + gaps[start]
            if width > room:
                break
            if start == 0 or may_end[start - 1]:
                options.append((best[start][0] + (room - width) ** 2, start))
        best.append(min(options))
    ranges: list[range] = []
    end = len(widths)
    if best[end][0] < inf:
        while end:
            start = best[end][1]
            ranges.append(range(start, end))
            end = start
    return ranges[::-1]
