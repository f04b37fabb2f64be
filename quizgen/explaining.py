"""Why two networks do not count the same, in a few sentences: what is set otherwise, what stands in one alone, and which
layers read something else for it. The first network is called A, the second B."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from math import inf
from typing import TypeAlias

from quizgen.comparing import Comparison, Pair, counted_of
from quizgen.layers.base import Shape
from quizgen.layers.graph import Composite, Row, input_name
from quizgen.network import Network, params_total
from quizgen.notes import named
from quizgen.prose import Prose, Value, prose
from quizgen.unknown import known
from quizgen.workings import Workings

MOST_SETTINGS = 6
"""How many ways are told in which layers are set otherwise."""

MOST_LAYERS = 3
"""How many layers are told of whose count differs only because of what they read."""


Order: TypeAlias = Callable[[Shape, str], Shape]
"""A node's output, or an input, in the axis order in which its source has it."""


def as_it_is(shape: Shape, name: str) -> Shape:
    return shape


def explained(comparison: Comparison, orders: tuple[Order, Order] = (as_it_is, as_it_is)) -> tuple[Prose, ...]:
    """What makes the difference, in the order in which one would look for it."""
    if comparison.same:
        return (Prose("Layer by layer, A and B count the same."),)
    different = comparison.different
    return (
        *set_otherwise(different, orders),
        *standing_alone(different),
        *reading_otherwise(comparison, different, orders),
        *in_all(comparison),
    )


def set_otherwise(pairs: Sequence[Pair], orders: tuple[Order, Order]) -> Iterator[Prose]:
    """The layers with other settings; those that differ in the same way are named together."""
    alike: dict[tuple[tuple[str, str, str], ...], list[Pair]] = {}
    for pair in pairs:
        if pair.settings:
            alike.setdefault(pair.settings, []).append(pair)
    for settings, found in islice(alike.items(), MOST_SETTINGS):
        said = "; ".join(f"{name.replace('_', ' ')} {one} in A, {other} in B" for name, one, other in settings)
        yield prose(f"{{}}: {said}{{}}.", named([name_of(pair) for pair in found]), consequence(found[0], orders))


def consequence(pair: Pair, orders: tuple[Order, Order]) -> Prose:
    """What comes of other settings: another shape, or another count."""
    a, b = pair.a, pair.b
    assert a is not None
    assert b is not None
    if a.output != b.output:
        here, there = (order(row.output, row.name) for order, row in zip(orders, (a, b), strict=True))
        return prose(", so that {} comes out of `{}` in A and {} in B", here, a.name, there)
    if counted_of(a) != counted_of(b):
        return prose(", which makes {} parameters in A and {} in B", amount(a), amount(b))
    if a.macs != b.macs:
        return prose(", which makes {} multiply-accumulates in A and {} in B", maybe(a.macs), maybe(b.macs))
    return Prose(", which changes no shape and no count")


def standing_alone(pairs: Iterable[Pair]) -> Iterator[Prose]:
    """The layers that one of the two has not."""
    for side, rows in (
        ("A", [pair.a for pair in pairs if pair.a and not pair.b]),
        ("B", [pair.b for pair in pairs if pair.b and not pair.a]),
    ):
        if rows:
            stand = "stands" if len(rows) == 1 else "stand"
            counted = sum(known(counted_of(row)) or 0 for row in rows)
            params = prose(", with {} parameters", counted) if counted else Prose("")
            yield prose(f"{{}} {stand} in {side} only{{}}.", named([row.name for row in rows]), params)


def reading_otherwise(comparison: Comparison, pairs: Iterable[Pair], orders: tuple[Order, Order]) -> Iterator[Prose]:
    """The layers that are set alike and yet count otherwise, for what reaches them; the largest differences first."""
    found = [pair for pair in pairs if pair.a and pair.b and not pair.settings and "params" in pair.differs]
    found.sort(key=lambda pair: abs(pair.more) or inf, reverse=True)
    a, b = Workings(comparison.a.rows), Workings(comparison.b.rows)
    for pair in found[:MOST_LAYERS]:
        assert pair.a is not None
        assert pair.b is not None
        yield prose(
            "`{}` reads {} in A and {} in B, so it has {} parameters in A and {} in B.",
            pair.a.name,
            reads(comparison.a, pair.a, orders[0]),
            reads(comparison.b, pair.b, orders[1]),
            calculated(a, pair.a),
            calculated(b, pair.b),
        )
    if len(found) > MOST_LAYERS:
        rest = named([name_of(pair) for pair in found[MOST_LAYERS:]])
        yield prose("The same goes for {}.", rest)


def reads(network: Network, row: Row, order: Order) -> Shape:
    """The first input of a layer."""
    place = network.place(row.name)
    before = network.nodes[place - 1].name if place else input_name(0)
    return order(row.inputs[0], (row.node.inputs or (before,))[0])


def in_all(comparison: Comparison) -> Iterator[Prose]:
    """How far the totals are apart, and where most of it comes from."""
    a, b = (known(params_total(network.rows)) for network in (comparison.a, comparison.b))
    if a is None or b is None:
        return
    if a == b:
        yield prose("Both have {} parameters.", a)
        return
    largest = max(comparison.pairs, key=lambda pair: abs(pair.more))
    share = prose(", {} of them in `{}`", abs(largest.more), name_of(largest))
    has_share = abs(b - a) / 2 < abs(largest.more) < abs(b - a)
    yield prose(
        f"In all, B has {{}} parameters {'more' if b > a else 'fewer'} than A{{}}.",
        abs(b - a),
        share if has_share else Prose(""),
    )


def calculated(workings: Workings, row: Row) -> Value:
    """`250 × (100 + 1) = 25,250`; of a layer made of parts, the sum alone."""
    if isinstance(row.layer, Composite) or row.node.tied_to or known(row.params) is None:
        return amount(row)
    calculation = workings.rule(row, "trainable").calculation
    return prose("${}$", calculation) if row.params == row.trainable else amount(row)


def amount(row: Row) -> Value:
    return maybe(counted_of(row))


def maybe(count: int) -> Value:
    """A count, or a question mark where it is not known."""
    return "?" if known(count) is None else count


def name_of(pair: Pair) -> str:
    row = pair.a or pair.b
    assert row is not None
    return row.name
