"""Where each cell stands, before anything is measured: its column, its lane, and the track on which each wire runs.

Columns count from the inputs to the right. A track is a height, counted from the trunk (track 0) downwards; branches
take the nearest free tracks above and below as their lanes, wires that skip over cells the tracks above all of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Self

from quizgen.pictures.diagram import Cell

TRUNK = 0
NO_CELL = -1


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


class Stretch(NamedTuple):
    """A part of a track, between two columns, that a wire takes; `NO_CELL` where it's anything to or from one cell."""

    start: int
    end: int
    source: int
    target: int

    def clashes(self, other: Self) -> bool:
        """Whether the two overlap though they neither part from one cell nor meet in one."""
        apart = self.end <= other.start or other.end <= self.start
        return not apart and self.source != other.source and self.target != other.target


class Tracks:
    """What is taken of each track."""

    def __init__(self) -> None:
        self.taken: dict[int, list[Stretch]] = {}

    def free(self, track: int, stretch: Stretch) -> bool:
        """Whether a wire can take the stretch."""
        return not any(stretch.clashes(other) for other in self.taken.get(track, ()))

    def take(self, track: int, stretch: Stretch) -> None:
        """Let a wire take the stretch."""
        self.taken.setdefault(track, []).append(stretch)


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
    """The longest path is the trunk. A lone branch runs above it; of several, those listed after the trunk's below."""
    trunk: dict[int, int] = {}
    step = max(range(len(cells)), key=lambda position: (columns[position], position))
    while step >= 0:
        trunk[columns[step]] = step
        step = next((s for s in cells[step].sources if columns[s] == columns[step] - 1), -1)
    lanes = [TRUNK] * len(cells)
    found = branches(cells, columns, readers, taken=set(trunk.values()))
    tracks = Tracks()
    for start, end, branch in found:
        beside = sum(since < end and start < until for since, until, _ in found) - 1
        side = 1 if beside and trunk.get(columns[branch[0]], -1) < branch[0] else -1
        lane = side
        stretch = Stretch(start, end, branch[0], branch[-1])
        while not tracks.free(lane, stretch):
            lane += side
        tracks.take(lane, stretch)
        for cell in branch:
            lanes[cell] = lane
    return lanes


def branches(
    cells: Sequence[Cell], columns: Sequence[int], readers: Sequence[Sequence[int]], taken: set[int]
) -> list[tuple[int, int, list[int]]]:
    """The paths that are left beside the trunk: the columns between which each needs a lane, and its cells."""
    found: list[tuple[int, int, list[int]]] = []
    for first in range(len(cells)):
        if first in taken:
            continue
        branch = [first]
        while (following := next((r for r in readers[branch[-1]] if r not in taken), None)) is not None:
            branch.append(following)
        taken.update(branch)
        start = max((columns[source] for source in cells[first].sources), default=columns[first] - 1)
        end = max((columns[reader] for reader in readers[branch[-1]]), default=columns[branch[-1]] + 1)
        found.append((start, end, branch))
    return found


def wires_of(
    cells: Sequence[Cell], columns: Sequence[int], lanes: Sequence[int], readers: Sequence[Sequence[int]]
) -> list[Wire]:
    """A wire runs straight along a lane where it can, else on a track above everything; short ones lie lowest."""
    tracks = Tracks()
    for cell, (column, lane) in enumerate(zip(columns, lanes, strict=True)):
        tracks.take(lane, Stretch(column - 1, column, NO_CELL, cell))
        tracks.take(lane, Stretch(column, column + 1, cell, NO_CELL))
        tracks.take(lane, Stretch(column, column, NO_CELL, NO_CELL))
    edges = [(source, target) for target, cell in enumerate(cells) for source in cell.sources]
    edges.sort(key=lambda edge: (columns[edge[1]] - columns[edge[0]], edge))
    above = min(lanes) - 1
    wires: list[Wire] = []
    for source, target in edges:
        stretch = Stretch(columns[source], columns[target], source, target)
        own = (lanes[target], lanes[source]) if len(readers[source]) > 1 else (lanes[source], lanes[target])
        track = next((lane for lane in own if tracks.free(lane, stretch)), above)
        while not tracks.free(track, stretch):
            track -= 1
        tracks.take(track, stretch)
        wires.append(Wire(source, target, track))
    return wires
