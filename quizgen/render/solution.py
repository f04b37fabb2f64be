"""A solved network as a document: its picture, what each layer counts, how each number comes about, what surprises."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from quizgen.notation import FHW, Notation
from quizgen.prose import Items, Prose, Table, Value, joined, prose
from quizgen.render.document import Document
from quizgen.render.drawn import drawn
from quizgen.render.formats import writer
from quizgen.render.totals import about, maybe, totals
from quizgen.solving import Solution
from quizgen.stepping import steps

if TYPE_CHECKING:
    from quizgen.claims import Claim


def rendered(
    solution: Solution, format: str, command: str, claim: Claim | None = None, notation: Notation = FHW
) -> bytes:
    """The document as a file. command: what makes it again. Raises UnknownNameError."""
    return writer(format).document(document(solution, command, claim, notation))


def document(solution: Solution, command: str, claim: Claim | None = None, notation: Notation = FHW) -> Document:
    head = joined(list(sections(solution, claim, notation)), "\n\n")
    return Document("solutions", title(solution), head, (), command, numbered=False)


def title(solution: Solution) -> str:
    """What the document is called: its source, or what it is if that was typed out."""
    source = solution.source
    return source if source and "\n" not in source and len(source) <= 60 else "A network"


def sections(solution: Solution, claim: Claim | None, notation: Notation) -> Iterator[Prose]:
    """All that stands in the document, one thing after the other."""
    yield prose("# {}", title(solution))
    yield prose("{}", about(solution))
    picture = drawn(solution) if solution.is_complete else None
    if picture:
        yield prose("{}", picture)
    yield prose("{}", layers(solution))
    yield prose("{}", Table(("In all", ""), tuple(totals(solution)), "ll"))
    if claim is not None:
        from quizgen.claims import told  # which needs all that knows of misconceptions

        yield prose("## Your number\n\n{}", told(claim, notation))
    if solution.notes:
        yield prose("## What may surprise\n\n{}", Items(solution.notes))
    yield prose("## How it is counted\n\n{}", workings(solution, notation))


def layers(solution: Solution) -> Table:
    """Each layer with its shape and its counts, and their sums."""
    rows: list[tuple[Value, ...]] = [
        (layer.name, layer.type, layer.output, maybe(layer.params), maybe(layer.macs)) for layer in solution.layers
    ]
    rows.append(("Total", "", "", maybe(solution.params), maybe(solution.macs)))
    return Table(("Layer", "Type", "Output shape", "Parameters", "MACs"), tuple(rows), "lllrr", last_is_total=True)


def workings(solution: Solution, notation: Notation) -> Table:
    """Each number that takes a calculation, layer by layer."""
    rows: list[tuple[Value, ...]] = []
    for layer, lines in steps(solution, notation):
        for index, line in enumerate(lines):
            rows.append(("" if index else layer.name, line.label, line.says))
    return Table(("Layer", "", "Calculation"), tuple(rows), "lll")
