"""What a wrong answer is told: the wrong rule worked with this question's numbers, the belief, and what mends it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from quizgen.layers.base import Shape
from quizgen.layers.graph import Row, Rulebook
from quizgen.misconceptions import Misconception, rulebook
from quizgen.network import Network
from quizgen.notation import Notation
from quizgen.prose import Filling, Maths, Prose, Value, joined, prose
from quizgen.quantities import WHOLE, Asked
from quizgen.workings import Workings
from quizgen.worked import Worked, chain, read

PLACEHOLDER = re.compile(r"\{(\w+)\}")


def feedback(network: Network, asked: Asked, held: Sequence[Misconception], notation: Notation) -> Prose:
    """The wrong calculation, and for each belief its sentence and what mends it."""
    book = rulebook(*held)
    rows = network.under(book)
    workings = Workings(rows, book, notation)
    parts = [prose("{}", calculation) for calculation in wrong_lines(workings, network.rows, asked, book)]
    parts.extend(prose("*{}* {}", one.belief, mended(one, bent_row(rows, one))) for one in held)
    return joined(parts, " ")


def wrong_lines(workings: Workings, truth: Sequence[Row], asked: Asked, book: Rulebook) -> list[Value]:
    """The lines of the wrong solution that differ from the right one, up to what is asked for."""
    lines: list[Value] = []
    for row, right in zip(workings.rows, truth, strict=True):
        is_target = row.name == asked.of
        if row.output != right.output and not (is_target and asked.quantity.rule == "output"):
            lines.extend(inline(size) for size in workings.sizes(row) if type(row.layer).output in book)
        if is_target or (asked.of == WHOLE and right is truth[-1]):
            break
    lines.extend(target_lines(workings, asked))
    return lines


def target_lines(workings: Workings, asked: Asked) -> list[Value]:
    if asked.of == WHOLE and asked.quantity.rule in ("trainable", "non_trainable", "macs"):
        return [inline_total(workings.total(asked.quantity.name))]
    row = next((row for row in workings.rows if row.name == asked.of), workings.rows[-1])
    if asked.quantity.rule == "output":
        sizes = [inline(size) for size in workings.sizes(row)]
        return [*sizes, row.output] if asked.quantity.name == "output" else sizes
    if asked.quantity.rule == "window":
        return []
    counts = [worked for _, worked in workings.counts(row, asked.quantity.rule)]
    return [inline(counts[0])] if len(counts) == 1 else []


def inline(worked: Worked) -> Maths:
    if worked.formula.trivial:
        return worked.result
    return chain(worked.letters, worked.substitution, worked.result)


def inline_total(maths: Maths) -> Maths:
    return Maths(maths.latex, maths.values)


def bent_row(rows: Sequence[Row], held: Misconception) -> Row:
    """The first row on which a belief acts, looked for inside composite layers too."""
    for row in rows:
        if row.parts:
            inner = bent_row(row.parts, held)
            if acts_on(inner, held):
                return inner
        if acts_on(row, held):
            return row
    return rows[-1]


def acts_on(row: Row, held: Misconception) -> bool:
    kind = type(row.layer)
    rules = (kind.output, kind.trainable, kind.non_trainable, kind.macs)
    return held.rule in rules and isinstance(row.layer, held.kinds)


def mended(held: Misconception, row: Row) -> Prose:
    """The mending sentence with this layer's numbers at its placeholders."""
    numbers: dict[str, Value] = dict(read(row.layer, row.inputs, row.output).numbers)
    kernel = getattr(row.layer, "kernel", None) or getattr(row.layer, "pool", None)
    if kernel:
        numbers["kernel"] = Shape(kernel)
    numbers["input"], numbers["output"] = row.inputs[0], row.output
    filling = Filling()
    return filling.prose(PLACEHOLDER.sub(lambda match: filling(numbers.get(match[1], match[1])), held.mend))
