"""What is drawn of a network: cells, and which reads which. Of a deep one, repeats once, and the middle left out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import NamedTuple

from quizgen.layers.base import Shape
from quizgen.layers.graph import Row, input_name

MANY, MOST = 16, 24
"""Above the first number of cells repeats are drawn once; above the second the middle is left out."""

HEAD, TAIL = 9, 4
"""How many cells at most stay before and after what is left out."""

GAP = "gap"
"""The family of the cell that stands for layers left out."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One place in the picture: an input, a layer, or the gap that stands for layers left out.

    kind: the name of the layer's class, `Input`, or empty for the gap.
    family: the module that the layer comes from (`convolution`, `pooling`, ...), by which it is filled.
    sources: the positions of the cells that it reads, all before its own.
    """

    name: str
    kind: str
    family: str
    settings: str
    shape: Shape
    sources: tuple[int, ...] = ()


class Repeat(NamedTuple):
    """A run of cells, `first` to `last`, that stands for `times` copies one after the other."""

    first: int
    last: int
    times: int


@dataclass(frozen=True, slots=True)
class Diagram:
    """The cells in the order of the walk, the repeats among them, and how many layers the gap stands for."""

    cells: tuple[Cell, ...]
    repeats: tuple[Repeat, ...] = ()
    omitted: int = 0


def diagram(rows: Sequence[Row], input_shape: Shape, labels: Sequence[str]) -> Diagram:
    """The network as it's drawn; `labels` gives each row its settings in a few words."""
    whole = Diagram(tuple(cells(rows, input_shape, labels)))
    return whole if len(whole.cells) <= MANY else elided(folded(whole))


def cells(rows: Sequence[Row], input_shape: Shape, labels: Sequence[str]) -> list[Cell]:
    """A cell for each input and each row."""
    found = [Cell(input_name(0), "Input", "input", str(input_shape), input_shape)]
    place = {input_name(0): 0}
    layers = {row.name for row in rows}
    for row in rows:
        for name, shape in zip(row.node.inputs, row.inputs, strict=False):
            if name not in layers and name not in place:
                place[name] = len(found)
                found.append(Cell(name, "Input", "input", str(shape), shape))
    previous = input_name(0)
    for row, label in zip(rows, labels, strict=True):
        sources = tuple(dict.fromkeys(place[name] for name in row.node.inputs or (previous,)))
        kind = type(row.layer)
        family = kind.__module__.rpartition(".")[2]
        place[row.name] = len(found)
        found.append(Cell(row.name, kind.__name__, family, label, row.output, sources))
        previous = row.name
    return found


def waists(cells: Sequence[Cell]) -> list[bool]:
    """Whether a cell is one that all wires pass through: nothing after it reads anything before it."""
    last_reader = list(range(len(cells)))
    for position, cell in enumerate(cells):
        for source in cell.sources:
            last_reader[source] = position
    reach = accumulate(last_reader, max, initial=0)
    return [furthest <= position for position, furthest in zip(range(len(cells)), reach, strict=False)]


def folded(whole: Diagram) -> Diagram:
    """Runs that repeat, alike in kinds, settings, shapes and wiring, drawn once."""
    looks = [(c.kind, c.settings, c.shape, *(at - s for s in c.sources)) for at, c in enumerate(whole.cells)]
    waist = waists(whole.cells)
    kept: list[Cell] = []
    repeats: list[Repeat] = []
    place: list[int] = []
    at = 0
    while at < len(looks):
        period, times = longest_run(looks, waist, at)
        first = len(kept)
        copies = whole.cells[at : at + period], whole.cells[at + period * (times - 1) : at + period * times]
        for cell, last_copy in zip(*copies, strict=True):
            place.append(len(kept))
            name = cell.name if times == 1 else f"{cell.name} to {last_copy.name}"
            kept.append(replace(cell, name=name, sources=tuple(place[source] for source in cell.sources)))
        place += place[-period:] * (times - 1)
        if times > 1:
            repeats.append(Repeat(first, len(kept) - 1, times))
        at += period * times
    return Diagram(tuple(kept), tuple(repeats))


def longest_run(looks: Sequence[object], waist: Sequence[bool], start: int) -> tuple[int, int]:
    """The period and the number of copies of the run from `start` that saves most cells; (1, 1) where none repeats."""
    best = (1, 1)
    if start == 0 or not waist[start - 1]:
        return best
    for period in range(1, (len(looks) - start) // 2 + 1):
        pattern = looks[start : start + period]
        end, times = start + period, 1
        while waist[end - 1] and looks[end : end + period] == pattern and waist[end + period - 1]:
            end, times = end + period, times + 1
        if period * (times - 1) > best[0] * (best[1] - 1):
            best = (period, times)
    return best


def elided(whole: Diagram) -> Diagram:
    """The first and last cells, with one gap for all between; cut where no branch and no repeat is cut through."""
    cells, count = whole.cells, len(whole.cells)
    if count <= MOST:
        return whole
    waist = waists(cells)
    cuts = [at for at in range(count - 1) if waist[at] and not any(r.first <= at < r.last for r in whole.repeats)]
    before = max((at for at in cuts if at < HEAD), default=0)
    after = min((at for at in cuts if at >= count - 1 - TAIL), default=cuts[-1])
    if after - before < 2:
        return whole
    shift = after - before - 1
    tail = [replace(c, sources=tuple(s - shift for s in c.sources)) for c in cells[after + 1 :]]
    copies = {at: r.times for r in whole.repeats for at in range(r.first, r.last + 1)}
    omitted = sum(copies.get(at, 1) for at in range(before + 1, after + 1))
    gap = Cell("", "", GAP, f"{omitted} more layers", cells[after].shape, (before,))
    repeats = [r for r in whole.repeats if r.last <= before]
    repeats += [Repeat(r.first - shift, r.last - shift, r.times) for r in whole.repeats if r.first > after]
    return Diagram((*cells[: before + 1], gap, *tail), tuple(repeats), omitted)
