"""What a wrong answer is told: the wrong rule worked with this question's numbers, the belief, and what mends it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from quizgen.layers.base import Shape
from quizgen.layers.graph import Row, Rulebook, rules_of
from quizgen.misconceptions import Misconception, rulebook
from quizgen.network import Network
from quizgen.notation import Notation
from quizgen.prose import Filling, Maths, Prose, Value, filled, mark
from quizgen.quantities import WHOLE, Asked
from quizgen.worked import read
from quizgen.workings import Workings

PLACEHOLDER = re.compile(r"\{(\w+)\}")


def feedback(network: Network, asked: Asked, held: Sequence[Misconception], notation: Notation) -> Prose:
    """The wrong calculation, and for each belief its sentence and what mends it."""
    book = rulebook(*held)
    rows = network.under(book, None if asked.of == WHOLE else asked.of)
    lines = wrong_lines(Workings(rows, book, notation), network.rows[: len(rows)], asked, book)
    text, names = sentences(len(lines), tuple(held))
    values: list[Value] = list(lines)
    for one, wanted in zip(held, names, strict=True):
        if wanted:
            known = numbers_of(bent_row(network.rows, one, asked.of))
            values.extend(known.get(name, name) for name in wanted)
    return Prose(text, tuple(values))


@lru_cache(maxsize=1024)
def sentences(lines: int, held: tuple[Misconception, ...]) -> tuple[str, tuple[tuple[str, ...], ...]]:
    """The words of a feedback with marks, first those of its lines, and the names whose numbers fill the others."""
    count = lines
    parts = [", ".join(mark(index) for index in range(lines)) + "."] if lines else []
    names = []
    for one in held:
        found = tuple(PLACEHOLDER.findall(one.mend))
        mend = PLACEHOLDER.sub("{}", one.mend).format(*map(mark, range(count, count + len(found))))
        parts.append(f"*{one.belief}* {mend}")
        names.append(found)
        count += len(found)
    return " ".join(parts), tuple(names)


def numbers_of(row: Row) -> dict[str, Value]:
    """What a mending sentence can say of a layer: its sizes by the names of their symbols, its kernel, its shapes."""
    layer = row.layer
    numbers: dict[str, Value] = dict(read(layer, row.inputs, row.output).numbers)
    kernel = getattr(layer, "kernel", None) or getattr(layer, "pool", None)
    if kernel:
        numbers["kernel"] = Shape(kernel)
    numbers["input"], numbers["output"] = row.inputs[0], row.output
    return numbers


def mended(held: Misconception, row: Row) -> Prose:
    """The mending sentence with this layer's numbers at its placeholders."""
    known, filling = numbers_of(row), Filling()
    return filling.prose(PLACEHOLDER.sub(lambda match: filling(known.get(match[1], match[1])), held.mend))


def wrong_lines(workings: Workings, truth: Sequence[Row], asked: Asked, book: Rulebook) -> list[Value]:
    """The first size that comes out wrong on the way to what is asked for, and then what is asked for."""
    target = asked.of if asked.of != WHOLE else truth[-1].name
    lines: list[Value] = []
    for row, right in zip(workings.rows, truth, strict=True):
        if row.output != right.output and type(row.layer).output in book and row.name != target:
            lines = wrong_sizes(workings, row, right)
            break
        if row.name == target:
            break
    return lines + target_lines(workings, truth, asked)


def wrong_sizes(workings: Workings, row: Row, right: Row) -> list[Value]:
    """The sizes of a layer that differ from the right ones, with their calculation; the same calculation once."""
    if row.parts:
        wrong = set(row.output) - set(right.output)
        return [size.calculation for size in workings.sizes(row) if size.value in wrong]
    sizes = [
        workings.rule(row, "output", axis)
        for axis, size in enumerate(row.output)
        if axis >= len(right.output) or size != right.output[axis]
    ]
    worked = [size.calculation for size in sizes if not size.formula.trivial]
    return list({filled(line.latex, line.values, str): line for line in worked}.values())


def target_lines(workings: Workings, truth: Sequence[Row], asked: Asked) -> list[Value]:
    rule = asked.quantity.rule
    if asked.of == WHOLE and rule in ("trainable", "non_trainable", "macs"):
        return [running(workings.total(rule))]
    index = next((index for index, row in enumerate(truth) if row.name == asked.of), len(truth) - 1)
    if rule == "output":
        return wrong_sizes(workings, workings.rows[index], truth[index])
    if rule == "window":
        return []
    row = workings.rows[index]
    return [workings.rule(row, rule).inline] if getattr(row, rule) else []


def running(maths: Maths) -> Maths:
    """A display formula as part of a sentence."""
    return Maths(maths.latex, maths.values)


def bent_row(rows: Sequence[Row], held: Misconception, of: str = WHOLE) -> Row:
    """The row on which a belief acts: the one asked of if it is a belief about its count, else the first, looked for
    inside composite layers too."""
    for row in rows:
        kind: Any = type(row.layer)
        if row.name == of and acts_on(row, held) and held.rule is not kind.output:
            return row
    for row in rows:
        if row.parts:
            inner = bent_row(row.parts, held)
            if acts_on(inner, held):
                return inner
        if acts_on(row, held):
            return row
    return rows[-1]


def acts_on(row: Row, held: Misconception) -> bool:
    kind: Any = type(row.layer)
    return held.rule in (*rules_of(kind), kind.window) and isinstance(row.layer, held.kinds)
