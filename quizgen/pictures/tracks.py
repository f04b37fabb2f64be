"""Where each cell stands, before anything is measured: its column, its lane, and the track on which each wire runs.

Columns count from the inputs to the right. A track is a height, counted from the trunk (track 0) downwards; branches
take the nearest free tracks above and below as their lanes, wires that skip over cells the tracks above all of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from quizgen.pictures.diagram import Cell

TRUNK = 0


class Wire(NamedTuple):
    """From a cell to one that reads it, running along a track where it's on neither's own lane."""

    source: int
    target: int
    track: int


@dataclass(frozen=True, slots=True)
class Plan:
    """The column and the lane of each cell, and all wires."""

    columns: list[int]
    lanes: list[int]
    wires: list[Wire]

    def track_after(self, column: int, wire: Wire) -> int:
        """The track on which a wire leaves a column: its source's lane at first, where it may part from others."""
        return self.lanes[wire.source] if self.columns[wire.source] == column else wire.track


@dataclass(slots=True)
class Occupancy:
    """Which stretches of which tracks are taken, and by the output of which cell."""

    taken: dict[int, list[tuple[int, int, int]]] = field(default_factory=dict)

    def free(self, track: int, start: int, end: int, owner: int) -> bool:
        """Whether the track is free strictly between two columns for what `owner` puts out."""
        return all(
            until <= start or end <= since or other == owner for since, until, other in self.taken.get(track, ())
        )

    def take(self, track: int, start: int, end: int, owner: int) -> None:
        self.taken.setdefault(track, []).append((start, end, owner))


def plan(cells: Sequence[Cell]) -> Plan:
    """Columns by the longest way from an input, lanes by branch, wires on tracks that nothing else uses."""
    readers: list[list[int]] = [[] for _ in cells]
    for position, cell in enumerate(cells):
        for source in cell.sources:
            readers[source].append(position)
    columns = columns_of(cells, readers)
    lanes = lanes_of(cells, columns, readers)
    return Plan(columns, lanes, wires_of(cells, columns, lanes, readers))


def columns_of(cells: Sequence[Cell], readers: Sequence[Sequence[int]]) -> list[int]:
    """The longest way from an input, in steps; a later input stands right before its first reader."""
    columns: list[int] = []
    for cell in cells:
        columns.append(1 + max((columns[source] for source in cell.sources), default=-1))
    for position in range(1, len(cells)):
        if not cells[position].sources and readers[position]:
            columns[position] = max(0, min(columns[reader] for reader in readers[position]) - 1)
    return columns


def lanes_of(cells: Sequence[Cell], columns: Sequence[int], readers: Sequence[Sequence[int]]) -> list[int]:
    """The longest path is the trunk. A lone branch runs above it; of several, those listed after the trunk's run below."""
    lanes: list[int | None] = [None] * len(cells)
    trunk: dict[int, int] = {}
    step = max(range(len(cells)), key=lambda position: (columns[position], position))
    while step >= 0:
        lanes[step], trunk[columns[step]] = TRUNK, step
        step = next((s for s in cells[step].sources if columns[s] == columns[step] - 1), -1)
    branches: list[tuple[int, int, list[int]]] = []
    for first in range(len(cells)):
        if lanes[first] is not None:
            continue
        branch = [first]
        while (following := next((r for r in readers[branch[-1]] if lanes[r] is None), None)) is not None:
            branch.append(following)
        for cell in branch:
            lanes[cell] = TRUNK
        start = max((columns[source] for source in cells[first].sources), default=columns[first] - 1)
        end = max((columns[reader] for reader in readers[branch[-1]]), default=columns[branch[-1]] + 1)
        branches.append((start, end, branch))
    occupancy = Occupancy()
    for start, end, branch in branches:
        beside = sum(since < end and start < until for since, until, _ in branches) - 1
        side = 1 if beside and trunk.get(columns[branch[0]], -1) < branch[0] else -1
        lane = side
        while not occupancy.free(lane, start, end, -1):
            lane += side
        occupancy.take(lane, start, end, branch[0])
        for cell in branch:
            lanes[cell] = lane
    return [TRUNK if lane is None else lane for lane in lanes]


def wires_of(
    cells: Sequence[Cell], columns: Sequence[int], lanes: Sequence[int], readers: Sequence[Sequence[int]]
) -> list[Wire]:
    """A wire runs straight along a lane where it can, else on a track above everything; short ones lie lowest."""
    occupancy = Occupancy()
    for position, (column, lane) in enumerate(zip(columns, lanes, strict=True)):
        occupancy.take(lane, column, column, position)
    edges = [(source, target) for target, cell in enumerate(cells) for source in cell.sources]
    edges.sort(key=lambda edge: (columns[edge[1]] - columns[edge[0]], edge))
    top = min(lanes)
    wires: list[Wire] = []
    for source, target in edges:
        start, end = columns[source], columns[target]
        own = (lanes[target], lanes[source]) if len(readers[source]) > 1 else (lanes[source], lanes[target])
        track = next((lane for lane in own if occupancy.free(lane, start, end, source)), top - 1)
        while not occupancy.free(track, start, end, source):
            track -= 1
        occupancy.take(track, start, end, source)
        wires.append(Wire(source, target, track))
    return wires

