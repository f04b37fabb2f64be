"""What expressions come to, worked exactly, and whether two of them are the same: within bounds on size and time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from math import ceil, floor, prod

from quizgen.stream import Stream
from quizgen.worked.expressions import (
    Ceiling,
    Expression,
    Floor,
    Largest,
    Least,
    Letter,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    every,
)

MOST_BITS = 4096
"""Of what any part comes to."""

MOST_TERMS = 300
"""Expressions that multiply out to more are compared by their values alone."""


def value(expression: Expression, numbers: Mapping[str, int]) -> Fraction:
    """What an expression comes to, exactly, with a number for each of its letters.

    Raises ArithmeticError where something is divided by 0, or comes to more than any answer.
    """
    parts = [value(part, numbers) for part in expression.parts]
    match expression:
        case Letter(name=name):
            return Fraction(numbers[name])
        case Number(number=number):
            return Fraction(number)
        case Power():
            return bounded(powered(*parts))
        case Quotient():
            return bounded(parts[0] / parts[1])
    return bounded(Fraction(OPERATIONS[type(expression)](parts)))


OPERATIONS: Mapping[type[Expression], Callable[[list[Fraction]], Fraction | int]] = {
    Sum: sum,
    Product: prod,
    Negative: lambda parts: -parts[0],
    Floor: lambda parts: floor(parts[0]),
    Ceiling: lambda parts: ceil(parts[0]),
    Least: min,
    Largest: max,
}


def powered(base: Fraction, exponent: Fraction) -> Fraction:
    if bits(base) * exponent > MOST_BITS:
        raise OverflowError("a number is too large")
    return base ** int(exponent)


def bounded(number: Fraction) -> Fraction:
    if bits(number) > MOST_BITS:
        raise OverflowError("a number is too large")
    return number


def bits(number: Fraction) -> int:
    return max(number.numerator.bit_length(), number.denominator.bit_length())


POINTS = (*(12,) * 60, *(1000,) * 20, *(10**6,) * 20)
"""How often two formulas are compared, and up to which sizes: small ones show how they round."""


def equal(one: Expression, other: Expression) -> bool:
    """Whether two expressions come to the same for all sizes from 1 up.

    Their values at many random sizes decide, and where nothing is rounded or chosen, algebra proves it. Sizes at which
    either divides by 0 do not count; two that divide by 0 everywhere are not equal.
    """
    letters = sorted({part.name for tree in (one, other) for part in every(tree) if isinstance(part, Letter)})
    stream, compared = Stream("equal", *letters), 0
    for largest in POINTS:
        numbers = {name: stream.between(1, largest) for name in letters}
        try:
            if value(one, numbers) != value(other, numbers):
                return False
        except ArithmeticError:
            continue
        compared += 1
    return compared > 0 and proved(one, other)


def proved(one: Expression, other: Expression) -> bool:
    """Whether algebra finds no difference either; it is not asked where formulas round, choose or are long."""
    rational = not any(isinstance(part, Floor | Ceiling | Least | Largest) for part in (*every(one), *every(other)))
    if not rational or terms(one) + terms(other) > MOST_TERMS:
        return True
    from quizgen.worked.algebra import difference_is_zero

    return difference_is_zero(one, other)


def terms(expression: Expression) -> int:
    """How many terms it has at most when it is multiplied out; a bound, for what takes time."""
    counts = [terms(part) for part in expression.parts]
    match expression:
        case Sum():
            return sum(counts)
        case Power(parts=(_, Number() as exponent)):
            counts *= exponent.number
    return min(prod(counts), MOST_TERMS + 1)
