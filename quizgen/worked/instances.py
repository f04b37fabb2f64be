"""An instance of a misconception: what the right rule makes of some sizes, and what the wrong one does.

Read with the instance's own numbers it gives two values; with other numbers, those of a layer or network that differs
in nothing but its sizes; with traced sizes, two formulas.
"""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from quizgen.layers.base import Shape
from quizgen.layers.graph import Node, Row
from quizgen.misconceptions import Misconception, rulebook
from quizgen.network import Network
from quizgen.quantities import Asked
from quizgen.worked.reading import axis_names
from quizgen.worked.traced import Sizing, letter, resized


@dataclass(frozen=True)
class Instance:
    """Sizes on which a belief may or may not show."""

    held: Misconception
    network: Network

    def values(self, size: Sizing) -> tuple[Any, Any]:
        """The right value and the wrong one, with these sizes. Raises ShapeError or ValueError where they do not fit."""
        raise NotImplementedError

    @cached_property
    def right(self) -> Any:
        return self.values(own)[0]

    @cached_property
    def wrong(self) -> Any:
        return self.values(own)[1]

    @cached_property
    def traced(self) -> tuple[Any, Any]:
        """The right value and the wrong one, with the formulas behind them."""
        return self.values(letter)

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The number of each letter."""
        found: dict[str, int] = {}

        def note(name: str, number: int) -> int:
            found[name] = number
            return number

        self.values(note)
        return found


@dataclass(frozen=True)
class InNetwork(Instance):
    """A quantity of a network, or of the one layer that it has."""

    asked: Asked

    def values(self, size: Sizing) -> tuple[Any, Any]:
        network, book = with_sizes(self.network, size), rulebook(self.held)
        return self.asked.value(network.rows), self.asked.value(network.under(book), book)

    @property
    def rows_traced(self) -> tuple[Row, ...]:
        """The right walk, with the formula behind each size."""
        return with_sizes(self.network, letter).rows


@dataclass(frozen=True)
class InFormula(Instance):
    """A formula that stands in no layer, with the arguments that a network gives it."""

    arguments: tuple[Any, ...]
    given: Mapping[str, Any] = field(default_factory=dict)

    def values(self, size: Sizing) -> tuple[Any, Any]:
        rule = self.held.rule
        taken = {name: self.argument(name, value, size) for name, value in self.named.items()}
        bound = inspect.signature(rule).bind_partial()
        bound.arguments.update(taken)
        wrong = rulebook(self.held)[rule]
        return rule(*bound.args, **bound.kwargs), wrong(*bound.args, **bound.kwargs)

    @property
    def noun(self) -> str:
        """What the formula gives, in words."""
        return self.held.rule.__name__.replace("_", " ").capitalize()

    @property
    def named(self) -> dict[str, Any]:
        """The arguments by their names."""
        return dict(inspect.signature(self.held.rule).bind(*self.arguments, **self.given).arguments)

    @property
    def sizes(self) -> dict[str, int | str]:
        """The arguments that are sizes, and the unit if there is one, by their names."""
        return {name: value for name, value in self.named.items() if isinstance(value, int | str) and value is not True}

    def argument(self, name: str, value: Any, size: Sizing) -> Any:
        if value == self.network.rows:
            return with_sizes(self.network, size).rows
        return size(name, value) if isinstance(value, int) and not isinstance(value, bool) else value


def own(name: str, number: int) -> int:
    """The size that is there."""
    return number


def with_sizes(network: Network, size: Sizing) -> Network:
    """The network with another size for each letter. Letters of one layer among several carry its name."""
    alone = len(network.nodes) == 1
    owners = {node.name: node for node in network.nodes}

    def within(node: Node) -> Sizing:
        owner = owners.get(node.tied_to or "", node)
        name = owner.name if owner.layer == node.layer else node.name
        return size if alone else lambda letter, number: size(f"{name}.{letter}", number)

    nodes = tuple(replace(node, layer=resized(node.layer, within(node))) for node in network.nodes)
    kind: Any = type(network.nodes[0].layer)
    inputs = tuple(
        Shape(map(size, axis_names(kind, len(shape), place), shape)) for place, shape in enumerate(network.inputs)
    )
    return replace(network, inputs=inputs, nodes=nodes)
