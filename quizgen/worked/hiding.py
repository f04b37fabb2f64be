"""When a misconception hides: for which sizes the wrong rule gives the right number.

SymPy says where right - wrong = 0. Rounding is beyond it: there it solves for quotients as they are, and many small sizes
are tried to see whether that is all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from quizgen.errors import QuizgenError
from quizgen.layers.base import Shape
from quizgen.notation import WORDS
from quizgen.stream import Stream
from quizgen.worked.conditions import AXIS_NAMES, Naming, Way, is_one, listed, zeros
from quizgen.worked.expressions import Ceiling, Expression, Floor, Letter, every, rebuilt, summed
from quizgen.worked.instances import InNetwork, Instance
from quizgen.worked.reading import AXES
from quizgen.worked.traced import behind

AGREES = "where rounding happens to agree"

TRIALS = 150
LARGEST = 12
"""How many times small sizes are tried, and how large they are."""

Certainty: TypeAlias = Literal[
    "exactly", "also where sizes agree", "also where rounding agrees", "only where rounding agrees"
]


@dataclass(frozen=True, slots=True)
class Hiding:
    """The ways in which one value can come out right under a wrong rule.

    axis: which size of a shape it is about, from 0; None for a count. ways: any of them hides it, and that is all there
    is if `exactly`; else the numbers may agree elsewhere too, or their rounding has to agree as well.
    """

    axis: int | None
    ways: tuple[Way, ...]
    certainty: Certainty = "exactly"

    def said(self, naming: Naming) -> str:
        if self.certainty == "exactly":
            return listed(self.ways, naming) or "never"
        where = listed([way for way in self.ways if all(one.is_plain for one in way)], naming)
        if self.certainty == "only where rounding agrees":
            return AGREES + (f", as it can where {where}" if where else "")
        also = AGREES if self.certainty == "also where rounding agrees" else "where the sizes happen to agree"
        return f"{where}, or {also}" if where else also


def hides(one: Instance) -> str:
    """When the belief of an instance gives the right value, for layers and networks that differ in their sizes only.

    `input channels = 1`, `never`, `kernel = 1, on each axis`, `stride = 1, or where rounding happens to agree`.
    """
    found = hidings(one)
    if len(found) > 1 and all(hiding.axis in spatial_axes(one) for hiding in found):
        on_each, *others = {hiding.said(generic) for hiding in found}
        if not others:
            return on_each if on_each == "never" else f"{on_each}, on each axis"
    said = list(dict.fromkeys(hiding.said(specific) for hiding in found))
    if "never" in said:
        return "never"
    return " and ".join(f"({way})" if len(said) > 1 and " or " in way else way for way in said)


def hidings(one: Instance) -> tuple[Hiding, ...]:
    """For each size that comes out wrong, or for the count, when it comes out right; all have to at once."""
    right, wrong = one.traced
    if not isinstance(right, Shape):
        return (hiding(one, None, behind(right), behind(wrong)),)
    if len(right) != len(wrong):
        return (Hiding(None, ()),)
    pairs = [(axis, behind(a), behind(b)) for axis, (a, b) in enumerate(zip(right, wrong, strict=True))]
    return tuple(hiding(one, axis, a, b) for axis, a, b in pairs if a != b)


def hiding(one: Instance, axis: int | None, right: Expression, wrong: Expression) -> Hiding:
    difference = summed(right, -wrong)
    letters = {part.name for part in every(difference) if isinstance(part, Letter)}
    told = difference if axis is not None else replaced(difference, outputs(one))
    ways = (*zeros(told), *repetitions(one, axis, letters))
    if not any(isinstance(part, Floor | Ceiling) for part in every(told)):
        return Hiding(axis, ways)
    return Hiding(axis, ways, certainty(one, axis, ways, difference))


def spatial_axes(one: Instance) -> range:
    """The axes of a shape but the last, which is that of the channels; a receptive field has spatial ones only."""
    is_field = isinstance(one, InNetwork) and one.asked.quantity.rule == "window"
    return range(len(one.right) - (not is_field))


def outputs(one: Instance) -> dict[Expression, Letter]:
    """The sizes that a layer puts out, by their formula: conditions are on these and not on what they come from."""
    if not isinstance(one, InNetwork) or len(one.network.nodes) > 1:
        return {}
    sizes = one.rows_traced[-1].output.spatial
    names = AXES.get(len(sizes), ())
    known = {behind(size): Letter(f"out_{name}", int(size)) for name, size in zip(names, sizes, strict=False)}
    return {size: letter for size, letter in known.items() if size.parts}


def replaced(expression: Expression, known: Mapping[Expression, Letter]) -> Expression:
    return known.get(expression) or rebuilt(expression, lambda part: replaced(part, known))


def repetitions(one: Instance, axis: int | None, letters: Collection[str]) -> Iterator[Way]:
    """A number of layers stands in no formula of them: whether it hides where there is only one is tried."""
    for name in one.numbers:
        if name not in letters and agrees(one, axis, {**one.numbers, name: 1}):
            yield (is_one(name),)


def certainty(one: Instance, axis: int | None, ways: Sequence[Way], difference: Expression) -> Certainty:
    """Whether the ways are all that makes two rounded values agree, going by many small sizes."""
    letters = {part.name for part in every(difference) if isinstance(part, Letter)}
    known = outputs(one)
    found: Certainty = "exactly"
    for sizes in tried(
        one, ways, {**one.numbers, **{letter.name: letter.number for letter in known.values()}}, letters
    ):
        numbers = {**sizes, **{letter.name: size.at(sizes) for size, letter in known.items()}}
        agree = agrees(one, axis, numbers)
        expected = any(all(condition.holds(numbers) for condition in way) for way in ways)
        if agree is None or agree is expected:
            continue
        if expected:
            return "only where rounding agrees"
        if difference.at(numbers) == 0:
            found = "also where rounding agrees"
        elif found == "exactly":
            found = "also where sizes agree"
    return found


def tried(
    one: Instance, ways: Sequence[Way], numbers: Mapping[str, int], letters: Collection[str]
) -> Iterator[dict[str, int]]:
    """The numbers with small ones for these letters, as they come and such that each way holds."""
    stream = Stream(one.held.id)
    for _ in range(TRIALS):
        drawn = {name: stream.between(1, LARGEST) if name in letters else number for name, number in numbers.items()}
        yield drawn
        for way in ways:
            solved: dict[str, int] | None = drawn
            for condition in way:
                solved = solved and condition.solved(solved)
            if solved and min(solved.values()) > 0:
                yield solved


def agrees(one: Instance, axis: int | None, numbers: Mapping[str, int]) -> bool | None:
    """Whether right and wrong come to the same; None where the sizes do not fit."""
    try:
        right, wrong = one.values(lambda name, _: numbers[name])
    except (QuizgenError, ValueError, ZeroDivisionError):
        return None
    return bool(right == wrong if axis is None else right[axis] == wrong[axis])


def specific(name: str) -> str:
    """`kernel_height` is the `kernel height`, and `conv1.stride` the `stride of conv1`."""
    owner, _, letter = name.rpartition(".")
    words = WORDS.letter((), letter).removeprefix(r"\text{").removesuffix("}")
    return f"{words} of {owner}" if owner else words


def generic(name: str) -> str:
    """A size along one axis by the name that it has on each of them: `kernel_height` is the `kernel`."""
    owner, _, letter = name.rpartition(".")
    setting, _, axis = letter.rpartition("_")
    if letter in AXIS_NAMES:
        words = "input size"
    else:
        words = setting.replace("_", " ") if axis in AXIS_NAMES else specific(letter)
    return f"{words} of {owner}" if owner else words
