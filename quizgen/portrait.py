"""All about one misconception: the belief, the rule that it bends beside the right one, when it hides, what mends it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any, NamedTuple

from quizgen.examples import example
from quizgen.feedback import PLACEHOLDER, bent_row, mended
from quizgen.layers.graph import counted
from quizgen.misconceptions import Misconception, rulebook
from quizgen.misconceptions.base import EVIDENCE
from quizgen.notation import FHW, Notation
from quizgen.prose import Maths, Prose, Table, Value, joined, mark, prose
from quizgen.views import layer_list, phrase
from quizgen.views.conventions import FRAMEWORKS
from quizgen.views.listing import axes
from quizgen.worked import Worked, chain
from quizgen.worked.expressions import Letter, every, is_atom
from quizgen.worked.hiding import hides, specific
from quizgen.worked.instances import InFormula, InNetwork, Instance
from quizgen.worked.latex import latex
from quizgen.worked.traced import behind
from quizgen.workings import Workings

MOST_LETTERS = 6
"""A formula of a whole network is printed if it has no more letters."""


class Piece(NamedTuple):
    """Something that comes out different, right and wrong. where: the layer or part it is about, if not all there is."""

    where: str
    right: Value
    wrong: Value


@dataclass(frozen=True)
class Portrait:
    """What is known of a misconception."""

    held: Misconception
    notation: Notation = FHW

    @property
    def example(self) -> Instance:
        return example(self.held)

    @cached_property
    def hides(self) -> str:
        """When wrong and right come to the same, for sizes other than the example's."""
        return hides(self.example)

    @property
    def evidence(self) -> str:
        return EVIDENCE[self.held.grade]

    @cached_property
    def mend(self) -> Prose:
        """The mending sentence with the example's numbers."""
        if not PLACEHOLDER.search(self.held.mend):
            return Prose(self.held.mend)
        return mended(self.held, bent_row(self.example.network.under(rulebook(self.held)), self.held))

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """Right beside wrong, each with its letters and with the example's numbers."""
        one = self.example
        found = tuple(dict.fromkeys(self.steps(one))) if isinstance(one, InNetwork) else ()
        return found or (Piece("", *map(in_full, one.traced)),)

    def steps(self, one: InNetwork) -> Iterator[Piece]:
        """The sizes of the last layer that come out different; or the counts of all layers, or else their sum."""
        book, rule = rulebook(self.held), one.asked.quantity.rule
        right = Workings(one.network.rows, notation=self.notation)
        wrong = Workings(one.network.under(book), book, self.notation)
        if rule == "output":
            yield from differing("", sizes(right), sizes(wrong))
        elif one.asked.quantity.name == rule:
            for a, b in zip(right.rows, wrong.rows, strict=True):
                name = a.name if len(right.rows) > 1 else ""
                yield from differing(name, dict(right.counts(a, rule)), dict(wrong.counts(b, rule)))
            if counted in book:
                yield Piece("total", running(right.total(rule)), running(wrong.total(rule)))

    def told(self) -> Prose:
        """All of it, as a page."""
        parts = (
            prose("**{}**, on {}: *{}*", self.held.id, self.held.topic, self.held.belief),
            prose("{}", Table(("", "Letters, numbers, value"), tuple(self.rows()), "ll")),
            joined([Prose("**Example.**"), described(self.example)], " "),
            prose("**Hides.** {}.", self.hides[0].upper() + self.hides[1:]),
            joined([Prose("**What mends it.**"), self.mend], " "),
            prose("**Evidence.** {}.", self.evidence[0].upper() + self.evidence[1:]),
        )
        return joined(parts, "\n\n")

    def rows(self) -> Iterator[tuple[Value, ...]]:
        for where, right, wrong in self.pieces:
            yield f"{where}, right" if where else "Right", right
            yield f"{where}, believed" if where else "Believed", wrong


def sizes(workings: Workings) -> Mapping[str, Worked]:
    """Every size of the last layer's output."""
    last = workings.rows[-1]
    return {str(axis): workings.rule(last, "output", axis) for axis in range(len(last.output))}


def differing(layer: str, right: Mapping[str, Worked], wrong: Mapping[str, Worked]) -> Iterator[Piece]:
    """The sizes or parts of a layer that do not come to the same."""
    for part in {**right, **wrong}:
        one, other = right.get(part), wrong.get(part)
        if one is None or other is None or one.value != other.value:
            name = "" if part.isdigit() else part
            yield Piece(", ".join(filter(None, (layer, name))), written(one), written(other))


def written(worked: Worked | None) -> Value:
    return worked.inline if worked else 0


def running(maths: Maths) -> Maths:
    """A display formula as part of a line."""
    return Maths(maths.latex, maths.values)


def in_full(value: Any) -> Value:
    """A traced value after its formula in words, if that is short; of a shape, its first size."""
    size = value[0] if isinstance(value, tuple) else value
    expression = behind(size)
    found = {part.name: part.number for part in every(expression) if isinstance(part, Letter)}
    if isinstance(size, Fraction) or is_atom(expression) or len(found) > MOST_LETTERS:
        return shown(size)
    letters = latex(expression, {name: rf"\text{{{specific(name)}}}" for name in found}, times=True)
    numbers = latex(expression, {name: mark(place) for place, name in enumerate(found)}, times=True)
    return chain(Maths(letters), Maths(numbers, tuple(found.values())), Maths(mark(0), (int(size),)))


def shown(value: Any) -> Value:
    """A value as it is printed; of a fraction, four digits."""
    if isinstance(value, Fraction):
        return f"{float(value):,.4g}"
    return value if isinstance(value, tuple) else int(value)


def described(one: Instance) -> Prose:
    """The example in words, with the right value and the wrong one."""
    framework = FRAMEWORKS[one.network.framework]
    outcome = prose("{}; with this belief {}.", shown(one.right), shown(one.wrong))
    if isinstance(one, InFormula):
        given = "; ".join(f"{name.replace('_', ' ')} {said}" for name, said in one.said.items())
        lead = prose(f"{one.held.rule.__name__.replace('_', ' ')} ({given}):".capitalize())
        return joined([lead, outcome], " ")
    assert isinstance(one, InNetwork)
    noun, network = one.asked.quantity.noun.capitalize(), one.network
    if len(network.nodes) > 1:
        return joined([prose(f"{noun} in {framework}:"), outcome, Prose("\n\n"), prose("{}", layer_list(network))], " ")
    layer = network.nodes[0].layer
    inputs = " and ".join(axes(shape, layer) for shape in network.inputs)
    return joined([prose(f"{noun} of {phrase(layer)} on {inputs}, in {framework}:"), outcome], " ")
