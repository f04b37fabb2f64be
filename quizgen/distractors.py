"""Wrong options: what the answer is to somebody who holds a named misconception, or two of them.

The key's rank among the options is drawn before the options are, so that neither the largest nor any other place is a
good guess; an instance that cannot give the key its rank is drawn again (R7 to R10 in docs/fairness.md).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations, product

from quizgen.misconceptions import MISCONCEPTIONS, Misconception
from quizgen.question import Number, Task, ascending
from quizgen.strategies import Strategy
from quizgen.stream import Stream

PAIRS_TRIED = 24
"""How many pairs of beliefs are tried where single ones do not give enough options."""

SETS_TRIED = 12
"""How many sets of options are tried each time that a new value is found."""

PLACES = {held.id: place for place, held in enumerate(MISCONCEPTIONS)}

TOO_FAR = 200
"""An option so many times larger or smaller than the key would fool nobody."""


@dataclass(frozen=True, slots=True)
class Distractor:
    """A wrong value and the beliefs that lead to it."""

    value: Number
    held: tuple[Misconception, ...]


@dataclass(slots=True)
class Pool:
    """The wrong values that beliefs lead to, on either side of the key, each with its simplest explanation.

    A value that two single beliefs share is left out: it would not tell which of them is held. Only a belief about how
    a layer is built says more than one about its parts.
    """

    task: Task
    key: Number
    found: dict[Number, Distractor] = field(default_factory=dict)
    shared: set[Number] = field(default_factory=set)

    def hold(self, *held: Misconception) -> Number | None:
        """Note the value of these beliefs, and give it if it differs from the key."""
        value: Number | None = self.task.believed(held)
        if value is None or value == self.key:
            return None
        if value not in self.found:
            if plausible(value, self.key):
                self.found[value] = Distractor(value, held)
        elif len(held) == 1:
            if held[0].builds is self.found[value].held[0].builds:
                self.shared.add(value)
            elif held[0].builds:
                self.found[value] = Distractor(value, held)
                self.shared.discard(value)
        return value

    def sets(self, newest: Number, below: int, above: int, stream: Stream) -> Iterator[list[Distractor]]:
        """Sets of so many distractors below the key and so many above it, each with the newest one, in random order."""
        sides = self.side(above=False), self.side(above=True)
        for picks in stream.shuffled(list(product(combinations(sides[0], below), combinations(sides[1], above))))[
            :SETS_TRIED
        ]:
            chosen = [*picks[0], *picks[1]]
            if any(one.value == newest for one in chosen):
                yield chosen

    def side(self, *, above: bool) -> list[Distractor]:
        """The values on one side of the key, those of a single belief first."""
        return [
            one
            for value, one in self.found.items()
            if value not in self.shared and (ascending(value) > ascending(self.key)) is above
        ]


def choose(
    task: Task,
    known: Sequence[Misconception],
    below: int,
    above: int,
    stream: Stream,
    avoided: Sequence[Strategy] = (),
) -> list[Distractor] | None:
    """So many distractors below the key and so many above it, those of a single belief first; None if there are not.

    Beliefs are tried in random order until there are enough, those about how a layer is built first.
    avoided: blind strategies that must not find the key among the options.
    """
    pool = Pool(task, task.key)
    telling: list[Misconception] = []
    for held in attempts(known, telling, stream):
        newest = pool.hold(*held)
        if newest is None:
            continue
        if len(held) == 1:
            telling.append(held[0])
        for chosen in pool.sets(newest, below, above, stream):
            values = sorted([pool.key, *(one.value for one in chosen)], key=ascending)
            if not any(values.index(pool.key) in strategy(values) for strategy in avoided):
                return chosen
    return None


def attempts(
    known: Sequence[Misconception], telling: Sequence[Misconception], stream: Stream
) -> Iterator[tuple[Misconception, ...]]:
    """Each belief alone, then some pairs of those that made a difference."""
    for held in sorted(stream.shuffled(known), key=lambda held: not held.builds):
        yield (held,)
    for pair in stream.shuffled(list(combinations(telling, 2)))[:PAIRS_TRIED]:
        yield tuple(sorted(pair, key=place_in_catalogue))


def place_in_catalogue(held: Misconception) -> int:
    """Beliefs that are held together are taken in this order, as a diagnosis takes them; an author's own come last."""
    return PLACES.get(held.id, len(PLACES))


def plausible(value: Number, key: Number) -> bool:
    if isinstance(value, tuple) or isinstance(key, tuple) or not key:
        return True
    return key < value * TOO_FAR and value < key * TOO_FAR


def one_wrong(task: Task, stream: Stream) -> Distractor | None:
    """A wrong value that a single belief leads to."""
    key = task.key
    for held in stream.shuffled(task.relevant()):
        value = task.believed((held,))
        if value is not None and value != key and plausible(value, key):
            return Distractor(value, (held,))
    return None


def arrangements(options: int, stream: Stream) -> list[tuple[int, int]]:
    """How many options stand below and above the key: every place for it, in random order; fewer options last."""
    full, fewer = stream.shuffled(range(options)), stream.shuffled(range(options - 1))
    return [(below, options - 1 - below) for below in full] + [(below, options - 2 - below) for below in fewer]
