"""A wrong calculation beside the right one: each step to an answer that comes out different under beliefs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quizgen.layers.base import Shape
from quizgen.layers.graph import TEXTBOOK, Row, Rulebook, counted
from quizgen.misconceptions import Misconception, rulebook
from quizgen.network import Network, in_flops
from quizgen.notation import Notation
from quizgen.prose import Filling, Maths, Value, filled, mark
from quizgen.quantities import WHOLE, Asked, fields
from quizgen.question import Number
from quizgen.search import counted_rules
from quizgen.worked import Worked, chain
from quizgen.workings import Workings, addition

TOTAL = "Total"


@dataclass(frozen=True, slots=True)
class Line:
    """What a step comes to, and how; without a calculation where there is nothing to work out."""

    value: Value
    calculation: Maths | None = None

    @property
    def whole(self) -> Value:
        """`100 × (5 × 5 + 1) = 2,600`."""
        return chain(self.calculation, Maths(mark(0), (self.value,))) if self.calculation else self.value


@dataclass(frozen=True, slots=True)
class Step:
    """One step, wrong and right; None where one of the two has none. where: a layer, a part of it, or `Total`."""

    where: str
    wrong: Line | None
    right: Line | None


def steps(network: Network, asked: Asked, held: Sequence[Misconception], notation: Notation) -> tuple[Step, ...]:
    """The steps that come out different to somebody with these beliefs; the last one comes to what is asked for."""
    book = rulebook(*held)
    wrong = network.under(book, None if asked.of == WHOLE else asked.of)
    right = network.rows[: len(wrong)]
    return tuple(Comparison(Working(wrong, book, asked, notation), Working(right, TEXTBOOK, asked, notation)).steps())


def right_lines(network: Network, asked: Asked, notation: Notation) -> tuple[Line, ...]:
    """The right calculation of what is asked for."""
    return tuple(Working(network.rows, TEXTBOOK, asked, notation).answer())


@dataclass(frozen=True, slots=True)
class Working:
    """A walk, and how its numbers come about."""

    rows: Sequence[Row]
    book: Rulebook
    asked: Asked
    notation: Notation

    @property
    def workings(self) -> Workings:
        return Workings(self.rows, self.book, self.notation)

    @property
    def names(self) -> tuple[str, ...]:
        return counted_rules(self.asked)

    @property
    def value(self) -> Number:
        return self.asked.value(self.rows, self.book)

    def answer(self) -> Iterator[Line]:
        """The calculation of what is asked for: of each size, of a count, or of a total."""
        rule, of = self.asked.quantity.rule, self.asked.of
        row = next((row for row in self.rows if row.name == of), self.rows[-1])
        if rule == "output":
            yield from dict.fromkeys(line for line in self.sizes(row) if line.calculation)
        elif self.names:
            yield self.total() if of == WHOLE else self.count(row)

    def sizes(self, row: Row) -> list[Line]:
        """Every size of a layer's output."""
        if row.parts:
            return [Line(size) for size in row.output]
        workings = self.workings
        return [line(workings.rule(row, "output", axis), size) for axis, size in enumerate(row.output)]

    def counts(self, row: Row) -> Mapping[str, Line]:
        """The count of a layer, or of each part of it; without a calculation where that takes more than one rule."""
        found = {
            ", ".join(filter(None, (part, "non-trainable" if name != self.names[0] else ""))): line(worked)
            for name in self.names
            for part, worked in self.workings.counts(row, name)
        }
        amount = sum(getattr(row, name) for name in self.names)
        return found if found and added(values(found)).value == amount else {"": Line(amount)}

    def count(self, row: Row) -> Line:
        """The count of a layer, in one line."""
        lines = self.counts(row)
        return next(iter(lines.values())) if len(lines) == 1 else added(values(lines))

    def total(self) -> Line:
        rows = self.rows if self.names == ("macs",) else self.book.get(counted, counted)(self.rows)
        return added([amount for row in rows if (amount := sum(getattr(row, name) for name in self.names))])

    def fields(self) -> Mapping[str, Line]:
        return {name: Line(Shape(field.size)) for name, field in fields(self.rows, self.book).items()}


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two walks through one network."""

    wrong: Working
    right: Working

    def steps(self) -> Iterator[Step]:
        asked = self.right.asked
        rule, of, counts = asked.quantity.rule, asked.of, counted_rules(asked)
        if rule == "window":
            yield from differing("", self.wrong.fields(), self.right.fields())
            return
        for wrong, right in zip(self.wrong.rows, self.right.rows, strict=True):
            is_last = wrong.name in (of, self.right.rows[-1].name)
            tells = rule == "output" if is_last else not passed_on(wrong, right)
            if tells:
                yield from self.sizes(wrong, right)
            if counts and of in (WHOLE, wrong.name):
                yield from self.counts(wrong, right)
        if counts and of == WHOLE:
            yield Step(TOTAL, self.wrong.total(), self.right.total())
        if in_flops in asked.quantity.through:
            yield Step(asked.quantity.noun, Line(self.wrong.value), Line(self.right.value))

    def sizes(self, wrong: Row, right: Row) -> Iterator[Step]:
        """The sizes of a layer's output that differ, those with the same calculation once."""
        if wrong.output == right.output:
            return
        if len(wrong.output) != len(right.output):
            yield Step(wrong.name, Line(wrong.output), Line(right.output))
            return
        for one, other in dict.fromkeys(zip(self.wrong.sizes(wrong), self.right.sizes(right), strict=True)):
            if one.value != other.value:
                yield Step(wrong.name, one, other)

    def counts(self, wrong: Row, right: Row) -> Iterator[Step]:
        """The counts of a layer that differ, or those of its parts and then its own."""
        ours, theirs = self.wrong.counts(wrong), self.right.counts(right)
        parts = list(differing(wrong.name, ours, theirs))
        yield from parts
        if self.right.asked.of != WHOLE and ([*ours] != [""] or [*theirs] != [""]):
            yield Step(wrong.name, self.wrong.count(wrong), self.right.count(right))


def passed_on(wrong: Row, right: Row) -> bool:
    """Whether a layer only hands on what comes in, right or wrong."""
    return wrong.inputs == (wrong.output,) and right.inputs == (right.output,)


def differing(layer: str, wrong: Mapping[str, Line], right: Mapping[str, Line]) -> Iterator[Step]:
    """The lines of a layer that do not come to the same."""
    for part in {**wrong, **right}:
        one, other = wrong.get(part), right.get(part)
        if one is None or other is None or one.value != other.value:
            yield Step(", ".join(filter(None, (layer, part))), one, other)


def line(worked: Worked, size: int | None = None) -> Line:
    """A rule's line; two that print the same are equal, whatever their symbols are called.

    size: what it has to come to, for a calculation that leaves out what another rule has to do with it.
    """
    value = worked.value if size is None else size
    if worked.formula.trivial or worked.value != value:
        return Line(value)
    filling, printed = Filling(), worked.substitution
    latex = filled(printed.latex, printed.values, filling)
    return Line(value, Maths(latex, tuple(filling.values)))


def values(lines: Mapping[str, Line]) -> list[Any]:
    return [line.value for line in lines.values()]


def added(terms: Sequence[Any]) -> Line:
    return Line(sum(terms), addition(terms) if len(terms) > 1 else None)
