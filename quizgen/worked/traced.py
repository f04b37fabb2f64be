"""Sizes that remember how they came about.

A rule reads letters for sizes as well as numbers, but a network does not: it checks what it is built of. A traced size is
a number, and so passes every check, and keeps the expression behind it: whatever the engine makes of such sizes, be it
a total, a receptive field or the parts of a transformer block, comes with its formula.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from quizgen.layers.base import Layer
from quizgen.worked.expressions import Expression, Letter, Quotient, lifted
from quizgen.worked.reading import read_settings

Sizing: TypeAlias = Callable[[str, int], int]
"""What stands for a size, given its name and its number."""


class Traced(int):
    """A number and the expression that it is the value of."""

    expression: Expression

    def __new__(cls, number: int, expression: Expression) -> Traced:
        made = super().__new__(cls, number)
        made.expression = expression
        return made

    def __add__(self, other: int) -> Traced:
        return Traced(int(self) + int(other), self.expression + behind(other))

    def __radd__(self, other: int) -> Traced:
        return Traced(int(other) + int(self), behind(other) + self.expression)

    def __sub__(self, other: int) -> Traced:
        return Traced(int(self) - int(other), self.expression - behind(other))

    def __rsub__(self, other: int) -> Traced:
        return Traced(int(other) - int(self), behind(other) - self.expression)

    def __mul__(self, other: Any) -> Any:
        if not isinstance(other, int):
            return int(self) * other
        return Traced(int(self) * int(other), self.expression * behind(other))

    def __rmul__(self, other: Any) -> Any:
        if not isinstance(other, int):
            return other * int(self)
        return Traced(int(other) * int(self), behind(other) * self.expression)

    def __floordiv__(self, other: int) -> Traced:
        if type(other) is int and other == 1:
            return self
        return Traced(int(self) // int(other), self.expression // behind(other))

    def __rfloordiv__(self, other: int) -> Traced:
        return Traced(int(other) // int(self), behind(other) // self.expression)

    @property
    def numerator(self) -> Traced:
        return self

    def __neg__(self) -> Traced:
        return Traced(-int(self), -self.expression)


def letter(name: str, number: int) -> Traced:
    """A size that is a letter."""
    return Traced(number, Letter(name, number))


def behind(value: Any) -> Expression:
    """The expression behind a value: a traced size's own, or the number itself; a fraction is a quotient."""
    if isinstance(value, Traced):
        return value.expression
    if isinstance(value, int):
        return lifted(value)
    return Quotient(behind(value.numerator), behind(value.denominator))


def resized(value: Any, size: Sizing) -> Any:
    """A layer, a setting or a shape in letters, with another size for each letter."""
    if isinstance(value, Letter):
        return size(value.name, value.number)
    if isinstance(value, tuple):
        return tuple(resized(part, size) for part in value)
    if isinstance(value, Layer):
        return value.but(**{name: resized(part, size) for name, part in read_settings(value).letters.items()})
    return value
