"""Works out what a printed formula says, from its LaTeX alone: truth that owes nothing to how the formula was made."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor, prod

from quizgen import maths
from quizgen.maths import tree
from quizgen.prose import MARK, Maths


def sides(formula: Maths) -> list[Fraction]:
    """The value of each side of an equation that holds nothing but numbers: `2 × (3 + 4) = 2 × 7 = 14`."""
    latex = MARK.sub(lambda mark: f"{{{formula.values[int(mark[1])]}}}", formula.latex)
    return [value(maths.parse(side)) for side in latex.split(" = ")]


def value(node: tree.Node) -> Fraction:
    match node:
        case tree.Number(digits):
            return Fraction(digits.replace(",", ""))
        case tree.Fraction(over, under):
            return value(over) / value(under)
        case tree.Scripts(base=base, sub=None, sup=power) if power is not None:
            return value(base) ** int(value(power))
        case tree.Fenced("(" | "", body, ")" | ""):
            return value(body)
        case tree.Fenced("⌊", body, "⌋"):
            return Fraction(floor(value(body)))
        case tree.Fenced("⌈", body, "⌉"):
            return Fraction(ceil(value(body)))
        case tree.Row(items):
            return of_row(items)
    raise AssertionError(f"{node} has no value")


def of_row(items: tuple[tree.Node, ...]) -> Fraction:
    """A sum of products; factors are joined by a times sign, or by nothing."""
    terms: list[list[Fraction]] = [[]]
    signs = [1]
    for item in items:
        match item:
            case tree.Operator(symbol="+" | "−" as sign):
                if terms[-1]:
                    terms.append([])
                    signs.append(1)
                signs[-1] *= 1 if sign == "+" else -1
            case tree.Operator(symbol="×" | "⋅") | tree.Space():
                continue
            case _:
                terms[-1].append(value(item))
    assert all(terms), items
    return Fraction(sum(sign * prod(factors) for sign, factors in zip(signs, terms, strict=True)))
