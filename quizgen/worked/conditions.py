"""Where an expression is zero, as conditions on its letters: SymPy factors it, and each factor that can be zero is one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Any, NamedTuple, TypeAlias

from quizgen.worked.algebra import symbolic
from quizgen.worked.expressions import Ceiling, Expression, Floor, Letter, every, rebuilt
from quizgen.worked.reading import AXES

Algebra: TypeAlias = Any
"""An expression of SymPy, which has no types."""

Naming: TypeAlias = Callable[[str], str]
"""What a letter is called."""

AXIS_NAMES = frozenset(name for names in AXES.values() for name in names)
INPUT_NAMES = AXIS_NAMES | {"channels", "features"}
"""The letters of an input's sizes, which stand on the right: `units = inputs`."""

SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


class Term(NamedTuple):
    """A number times letters, each with its power."""

    number: int
    letters: tuple[tuple[str, int], ...]

    def at(self, numbers: Mapping[str, int]) -> int:
        return self.number * prod([numbers[letter] for letter, power in self.letters for _ in range(power)])

    def said(self, naming: Naming) -> str:
        """`2 · kernel height`, without its sign."""
        letters = sorted(
            naming(letter) + (str(power).translate(SUPERSCRIPTS) if power > 1 else "") for letter, power in self.letters
        )
        number = abs(self.number)
        return " · ".join([*([] if number == 1 and letters else [str(number)]), *letters])


class Side(tuple[Term, ...]):
    """A sum of terms."""

    __slots__ = ()

    @property
    def letter(self) -> str | None:
        """The letter that it is, if it is nothing else."""
        if len(self) == 1 and self[0].number == 1 and [power for _, power in self[0].letters] == [1]:
            return self[0].letters[0][0]
        return None

    def at(self, numbers: Mapping[str, int]) -> int:
        return sum(term.at(numbers) for term in self)

    def said(self, naming: Naming) -> str:
        """`input size + 2 · padding - kernel`."""
        parts = sorted((term.number < 0, not term.letters, abs(term.number), term.said(naming)) for term in self)
        return parts[0][-1] + "".join(f" {'-' if minus else '+'} {said}" for minus, *_, said in parts[1:])


@dataclass(frozen=True, slots=True)
class Equation:
    """Two sums without minus signs that are equal: `kernel = 1`."""

    left: Side
    right: Side

    @property
    def is_plain(self) -> bool:
        """Whether it says what a single letter is."""
        return self.left.letter is not None

    def holds(self, numbers: Mapping[str, int]) -> bool:
        return self.left.at(numbers) == self.right.at(numbers)

    def solved(self, numbers: Mapping[str, int]) -> dict[str, int] | None:
        """The numbers with another one for the letter on the left, so that it holds; None where there is none."""
        return {**numbers, self.left.letter: self.right.at(numbers)} if self.left.letter else None

    def said(self, naming: Naming) -> str:
        return f"{self.left.said(naming)} = {self.right.said(naming)}"


@dataclass(frozen=True, slots=True)
class Whole:
    """A quotient that comes out: `stride divides input size - kernel`."""

    over: Side
    under: Side

    is_plain = True

    def holds(self, numbers: Mapping[str, int]) -> bool:
        return self.over.at(numbers) % self.under.at(numbers) == 0

    def solved(self, numbers: Mapping[str, int]) -> dict[str, int] | None:
        return dict(numbers) if self.holds(numbers) else None

    def said(self, naming: Naming) -> str:
        return f"{self.under.said(naming)} divides {self.over.said(naming)}"


Way: TypeAlias = "tuple[Equation | Whole, ...]"
"""What has to hold all at once."""


def zeros(expression: Expression) -> tuple[Way, ...]:
    """The ways for an expression to be zero where its letters are 1 or more, its quotients taken as they are.

    Without any it never is; where it always is, all of its quotients that are rounded have to come out.
    """
    difference = symbolic(unrounded(expression)).together().as_numer_denom()[0].expand()
    if difference == 0:
        return (tuple(quotients(expression)),)
    if difference.is_number:
        return ()
    factors = difference.as_poly().factor_list()[1]
    return tuple(way for factor, _ in factors for way in zeros_of_factor(factor.as_expr()))


def zeros_of_factor(factor: Algebra) -> Iterator[Way]:
    """With each letter written as 1 and something more, a sum without minus signs is zero where its products all are."""
    above_one = factor.subs({letter: letter + 1 for letter in factor.free_symbols}, simultaneous=True)
    terms = side(above_one)
    if len({term.number > 0 for term in terms}) > 1:
        yield (equation(factor),)
        return
    choices = {frozenset(choice) for choice in product(*({letter for letter, _ in term.letters} for term in terms))}
    for ones in sorted(choices, key=sorted):
        if not any(fewer < ones for fewer in choices):
            yield tuple(is_one(letter) for letter in sorted(ones))


def is_one(letter: str) -> Equation:
    return equation(symbolic(Letter(letter)) - 1)


def equation(factor: Algebra) -> Equation:
    """The factor set to zero: a letter that is alone on its side stands on the left, best one that is no input's."""
    terms = side(factor)
    positive = Side(term for term in terms if term.number > 0)
    negative = Side(Term(-term.number, term.letters) for term in terms if term.number < 0)
    return Equation(*sorted((positive, negative), key=place))


def place(one: Side) -> tuple[bool, bool, str]:
    letter = one.letter or ""
    return (not letter, letter.rpartition(".")[2].partition("_")[0] in INPUT_NAMES, one.said(str))


def side(algebra: Algebra) -> Side:
    """A polynomial term by term."""
    found = []
    for term in algebra.expand().as_ordered_terms():
        number, letters = term.as_coeff_Mul()
        powers = ((str(base), int(power)) for base, power in letters.as_powers_dict().items() if base != 1)
        found.append(Term(int(number), tuple(sorted(powers))))
    return Side(found)


def unrounded(expression: Expression) -> Expression:
    """The expression with its quotients as they are."""
    if isinstance(expression, Floor | Ceiling):
        return unrounded(expression.parts[0])
    return rebuilt(expression, unrounded)


def quotients(expression: Expression) -> Iterator[Whole]:
    """The quotients that are rounded, each once."""
    for quotient in dict.fromkeys(part.parts[0] for part in every(expression) if isinstance(part, Floor | Ceiling)):
        yield Whole(*(side(symbolic(unrounded(part))) for part in quotient.parts))


def listed(ways: Iterable[Way], naming: Naming) -> str:
    """`kernel = 1 or stride = 1`."""
    said = sorted({" and ".join(sorted(one.said(naming) for one in way)) for way in ways})
    return (", or " if any(" and " in way for way in said) else " or ").join(said)
