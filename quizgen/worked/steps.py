"""The formula one step before its value: `32 × 10` between `32 × (1 × 3 × 3 + 1)` and `320`."""

from __future__ import annotations

from quizgen.prose import mark
from quizgen.worked.expressions import (
    Ceiling,
    Expression,
    Floor,
    Letter,
    Number,
    Product,
    Sum,
    is_atom,
    is_negative,
    rebuilt,
)
from quizgen.worked.latex import latex


def brackets_worked(expression: Expression) -> tuple[str, tuple[Expression, ...]]:
    """Each bracket of a product, each product of a sum and each fraction that is rounded replaced by a mark for its
    value, and what is worked out at each mark. Empty where that step would say nothing new."""
    worked: dict[str, Expression] = {}

    def stand_in(part: Expression) -> Expression:
        if isinstance(part, Number):
            return part
        name = mark(len(worked))
        worked[name] = part
        return Letter(name)

    def rounded(part: Expression) -> Expression:
        return type(part)(rebuilt(part.parts[0], stand_in)) if rounds_a_sum(part) else stand_in(part)

    if all(map(is_atom, expression.parts)):
        return "", ()
    if isinstance(expression, Product) and any(isinstance(factor, Sum) for factor in expression.parts):
        step = rebuilt(expression, stand_in)
    elif isinstance(expression, Sum) and any(map(rounds_a_sum, expression.parts)):
        step = rebuilt(expression, rounded)
    elif isinstance(expression, Sum) and any(isinstance(term, Floor | Ceiling) for term in expression.parts):
        return "", ()
    elif isinstance(expression, Sum) and not any(map(is_negative, expression.parts)):
        step = rebuilt(expression, stand_in)
    else:
        return "", ()
    return (latex(step, {name: name for name in worked}, times=True), tuple(worked.values())) if worked else ("", ())


def rounds_a_sum(part: Expression) -> bool:
    """Whether it is a fraction with a sum above, rounded."""
    return isinstance(part, Floor | Ceiling) and isinstance(part.parts[0].parts[0], Sum)
