"""Where an expression is zero, as conditions on its letters: SymPy factors it, and each factor that can be zero is one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from quizgen.worked.algebra import symbolic
from quizgen.worked.expressions import Ceiling, Expression, Floor, every, rebuilt

Algebra: TypeAlias = Any
"""An expression of SymPy, which has no types."""

Naming: TypeAlias = Callable[[str], str]
"""What a letter is called."""

SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True, slots=True)
class Equation:
    """Two sums of products, without minus signs, that are equal: `kernel = 1`."""

    left: Algebra
    right: Algebra

    def holds(self, numbers: Mapping[str, int]) -> bool:
        return bool(valued(self.left, numbers) == valued(self.right, numbers))

    def solved(self, numbers: Mapping[str, int]) -> dict[str, int] | None:
        """The numbers with the one on the left changed so that it holds; None where that is no positive whole number."""
        value = valued(self.right, numbers)
        return {**numbers, self.left.name: int(value)} if self.left.is_Symbol and value.is_positive else None

    def said(self, naming: Naming) -> str:
        return f"{in_words(self.left, naming)} = {in_words(self.right, naming)}"


@dataclass(frozen=True, slots=True)
class Whole:
    """A quotient that comes out."""

    over: Algebra
    under: Algebra

    def holds(self, numbers: Mapping[str, int]) -> bool:
        return bool(valued(self.over, numbers) % valued(self.under, numbers) == 0)

    def solved(self, numbers: Mapping[str, int]) -> dict[str, int] | None:
        return dict(numbers) if self.holds(numbers) else None

    def said(self, naming: Naming) -> str:
        over = in_words(self.over, naming)
        return f"{in_words(self.under, naming)} divides {over}"


Together: TypeAlias = "tuple[Equation | Whole, ...]"
"""What has to hold all at once."""


def zeros(expression: Expression) -> tuple[Together, ...]:
    """The ways for an expression to be zero where its letters are 1 or more, its quotients taken as they are.

    Without any it never is; where it always is, all of its quotients that are rounded have to come out.
    """
    difference = symbolic(unrounded(expression)).together().as_numer_denom()[0].expand()
    if difference == 0:
        return (tuple(quotients(expression)),)
    if difference.is_number:
        return ()
    factors = difference.as_poly().factor_list()[1]
    return tuple(way for factor, _ in factors if (way := zero(factor.as_expr())) is not None)


def zero(factor: Algebra) -> Together | None:
    """What makes a factor zero; None where nothing does.

    With each letter written as 1 and something more, a sum without minus signs is zero where its products all are.
    """
    letters = sorted(factor.free_symbols, key=str)
    terms = factor.subs({letter: letter + 1 for letter in letters}, simultaneous=True).as_poly(*letters).terms()
    signs = {coefficient > 0 for _, coefficient in terms}
    if len(signs) > 1:
        return (equation(factor),)
    if any(not any(powers) for powers, _ in terms):
        return None
    present = [{letter for letter, power in zip(letters, powers, strict=True) if power} for powers, _ in terms]
    ones = set().union(*(product for product in present if len(product) == 1))
    if all(product & ones for product in present):
        return tuple(equation(letter - 1) for letter in letters if letter in ones)
    return (equation(factor),)


def equation(factor: Algebra) -> Equation:
    """The factor set to zero, its negative terms on the other side; a letter that is alone stands on the left."""
    terms = factor.expand().as_ordered_terms()
    positive = [term for term in terms if not term.could_extract_minus_sign()]
    left = sum(positive, start=factor * 0)
    right = left - factor.expand()
    if (right.is_Symbol and not left.is_Symbol) or left.is_number:
        left, right = right, left
    return Equation(left, right)


def unrounded(expression: Expression) -> Expression:
    """The expression with its quotients as they are."""
    if isinstance(expression, Floor | Ceiling):
        return unrounded(expression.parts[0])
    return rebuilt(expression, unrounded)


def quotients(expression: Expression) -> Iterator[Whole]:
    """The quotients that are rounded, each once, as far as they may not come out."""
    rounded = dict.fromkeys(part.parts[0] for part in every(expression) if isinstance(part, Floor | Ceiling))
    for quotient in rounded:
        over, under = map(symbolic, map(unrounded, quotient.parts))
        yield Whole(over.expand(), under)


def valued(algebra: Algebra, numbers: Mapping[str, int]) -> Algebra:
    return algebra.subs({letter: numbers[letter.name] for letter in algebra.free_symbols})


def in_words(algebra: Algebra, naming: Naming) -> str:
    """A sum of products: `input channels · kernel height + 1`."""
    terms = algebra.as_ordered_terms()
    negative = [term.could_extract_minus_sign() for term in terms]
    said = [product_in_words(-term if minus else term, naming) for term, minus in zip(terms, negative, strict=True)]
    parts = sorted(zip(negative, said, strict=True), key=lambda part: part[0])
    first = f"-{parts[0][1]}" if parts[0][0] else parts[0][1]
    return first + "".join(f" {'-' if minus else '+'} {text}" for minus, text in parts[1:])


def product_in_words(term: Algebra, naming: Naming) -> str:
    number, product = term.as_coeff_Mul()
    factors = [] if number == 1 and product != 1 else [str(number)]
    for base, power in product.as_powers_dict().items():
        if base != 1:
            factors.append(naming(str(base)) + (str(power).translate(SUPERSCRIPTS) if power != 1 else ""))
    return " · ".join(factors)


def listed(ways: Iterable[Together], naming: Naming) -> str:
    """`kernel = 1 or stride = 1`, each of them once."""
    said = dict.fromkeys(" and ".join(dict.fromkeys(one.said(naming) for one in way)) for way in ways)
    return " or ".join(said)
