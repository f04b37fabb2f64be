"""What beliefs make of a quantity of a network, and which beliefs can make a difference to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from quizgen.errors import ShapeError
from quizgen.layers.base import Layer, Rule
from quizgen.layers.graph import Composite, Row
from quizgen.misconceptions import MISCONCEPTIONS, Misconception, rulebook
from quizgen.network import Network, input_axes
from quizgen.quantities import WHOLE, Asked
from quizgen.question import Number

COUNTS = ("trainable", "non_trainable")
"""The quantities of a layer that the rule of that name gives, without a walk."""


def believed(network: Network, asked: Asked, held: Sequence[Misconception]) -> Number | None:
    """What is asked for, as somebody with these beliefs works it out; None where their shapes do not fit."""
    book = rulebook(*held)
    try:
        if asked.of == WHOLE:
            return asked.value(network.under(book), book)
        row = network.row(asked.of)
        count = getattr(type(row.layer), asked.quantity.name) if asked.quantity.name in COUNTS else None
        if count and held and not row.parts and not row.node.frozen and all(one.rule is count for one in held):
            return book[count](row.layer, *row.inputs)  # type: ignore[no-any-return]
        return asked.value(network.under(book, asked.of), book)
    except (ShapeError, ValueError):
        return None


def relevant(
    network: Network, asked: Asked, known: Sequence[Misconception] = MISCONCEPTIONS
) -> tuple[Misconception, ...]:
    """The misconceptions that can change what is asked for: they bend a rule on the way to it."""
    return _relevant(frozenset(rules_on_the_way(network, asked)), tuple(known))


def rules_on_the_way(network: Network, asked: Asked) -> Iterator[tuple[Rule, type]]:
    """The rules that the answer is read from, each with its kind of layer: the shapes before the layer in question and
    its own quantity; for a total or a receptive field, the shapes and that quantity of every layer."""
    quantity = asked.quantity
    of_networks: tuple[Rule, ...] = (input_axes, quantity.total, *quantity.through)
    for rule in of_networks:
        yield rule, Layer
    for row in network.rows:
        is_target = row.name == asked.of
        if is_target or asked.of == WHOLE or quantity.rule == "window":
            yield from rules_of_row(row, quantity.rule)
        if quantity.rule == "macs" or not (is_target or quantity.rule == "window"):
            yield from rules_of_row(row, "output")
        if is_target:
            return


def rules_of_row(row: Row, name: str) -> Iterator[tuple[Rule, type]]:
    kind = type(row.layer)
    yield getattr(kind, name), kind
    if issubclass(kind, Composite):
        yield kind.nodes, kind
    for part in row.parts:
        yield from rules_of_row(part, name)
        yield from rules_of_row(part, "output")


@lru_cache(maxsize=512)
def _relevant(on_the_way: frozenset[tuple[Rule, type]], known: tuple[Misconception, ...]) -> tuple[Misconception, ...]:
    return tuple(
        held for held in known if any(rule is held.rule and issubclass(kind, held.kinds) for rule, kind in on_the_way)
    )
