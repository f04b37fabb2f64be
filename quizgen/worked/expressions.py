"""SymPy expressions in the author's order: made flat, put in a notation's order, printed, and worked out in ints."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import sympy
from sympy import Add, Expr, Integer, Mul, Pow, Symbol, ceiling, floor
from sympy.printing.latex import latex

from quizgen.notation import Notation
from quizgen.prose import mark
from quizgen.worked.reading import Numbers, symbol

Work: TypeAlias = Callable[[Numbers], int]


def printed(expression: Expr, names: dict[Symbol, str], *, times: bool = True) -> str:
    return str(latex(expression, order="none", mul_symbol="times" if times else None, symbol_names=names))


def plain(operation: type[Expr], *args: Expr) -> Expr:
    """The operation as written, unevaluated."""
    return args[0] if len(args) == 1 and operation in (Add, Mul) else operation(*args, evaluate=False)


def is_reciprocal(expression: Expr) -> bool:
    return bool(expression.is_Pow and expression.exp == -1)


def tidy(expression: Expr) -> Expr:
    """Nested sums and products made flat, factors of 1 left out, and -⌊-x⌋ written as ⌈x⌉."""
    if expression.is_Atom:
        return expression
    args = [tidy(arg) for arg in expression.args]
    if expression.is_Add:
        return summed([part for arg in args for part in (arg.args if arg.is_Add else (arg,)) if part != 0])
    if expression.is_Mul:
        factors = [
            part
            for arg in args
            for part in (arg.args if arg.is_Mul and not any(map(is_reciprocal, arg.args)) else (arg,))
            if part != 1
        ]
        if factors[:1] == [Integer(-1)] and len(factors) == 2 and isinstance(factors[1], floor):
            negated = factors[1].args[0]
            return ceiling(positive_of(negated), evaluate=False)
        factors.sort(key=lambda factor: not factor.is_Integer)
        return plain(Mul, *factors) if factors else Integer(1)
    return expression.func(*args, evaluate=False)


def summed(terms: list[Expr]) -> Expr:
    """A sum without numbers that cancel: `n - k + 1 - 1` is `n - k`."""
    for number in [term for term in terms if term.is_Integer and term > 0]:
        if -number in terms:
            terms.remove(number)
            terms.remove(-number)
    return plain(Add, *terms) if terms else Integer(0)


def positive_of(negated: Expr) -> Expr:
    """n / s from -n / s."""
    factors = (factor for arg in negated.args for factor in (arg.args if arg.is_Mul else (arg,)))
    return plain(Mul, *(factor for factor in factors if factor != -1))


def reordered(expression: Expr, notation: Notation) -> Expr:
    """Each product with its factors in the order of the notation, counts first."""
    if expression.is_Atom:
        return expression
    args = [reordered(arg, notation) for arg in expression.args]
    if expression.is_Mul and not any(map(is_reciprocal, args)):
        args.sort(key=lambda arg: place(arg, notation))
    return plain(expression.func, *args)


def place(factor: Expr, notation: Notation) -> int:
    if factor.is_Integer:
        return -1
    base = factor.base if factor.is_Pow else factor
    return notation.position.get(base.name if base.is_Symbol else "+", len(notation.position))


def expand(expression: Expr, notation: Notation) -> Expr:
    """The brackets multiplied out: the longest product first, each in the notation's order."""
    terms = Add.make_args(sympy.expand(expression.doit() if expression.is_Atom else evaluated(expression)))

    def in_order(term: Expr) -> Expr:
        return plain(Mul, *sorted(Mul.make_args(term), key=lambda factor: (place(factor, notation), str(factor))))

    return plain(Add, *sorted(map(in_order, terms), key=lambda term: (-degree(term), str(term))))


def evaluated(expression: Expr) -> Expr:
    """The same expression, evaluated as SymPy would have."""
    return expression if expression.is_Atom else expression.func(*map(evaluated, expression.args))


def degree(term: Expr) -> int:
    return sum(int(factor.exp) if factor.is_Pow else 1 for factor in Mul.make_args(term) if not factor.is_Integer)


def with_bias_named(expression: Expr) -> Expr:
    """The 1 in a sum of a parameter count is the bias, and a formula in words says so."""
    if expression.is_Atom:
        return expression
    args = [symbol("bias") if expression.is_Add and arg == 1 else with_bias_named(arg) for arg in expression.args]
    return plain(expression.func, *args)


def subtracts(expression: Expr) -> bool:
    return any(number < 0 for number in expression.atoms(Integer))


def brackets_worked(expression: Expr) -> tuple[str, tuple[Work, ...]]:
    """The formula one step before its value: each bracket of a product, each product of a sum and each fraction that
    is rounded replaced by a mark for its value. Empty where that step would say nothing new."""
    inner: list[Work] = []
    names: dict[Symbol, str] = {}

    def worked(part: Expr) -> Expr:
        inner.append(compiled(part))
        stand_in = Symbol(f"worked_{len(inner)}")
        names[stand_in] = mark(len(inner) - 1)
        return stand_in

    def rounded(part: Expr) -> Expr:
        if not isinstance(part, floor | ceiling):
            return part
        numerator, *reciprocals = sorted(Mul.make_args(part.args[0]), key=is_reciprocal)
        if not numerator.is_Add or len(reciprocals) != 1:
            return part
        return part.func(Mul(worked(numerator), Pow(worked(reciprocals[0].base), -1), evaluate=False), evaluate=False)

    divides = any(map(is_reciprocal, expression.args))
    if expression.is_Mul and any(arg.is_Add for arg in expression.args) and not divides:
        step = plain(Mul, *(arg if arg.is_Integer else worked(arg) for arg in expression.args))
    elif expression.is_Add and any(isinstance(arg, floor | ceiling) for arg in expression.args):
        step = plain(Add, *map(rounded, expression.args))
    elif expression.is_Add and all(arg.is_Atom or arg.is_Mul for arg in expression.args) and not subtracts(expression):
        step = plain(Add, *(arg if arg.is_Integer else worked(arg) for arg in expression.args))
    else:
        return "", ()
    says_something = any(not part.is_Atom for part in expression.args)
    return (printed(step, names), tuple(inner)) if inner and says_something else ("", ())


def compiled(expression: Expr) -> Work:
    """The expression as a function of its numbers, in exact integer arithmetic."""
    if expression.is_Symbol:
        name = expression.name
        return lambda numbers: numbers[name]
    if expression.is_Integer:
        constant = int(expression)
        return lambda numbers: constant
    if isinstance(expression, floor | ceiling):
        factors = Mul.make_args(expression.args[0])
        over = compiled(plain(Mul, *(factor for factor in factors if not is_reciprocal(factor))))
        under = compiled(plain(Mul, *(factor.base for factor in factors if is_reciprocal(factor))))
        if isinstance(expression, floor):
            return lambda numbers: over(numbers) // under(numbers)
        return lambda numbers: -(-over(numbers) // under(numbers))
    if expression.is_Pow:
        base, exponent = compiled(expression.base), int(expression.exp)
        return lambda numbers: base(numbers) ** exponent
    parts = tuple(compiled(arg) for arg in expression.args if not is_reciprocal(arg))
    if expression.is_Add:
        return lambda numbers: sum(part(numbers) for part in parts)
    divisors = tuple(compiled(arg.base) for arg in expression.args if is_reciprocal(arg))

    def multiplied(numbers: Numbers) -> int:
        result = 1
        for part in parts:
            result *= part(numbers)
        for divisor in divisors:
            result //= divisor(numbers)
        return result

    return multiplied
