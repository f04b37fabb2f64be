"""What every set of misconceptions makes of a network, without walking the network anew for each set.

Beliefs are of two kinds. Some change the walk: a shape, the parts of a composite layer, which rows count. Others only
change what single layers add to a count. The walk is made once for each set of the first kind, and each layer is worked
once for each set of the second that acts on it; a total under both is a sum of what is already known. This is exact:
the values are those of `distractors.believed`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import combinations
from math import nan
from operator import attrgetter
from typing import TypeAlias

from quizgen.errors import ShapeError
from quizgen.layers.base import Rule, Shape
from quizgen.layers.graph import Composite, Row, Rulebook, counted, input_name, revisit, rules_within, visit
from quizgen.misconceptions import Misconception, rulebook
from quizgen.network import Network, in_flops, input_axes
from quizgen.quantities import WHOLE, Asked
from quizgen.question import Number

Held: TypeAlias = tuple[Misconception, ...]
Beliefs: TypeAlias = int
"""A set of beliefs: bit i stands for the i-th of those that are searched."""

COUNTS = ("trainable", "non_trainable", "macs")
"""The rules whose values add up over layers."""

MISFITS = (ShapeError, ValueError)
"""What a rule raises under a belief whose sizes do not fit."""


@dataclass(eq=False)
class Search:
    """The sets of known beliefs, and what each makes of what is asked for. Beliefs are held in the order of `known`."""

    network: Network
    asked: Asked
    known: Sequence[Misconception]
    _visits: dict[tuple[int, tuple[Shape, ...], Beliefs], Row | None] = field(default_factory=dict)
    _tallies: dict[object, Tally] = field(default_factory=dict)
    _sums: dict[object, Sums] = field(default_factory=dict)

    def values(self, size: int) -> Iterator[tuple[Beliefs, Number]]:
        """Every set of so many beliefs with its value; sets whose shapes do not fit are left out."""
        for adding in range(min(size, len(self.adding)) + 1):
            for chosen in combinations(self.walking, size - adding):
                rows = self.walk(sum(chosen))
                if rows is not None:
                    yield from self.values_on(rows, sum(chosen), adding)

    def values_on(self, rows: Sequence[Row], walking: Beliefs, adding: int) -> Iterator[tuple[Beliefs, Number]]:
        """Those of a walk with so many more beliefs about what layers add to a count."""
        book = self.rulebook(walking)
        if adding == 0:
            yield walking, self.asked.value(rows, book)
            return
        fixed, sums = self.sums(rows, walking, book)
        finish = book.get(in_flops, in_flops) if in_flops in self.asked.quantity.through else None
        for chosen in combinations(self.adding, adding):
            beliefs = sum(chosen)
            total = fixed
            for acting, amounts in sums:
                total += amounts[beliefs & acting]
            if total == total:
                yield walking | beliefs, finish(total) if finish else total

    def held(self, beliefs: Beliefs) -> Held:
        """The misconceptions of a set, in their order."""
        return tuple([one for place, one in enumerate(self.known) if beliefs >> place & 1])

    def rulebook(self, beliefs: Beliefs) -> Rulebook:
        return rulebook(*self.held(beliefs))

    # Which beliefs act where.

    @cached_property
    def rows(self) -> Sequence[Row]:
        """The textbook's walk, as far as it is of interest."""
        rows, of = self.network.rows, self.asked.of
        return rows if of == WHOLE else rows[: self.network.place(of) + 1]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The rules of a layer that are counted; none where what is asked for is no count."""
        quantity = self.asked.quantity
        if quantity.rule not in COUNTS:
            return ()
        return ("trainable", "non_trainable") if quantity.name == "params" else (quantity.rule,)

    @cached_property
    def amount(self) -> Callable[[Row], int]:
        """What is counted of a row."""
        quantity = self.asked.quantity
        return attrgetter("params" if quantity.name == "params" else quantity.rule)

    @cached_property
    def adding(self) -> list[Beliefs]:
        """The beliefs that only change what single layers add, one by one."""
        simple = [row for row in every_row(self.rows) if not row.parts]
        rules = {getattr(type(row.layer), name) for row in simple for name in self.names}
        return [1 << place for place, one in enumerate(self.known) if one.rule in rules]

    @cached_property
    def walking(self) -> list[Beliefs]:
        """All others, one by one."""
        return [1 << place for place in range(len(self.known)) if 1 << place not in self.adding]

    def acting(self, row: Row, among: Iterable[Beliefs], rules: Iterable[Rule]) -> Beliefs:
        """The beliefs that bend one of these rules for the row's layer."""
        rules = frozenset(rules)
        return sum(
            belief
            for belief in among
            for one in self.held(belief)
            if one.rule in rules and (row.parts or isinstance(row.layer, one.kinds))
        )

    # The walk.

    @cached_property
    def stations(self) -> list[tuple[str, tuple[str, ...], Beliefs]]:
        """Of each row its name, what it reads, and the beliefs that can change the walk there."""
        previous, found = input_name(0), []
        for row in self.rows:
            acting = self.acting(row, self.walking, rules_within(row))
            found.append((row.name, row.node.inputs or (previous,), acting))
            previous = row.name
        return found

    @cached_property
    def reading(self) -> Beliefs:
        """The beliefs about the axes of the network's inputs."""
        return sum(belief for belief in self.walking for one in self.held(belief) if one.rule is input_axes)

    def walk(self, beliefs: Beliefs) -> list[Row] | None:
        """The walk under beliefs that can change it; None where shapes do not fit."""
        shapes = {input_name(index): shape for index, shape in enumerate(self.network.inputs)}
        if beliefs & self.reading:
            shapes |= self.network.misread(self.rulebook(beliefs & self.reading))
        rows = []
        for place, (name, sources, acting) in enumerate(self.stations):
            key = (place, tuple([shapes[source] for source in sources]), beliefs & acting)
            row = self._visits[key] if key in self._visits else self.visit(*key)
            if row is None:
                return None
            shapes[name] = row.output
            rows.append(row)
        return rows

    def visit(self, place: int, inputs: tuple[Shape, ...], beliefs: Beliefs) -> Row | None:
        try:
            row = visit(self.rows[place].node, inputs, self.rulebook(beliefs))
        except MISFITS:
            row = None
        self._visits[place, inputs, beliefs] = row
        return row

    # What layers add.

    def sums(self, rows: Sequence[Row], walking: Beliefs, book: Rulebook) -> tuple[int, list[tuple[Beliefs, Sums]]]:
        """What no belief can change, and then for each group of layers the beliefs that act on them, and their sums."""
        groups: dict[Beliefs, Counter[Tally]] = {}
        fixed = 0
        for row in self.counting(rows, book):
            for leaf in self.leaves(row, walking):
                tally = self.tally(leaf, walking)
                if tally.acting:
                    groups.setdefault(tally.acting, Counter())[tally] += 1
                else:
                    fixed += self.amount(leaf)
        return fixed, [(acting, self.summed(tallies)) for acting, tallies in groups.items()]

    def summed(self, tallies: Counter[Tally]) -> Sums:
        key = frozenset(tallies.items())
        if key not in self._sums:
            self._sums[key] = Sums(tallies)
        return self._sums[key]

    def counting(self, rows: Sequence[Row], book: Rulebook) -> Sequence[Row]:
        """The rows that count: the one in question, or those whose sum is the total."""
        if self.asked.of != WHOLE:
            return rows[-1:]
        return rows if self.names == ("macs",) else book.get(counted, counted)(rows)

    def leaves(self, row: Row, walking: Beliefs) -> Iterator[Row]:
        """The rows that add up to this one: itself, or those of the parts of a composite layer."""
        kind = type(row.layer)
        own = [getattr(kind, name) for name in self.names]
        usual = all(rule is getattr(Composite, name) for rule, name in zip(own, self.names, strict=True))
        bent = any(one.rule in own and isinstance(row.layer, one.kinds) for one in self.held(walking))
        if not row.parts or not usual or bent:
            yield row
            return
        for part in row.parts if self.names == ("macs",) else counted(row.parts):
            yield from self.leaves(frozen(part) if row.node.frozen else part, walking)

    def tally(self, row: Row, walking: Beliefs) -> Tally:
        key = (row.layer, row.inputs, row.output, row.node.frozen, walking if row.parts else 0)
        if key not in self._tallies:
            own = [getattr(type(row.layer), name) for name in self.names]
            acting = self.acting(row, self.adding, rules_within(row) if row.parts else own)
            self._tallies[key] = Tally(self, row, acting, key[-1])
        return self._tallies[key]


class Tally(dict[Beliefs, float]):
    """What one layer adds, by the beliefs that are held about it; not a number where sizes do not fit."""

    def __init__(self, search: Search, row: Row, acting: Beliefs, walking: Beliefs) -> None:
        self.search, self.row, self.acting, self.walking = search, row, acting, walking

    def __missing__(self, beliefs: Beliefs) -> float:
        row, book = self.row, self.search.rulebook(self.walking | beliefs)
        try:
            again = visit(row.node, row.inputs, book) if row.parts or row.node.frozen else revisit(row, book)
            self[beliefs] = self.search.amount(again)
        except MISFITS:
            self[beliefs] = nan
        return self[beliefs]

    __hash__ = object.__hash__  # type: ignore[assignment]


class Sums(dict[Beliefs, float]):
    """What layers on which the same beliefs act add together."""

    def __init__(self, tallies: Counter[Tally]) -> None:
        self.tallies = [(tally, times) for tally, times in tallies.items()]

    def __missing__(self, beliefs: Beliefs) -> float:
        self[beliefs] = sum(times * tally[beliefs] for tally, times in self.tallies)
        return self[beliefs]


def every_row(rows: Iterable[Row]) -> Iterator[Row]:
    """The rows and those of their parts."""
    for row in rows:
        yield row
        yield from every_row(row.parts)


def frozen(row: Row) -> Row:
    """The row as that of a layer that is kept from training."""
    node = replace(row.node, frozen=True)
    return row._replace(node=node, trainable=0, non_trainable=row.params)
