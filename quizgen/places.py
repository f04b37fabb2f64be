"""Layers in the light of many beliefs: each is worked once for each set of beliefs that acts on it, and that is kept.

Of a layer this is its output for an input, with its parts if it has any; and what it adds to a count. The rules are
read as `layers.graph.visit` reads them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from math import nan
from operator import attrgetter
from typing import Any, NamedTuple, TypeAlias

from quizgen.errors import ShapeError
from quizgen.layers.base import Layer, Rule, Shape
from quizgen.layers.graph import Composite, Node, Row, Rulebook, checked_output, input_name, visit
from quizgen.misconceptions import Misconception, rulebook

Beliefs: TypeAlias = int
"""A set of beliefs: bit i stands for the i-th of those that are known."""

Inputs: TypeAlias = tuple[Shape, ...]

MISFITS = (ShapeError, ValueError)
"""What a rule raises under beliefs whose sizes do not fit."""


class Known:
    """Beliefs, in the order in which they are held, and the layers that were met under them.

    counted: the names of the rules whose values add up to what is asked for, if it is a count.
    adding: the beliefs that change nothing but what single layers add to the count. walking: all others. layered: those
        of them, as a set, that are about layers: their outputs, their parts, the counts of composite ones.
    """

    def __init__(self, beliefs: Sequence[Misconception], counted: tuple[str, ...], rows: Iterable[Row]) -> None:
        self.beliefs, self.counted = beliefs, counted
        self.amount = attrgetter("params" if len(counted) > 1 else "".join(counted) or "output")
        simple = {rule for row in every(rows) if not row.parts for rule in rules(type(row.layer), counted)}
        bits = [(1 << place, held.rule in simple) for place, held in enumerate(beliefs)]
        self.adding = [bit for bit, adds in bits if adds]
        self.walking = [bit for bit, adds in bits if not adds]
        about_layers = ("output", "nodes", *counted)
        self.layered = sum(bit for bit in self.walking if self.held(bit)[0].rule.__name__ in about_layers)
        self.places: dict[tuple[Layer, bool], Place] = {}
        self.books: dict[Beliefs, Rulebook] = {}

    def held(self, beliefs: Beliefs) -> tuple[Misconception, ...]:
        """The misconceptions of a set, in their order."""
        held = []
        while beliefs:
            held.append(self.beliefs[(beliefs & -beliefs).bit_length() - 1])
            beliefs &= beliefs - 1
        return tuple(held)

    def rulebook(self, beliefs: Beliefs) -> Rulebook:
        if beliefs not in self.books:
            self.books[beliefs] = rulebook(*self.held(beliefs))
        return self.books[beliefs]

    def bending(self, among: Iterable[Beliefs], rules: Iterable[Rule], layer: Layer | None = None) -> Beliefs:
        """Those beliefs that bend one of these rules, for this layer if one is given."""
        rules = tuple(rules)
        single = [(belief, self.beliefs[belief.bit_length() - 1]) for belief in among]
        return sum(
            belief for belief, held in single if held.rule in rules and (layer is None or isinstance(layer, held.kinds))
        )

    def stations(self, nodes: Iterable[Node], *, frozen: bool = False) -> list[Station]:
        """Nodes in their order, each with what is known of its layer. frozen: whether none of them is trained."""
        previous, stations = input_name(0), []
        for node in nodes:
            place = self.place(node.layer, frozen=frozen or node.frozen)
            stations.append(Station(node.name, node.inputs or (previous,), place, place.acting, node))
            previous = node.name
        return stations

    def place(self, layer: Layer, *, frozen: bool) -> Place:
        key = layer, frozen
        if key not in self.places:
            self.places[key] = Place(self, layer, frozen)
        return self.places[key]


class Station(NamedTuple):
    """A node of a graph, what it reads, and which beliefs act on the walk there."""

    name: str
    sources: tuple[str, ...]
    place: Place
    acting: Beliefs
    node: Node


def through(stations: Sequence[Station], shapes: dict[str, Shape], beliefs: Beliefs) -> list[Visit] | None:
    """Carry shapes from station to station; None where they do not fit."""
    visits = []
    for name, sources, place, acting, _ in stations:
        inputs = (shapes[sources[0]],) if len(sources) == 1 else tuple([shapes[source] for source in sources])
        found = place[inputs, beliefs & acting]
        if found is None:
            return None
        shapes[name] = found.output
        visits.append(found)
    return visits


def rows_of(stations: Sequence[Station], visits: Sequence[Visit]) -> tuple[Row, ...]:
    """The rows of a walk, without their counts."""
    return tuple(
        Row(station.node, one.inputs, one.output, 0, 0, 0, rows_of(one.stations, one.parts))
        for station, one in zip(stations, visits, strict=True)
    )


class Place(dict[tuple[Inputs, Beliefs], "Visit | None"]):
    """A layer, and what was found there: by what reaches it and the beliefs about its output and its parts."""

    def __init__(self, known: Known, layer: Layer, frozen: bool) -> None:
        kind: Any = type(layer)
        self.known, self.layer, self.kind, self.frozen = known, layer, kind, frozen
        self.counted = rules(kind, counted_names(known.counted, frozen=frozen))
        self.bent = known.bending(known.walking, (*rules(kind, ("nodes", "output")), *self.counted), layer)
        self.acting = known.layered if isinstance(layer, Composite) else self.bent
        self.adding = known.bending(known.adding, self.counted, layer)
        self.fitting: set[Inputs] = set()
        self.visits: dict[tuple[Inputs, Shape], Visit] = {}
        self.parts: dict[tuple[Inputs, Beliefs], list[Station]] = {}
        self.tallies: dict[object, Tally] = {}

    def __missing__(self, key: tuple[Inputs, Beliefs]) -> Visit | None:
        try:
            found = self[key] = self.visit(*key)
        except MISFITS:
            found = self[key] = None
        return found

    def visit(self, inputs: Inputs, beliefs: Beliefs) -> Visit | None:
        rule = self.kind.output
        bent = self.known.rulebook(beliefs & self.bent).get(rule, rule)
        if not isinstance(self.layer, Composite):
            if inputs not in self.fitting:
                self.layer.check(*inputs)
                self.fitting.add(inputs)
            output = checked_output(self.layer, inputs, bent(self.layer, *inputs))
            if (inputs, output) not in self.visits:
                self.visits[inputs, output] = Visit(self, inputs, 0, output)
            return self.visits[inputs, output]
        stations = self.stations(inputs, beliefs & self.bent)
        visits = through(stations, {input_name(index): x for index, x in enumerate(inputs)}, beliefs)
        if visits is None:
            return None
        if bent is Composite.output:
            return Visit(self, inputs, beliefs, visits[-1].output, stations, visits)
        output = bent(self.layer, *inputs, parts=rows_of(stations, visits))
        return Visit(self, inputs, beliefs, checked_output(self.layer, inputs, output), stations, visits)

    def stations(self, inputs: Inputs, beliefs: Beliefs) -> list[Station]:
        """The parts of a composite layer."""
        if (inputs, beliefs) not in self.parts:
            rule = self.kind.nodes
            nodes = self.known.rulebook(beliefs).get(rule, rule)(self.layer, *inputs)
            self.parts[inputs, beliefs] = self.known.stations(nodes, frozen=self.frozen)
        return self.parts[inputs, beliefs]

    def adds_up(self, beliefs: Beliefs) -> bool:
        """Whether the layer's count is that of its parts."""
        usual = self.counted == rules(Composite, counted_names(self.known.counted, frozen=self.frozen))
        return usual and not any(one.rule in self.counted for one in self.known.held(beliefs & self.bent))

    def tally(self, found: Visit) -> Tally:
        """What it adds to a count after a visit; the same for all visits that differ in nothing that is counted."""
        output = found.output if self.known.counted == ("macs",) else None
        key = found.inputs, output, found.beliefs if found.parts else 0
        if key not in self.tallies:
            self.tallies[key] = Tally(found)
        return self.tallies[key]


class Visit:
    """What is found at a place: the output, the parts of a composite layer, and what they add to a count."""

    def __init__(
        self,
        place: Place,
        inputs: Inputs,
        beliefs: Beliefs,
        output: Shape,
        stations: Sequence[Station] = (),
        parts: Sequence[Visit] = (),
    ) -> None:
        self.place, self.inputs, self.beliefs, self.output = place, inputs, beliefs, output
        self.stations, self.parts = stations, parts

    @cached_property
    def tallies(self) -> list[Tally]:
        """The counts that add up to that of the layer."""
        place = self.place
        if not self.parts or not place.adds_up(self.beliefs):
            return [place.tally(self)]
        uses_count = place.known.counted == ("macs",)
        pairs = zip(self.stations, self.parts, strict=True)
        counting = [part for station, part in pairs if uses_count or station.node.tied_to is None]
        return [tally for part in counting for tally in part.tallies]

    @cached_property
    def added(self) -> float:
        """What the layer adds where nothing is believed about that."""
        return sum([tally[0] for tally in self.tallies])


class Tally(dict[Beliefs, float]):
    """What a layer adds to a count, by the beliefs about that; not a number where sizes do not fit."""

    def __init__(self, found: Visit) -> None:
        place = found.place
        self.found, self.known, self.layer, self.inputs = found, place.known, place.layer, found.inputs
        self.whole = Node("", place.layer, frozen=place.frozen) if found.parts else None
        self.acting = sum(place.known.adding) if found.parts else place.adding
        self.rules, self.given = place.counted, {"y": found.output} if place.known.counted == ("macs",) else {}

    __hash__ = object.__hash__  # type: ignore[assignment]

    def __missing__(self, beliefs: Beliefs) -> float:
        try:
            count = self[beliefs] = self.count(beliefs)
        except MISFITS:
            count = self[beliefs] = nan
        return count

    def count(self, beliefs: Beliefs) -> float:
        if self.whole:
            book = self.known.rulebook(self.found.beliefs | beliefs)
            return self.known.amount(visit(self.whole, self.inputs, book))  # type: ignore[no-any-return]
        book, count = self.known.rulebook(beliefs), 0
        for rule in self.rules:
            count += book.get(rule, rule)(self.layer, *self.inputs, **self.given)
        return count


class Sum(dict[Beliefs, float]):
    """What the layers on which the same beliefs act add together."""

    def __init__(self, tallies: Counter[Tally]) -> None:
        self.tallies = list(tallies.items())

    def __missing__(self, beliefs: Beliefs) -> float:
        total = self[beliefs] = sum([times * tally[beliefs] for tally, times in self.tallies])
        return total


def counted_names(names: tuple[str, ...], *, frozen: bool) -> tuple[str, ...]:
    """The rules that make up a count; a frozen layer has nothing trainable, and all that it would train beside the rest."""
    if not frozen or names == ("macs",) or len(names) > 1:
        return names
    return ("trainable", "non_trainable") if names == ("non_trainable",) else ()


def rules(kind: type[Layer], names: Iterable[str]) -> tuple[Rule, ...]:
    return tuple([getattr(kind, name) for name in names if hasattr(kind, name)])


def every(rows: Iterable[Row]) -> Iterator[Row]:
    """The rows and those of their parts."""
    for row in rows:
        yield row
        yield from every(row.parts)
