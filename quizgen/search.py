"""What each set of misconceptions makes of a network, without walking the network anew for each.

Beliefs are of two kinds. Some change the walk: a shape, the parts of a composite layer, which layers count. Others only
change what single layers add to a count. The network is walked once for each set of the first kind, and a layer is
worked once for each set that acts on it; a total under both is a sum of what is known by then. Nothing is left out:
the values are those of `distractors.believed`, and a test compares them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from math import nan
from operator import attrgetter
from typing import Any, NamedTuple, TypeAlias

from quizgen.errors import ShapeError
from quizgen.layers.base import Layer, Rule, Shape
from quizgen.layers.graph import Composite, Node, Row, Rulebook, checked_output, counted, input_name, visit
from quizgen.misconceptions import Misconception, rulebook
from quizgen.network import Network, in_flops, input_axes
from quizgen.quantities import WHOLE, Asked
from quizgen.question import Number

Beliefs: TypeAlias = int
"""A set of beliefs: bit i stands for the i-th of those that are searched."""

COUNTS = ("trainable", "non_trainable", "macs")
"""The rules whose values add up over layers."""

MISFITS = (ShapeError, ValueError)
"""What a rule raises under beliefs whose sizes do not fit."""


class Search:
    """The sets of these beliefs, and what each makes of what is asked for. They are held in the order of `known`."""

    def __init__(self, network: Network, asked: Asked, known: Sequence[Misconception]) -> None:
        self.network, self.asked, self.known = network, asked, known
        quantity = asked.quantity
        self.names = counted_rules(asked)
        self.amount: Callable[[Row], int] = attrgetter("params" if len(self.names) > 1 else quantity.rule)
        rows = network.rows if asked.of == WHOLE else network.rows[: network.place(asked.of) + 1]
        rules = {getattr(type(row.layer), name) for row in every(rows) if not row.parts for name in self.names}
        bits = [1 << place for place in range(len(known))]
        self.adding = [bit for bit, held in zip(bits, known, strict=True) if held.rule in rules]
        self.walking = [bit for bit, held in zip(bits, known, strict=True) if held.rule not in rules]
        self.reading = self.bending(self.walking, input_axes)
        self.totalling = self.bending(self.walking, counted, in_flops)
        self.places: dict[Layer, Place] = {}
        self.stations = self.joined(row.node for row in rows)
        self.rows = rows
        self.counted: dict[Beliefs, list[int]] = {}
        self.tallies: dict[object, Tally] = {}
        self.sums: dict[object, Sum] = {}
        self.books: dict[Beliefs, Rulebook] = {}
        self.walks: dict[Beliefs, Walk | None] = {}

    def values(self, size: int) -> Iterator[tuple[Beliefs, Number]]:
        """Every set of so many beliefs with its value; sets whose sizes do not fit are left out."""
        for adding in range(min(size, len(self.adding)) + 1):
            for chosen in combinations(self.walking, size - adding):
                walk = self.walk(sum(chosen))
                if walk is not None:
                    yield from walk.values(adding)

    def held(self, beliefs: Beliefs) -> tuple[Misconception, ...]:
        """The misconceptions of a set, in their order."""
        held = []
        while beliefs:
            held.append(self.known[(beliefs & -beliefs).bit_length() - 1])
            beliefs &= beliefs - 1
        return tuple(held)

    def rulebook(self, beliefs: Beliefs) -> Rulebook:
        book = self.books.get(beliefs)
        if book is None:
            book = self.books[beliefs] = rulebook(*self.held(beliefs))
        return book

    def bending(self, among: Iterable[Beliefs], *rules: Rule, layer: Layer | None = None) -> Beliefs:
        """Those beliefs that bend one of these rules, and for this layer."""
        return sum(
            belief
            for belief in among
            for held in self.held(belief)
            if held.rule in rules and (layer is None or isinstance(layer, held.kinds))
        )

    def joined(self, nodes: Iterable[Node]) -> list[Station]:
        previous, stations = input_name(0), []
        for node in nodes:
            place = self.places.get(node.layer) or self.places.setdefault(node.layer, Place(self, node.layer))
            stations.append(Station(node, node.name, node.inputs or (previous,), place, place.acting))
            previous = node.name
        return stations

    def walk(self, beliefs: Beliefs) -> Walk | None:
        """The walk under beliefs that change it; None where sizes do not fit."""
        if beliefs not in self.walks:
            if beliefs & self.totalling:
                walk = self.walk(beliefs & ~self.totalling)
                self.walks[beliefs] = walk and Walk(self, beliefs, walk.visits)
            else:
                shapes = {input_name(index): shape for index, shape in enumerate(self.network.inputs)}
                if beliefs & self.reading:
                    shapes |= self.network.misread(self.rulebook(beliefs & self.reading))
                visits = through(self.stations, shapes, beliefs)
                self.walks[beliefs] = visits and Walk(self, beliefs, visits)
        return self.walks[beliefs]

    def counting(self, beliefs: Beliefs) -> list[int]:
        """The places of the layers that count: the one in question, or those whose sum is the total.

        Which layers count is read from the network, not from its shapes, and so is the same for all walks.
        """
        if beliefs not in self.counted:
            rows = self.rows
            rule = counted if self.names != ("macs",) else list
            if self.asked.of == WHOLE:
                names = {row.name for row in self.rulebook(beliefs).get(rule, rule)(rows)}
                self.counted[beliefs] = [place for place, row in enumerate(rows) if row.name in names]
            else:
                self.counted[beliefs] = [len(rows) - 1]
        return self.counted[beliefs]


class Station(NamedTuple):
    """A node, what it reads, and what is known of its layer."""

    node: Node
    name: str
    sources: tuple[str, ...]
    place: Place
    acting: Beliefs


def through(stations: Sequence[Station], shapes: dict[str, Shape], beliefs: Beliefs) -> list[Visit] | None:
    """Carry shapes from station to station; None where they do not fit."""
    visits = []
    for _, name, sources, place, acting in stations:
        inputs = (shapes[sources[0]],) if len(sources) == 1 else tuple([shapes[source] for source in sources])
        found = place[inputs, beliefs & acting]
        if found is None:
            return None
        shapes[name] = found.output
        visits.append(found)
    return visits


def rows_of(stations: Sequence[Station], visits: Sequence[Visit]) -> tuple[Row, ...]:
    """The visits as rows of a walk, without their counts."""
    pairs = zip(stations, visits, strict=True)
    return tuple([Row(station.node, one.inputs, one.output, 0, 0, 0, one.rows) for station, one in pairs])


class Place(dict[tuple[tuple[Shape, ...], Beliefs], "Visit | None"]):
    """A layer, and what has been found of it: by what reaches it and the beliefs held about its output and parts."""

    def __init__(self, search: Search, layer: Layer) -> None:
        self.search, self.layer = search, layer
        kind: Any = type(layer)
        self.bent = search.bending(search.walking, *rules(kind, ("nodes", "output", *search.names)), layer=layer)
        self.acting = sum(search.walking) if isinstance(layer, Composite) else self.bent
        self.counts = search.bending(search.adding, *rules(kind, search.names), layer=layer)
        self.stations: dict[object, list[Station]] = {}
        self.fitting: set[tuple[Shape, ...]] = set()
        self.counted = rules(kind, search.names)

    def __missing__(self, key: tuple[tuple[Shape, ...], Beliefs]) -> Visit | None:
        try:
            self[key] = self.visit(*key)
        except MISFITS:
            self[key] = None
        return self[key]

    def visit(self, inputs: tuple[Shape, ...], beliefs: Beliefs) -> Visit | None:
        layer, kind = self.layer, type(self.layer)
        book = self.search.rulebook(beliefs & self.bent)
        output = book.get(kind.output, kind.output)
        if not isinstance(layer, Composite):
            if inputs not in self.fitting:
                layer.check(*inputs)
                self.fitting.add(inputs)
            return Visit(self, beliefs, inputs, checked_output(layer, inputs, output(layer, *inputs)))
        stations = self.parts(inputs, beliefs & self.bent)
        visits = through(stations, {input_name(index): x for index, x in enumerate(inputs)}, beliefs)
        if visits is None:
            return None
        rows = rows_of(stations, visits)
        shape = checked_output(layer, inputs, output(layer, *inputs, parts=rows))
        return Visit(self, beliefs, inputs, shape, rows, tuple(visits))

    def parts(self, inputs: tuple[Shape, ...], beliefs: Beliefs) -> list[Station]:
        if (inputs, beliefs) not in self.stations:
            rule = type(self.layer).nodes  # type: ignore[attr-defined]
            nodes = self.search.rulebook(beliefs).get(rule, rule)(self.layer, *inputs)
            self.stations[inputs, beliefs] = self.search.joined(nodes)
        return self.stations[inputs, beliefs]

    def sums_up_its_parts(self, beliefs: Beliefs) -> bool:
        """Whether its count is that of its parts under these beliefs."""
        own = rules(type(self.layer), self.search.names)
        usual = own == rules(Composite, self.search.names)
        return usual and not self.search.bending([beliefs & self.bent], *own, layer=self.layer)


@dataclass(eq=False)
class Visit:
    """What is found of a layer under beliefs that change the walk: its output, its parts, and what it adds to a count."""

    place: Place
    beliefs: Beliefs
    inputs: tuple[Shape, ...]
    output: Shape
    rows: tuple[Row, ...] = ()
    parts: tuple[Visit, ...] = ()

    def tallies(self, *, frozen: bool) -> list[Tally]:
        """The counts that add up to that of the layer."""
        if not self.parts or not self.place.sums_up_its_parts(self.beliefs):
            return [self.tally(frozen)]
        every_row_counts = self.place.search.names == ("macs",)
        return [
            tally
            for row, part in zip(self.rows, self.parts, strict=True)
            if every_row_counts or row.node.tied_to is None
            for tally in part.tallies(frozen=frozen or row.node.frozen)
        ]

    def tally(self, frozen: bool) -> Tally:
        tallies = self.place.search.tallies
        output = self.output if self.place.search.names == ("macs",) else None
        key = (self.place.layer, self.inputs, output, frozen, self.beliefs if self.parts else 0)
        if key not in tallies:
            tallies[key] = Tally(self, frozen)
        return tallies[key]

    @cached_property
    def thawed(self) -> list[Tally]:
        return self.tallies(frozen=False)

    @cached_property
    def frozen(self) -> list[Tally]:
        return self.tallies(frozen=True)

    @cached_property
    def added(self) -> float:
        return sum([tally[0] for tally in self.thawed])


class Tally(dict[Beliefs, float]):
    """What a layer adds to a count, by the beliefs about that; not a number where sizes do not fit."""

    def __init__(self, found: Visit, frozen: bool) -> None:
        self.found = found
        self.node = Node("", found.place.layer, frozen=frozen)
        self.acting = sum(found.place.search.adding) if found.parts else found.place.counts

    def __hash__(self) -> int:  # type: ignore[override]
        return id(self)

    def __missing__(self, beliefs: Beliefs) -> float:
        try:
            self[beliefs] = self.count(beliefs)
        except MISFITS:
            self[beliefs] = nan
        return self[beliefs]

    def count(self, beliefs: Beliefs) -> int:
        found, search = self.found, self.found.place.search
        if found.parts or self.node.frozen:
            return search.amount(visit(self.node, found.inputs, search.rulebook(found.beliefs | beliefs)))
        book, place = search.rulebook(beliefs), found.place
        if search.names == ("macs",):
            return book.get(place.counted[0], place.counted[0])(place.layer, *found.inputs, y=found.output)
        return sum([book.get(rule, rule)(place.layer, *found.inputs) for rule in place.counted])


class Sum(dict[Beliefs, float]):
    """What the layers on which the same beliefs act add together."""

    def __init__(self, tallies: Counter[Tally]) -> None:
        self.tallies = list(tallies.items())

    def __missing__(self, beliefs: Beliefs) -> float:
        self[beliefs] = sum([times * tally[beliefs] for tally, times in self.tallies])
        return self[beliefs]


@dataclass(eq=False)
class Walk:
    """A walk under beliefs that change it."""

    search: Search
    beliefs: Beliefs
    visits: list[Visit]

    def values(self, adding: int) -> Iterator[tuple[Beliefs, Number]]:
        """The values on this walk, under so many more beliefs about what layers add to a count."""
        search = self.search
        book = search.rulebook(self.beliefs)
        if not search.names:
            yield self.beliefs, search.asked.value(self.rows, book)
            return
        finish = book.get(in_flops, in_flops) if in_flops in search.asked.quantity.through else None
        fixed, sums = self.sums if adding else (sum(visit.added for visit in self.counting), [])
        for chosen in combinations(search.adding, adding):
            beliefs = sum(chosen)
            total = fixed
            for acting, amounts in sums:
                total += amounts[beliefs & acting]
            if total == total:
                yield self.beliefs | beliefs, finish(total) if finish else total

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        return rows_of(self.search.stations, self.visits)

    @cached_property
    def counting(self) -> list[Visit]:
        """The visits that count: the one in question, or those whose sum is the total."""
        return [self.visits[place] for place in self.search.counting(self.beliefs & self.search.totalling)]

    @cached_property
    def sums(self) -> tuple[float, list[tuple[Beliefs, Sum]]]:
        """What none of these beliefs can change; and for each group of layers the beliefs that act on it and its sum."""
        groups: dict[Beliefs, Counter[Tally]] = {}
        for found in self.counting:
            for tally in found.thawed:
                groups.setdefault(tally.acting, Counter())[tally] += 1
        fixed = Sum(groups.pop(0, Counter()))[0]
        return fixed, [(acting, self.summed(tallies)) for acting, tallies in groups.items()]

    def summed(self, tallies: Counter[Tally]) -> Sum:
        key = frozenset(tallies.items())
        return self.search.sums.get(key) or self.search.sums.setdefault(key, Sum(tallies))


def counted_rules(asked: Asked) -> tuple[str, ...]:
    """The rules of a layer that are counted; none where what is asked for is no count."""
    if asked.quantity.rule not in COUNTS:
        return ()
    return COUNTS[:2] if asked.quantity.name == "params" else (asked.quantity.rule,)


def rules(kind: type[Layer], names: Iterable[str]) -> list[Rule]:
    return [getattr(kind, name) for name in names if hasattr(kind, name)]


def every(rows: Iterable[Row]) -> Iterator[Row]:
    """The rows and those of their parts."""
    for row in rows:
        yield row
        yield from every(row.parts)
