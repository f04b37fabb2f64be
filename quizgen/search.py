"""What each set of misconceptions makes of a network, without walking the network anew for each.

Beliefs are of two kinds. Some change the walk: a shape, the parts of a composite layer, which layers count. Others only
change what single layers add to a count. The network is walked once for each set of the first kind, and a layer is
worked once for each set that acts on it; a total under both is a sum of what is known by then. Nothing is left out:
the values are those of `distractors.believed`, and a test compares them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import combinations, compress, repeat
from typing import Any, TypeAlias

from quizgen.layers.graph import counted, input_name
from quizgen.misconceptions import Misconception
from quizgen.network import Network, in_flops, input_axes
from quizgen.places import Beliefs, Known, Sum, Tally, Visit, rows_of, through
from quizgen.quantities import WHOLE, Asked

Value: TypeAlias = Any
"""An int or a shape; or, in a sum of counts, not a number where sizes do not fit."""

COUNTS = ("trainable", "non_trainable", "macs")
"""The rules whose values add up over layers."""


def counted_rules(asked: Asked) -> tuple[str, ...]:
    """The rules of a layer that are counted; none where what is asked for is no count."""
    if asked.quantity.rule not in COUNTS:
        return ()
    return COUNTS[:2] if asked.quantity.name == "params" else (asked.quantity.rule,)


class Search:
    """The sets of these misconceptions, and what each makes of what is asked for."""

    most = 3
    """How many are tried together."""

    def __init__(self, network: Network, asked: Asked, known: Sequence[Misconception]) -> None:
        self.network, self.asked = network, asked
        self.rows = network.rows if asked.of == WHOLE else network.rows[: network.place(asked.of) + 1]
        self.known = Known(known, counted_rules(asked), self.rows)
        self.stations = self.known.stations(row.node for row in self.rows)
        self.reading = self.known.bending(self.known.walking, [input_axes])
        self.shaping = self.known.layered | self.reading
        self.walks: dict[Beliefs, Walk | None] = {}
        self.alike: dict[object, Walk] = {}
        self.sums: dict[object, Sum] = {}
        self._visits: dict[Beliefs, Sequence[Visit] | None] = {}
        self._counting: dict[Beliefs, Sequence[bool]] = {}
        self._sets: dict[int, list[Beliefs]] = {}
        self._shares: dict[tuple[int, Beliefs], list[Beliefs]] = {}

    def values(self, size: int) -> Iterator[tuple[Beliefs, Value]]:
        """Every set of so many beliefs with its value; sets whose sizes do not fit are left out."""
        for adding in range(min(size, len(self.known.adding)) + 1):
            sets = self.sets(adding)
            for chosen in combinations(self.known.walking, size - adding):
                walking = sum(chosen)
                walk = self.walk(walking)
                if walk is not None:
                    for beliefs, value in zip(sets, walk.values(adding), strict=True):
                        if value == value:
                            yield walking | beliefs, value

    def held(self, beliefs: Beliefs) -> tuple[Misconception, ...]:
        """The misconceptions of a set, in their order."""
        return self.known.held(beliefs)

    def sets(self, size: int) -> list[Beliefs]:
        """Every set of so many beliefs about counts."""
        if size not in self._sets:
            self._sets[size] = list(map(sum, combinations(self.known.adding, size)))
        return self._sets[size]

    def shares(self, size: int, acting: Beliefs) -> list[Beliefs]:
        """Of each of these sets, the beliefs that act on a group of layers."""
        key = size, acting
        if key not in self._shares:
            self._shares[key] = list(map(acting.__and__, self.sets(size)))
        return self._shares[key]

    def counting(self, telling: Beliefs) -> Sequence[bool]:
        """Which rows' parameters count; that is read from the network and not from its shapes."""
        if telling not in self._counting:
            names = {row.name for row in self.known.rulebook(telling).get(counted, counted)(self.rows)}
            self._counting[telling] = [row.name in names for row in self.rows]
        return self._counting[telling]

    def walk(self, beliefs: Beliefs) -> Walk | None:
        """The walk under beliefs that change it, the same for all that do so in the same way; None for a misfit."""
        if beliefs not in self.walks:
            self.walks[beliefs] = self.walk_anew(beliefs & self.shaping, beliefs & ~self.shaping)
        return self.walks[beliefs]

    def walk_anew(self, shaping: Beliefs, telling: Beliefs) -> Walk | None:
        """shaping: the beliefs about shapes on the way. telling: those about what is read from the walk."""
        visits = self.visits(shaping)
        if visits is None:
            return None
        key = telling, *visits
        if key not in self.alike:
            self.alike[key] = Walk(self, visits, telling)
        return self.alike[key]

    def visits(self, shaping: Beliefs) -> Sequence[Visit] | None:
        if shaping not in self._visits:
            shapes = {input_name(index): shape for index, shape in enumerate(self.network.inputs)}
            if shaping & self.reading:
                shapes |= self.network.misread(self.known.rulebook(shaping & self.reading))
            self._visits[shaping] = through(self.stations, shapes, shaping)
        return self._visits[shaping]


class Walk:
    """A walk, and the beliefs about what is read from it."""

    def __init__(self, search: Search, visits: Sequence[Visit], telling: Beliefs) -> None:
        self.search, self.visits, self.telling = search, visits, telling
        self.book = search.known.rulebook(telling)
        self._values: dict[int, Sequence[Value]] = {}

    def values(self, adding: int) -> Sequence[Value]:
        """The values under each set of so many beliefs about what layers add to a count."""
        if adding not in self._values:
            self._values[adding] = self.totals(adding) if self.search.known.counted else [self.read()]
        return self._values[adding]

    def read(self) -> Value:
        """What is asked for, if it is no count."""
        return self.search.asked.value(rows_of(self.search.stations, self.visits), self.book)

    def totals(self, adding: int) -> Sequence[Value]:
        search = self.search
        if adding:
            fixed, sums = self.sums
            columns = [map(amounts.__getitem__, search.shares(adding, acting)) for acting, amounts in sums]
            totals = list(map(sum, zip(repeat(fixed, len(search.sets(adding))), *columns, strict=True)))
        else:
            added: list[Value] = [found.added for found in self.counting]
            totals = [sum(added)]
        through_flops = in_flops in search.asked.quantity.through
        return list(map(self.book.get(in_flops, in_flops), totals)) if through_flops else totals

    @property
    def counting(self) -> Iterable[Visit]:
        """The visits that count: the one in question, or those whose sum is the total."""
        search = self.search
        if search.asked.of != WHOLE:
            return self.visits[-1:]
        if search.known.counted == ("macs",):
            return self.visits
        return compress(self.visits, search.counting(self.telling))

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
