"""Two networks side by side: which layer of one stands for which of the other, and what is different about it.

Layers that compute nothing countable (activations, dropout) are no difference: one source writes them as layers, another
as a setting of the layer before.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from operator import attrgetter
from typing import Any, TypeAlias

from quizgen.layers.activation import Activation, Dropout
from quizgen.layers.base import Layer, Sizes, setting_names
from quizgen.layers.graph import Row
from quizgen.network import Network
from quizgen.unknown import known

SILENT: tuple[type[Layer], ...] = (Activation, Dropout)
"""Layers that change no count and no shape."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A layer of each network, or of one of them alone."""

    a: Row | None
    b: Row | None

    @property
    def settings(self) -> tuple[tuple[str, str, str], ...]:
        """The settings that differ, each with its name and its two values in words."""
        if self.a is None or self.b is None or self.is_silent:
            return ()
        one, other = self.a.layer, self.b.layer
        if type(one) is not type(other):
            return (("layer", type(one).__name__, type(other).__name__),)
        kind: Any = type(one)
        values = ((name, getattr(one, name), getattr(other, name)) for name in setting_names(kind))
        return tuple((name, in_words(here), in_words(there)) for name, here, there in values if here != there)

    @property
    def differs(self) -> tuple[str, ...]:
        """What is not the same, by the names of the JSON object."""
        if self.a is None or self.b is None:
            return () if self.is_silent else ("layer",)
        pairs = {
            "settings": self.settings != (),
            "output_shape": self.a.output != self.b.output,
            "params": counted_of(self.a) != counted_of(self.b),
            "trainable": self.a.trainable != self.b.trainable,
            "macs": self.a.macs != self.b.macs,
        }
        return tuple(name for name, is_other in pairs.items() if is_other)

    @property
    def stands_alone(self) -> bool:
        return self.a is None or self.b is None

    @property
    def is_silent(self) -> bool:
        return all(row is None or isinstance(row.layer, SILENT) for row in (self.a, self.b))

    @property
    def more(self) -> int:
        """How many parameters more the layer has in the second network; 0 where that is not known."""
        here, there = ((row and known(counted_of(row))) or 0 for row in (self.a, self.b))
        return there - here


def counted_of(row: Row) -> int:
    """The parameters that a row adds to its network."""
    return 0 if row.node.tied_to else row.params


def in_words(value: Any) -> str:
    """A setting as one would say it: `3 × 3`, `same`, `none`."""
    match value:
        case None:
            return "none"
        case bool():
            return "yes" if value else "no"
        case tuple() if all(isinstance(part, tuple) for part in value):
            sides = {side for pair in value for side in pair}
            return str(sides.pop()) if len(sides) == 1 else ", ".join(f"{a} and {b}" for a, b in value)
        case tuple():
            return " × ".join(map(str, value))
        case Layer():
            return type(value).__name__
    return f"{value:,}" if isinstance(value, int) else str(value)


Key: TypeAlias = Callable[[Row], Hashable]
"""What two rows must have in common to be paired."""

BY_NAME: Key = attrgetter("name")
BY_LAYER: Key = attrgetter("layer")


def by_kind(row: Row) -> Hashable:
    return type(row.layer).__name__


def aligned(a: Sequence[Row], b: Sequence[Row]) -> tuple[Pair, ...]:
    """The layers of two networks beside each other, in their order.

    By their names where most have theirs in common; by their settings and what is left by their kinds, unless the kinds
    by themselves pair more of them.
    """
    names = {row.name for row in a} & {row.name for row in b}
    by_name = (BY_NAME,) if 2 * len(names) > min(len(a), len(b)) else ()
    ways = [tuple(paired(a, b, (*by_name, *keys))) for keys in ((BY_LAYER, by_kind), (by_kind,))]
    return min(ways, key=len)


def paired(a: Sequence[Row], b: Sequence[Row], keys: Sequence[Key]) -> Iterator[Pair]:
    """Pairs by the first key, and between them by the others."""
    if not (keys and a and b):
        yield from (Pair(row, None) for row in a)
        yield from (Pair(None, row) for row in b)
        return
    key, *others = keys
    matcher = SequenceMatcher(None, list(map(key, a)), list(map(key, b)), autojunk=False)
    for tag, start, stop, other_start, other_stop in matcher.get_opcodes():
        here, there = a[start:stop], b[other_start:other_stop]
        yield from map(Pair, here, there) if tag == "equal" else paired(here, there, others)


@dataclass(frozen=True)
class Comparison:
    """Two networks, aligned layer by layer."""

    a: Network
    b: Network

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        return aligned(self.a.rows, self.b.rows)

    @property
    def different(self) -> tuple[Pair, ...]:
        return tuple(pair for pair in self.pairs if pair.differs)

    @property
    def same(self) -> bool:
        return not self.different


def core(network: Network) -> Iterator[tuple[Layer, tuple[Sizes, ...]]]:
    """What a network computes with: its layers and what reaches them, without names, activations and dropout."""
    for row in network.rows:
        if not isinstance(row.layer, SILENT):
            yield row.layer, row.inputs


def alike(one: Network, other: Network) -> bool:
    """Whether two networks count the same layer by layer, whatever their layers are called."""
    return list(core(one)) == list(core(other))
