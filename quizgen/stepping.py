"""How the numbers of each layer come about, line by line: what a terminal prints below a layer and a document beside it.

A layer that is worked like one before it is not worked again: it says which.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import NamedTuple

from quizgen.layers.given import Given
from quizgen.notation import FHW, Notation
from quizgen.prose import Maths, Prose, joined, mark, prose
from quizgen.solving import LayerCount, Solution
from quizgen.unknown import known
from quizgen.worked import Worked, chain
from quizgen.workings import Workings

COUNTS = (("trainable", "parameters"), ("non_trainable", "not trained"), ("macs", "MACs"))
"""The counts that are worked, and what their lines are called."""


class Line(NamedTuple):
    """One line: what comes about, and how."""

    label: str
    says: Prose


def steps(solution: Solution, notation: Notation = FHW) -> Iterator[tuple[LayerCount, tuple[Line, ...]]]:
    """Each layer with its lines; with none where there is nothing to work out."""
    workings = Workings(solution.rows, notation=notation)
    worked: dict[Hashable, str] = {}
    for layer in solution.layers:
        row = layer.row
        first = worked.setdefault((row.layer, row.inputs, row.node.frozen, layer.shares), layer.name)
        told = assumption(layer) if layer.name in solution.reading.assumed else calculations(layer, workings)
        if first != layer.name and told:
            told = (Line("as", prose("`{}`", first)),)
        yield layer, (*wiring(layer), *told)


def wiring(layer: LayerCount) -> Iterator[Line]:
    """What a layer reads, where that is not the layer before it; and whose parameters it uses."""
    if layer.reads:
        yield Line("reads", joined([prose("`{}`", name) for name in layer.reads], ", "))
    if layer.shares:
        yield Line("shares", prose("the parameters of `{}`", layer.shares))
    if layer.row.node.frozen:
        yield Line("frozen", Prose("its parameters are not trained"))


def assumption(layer: LayerCount) -> tuple[Line, ...]:
    """What somebody has said of a layer that no reader knows."""
    return (Line("parameters", prose("{}, as given", layer.params)),)


def calculations(layer: LayerCount, workings: Workings) -> tuple[Line, ...]:
    """The sizes and counts of a layer that take a calculation; of a step that is only known by its result, none."""
    row = layer.row
    if isinstance(row.layer, Given):
        return ()
    sizes = (Line("size", formula(size)) for size in workings.sizes(row))
    counts = (line for name, label in COUNTS for line in counting(layer, name, label, workings))
    return (*sizes, *counts)


def counting(layer: LayerCount, name: str, label: str, workings: Workings) -> Iterator[Line]:
    """The lines of one count: that of the layer, or those of its parts."""
    row = layer.row
    if layer.shares and name != "macs":
        return
    if known(getattr(row, name)) is None and not row.parts:
        yield Line(label, formula(workings.rule(row, name)))
        return
    counts = list(workings.counts(row, name))
    if any(part for part, _ in counts):
        yield Line(label, Prose("of its parts:"))
    for part, worked in counts:
        yield Line(f"  {part}" if part else label, formula(worked))


def formula(worked: Worked) -> Prose:
    """Letters, numbers and value; of a rule that is a single letter, that and its value."""
    if worked.formula.trivial and worked.formula.names:
        return prose("${}$", chain(worked.letters, Maths(mark(0), (worked.value,))))
    return prose("${}$", worked.inline)
