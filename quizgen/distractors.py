"""Wrong options: what the answer is to somebody who holds a named misconception, or two of them.

The key's rank among the options is drawn before the options are, so that neither the largest nor any other place is a
good guess; an instance that cannot give the key its rank is drawn again (R7 to R10 in docs/fairness.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from quizgen.errors import ShapeError
from quizgen.layers.graph import Row, rules_of
from quizgen.misconceptions import MISCONCEPTIONS, Misconception, rulebook
from quizgen.network import Network
from quizgen.quantities import Asked
from quizgen.question import Number
from quizgen.stream import Stream

TOO_FAR = 200
"""An option so many times larger or smaller than the key would fool nobody."""


@dataclass(frozen=True, slots=True)
class Distractor:
    """A wrong value and the beliefs that lead to it."""

    value: Number
    held: tuple[Misconception, ...]


def believed(network: Network, asked: Asked, held: Sequence[Misconception]) -> Number | None:
    """What is asked for, as somebody with these beliefs works it out; None where their shapes do not fit."""
    try:
        return asked.value(network.under(rulebook(*held)))
    except (ShapeError, ValueError):
        return None


def relevant(network: Network, known: Sequence[Misconception] = MISCONCEPTIONS) -> tuple[Misconception, ...]:
    """The misconceptions that bend a rule of some layer of the network, or of its parts."""
    return _relevant(tuple(sorted(kinds(network.rows), key=lambda kind: kind.__name__)), tuple(known))


def kinds(rows: Sequence[Row]) -> set[type]:
    return {kind for row in rows for kind in ({type(row.layer)} | kinds(row.parts) if row.parts else {type(row.layer)})}


@lru_cache(maxsize=512)
def _relevant(present: tuple[type, ...], known: tuple[Misconception, ...]) -> tuple[Misconception, ...]:
    rules = frozenset[object]().union(*(rules_of(kind) for kind in present))
    return tuple(
        held for held in known if held.rule in rules and any(issubclass(kind, held.kinds) for kind in present)
    )


def candidates(network: Network, asked: Asked, key: Number, known: Sequence[Misconception]) -> list[Distractor]:
    """Every wrong value that one belief leads to, or two together, each with its simplest explanation.

    A value that several single beliefs share is left out: it would not tell which of them is held.
    """
    found: dict[Number, Distractor] = {}
    shared: set[Number] = {key}
    telling = []
    for held in known:
        value = believed(network, asked, (held,))
        if value is None or value == key:
            continue
        telling.append(held)
        if value in found:
            shared.add(value)
        found[value] = Distractor(value, (held,))
    for pair in combinations(telling, 2):
        value = believed(network, asked, pair)
        if value is not None and value not in found:
            found[value] = Distractor(value, pair)
    return [one for value, one in found.items() if value not in shared and plausible(value, key)]


def plausible(value: Number, key: Number) -> bool:
    if isinstance(value, tuple):
        return True
    assert isinstance(key, int)
    return key < value * TOO_FAR and value < key * TOO_FAR


def choose(pool: Sequence[Distractor], key: Number, smaller: int, larger: int, stream: Stream) -> list[Distractor] | None:
    """So many distractors below the key and so many above it, those of a single belief first; None if there are not."""
    below = by_simplicity([one for one in pool if one.value < key], stream)  # type: ignore[operator]
    above = by_simplicity([one for one in pool if one.value > key], stream)  # type: ignore[operator]
    if len(below) < smaller or len(above) < larger:
        return None
    return below[:smaller] + above[:larger]


def by_simplicity(pool: list[Distractor], stream: Stream) -> list[Distractor]:
    return sorted(stream.shuffled(pool), key=lambda one: len(one.held))


def arrangements(options: int, stream: Stream) -> list[tuple[int, int]]:
    """How many options stand below and above the key: every place for it, in random order; fewer options last."""
    full, fewer = stream.shuffled(range(options)), stream.shuffled(range(options - 1))
    return [(below, options - 1 - below) for below in full] + [(below, options - 2 - below) for below in fewer]
