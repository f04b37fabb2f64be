"""When a misconception hides: for which sizes the wrong rule gives the right number.

SymPy says where right - wrong = 0. Rounding is beyond it: there it solves for quotients as they are, and many small sizes
are tried to see whether that is all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from quizgen.errors import QuizgenError
from quizgen.layers.base import Shape
from quizgen.notation import WORDS
from quizgen.stream import Stream
from quizgen.worked.conditions import Together, listed, zeros
from quizgen.worked.expressions import Ceiling, Expression, Floor, Letter, every, rebuilt, summed
from quizgen.worked.instances import InNetwork, Instance, own
from quizgen.worked.reading import AXES
from quizgen.worked.traced import behind

TRIALS = 150
LARGEST = 12
"""How many times small sizes are tried, and how large they are."""

Certainty: TypeAlias = Literal["exactly", "also where rounding agrees", "only where rounding agrees"]

AXIS_NAMES = frozenset(name for names in AXES.values() for name in names)


@dataclass(frozen=True, slots=True)
class Hiding:
    """The ways in which one value can come out right under a wrong rule.

    axis: which size of a shape it is about, from 0; None for a count. ways: any of them hides it, and that is all there
    is if `exactly`; else rounding may make the numbers agree elsewhere too, or has to do so as well.
    """

    axis: int | None
    ways: tuple[Together, ...]
    certainty: Certainty = "exactly"

    def said(self, naming: Mapping[str, str]) -> str:
        where = listed(self.ways, lambda name: naming.get(name, in_words(name)))
        match self.certainty:
            case "exactly":
                return where or "never"
            case "also where rounding agrees":
                return f"{where}, or where rounding happens to agree" if where else "where rounding happens to agree"
            case "only where rounding agrees":
                return f"where rounding happens to agree, as it can for {where}"


def hides(one: Instance) -> str:
    """When the belief of an instance gives the right value, for layers and networks that differ in their sizes only.

    `input channels = 1`, `never`, `kernel = 1, on each axis`, `stride = 1, or where rounding happens to agree`.
    """
    found = hidings(one)
    spatial = [hiding for hiding in found if hiding.axis is not None and hiding.axis < len(one.right) - 1]
    if len(spatial) > 1 and len(found) == len(spatial):
        naming = {name: generic(name) for name in one.numbers}
        said = dict.fromkeys(hiding.said(naming) for hiding in spatial)
        if len(said) == 1:
            (once,) = said
            return once if once == "never" else f"{once}, on each axis"
    said = dict.fromkeys(hiding.said({}) for hiding in found)
    if "never" in said:
        return "never"
    return " and ".join(said)


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
    known = {} if axis is not None else outputs(one)
    difference = replaced(summed(right, -wrong), known)
    ways = (*zeros(difference), *repetitions(one, difference))
    if not any(isinstance(part, Floor | Ceiling) for part in every(difference)):
        return Hiding(axis, ways)
    return Hiding(axis, ways, certainty(one, axis, ways, difference))


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


def repetitions(one: Instance, difference: Expression) -> Iterator[Together]:
    """Numbers of parts, which stand in no formula: a belief about what comes behind the first hides where there is one."""
    yield from ()


def certainty(one: Instance, axis: int | None, ways: Sequence[Together], difference: Expression) -> Certainty:
    """Whether the ways are all that makes two rounded values agree, going by many small sizes."""
    names = [part.name for part in every(difference) if isinstance(part, Letter)]
    enough = complete = True
    for numbers in tried(one, ways, dict.fromkeys(names)):
        agree = agrees(one, axis, numbers)
        if agree is None:
            continue
        expected = any(all(condition.holds(numbers) for condition in way) for way in ways)
        enough = enough and (agree or not expected)
        complete = complete and (expected or not agree)
    if not enough:
        return "only where rounding agrees"
    return "exactly" if complete else "also where rounding agrees"


def tried(one: Instance, ways: Sequence[Together], names: Mapping[str, None]) -> Iterator[dict[str, int]]:
    """Small numbers for the letters of these names, as they come and such that each way holds."""
    stream = Stream(one.held.id)
    for _ in range(TRIALS):
        numbers = {name: stream.between(1, LARGEST) if name in names else own for name, own in one.numbers.items()}
        yield numbers
        for way in ways:
            solved: dict[str, int] | None = numbers
            for condition in way:
                solved = solved and condition.solved(solved)
            if solved:
                yield solved


def agrees(one: Instance, axis: int | None, numbers: Mapping[str, int]) -> bool | None:
    """Whether right and wrong come to the same; None where the sizes do not fit."""
    try:
        right, wrong = one.values(lambda name, _: numbers[name])
    except (QuizgenError, ValueError, ZeroDivisionError):
        return None
    return bool(right == wrong if axis is None else right[axis] == wrong[axis])


def in_words(name: str) -> str:
    """`kernel_height` is `kernel height`, and `conv1.stride` the `stride of conv1`."""
    owner, _, letter = name.rpartition(".")
    words = WORDS.letter((), letter).removeprefix(r"\text{").removesuffix("}")
    return f"{words} of {owner}" if owner else words


def generic(name: str) -> str:
    """What a size of one axis is called where it is about each of them."""
    owner, _, letter = name.rpartition(".")
    setting, _, axis = letter.rpartition("_")
    words = "input size" if letter in AXIS_NAMES else setting.replace("_", " ") if axis in AXIS_NAMES else in_words(letter)
    return f"{words} of {owner}" if owner else words


__all__ = ["Hiding", "hides", "hidings", "own"]
