"""What each set of misconceptions makes of a network, without walking the network anew for each.

Beliefs are of two kinds. Some change the walk: a shape, the parts of a composite layer, which layers count. Others only
change what single layers add to a count. The network is walked once for each set of the first kind, and a layer is
worked once for each set that acts on it; a total under both is a sum of what is known by then. Nothing is left out:
the values are those of `distractors.believed`, and a test compares them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import combinations, repeat
from typing import Any, TypeAlias

from quizgen.layers.graph import counted, input_name
from quizgen.misconceptions import Misconception
from quizgen.network import Network, in_flops, input_axes
from quizgen.places import Beliefs, Known, Sum, Tally, Visit, rows_of, through
from quizgen.quantities import WHOLE, Asked

Found: TypeAlias = tuple[Beliefs, Any]
"""A set of beliefs and its value, which is an int or a shape."""

COUNTS = ("trainable", "non_trainable", "macs")
"""The rules whose values add up over layers."""


class Search:
    """The sets of these misconceptions, and what each makes of what is asked for."""

    def __init__(self, network: Network, asked: Asked, known: Sequence[Misconception]) -> None:
        self.network, self.asked = network, asked
        self.rows = network.rows if asked.of == WHOLE else network.rows[: network.place(asked.of) + 1]
        self.known = Known(known, counted_rules(asked), self.rows)
        self.stations = self.known.stations(row.node for row in self.rows)
        self.reading = self.known.bending(self.known.walking, [input_axes])
        self.totalling = self.known.bending(self.known.walking, [counted, in_flops])
        self.counted: dict[Beliefs, list[int]] = {}
        self.walks: dict[Beliefs, Walk | None] = {}
        self._sets: dict[tuple[int, Beliefs], list[Beliefs]] = {}
        self.sums: dict[frozenset[tuple[Tally, int]], Sum] = {}

    def values(self, size: int) -> Iterator[Found]:
        """Every set of so many beliefs with its value; sets whose sizes do not fit are left out."""
        for adding in range(min(size, len(self.known.adding)) + 1):
            for chosen in combinations(self.known.walking, size - adding):
                walk = self.walk(sum(chosen))
                if walk is not None:
                    yield from walk.values(adding)

    def held(self, beliefs: Beliefs) -> tuple[Misconception, ...]:
        """The misconceptions of a set, in their order."""
        return self.known.held(beliefs)

    def walk(self, beliefs: Beliefs) -> Walk | None:
        """The walk under beliefs that change it; None where sizes do not fit."""
        if beliefs not in self.walks:
            visits = self.visits(beliefs)
            self.walks[beliefs] = None if visits is None else Walk(self, beliefs, visits)
        return self.walks[beliefs]

    def visits(self, beliefs: Beliefs) -> Sequence[Visit] | None:
        if beliefs & self.totalling:
            walk = self.walk(beliefs & ~self.totalling)
            return None if walk is None else walk.visits
        shapes = {input_name(index): shape for index, shape in enumerate(self.network.inputs)}
        if beliefs & self.reading:
            shapes |= self.network.misread(self.known.rulebook(beliefs & self.reading))
        return through(self.stations, shapes, beliefs)

    def sets(self, size: int, among: Beliefs = -1) -> list[Beliefs]:
        """Every set of so many beliefs about counts; of each only those `among` these."""
        key = size, among
        if key not in self._sets:
            chosen = map(sum, combinations(self.known.adding, size))
            self._sets[key] = [beliefs & among for beliefs in chosen]
        return self._sets[key]

    def finish(self, beliefs: Beliefs) -> Callable[[float], int] | None:
        """What is still made of a sum: operations out of multiply-accumulates."""
        return self.known.rulebook(beliefs).get(in_flops, in_flops) if in_flops in self.asked.quantity.through else None

    def counting(self, beliefs: Beliefs) -> list[int]:
        """The places of the layers that count: the one in question, or those whose sum is the total.

        Which ones these are is read from the network, not from its shapes, and so is the same on all walks.
        """
        if beliefs not in self.counted:
            rows, of = self.rows, self.asked.of
            if of == WHOLE and self.known.counted != ("macs",):
                rows = self.known.rulebook(beliefs).get(counted, counted)(rows)
            names = {row.name for row in rows if of in (WHOLE, row.name)}
            self.counted[beliefs] = [place for place, row in enumerate(self.rows) if row.name in names]
        return self.counted[beliefs]


class Walk:
    """A walk under beliefs that change it."""

    def __init__(self, search: Search, beliefs: Beliefs, visits: Sequence[Visit]) -> None:
        self.search, self.beliefs, self.visits = search, beliefs, visits

    def values(self, adding: int) -> Iterator[Found]:
        """The values on this walk, under so many more beliefs about what layers add to a count."""
        search = self.search
        if not search.known.counted:
            rows = rows_of(search.stations, self.visits)
            yield self.beliefs, search.asked.value(rows, search.known.rulebook(self.beliefs))
            return
        totals: Iterable[float]
        if adding:
            fixed, sums = self.sums
            columns = [map(amounts.__getitem__, search.sets(adding, acting)) for acting, amounts in sums]
            totals = map(sum, zip(repeat(fixed), *columns))
        else:
            totals = [sum([found.added for found in self.counting])]
        finish = search.finish(self.beliefs)
        for beliefs, total in zip(search.sets(adding), totals):
            if total == total:  # else it's not a number
                yield self.beliefs | beliefs, finish(total) if finish else total

    @property
    def counting(self) -> list[Visit]:
        """The visits that count."""
        return [self.visits[place] for place in self.search.counting(self.beliefs & self.search.totalling)]

    @cached_property
    def sums(self) -> tuple[float, list[tuple[Beliefs, Sum]]]:
        """What no belief about counts can change; then of each group of layers the beliefs about it, and its sums."""
        groups: dict[Beliefs, Counter[Tally]] = {}
        for found in self.counting:
            for tally in found.tallies:
                groups.setdefault(tally.acting, Counter())[tally] += 1
        fixed = Sum(groups.pop(0, Counter()))[0]
        return fixed, [(acting, self.sum_of(tallies)) for acting, tallies in groups.items()]

    def sum_of(self, tallies: Counter[Tally]) -> Sum:
        """The sums of these counts, shared by all walks that have them."""
        key = frozenset(tallies.items())
        if key not in self.search.sums:
            self.search.sums[key] = Sum(tallies)
        return self.search.sums[key]


def counted_rules(asked: Asked) -> tuple[str, ...]:
    """The rules of a layer that are counted; none where what is asked for is no count."""
    if asked.quantity.rule not in COUNTS:
        return ()
    return COUNTS[:2] if asked.quantity.name == "params" else (asked.quantity.rule,)
