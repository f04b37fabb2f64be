"""What a calculation costs on paper: the rules once more, read with ints that note down their multiplications."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from quizgen.layers.base import Layer, Shape
from quizgen.layers.graph import Row
from quizgen.network import Network

BUDGET = (*(30,) * 4, *(45,) * 3, *(65,) * 10)
"""The most that the parameters of a drawn network may cost at each level of the series."""


def hand_cost(network: Network) -> int:
    """The work of counting a network's parameters by hand: over all multiplications, digits times digits.

    Zeros at the end of a factor cost nothing (30 × 12 is as easy as 3 × 12), and what has been worked out once is only
    looked up for a second layer of the same settings on the same shape.
    """
    return cost_of(network.rows)


def cost_of(rows: Sequence[Row], rules: Sequence[str] = ("output", "trainable")) -> int:
    """The same for these rows, and for these rules of them."""
    notes: list[int] = []
    for layer, inputs in dict.fromkeys((row.layer, row.inputs) for row in leaves(rows)):
        noting = twin(layer, notes)
        shapes = [Shape(Noted(size, notes) for size in x) for x in inputs]
        for rule in rules:
            getattr(noting, rule)(*shapes, **({"y": noting.output(*shapes)} if rule == "macs" else {}))
    return sum(notes)


class Noted(int):
    """An int that notes the cost of each multiplication in which it takes part, as do the ints that come of it."""

    notes: list[int]

    def __new__(cls, value: int, notes: list[int]) -> Noted:
        noted = super().__new__(cls, value)
        noted.notes = notes
        return noted

    def __mul__(self, other: int) -> Noted:
        self.notes.append(digits(self) * digits(other))
        return Noted(int(self) * int(other), self.notes)

    def __add__(self, other: int) -> Noted:
        return Noted(int(self) + int(other), self.notes)

    def __sub__(self, other: int) -> Noted:
        return Noted(int(self) - int(other), self.notes)

    def __rsub__(self, other: int) -> Noted:
        return Noted(int(other) - int(self), self.notes)

    def __floordiv__(self, other: int) -> Noted:
        return Noted(int(self) // int(other), self.notes)

    __rmul__ = __mul__
    __radd__ = __add__


def digits(number: int) -> int:
    """How many digits a factor has to be multiplied with: none for a 1, and none for the zeros at its end."""
    return len(str(abs(int(number))).rstrip("0")) if abs(number) != 1 else 0


def twin(value: Any, notes: list[int]) -> Any:
    """The same setting or layer, made of ints that note down their multiplications."""
    if isinstance(value, Layer):
        other = object.__new__(type(value))
        for field in fields(value):
            object.__setattr__(other, field.name, twin(getattr(value, field.name), notes))
        return other
    if isinstance(value, tuple):
        return tuple(twin(item, notes) for item in value)
    if isinstance(value, int) and not isinstance(value, bool):
        return Noted(value, notes)
    return value


def leaves(rows: Sequence[Row]) -> list[Row]:
    """The rows of the layers that are no composites, wherever they stand."""
    return [leaf for row in rows for leaf in (leaves(row.parts) if row.parts else [row])]
