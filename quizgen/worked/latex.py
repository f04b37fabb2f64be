"""An expression as LaTeX, in the subset that `quizgen.maths` reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

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
    is_atom,
    is_negative,
)


def latex(expression: Expression, letters: Mapping[str, str], *, times: bool) -> str:
    """The expression with these letters for its names. times: whether factors are joined by a sign."""

    def written(part: Expression) -> str:
        match part:
            case Letter(name=name):
                return letters[name]
            case Number(number=number):
                return str(number)
            case Sum(parts=(first, *others)):
                return written(first) + "".join(map(added, others))
            case Product(parts=factors):
                return multiplied(factors)
            case Negative(parts=(positive,)):
                return f"- {factor(positive)}"
            case Quotient(parts=(over, under)):
                return rf"\frac{{{written(over)}}}{{{written(under)}}}"
            case Floor(parts=(quotient,)):
                return rf"\left\lfloor{{{written(quotient)}}}\right\rfloor"
            case Ceiling(parts=(quotient,)):
                return rf"\left\lceil{{{written(quotient)}}}\right\rceil"
            case Least() | Largest():
                inside = ", ".join(map(written, part.parts))
                return rf"\{'min' if isinstance(part, Least) else 'max'}\left({inside}\right)"
            case Power(parts=(base, exponent)):
                return f"{written(base) if is_atom(base) else bracketed(base)}^{{{written(exponent)}}}"
        raise AssertionError(part)

    def added(term: Expression) -> str:
        return f" - {factor(-term)}" if is_negative(term) else f" + {written(term)}"

    def factor(part: Expression) -> str:
        return bracketed(part) if isinstance(part, Sum) or is_negative(part) else written(part)

    def bracketed(part: Expression) -> str:
        return rf"\left({written(part)}\right)"

    def multiplied(factors: Sequence[Expression]) -> str:
        return (r" \times " if times else " ").join(map(factor, factors))

    return written(expression)
