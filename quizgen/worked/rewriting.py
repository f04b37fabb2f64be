"""What a notation does to an expression: factors put in its order, brackets multiplied out, the bias named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import reduce
from typing import TypeAlias

from quizgen.notation import Notation
from quizgen.worked.expressions import (
    Ceiling,
    Expression,
    Floor,
    Letter,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    every,
    is_negative,
    multiplied,
    rebuilt,
    summed,
)

Monomial: TypeAlias = frozenset[tuple[Expression, int]]
"""Letters, or what can't be multiplied out such as a quotient, each with its power."""

Polynomial: TypeAlias = dict[Monomial, int]
"""What each product of a sum comes to: its coefficient."""


def rounds(expression: Expression) -> bool:
    """Whether a quotient in it is rounded."""
    return any(isinstance(part, Floor | Ceiling) for part in every(expression))


def reordered(expression: Expression, notation: Notation) -> Expression:
    """Each product with its factors in the order of the notation, numbers first."""
    same = rebuilt(expression, lambda part: reordered(part, notation))
    if not isinstance(same, Product):
        return same
    return Product(*sorted(same.parts, key=lambda factor: place(factor, notation)))


def place(factor: Expression, notation: Notation) -> int:
    if isinstance(factor, Number):
        return -1
    base = factor.parts[0] if isinstance(factor, Power | Quotient) else factor
    return notation.position.get(base.name if isinstance(base, Letter) else "+", len(notation.position))


def with_bias_named(expression: Expression) -> Expression:
    """The 1 that a parameter count adds is the bias, and a formula in words says so. (A 1 beside a difference or a
    rounded quotient counts windows.)"""
    if not isinstance(expression, Sum) or any(is_negative(term) or rounds(term) for term in expression.parts):
        return rebuilt(expression, with_bias_named)
    return Sum(*(Letter("bias") if term == Number(1) else with_bias_named(term) for term in expression.parts))


def expanded(expression: Expression, notation: Notation) -> Expression:
    """The brackets multiplied out: the longest products first, each in the notation's order."""
    order = list(dict.fromkeys(every(expression)))

    def length(monomial: Monomial) -> int:
        return sum(power for _, power in monomial)

    def term(monomial: Monomial, coefficient: int) -> Expression:
        factors = sorted(monomial, key=lambda factor: (place(factor[0], notation), order.index(factor[0])))
        powers = (base if power == 1 else Power(base, Number(power)) for base, power in factors)
        return multiplied(Number(coefficient), *powers)

    terms = sorted(polynomial(expression).items(), key=lambda term: (-length(term[0]), term[1] < 0))
    return summed(*(term(monomial, coefficient) for monomial, coefficient in terms))


def polynomial(expression: Expression) -> Polynomial:
    match expression:
        case Number(number=number):
            return {frozenset(): number}
        case Sum(parts=terms):
            return plus([polynomial(term) for term in terms])
        case Product(parts=factors):
            return reduce(times, map(polynomial, factors))
        case Negative(parts=(positive,)):
            return times({frozenset(): -1}, polynomial(positive))
        case Power(parts=(base, Number(number=exponent))):
            return reduce(times, [polynomial(base)] * exponent)
    return {frozenset([(expression, 1)]): 1}


def plus(polynomials: Sequence[Polynomial]) -> Polynomial:
    result: Counter[Monomial] = Counter()
    for one in polynomials:
        result.update(one)
    return {monomial: coefficient for monomial, coefficient in result.items() if coefficient}


def times(one: Polynomial, other: Polynomial) -> Polynomial:
    return plus(
        [
            {frozenset((Counter(dict(left)) + Counter(dict(right))).items()): one[left] * other[right]}
            for left in one
            for right in other
        ]
    )
