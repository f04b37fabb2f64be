"""Expressions for SymPy, which proves two of them equal and solves them. Its only importer: it takes its time to load."""

from __future__ import annotations

import sympy

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
)


def symbolic(expression: Expression) -> sympy.Expr:
    """The same expression in SymPy, its letters positive whole numbers."""
    parts = [symbolic(part) for part in expression.parts]
    match expression:
        case Letter(name=name):
            return sympy.Symbol(name, integer=True, positive=True)
        case Number(number=number):
            return sympy.Integer(number)
        case Sum():
            return sympy.Add(*parts)
        case Product():
            return sympy.Mul(*parts)
        case Negative():
            return -parts[0]
        case Quotient():
            return parts[0] / parts[1]
        case Power():
            return parts[0] ** parts[1]
        case Floor():
            return sympy.floor(*parts)
        case Ceiling():
            return sympy.ceiling(*parts)
        case Least():
            return sympy.Min(*parts)
        case Largest():
            return sympy.Max(*parts)
    raise AssertionError(expression)


def difference_is_zero(one: Expression, other: Expression) -> bool:
    """Whether two quotients of polynomials are equal. Whoever asks sees to it that they are short."""
    over, _ = sympy.fraction(sympy.together(symbolic(one) - symbolic(other)))
    return bool(sympy.expand(over) == 0)
