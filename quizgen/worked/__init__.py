"""A rule becomes letters, numbers and a value.

A rule is read twice: with ints it is the answer, with letters it is the formula. The formula keeps the author's order,
and is printed once for each form that a layer's settings can give it; after that, only its marks are filled.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field

from quizgen.layers.base import Layer, Rule, Shape
from quizgen.layers.graph import Row
from quizgen.notation import FHW, Notation
from quizgen.prose import MARK, Maths, Value, mark
from quizgen.worked.expressions import Expression, Letter, every, is_atom, lifted
from quizgen.worked.latex import latex
from quizgen.worked.reading import Numbers, Reading, read
from quizgen.worked.rewriting import expanded, reordered, rounds, with_bias_named
from quizgen.worked.steps import brackets_worked

FORMULAS_KEPT = 2048


@dataclass(frozen=True, slots=True)
class Formula:
    """A rule in one notation: with letters, with marks for its numbers, and with its brackets worked out.

    names: the letter at each mark of `numbers`. inner: what is worked out at each mark of `middle`, if it has any.
    trivial: whether there is nothing to work out, because the rule is a number or a single size.
    line, inline, calculation: letters, numbers and value in one; these are what a solution prints.
    """

    letters: str
    numbers: str
    names: tuple[str, ...]
    middle: str
    inner: tuple[Expression, ...]
    value: Expression
    trivial: bool
    line: str = field(init=False)
    inline: str = field(init=False)
    calculation: str = field(init=False)

    def __post_init__(self) -> None:
        marks, result = len(self.names), mark(0)
        short = equation(self.numbers, shifted(result, marks))
        worked_out = [shifted(self.middle, marks)] if self.middle else []
        line = equation(self.letters, self.numbers, *worked_out, shifted(result, marks + len(self.inner)))
        object.__setattr__(self, "line", result if self.trivial else line)
        object.__setattr__(self, "inline", result if self.trivial else equation(self.letters, short))
        object.__setattr__(self, "calculation", result if self.trivial else short)


@dataclass(frozen=True, slots=True)
class Worked:
    """A formula with one question's numbers: its letters, its substitution, its value."""

    formula: Formula
    numbers: Numbers

    @property
    def value(self) -> int:
        return self.formula.value.at(self.numbers)

    @property
    def letters(self) -> Maths:
        return Maths(self.formula.letters)

    @property
    def substituted(self) -> tuple[int, ...]:
        return () if self.formula.trivial else tuple([self.numbers[name] for name in self.formula.names])

    @property
    def substitution(self) -> Maths:
        """The formula with numbers for letters: `32 × (1 × 3 × 3 + 1)`."""
        return Maths(self.formula.numbers, tuple([self.numbers[name] for name in self.formula.names]))

    @property
    def calculation(self) -> Maths:
        """Substitution and value: `32 × (1 × 3 × 3 + 1) = 320`."""
        return Maths(self.formula.calculation, (*self.substituted, self.value))

    @property
    def inline(self) -> Maths:
        """Letters, substitution and value, in running text."""
        return Maths(self.formula.inline, (*self.substituted, self.value))

    @property
    def line(self) -> Maths:
        """Letters, substitution, the brackets worked out where that helps, and the value: one display formula."""
        inner = () if self.formula.trivial else [part.at(self.numbers) for part in self.formula.inner]
        return Maths(self.formula.line, (*self.substituted, *inner, self.value), display=True)


def equation(*sides: str) -> str:
    return " = ".join(sides)


def shifted(text: str, by: int) -> str:
    """The same text with its marks numbered on."""
    return MARK.sub(lambda match: mark(int(match[1]) + by), text) if by else text


def chain(*steps: Maths, display: bool = False) -> Maths:
    """Formulas joined by equals signs."""
    values: list[Value] = []
    texts = []
    for step in steps:
        texts.append(shifted(step.latex, len(values)))
        values.extend(step.values)
    return Maths(equation(*texts), tuple(values), display)


_formulas: dict[Hashable, Formula] = {}


def work(
    layer: Layer,
    rule: Rule,
    *inputs: Shape,
    output: Shape | None = None,
    axis: int | None = None,
    parts: Mapping[Row, int] | None = None,
    notation: Notation = FHW,
) -> Worked:
    """A rule of a layer, worked with this layer's numbers.

    rule: a rule of the layer's class, or what stands in its place under a misconception.
    output: the output shape, for a rule that is handed it (MACs). axis: which size, for a rule that gives a shape.
    parts: the parts of a composite layer, for a rule that is handed them, each with its count.
    """
    reading = read(layer, inputs, output, parts or {})
    on_size = (layer, inputs) if layer.branches_on_size else None
    key = (rule, reading.structure, axis, notation.name, on_size)
    formula = _formulas.get(key)
    if formula is None:
        formula = derive(reading, rule, axis, notation)
        if len(_formulas) >= FORMULAS_KEPT:
            _formulas.clear()
        _formulas[key] = formula
    return Worked(formula, reading.numbers)


def written(reading: Reading, rule: Rule, axis: int | None, notation: Notation) -> Expression:
    """A rule read with letters, its factors and brackets as the notation has them."""
    outcome = reading.apply(rule)
    expression = lifted(outcome if axis is None else outcome[axis])
    if notation.expanded and axis is None and not rounds(expression):
        return expanded(expression, notation)
    return reordered(expression, notation) if notation.order else expression


def derive(reading: Reading, rule: Rule, axis: int | None, notation: Notation) -> Formula:
    """A formula: its expression, printed with letters and with marks for numbers."""
    expression = written(reading, rule, axis, notation)
    names = tuple(sorted({part.name for part in every(expression) if isinstance(part, Letter)}))
    family = tuple(kind.__name__ for kind in type(reading.layer).__mro__)
    letters = {name: notation.letter(family, name) for name in (*names, "bias")}
    is_count = axis is None and reading.out_axes is None
    spelled = with_bias_named(expression) if notation.spelled and is_count else expression
    middle, inner = brackets_worked(expression)
    return Formula(
        letters=latex(spelled, letters, times=notation.spelled),
        numbers=latex(expression, {name: mark(index) for index, name in enumerate(names)}, times=True),
        names=names,
        middle=middle,
        inner=inner,
        value=expression,
        trivial=is_atom(expression),
    )


__all__ = ["Formula", "Numbers", "Reading", "Worked", "chain", "read", "work", "written"]
