"""What a wrong answer is told: the wrong rule and the right one, worked with this question's numbers, and what mends the
belief."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Protocol, TypeAlias

from quizgen.errors import ShapeError
from quizgen.layers.base import Shape
from quizgen.layers.graph import Row, rules_of
from quizgen.misconceptions import Misconception, rulebook
from quizgen.network import Network, in_flops
from quizgen.notation import Notation
from quizgen.prose import Filling, Maths, Prose, Value, filled, mark
from quizgen.quantities import WHOLE, Asked, fields
from quizgen.worked import chain, read
from quizgen.worked.expressions import Letter, is_atom, lifted
from quizgen.worked.latex import latex
from quizgen.workings import Workings

COUNTED = ("trainable", "non_trainable", "macs")
"""The rules whose values add up to a total."""

PLACEHOLDER = re.compile(r"\{(\w+)\}")


Side: TypeAlias = "tuple[Value, ...]"
"""The formulas of one way to work something out, one after the other."""


class Worked(Protocol):
    """A task that can show how its answer comes about under beliefs."""

    @property
    def network(self) -> Network: ...

    @property
    def asked(self) -> Asked: ...

    def sides(self, held: Sequence[Misconception], notation: Notation) -> tuple[Side, Side]:
        """The calculation of somebody with these beliefs, and the right one where it differs."""


def feedback(task: Worked, held: Sequence[Misconception], notation: Notation, *, right_too: bool = True) -> Prose:
    """The wrong calculation, the right one beside it, and for each belief its sentence and what mends it.

    right_too: whether the right calculation may be told.
    """
    wrong, right = task.sides(held, notation)
    known = [numbers_of(shown_at(task, one)) if "{" in one.mend else {} for one in held]
    return explained(wrong, right if right_too else (), held, known)


def shown_at(task: Worked, held: Misconception) -> Row:
    """The row on which a belief acts: one that comes out different, where there is such."""
    rows, of = task.network.rows, task.asked.of
    if of != WHOLE:
        return bent_row(rows, held, of)
    try:
        pairs = list(zip(task.network.under(rulebook(held)), rows, strict=True))
    except (ShapeError, ValueError):
        return bent_row(rows, held, of)
    return bent_row([*(right for wrong, right in pairs if wrong != right), *rows], held, of)


def counting_sides(
    network: Network, asked: Asked, held: Sequence[Misconception], notation: Notation
) -> tuple[Side, Side]:
    """How a quantity is counted under beliefs, and how it is."""
    book = rulebook(*held)
    rows = network.under(book, None if asked.of == WHOLE else asked.of)
    return sides(Workings(rows, book, notation), Workings(network.rows[: len(rows)], notation=notation), asked)


def explained(wrong: Side, right: Side, held: Sequence[Misconception], known: Sequence[Mapping[str, Value]]) -> Prose:
    """Two calculations, then each belief with what mends it.

    known: for each belief, what its mending sentence can say of the layer that it is about.
    """
    text, names = sentences(len(wrong), len(right), tuple(held))
    values: list[Value] = [*wrong, *right]
    for numbers, wanted in zip(known, names, strict=True):
        values.extend(numbers.get(name, name) for name in wanted)
    return Prose(text, tuple(values))


@lru_cache(maxsize=1024)
def sentences(wrong: int, right: int, held: tuple[Misconception, ...]) -> tuple[str, tuple[tuple[str, ...], ...]]:
    """The words of a feedback with marks, first those of its formulas, and the names whose numbers fill the others."""
    count = wrong + right
    parts = [", ".join(map(mark, range(wrong))) + "."] if wrong else []
    parts += ["Right: " + ", ".join(map(mark, range(wrong, count))) + "."] if right else []
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


def sides(wrong: Workings, right: Workings, asked: Asked) -> tuple[Side, Side]:
    """Wrong and right, each with the first size that comes out wrong on the way, and then what is asked for."""
    target = asked.of if asked.of != WHOLE else right.rows[-1].name
    on_the_way: tuple[Side, Side] = (), ()
    for row, other in zip(wrong.rows, right.rows, strict=True):
        if row.name == target:
            break
        if row.output != other.output and type(row.layer).output in wrong.rulebook:
            on_the_way = sizes(wrong, row, other), sizes(right, other, row)
            break
    return on_the_way[0] + target_side(wrong, right, asked), on_the_way[1] + target_side(right, wrong, asked)


def sizes(workings: Workings, row: Row, other: Row) -> Side:
    """The sizes of a layer that differ from those of the other walk, with their calculation; the same one once."""
    if row.parts:
        unlike = set(row.output) - set(other.output)
        return tuple(size.calculation for size in workings.sizes(row) if size.value in unlike)
    differing = [
        workings.rule(row, "output", axis)
        for axis, size in enumerate(row.output)
        if axis >= len(other.output) or size != other.output[axis]
    ]
    worked = [number(size.value) if size.formula.trivial else size.calculation for size in differing]
    return tuple({filled(line.latex, line.values, str): line for line in worked}.values())


def target_side(workings: Workings, other: Workings, asked: Asked) -> Side:
    """What is asked for, as one walk works it out."""
    rule = asked.quantity.rule
    if rule == "window":
        return (field_by_field(workings, asked),)
    if asked.of == WHOLE and rule in COUNTED:
        name = asked.quantity.name if asked.quantity.name == "params" else rule
        counts = (*first_count(workings, other, rule), running(workings.total(name)))
        macs = sum(row.macs for row in workings.rows)
        return (*counts, operations(macs, workings)) if asked.quantity.name == "flops" else counts
    index = next((index for index, row in enumerate(workings.rows) if row.name == asked.of), len(workings.rows) - 1)
    row = workings.rows[index]
    if rule == "output":
        return sizes(workings, row, other.rows[index])
    rules = COUNTED[:2] if asked.quantity.name == "params" else (rule,)
    shown = tuple(workings.rule(row, name).inline for name in rules if getattr(row, name))
    return (*shown, operations(row.macs, workings)) if asked.quantity.name == "flops" else shown


def operations(macs: int, workings: Workings) -> Maths:
    """How many operations multiply-accumulates are, as this walk has it: `2 × 14,929,920 = 29,859,840`."""
    rule = workings.rulebook.get(in_flops, in_flops)
    expression = lifted(rule(Letter("macs", macs)))
    result = Maths(mark(0), (rule(macs),))
    return (
        result
        if is_atom(expression)
        else chain(Maths(latex(expression, {"macs": mark(0)}, times=True), (macs,)), result)
    )


def first_count(workings: Workings, other: Workings, rule: str) -> Side:
    """The count of the first layer that comes out different though the same comes in."""
    for row, counterpart in zip(workings.rows, other.rows, strict=True):
        if getattr(row, rule) != getattr(counterpart, rule) and row.inputs == counterpart.inputs:
            return () if row.parts or not getattr(row, rule) else (workings.rule(row, rule).inline,)
    return ()


def number(value: Value) -> Maths:
    """A number as a formula of its own."""
    return Maths(mark(0), (value,))


def field_by_field(workings: Workings, asked: Asked) -> Maths:
    """How the receptive field grows from layer to layer: `3 → 5 → 9`."""
    found = fields(workings.rows, workings.rulebook)
    grown: list[Value] = []
    for name, field in found.items():
        size: Value = field.size[0] if len(set(field.size)) == 1 else Shape(field.size)
        if size not in grown[-1:]:
            grown.append(size)
        if name == asked.of:
            break
    return Maths(r" \to ".join(map(mark, range(len(grown)))), tuple(grown))


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
