"""Mistakes that a template's author knows: a formula in the engine's letters, and a sentence.

    [[distractor]]
    formula = "filters * kernel_height * kernel_width"
    says = "Forgets the channels and the biases."

Such a mistake is a misconception like those of the catalogue: a rule of the layer, gone wrong. So it is worked and told
like one, in every notation. The formula is parsed, and never evaluated as code.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from quizgen.errors import QuizgenError, TemplateError, nearest, placed
from quizgen.formulas import parse, value
from quizgen.layers.base import Layer, Shape, setting_names
from quizgen.layers.graph import Row
from quizgen.misconceptions import Misconception
from quizgen.misconceptions.base import Count
from quizgen.notation import FHW, Notation
from quizgen.quantities import QUANTITIES, Quantity, quantity
from quizgen.sampling import sample
from quizgen.stream import Stream
from quizgen.templates import Source
from quizgen.worked.expressions import Expression, Letter, Product, Sum, lifted, multiplied, rebuilt, summed
from quizgen.worked.reading import AXES, PER_AXIS, axis_names

FIELD = "distractor"
COUNTS = ("trainable", "non_trainable", "macs")
"""The quantities that such a formula can stand for."""


class Authored(Misconception):
    """A mistake that the author of a template named. It says more about his question than one of the catalogue does."""

    __slots__ = ()

    @property
    def builds(self) -> bool:
        return True


def mistakes(source: Source, field: str = FIELD) -> tuple[Authored, ...]:
    """The mistakes in a template's front matter; none for most. Its other fields have been checked already.

    Raises TemplateError, with the place, where a field is none or a formula can't be read.
    """
    tables = source.front.get(field, [])
    if not tables:
        return ()
    asks = quantity(source.word("asks", [known.name for known in QUANTITIES], "quantity"))
    with placed(source.place(field)):
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            raise TemplateError(f"a {field} is a table of its own.", remedy=f"Begin each with [[{field}]].")
        if asks.name not in COUNTS:
            remedy = f"It can stand for {', '.join(COUNTS)}."
            raise TemplateError(f"no formula can stand for the {asks.noun} that the template asks for.", remedy=remedy)
        if source.front.get("of", "layer") != "layer" or "layer" not in source.front["about"]:
            raise TemplateError(f"a {field} is for questions about a single layer.", remedy='about = { layer = "..." }')
    return tuple(mistake(source, table, number, example(source), asks) for number, table in enumerate(tables, 1))


def example(source: Source) -> Row:
    """A layer that the questions of a template can be about; it has the sizes that each of them has."""
    level = source.front["level"]
    drawn = sample(source.front["about"], level[0] if isinstance(level, list) else level, Stream(source.path.stem))
    return drawn.network.row(drawn.focus)


def mistake(source: Source, table: Mapping[str, object], number: int, row: Row, asks: Quantity) -> Authored:
    known = spellings(row, asks.rule)
    with placed(source.place("formula")):
        for name in table:
            if name not in ("formula", "says", "mends"):
                remedy = nearest(name, ("formula", "says", "mends"))
                raise TemplateError(f"a {FIELD} has no field “{name}”.", remedy=remedy)
        written = words(table, "formula")
        try:
            formula = parse(written, known)
        except QuizgenError as error:
            raise TemplateError(error.what, place=source.place_of(written), remedy=error.remedy) from None
        says, mends = words(table, "says"), words(table, "mends") if "mends" in table else ""
    kind: Any = type(row.layer)
    return Authored(
        id=f"{source.path.stem}/{number}",
        topic=str(source.front["topic"]),
        rule=getattr(kind, asks.rule),
        wrong=partial(by, formula),
        belief=says,
        mend=mends,
        grade="D",
        kinds=(kind,),
    )


def words(table: Mapping[str, object], name: str) -> str:
    """A sentence, or a formula; without braces, in which others would look for numbers."""
    found = table.get(name)
    if not isinstance(found, str) or not found.strip():
        raise TemplateError(f"a {FIELD} needs “{name}”.", remedy=f'Write {name} = "...".')
    if "{" in found or "}" in found:
        raise TemplateError(f"“{name}” has a brace in it.", remedy="Write words only.")
    return found


def by(formula: Expression, truth: Count, layer: Layer, *inputs: Shape, **given: Any) -> Any:
    """What the formula gives for a layer, with ints or letters for its sizes.

    Raises ValueError, as rules do where shapes do not fit, where it gives no whole number or lacks a size.
    """
    sizes = sizes_of(layer, inputs, given.get("y"))
    try:
        if any(isinstance(size, Expression) for size in sizes.values()):
            return applied(formula, sizes)
        found = value(formula, sizes)
        if found.denominator != 1 or found < 0 or formula.at(sizes) != found:
            raise ValueError(f"{found} is no count")
    except (KeyError, ArithmeticError) as error:
        raise ValueError(str(error)) from None
    return int(found)


def applied(formula: Expression, sizes: Mapping[str, Any]) -> Expression:
    """The formula with other letters, or numbers, for its own."""
    if isinstance(formula, Letter):
        return lifted(sizes[formula.name])
    same = rebuilt(formula, lambda part: applied(part, sizes))
    if isinstance(same, Sum):
        return summed(*same.parts)
    return multiplied(*same.parts) if isinstance(same, Product) else same


def sizes_of(layer: Layer, inputs: Sequence[Shape], output: Shape | None = None) -> dict[str, Any]:
    """Every size of a layer, its inputs and its output, by the name of its letter; one that differs from axis to axis,
    by theirs."""
    kind: Any = type(layer)
    sizes: dict[str, Any] = {}
    for name in setting_names(kind):
        found = getattr(layer, name)
        if is_size(found):
            sizes[name] = found
        elif isinstance(found, tuple) and found and all(map(is_size, found)):
            sizes |= {f"{name}_{axis}": size for axis, size in zip(AXES.get(len(found), ()), found, strict=False)}
            if name not in PER_AXIS and all(size == found[0] for size in found):
                sizes[name] = found[0]
    for place, shape in enumerate(inputs):
        sizes |= dict(zip(axis_names(kind, len(shape), place), shape, strict=True))
    if output is not None:
        sizes |= {f"out_{axis}": size for axis, size in zip(AXES.get(len(output) - 1, ()), output, strict=False)}
    return sizes


def is_size(found: object) -> bool:
    return isinstance(found, int | Expression) and not isinstance(found, bool)


def spellings(row: Row, rule: str = "trainable", notation: Notation = FHW) -> dict[str, str]:
    """How the sizes that a rule of a layer knows can be written in a formula: by their names, or by their letters."""
    names = sizes_of(row.layer, row.inputs, row.output if rule == "macs" else None)
    family = tuple(kind.__name__ for kind in type(row.layer).__mro__)
    return letters(names, family, notation) | {name: name for name in names}


def letters(names: Iterable[str], family: tuple[str, ...], notation: Notation) -> dict[str, str]:
    """The letters that stand for one name only, as they can be typed."""
    found: dict[str, str] = {}
    for name in names:
        letter = notation.letter(family, name)
        if "\\" not in letter:
            found[letter] = "" if letter in found else name
    return {letter: name for letter, name in found.items() if name}
