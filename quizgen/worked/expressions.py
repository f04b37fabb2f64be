"""Formulas as an author writes them: what a rule gives when it is read with letters for sizes.

Arithmetic is written down, not worked out: factors and terms keep their order, and only what nobody would write is left
out (a factor of 1, a term of 0, numbers that cancel, brackets of a sum within a sum). A computer algebra system would
re-order and distribute; where algebra is wanted, `quizgen.worked.algebra` hands an expression to one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from math import prod
from typing import TypeAlias

Operand: TypeAlias = "Expression | int"


class Expression:
    """An operation on its parts. Each kind says in `at` what it is worth with a number for each letter."""

    __slots__ = ("parts",)

    def __init__(self, *parts: Expression) -> None:
        self.parts = parts

    def at(self, numbers: Mapping[str, int]) -> int:
        raise NotImplementedError

    @property
    def identity(self) -> object:
        return self.parts

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Expression) and type(self) is type(other) and self.identity == other.identity

    def __hash__(self) -> int:
        return hash((type(self), self.identity))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(map(repr, self.parts))})"

    def __add__(self, other: Operand) -> Expression:
        return summed(self, lifted(other))

    def __radd__(self, other: int) -> Expression:
        return summed(lifted(other), self)

    def __sub__(self, other: Operand) -> Expression:
        return summed(self, -lifted(other))

    def __rsub__(self, other: int) -> Expression:
        return summed(lifted(other), -self)

    def __mul__(self, other: Operand) -> Expression:
        return multiplied(self, lifted(other))

    def __rmul__(self, other: int) -> Expression:
        return multiplied(lifted(other), self)

    def __truediv__(self, other: Operand) -> Expression:
        return Quotient(self, lifted(other))

    def __rtruediv__(self, other: int) -> Expression:
        return Quotient(lifted(other), self)

    def __floordiv__(self, other: Operand) -> Expression:
        return Floor(Quotient(self, lifted(other)))

    def __rfloordiv__(self, other: int) -> Expression:
        return Floor(Quotient(lifted(other), self))

    def __pow__(self, exponent: int) -> Expression:
        return Power(self, Number(exponent))

    def __neg__(self) -> Expression:
        return Negative(self)


class Letter(Expression):
    """A letter that stands for a size. number: that size, for the rules that compare (`quizgen.arithmetic.real`)."""

    __slots__ = ("name", "number")

    def __init__(self, name: str, number: int = 0) -> None:
        super().__init__()
        self.name = name
        self.number = number

    @property
    def identity(self) -> object:
        return self.name

    def __repr__(self) -> str:
        return self.name

    def at(self, numbers: Mapping[str, int]) -> int:
        return numbers[self.name]


class Number(Expression):
    """A number that a rule itself holds, such as the 4 gates of an LSTM."""

    __slots__ = ("number",)

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number

    @property
    def identity(self) -> object:
        return self.number

    def __repr__(self) -> str:
        return str(self.number)

    def __neg__(self) -> Expression:
        return Number(-self.number)

    def at(self, numbers: Mapping[str, int]) -> int:
        return self.number


class Negative(Expression):
    """Minus its part."""

    __slots__ = ()

    def __neg__(self) -> Expression:
        return self.parts[0]

    def at(self, numbers: Mapping[str, int]) -> int:
        return -self.parts[0].at(numbers)


class Sum(Expression):
    """Its parts added up, two or more of them."""

    __slots__ = ()

    def at(self, numbers: Mapping[str, int]) -> int:
        return sum([part.at(numbers) for part in self.parts])


class Product(Expression):
    """Its parts multiplied, two or more of them, numbers first."""

    __slots__ = ()

    def at(self, numbers: Mapping[str, int]) -> int:
        return prod([part.at(numbers) for part in self.parts])


class Power(Expression):
    """A base with a whole number as its exponent."""

    __slots__ = ()

    def at(self, numbers: Mapping[str, int]) -> int:
        base, exponent = self.parts
        return int(base.at(numbers) ** exponent.at(numbers))


class Quotient(Expression):
    """A division that comes out, unless a Floor or a Ceiling is around it."""

    __slots__ = ()

    def at(self, numbers: Mapping[str, int]) -> int:
        over, under = self.parts
        return over.at(numbers) // under.at(numbers)


class Floor(Expression):
    """A Quotient rounded down."""

    __slots__ = ()

    def __neg__(self) -> Expression:
        """-⌊-a / b⌋ is how Python writes ⌈a / b⌉."""
        over, under = self.parts[0].parts
        return Ceiling(Quotient(-over, under)) if is_negative(over) else Negative(self)

    def at(self, numbers: Mapping[str, int]) -> int:
        return self.parts[0].at(numbers)


class Ceiling(Expression):
    """A Quotient rounded up."""

    __slots__ = ()

    def at(self, numbers: Mapping[str, int]) -> int:
        over, under = self.parts[0].parts
        return -(-over.at(numbers) // under.at(numbers))


class Least(Expression):
    """The smallest of its parts."""

    __slots__ = ()

    def at(self, numbers: Mapping[str, int]) -> int:
        return min(part.at(numbers) for part in self.parts)


class Largest(Expression):
    """The largest of its parts."""

    __slots__ = ()

    def at(self, numbers: Mapping[str, int]) -> int:
        return max(part.at(numbers) for part in self.parts)


def lifted(value: Operand) -> Expression:
    """An expression, of a number too."""
    return value if isinstance(value, Expression) else Number(value)


def is_atom(expression: Expression) -> bool:
    """Whether it is a letter or a number."""
    return not expression.parts


def is_negative(expression: Expression) -> bool:
    return isinstance(expression, Negative) or (isinstance(expression, Number) and expression.number < 0)


def summed(*terms: Expression) -> Expression:
    """A flat sum: `n - k + 1 - 1` is `n - k`."""
    kept: list[Expression] = []
    for term in flat(Sum, terms):
        if isinstance(term, Number) and -term in kept:
            kept.remove(-term)
        elif term != ZERO:
            kept.append(term)
    return joined(Sum, kept) if kept else ZERO


def multiplied(*factors: Expression) -> Expression:
    """A flat product, its numbers first and its sign in front."""
    unsigned = [-factor if is_negative(factor) else factor for factor in factors]
    kept = [factor for factor in flat(Product, unsigned) if factor != ONE]
    kept.sort(key=lambda factor: not isinstance(factor, Number))
    result = joined(Product, kept) if kept else ONE
    return -result if sum(map(is_negative, factors)) % 2 else result


def joined(operation: type[Expression], parts: list[Expression]) -> Expression:
    return operation(*parts) if len(parts) > 1 else parts[0]


def flat(operation: type[Expression], parts: Iterable[Expression]) -> Iterator[Expression]:
    """The parts, those of the same operation opened."""
    for part in parts:
        yield from part.parts if isinstance(part, operation) else (part,)


def rebuilt(expression: Expression, change: Callable[[Expression], Expression]) -> Expression:
    """The same operation on changed parts."""
    return expression if is_atom(expression) else type(expression)(*map(change, expression.parts))


def every(expression: Expression) -> Iterator[Expression]:
    """The expression and all that it is made of, from left to right."""
    yield expression
    for part in expression.parts:
        yield from every(part)


ZERO, ONE = Number(0), Number(1)
