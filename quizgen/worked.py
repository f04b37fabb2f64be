"""A rule becomes letters, numbers and a value. The only importer of SymPy.

A rule is read twice: with ints it is the answer, with symbols it is the formula. The symbolic reading is built
unevaluated, so that SymPy keeps the author's order, and is printed once for each form that a layer's settings can give
it; after that, only its marks are filled.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any, TypeAlias

import sympy
from sympy import Add, Expr, Integer, Mul, Pow, Symbol, ceiling, floor
from sympy.printing.latex import latex

from quizgen.layers.base import Layer, Rule, Shape, setting_names
from quizgen.layers.graph import Row
from quizgen.notation import FHW, Notation
from quizgen.prose import MARK, Maths, Value, mark

NEUTRAL = {"stride": 1, "dilation": 1, "groups": 1, "multiplier": 1, "padding": 0, "output_padding": 0}
"""Settings that change nothing at this value, and so are left out of a formula."""

AXES = {0: (), 1: ("length",), 2: ("height", "width"), 3: ("depth", "height", "width")}
"""What the field calls the spatial axes, by their number."""

PER_AXIS = frozenset({"kernel", "pool"})
"""Settings that keep a letter for each axis even where the sizes are equal: a kernel is h × w, a stride is s."""

FORMULAS_KEPT = 4096

Numbers: TypeAlias = dict[str, int]
Work: TypeAlias = Callable[[Numbers], int]


@dataclass(frozen=True, slots=True)
class Formula:
    """A rule in one notation: with letters, with marks for its numbers, and with its brackets worked out.

    names: the symbol at each mark of `numbers`. inner: what is worked out at each mark of `middle`, if it has any.
    trivial: whether there is nothing to work out, because the rule is a number or a single size.
    line, inline, calculation: letters, numbers and value in one; these are what a solution prints.
    """

    letters: str
    numbers: str
    names: tuple[str, ...]
    middle: str
    inner: tuple[Work, ...]
    value: Work
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
        return self.formula.value(self.numbers)

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
        inner = () if self.formula.trivial else [work(self.numbers) for work in self.formula.inner]
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


@dataclass(frozen=True, slots=True)
class Settings:
    """A layer's settings with symbols for their sizes. form: what is the same for all layers that share a formula."""

    symbols: dict[str, Any]
    form: Hashable
    numbers: Numbers


@lru_cache(maxsize=FORMULAS_KEPT)
def read_settings(layer: Layer) -> Settings:
    """Name every size among a layer's settings."""
    numbers: Numbers = {}
    symbols: dict[str, Any] = {}
    kind: Any = type(layer)
    form: list[Hashable] = [kind]
    for name in setting_names(kind):
        value = getattr(layer, name)
        symbols[name], part = (value, value) if name in layer.structural else symbolic(name, value, numbers)
        form.append(part)
    return Settings(symbols, tuple(form), numbers)


@cache
def axis_names(kind: type[Any], axes: int, place: int) -> tuple[str, ...]:
    """What the axes of a layer's input are called; those of a second and third input are numbered."""
    suffix = f"_{place + 1}" if place else ""
    return tuple(f"{name}{suffix}" for name in (*(kind.spatial_axes or AXES.get(axes - 1, ())), kind.last_axis))


@dataclass(frozen=True, slots=True)
class Reading:
    """A layer and its shapes with symbols for sizes, and its parts with symbols for their counts.

    structure: what is the same for all layers and shapes that share a formula. numbers: the size behind each symbol.
    """

    layer: Layer
    settings: Settings
    axes: tuple[int, ...]
    out_axes: int | None
    parts: tuple[Row, ...]
    numbers: Numbers

    @property
    def structure(self) -> Hashable:
        parts = tuple((part.name, part.node.tied_to, bool(part.trainable)) for part in self.parts)
        return (self.settings.form, self.axes, self.out_axes, parts)

    def apply(self, rule: Rule) -> Any:
        """The rule read with symbols."""
        layer = self.layer.but(**self.settings.symbols)
        kind: Any = type(layer)
        inputs = [Shape(map(symbol, axis_names(kind, axes, place))) for place, axes in enumerate(self.axes)]
        given: dict[str, Any] = {"parts": self.parts} if self.parts else {}
        if self.out_axes is not None:
            spatial = (symbol(f"out_{axis}") for axis in AXES.get(self.out_axes - 1, ()))
            given["y"] = Shape((*spatial, kind.output(layer, *inputs, **given).channels))
        return rule(layer, *inputs, **given)


def read(
    layer: Layer, inputs: tuple[Shape, ...], output: Shape | None, parts: Mapping[Row, int] | None = None
) -> Reading:
    """Name every size of a layer, its inputs and its output, and the count of each of its parts."""
    settings = read_settings(layer)
    kind: Any = type(layer)
    numbers = dict(settings.numbers)
    for place, shape in enumerate(inputs):
        numbers.update(zip(axis_names(kind, len(shape), place), shape, strict=True))
    if output is not None:
        numbers.update(zip((f"out_{axis}" for axis in AXES.get(len(output) - 1, ())), output, strict=False))
    named = [counting(part, symbol(f"_{part.name}") if count else 0) for part, count in (parts or {}).items()]
    numbers.update({f"_{part.name}": count for part, count in (parts or {}).items() if count})
    out_axes = None if output is None else len(output)
    return Reading(layer, settings, tuple(map(len, inputs)), out_axes, tuple(named), numbers)


def counting(part: Row, count: Any) -> Row:
    """The row with this for each of its counts, whichever of them is asked for."""
    return part._replace(trainable=count, non_trainable=count, macs=count, parts=())


def symbolic(name: str, value: Any, numbers: Numbers) -> tuple[Any, Hashable]:
    """A setting with symbols for its sizes, and the form that it gives to formulas; notes the sizes in `numbers`."""
    if isinstance(value, int) and not isinstance(value, bool):
        if value == NEUTRAL.get(name):
            return value, value
        numbers[name] = value
        return symbol(name), name
    if isinstance(value, tuple) and value and len(value) in AXES:
        if len(set(value)) == 1 and name not in PER_AXIS:
            once, form = symbolic(name, value[0], numbers)
            return (once,) * len(value), (form, len(value))
        if len(value) == 2 and all(isinstance(size, int) for size in value) and name == "padding":
            labels: tuple[str, ...] = ("before", "after")
        else:
            labels = AXES[len(value)]
        pairs = [symbolic(f"{name}_{label}", size, numbers) for label, size in zip(labels, value, strict=True)]
        return tuple(pair[0] for pair in pairs), tuple(pair[1] for pair in pairs)
    return value, value


class Letter(Symbol):  # type: ignore[misc]
    """A symbol that carries the size it stands for, for the rules that compare sizes (`quizgen.arithmetic.real`)."""

    __slots__ = ("number",)


@cache
def symbol(name: str) -> Letter:
    return Letter(name, integer=True, positive=True)


def derive(reading: Reading, rule: Rule, axis: int | None, notation: Notation) -> Formula:
    """Build, order and print a formula."""
    for name, number in reading.numbers.items():
        symbol(name).number = number
    with sympy.evaluate(False):
        outcome = reading.apply(rule)
    expression = tidy(sympy.sympify(outcome if axis is None else outcome[axis]))
    if notation.expanded and axis is None and not expression.has(floor, ceiling):
        expression = expand(expression, notation)
    elif notation.order:
        expression = reordered(expression, notation)
    names = tuple(sorted(free.name for free in expression.free_symbols))
    family = tuple(kind.__name__ for kind in type(reading.layer).__mro__)
    letters = {symbol(name): notation.letter(family, name) for name in (*names, "bias")}
    marks = {symbol(name): mark(index) for index, name in enumerate(names)}
    is_count = axis is None and reading.out_axes is None
    spelled = with_bias_named(expression) if notation.spelled and is_count else expression
    middle, inner = brackets_worked(expression)
    return Formula(
        letters=printed(spelled, letters, times=notation.spelled),
        numbers=printed(expression, marks),
        names=names,
        middle=middle,
        inner=inner,
        value=compiled(expression),
        trivial=expression.is_Atom,
    )


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
    return plain(Mul, *(factor for arg in negated.args for factor in (arg.args if arg.is_Mul else (arg,)) if factor != -1))


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
    ordered = [plain(Mul, *sorted(Mul.make_args(term), key=lambda factor: (place(factor, notation), str(factor)))) for term in terms]
    ordered.sort(key=lambda term: (-degree(term), str(term)))
    return plain(Add, *ordered)


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

    if expression.is_Mul and any(arg.is_Add for arg in expression.args) and not any(map(is_reciprocal, expression.args)):
        step = plain(Mul, *(arg if arg.is_Integer else worked(arg) for arg in expression.args))
    elif expression.is_Add and any(isinstance(arg, floor | ceiling) for arg in expression.args):
        step = plain(Add, *map(rounded, expression.args))
    elif expression.is_Add and any(arg.is_Mul for arg in expression.args) and len(expression.args) > 1:
        if all(arg.is_Symbol or arg.is_Integer or arg.is_Mul for arg in expression.args) and not expression.has(Pow(-1, 1)):
            step = plain(Add, *(arg if arg.is_Integer else worked(arg) for arg in expression.args))
        else:
            return "", ()
    else:
        return "", ()
    return (printed(step, names), tuple(inner)) if inner else ("", ())


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
