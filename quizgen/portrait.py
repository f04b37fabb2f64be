"""All about one misconception: the belief, the rule that it bends beside the right one, when it hides, what mends it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any, NamedTuple

from quizgen.examples import example
from quizgen.feedback import PLACEHOLDER, bent_row, mended
from quizgen.layers.base import Shape
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
from quizgen.worked.reading import AXES
from quizgen.worked.traced import behind
from quizgen.workings import Workings, addition

LONGEST = 10
"""A formula of a whole network is printed if it has no more letters and numbers."""


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
        return mended(self.held, bent_row(self.example.network.rows, self.held))

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
            prose("**{}** · {}", self.held.id, self.held.topic),
            Prose(f"*{self.held.belief}*"),
            prose("{}", Table(("", "Calculation"), tuple(self.rows()), "ll")),
            joined([Prose("**Example.**"), described(self.example)], " "),
            prose("**When it hides.** {}.", capitalized(self.hides)),
            joined([Prose("**What mends it.**"), self.mend], " "),
            prose("**Evidence.** {}.", capitalized(self.evidence)),
        )
        return joined(parts, "\n\n")

    def rows(self) -> Iterator[tuple[Value, ...]]:
        for where, right, wrong in self.pieces:
            alone = not where or len(self.pieces) == 1
            yield "Right" if alone else f"{where}, right", right
            yield "Believed" if alone else f"{where}, believed", wrong


def sizes(workings: Workings) -> Mapping[str, Worked]:
    """Every size of the last layer's output, by what it is called."""
    last = workings.rows[-1]
    names = (*AXES.get(len(last.output) - 1, ()), type(last.layer).last_axis)
    return {name: workings.rule(last, "output", axis) for axis, name in enumerate(names)}


def differing(layer: str, right: Mapping[str, Worked], wrong: Mapping[str, Worked]) -> Iterator[Piece]:
    """The sizes or parts of a layer that do not come to the same; all of it, where only one is counted part by part."""
    if ("" in right) is not ("" in wrong):
        yield Piece(layer, added(right), added(wrong))
        return
    for part in {**right, **wrong}:
        one, other = right.get(part), wrong.get(part)
        if one is None or other is None or one.value != other.value:
            yield Piece(", ".join(filter(None, (layer, part))), written(one), written(other))


def written(worked: Worked | None) -> Value:
    """Letters, numbers and value; of a rule that is a single letter, that and its value."""
    if worked is None or not worked.formula.names:
        return worked.value if worked else 0
    return chain(worked.letters, Maths(mark(0), (worked.value,))) if worked.formula.trivial else worked.inline


def added(counts: Mapping[str, Worked]) -> Value:
    """A count, or the sum of those of parts."""
    if len(counts) == 1:
        return written(*counts.values())
    values = [worked.value for worked in counts.values()]
    return chain(addition(values), Maths(mark(0), (sum(values),)))


def running(maths: Maths) -> Maths:
    """A display formula as part of a line."""
    return Maths(maths.latex, maths.values)


def in_full(value: Any) -> Value:
    """A traced value after its formula in words, if that is short; of a shape, its first size."""
    size = value[0] if isinstance(value, tuple) else value
    parts = [part for part in every(behind(size)) if is_atom(part)]
    found = {part.name: part.number for part in parts if isinstance(part, Letter)}
    if not found or isinstance(size, Fraction):
        return shown(size)
    if len(parts) > LONGEST:
        return shown(value)
    steps = [Maths(latex(behind(size), {name: rf"\text{{{specific(name)}}}" for name in found}, times=True))]
    if len(parts) > 1:
        numbers = latex(behind(size), {name: mark(place) for place, name in enumerate(found)}, times=True)
        steps.append(Maths(numbers, tuple(found.values())))
    return chain(*steps, Maths(mark(0), (int(size),)))


def shown(value: Any) -> Value:
    """A value as it is printed; of a fraction, four digits."""
    if isinstance(value, Fraction):
        return f"{float(value):,.4g}"
    return value if isinstance(value, Shape) else int(value)


def described(one: Instance) -> Prose:
    """The example in words, with the right value and the wrong one."""
    outcome = prose("{}; with this belief {}.", shown(one.right), shown(one.wrong))
    return joined([subject(one), outcome, *whole_network(one)], " ")


def subject(one: Instance) -> Prose:
    """What is asked for, and of what."""
    if isinstance(one, InFormula):
        given = ", ".join(f"{name.replace('_', ' ')} = {said}" for name, said in one.sizes.items())
        return prose("{}:", f"{one.noun} with {given}" if given else one.noun)
    assert isinstance(one, InNetwork)
    noun, framework = capitalized(one.asked.quantity.noun), FRAMEWORKS[one.network.framework]
    if len(one.network.nodes) > 1:
        return Prose(f"{noun} in {framework}:")
    layer = one.network.nodes[0].layer
    inputs = " and ".join(axes(shape, layer) for shape in one.network.inputs)
    return Prose(f"{noun} of {phrase(layer)}, on an input of {inputs}, in {framework}:")


def whole_network(one: Instance) -> tuple[Prose, ...]:
    """The layers, where there are several of them or only a walk through them is given."""
    if len(one.network.nodes) > 1 and not (isinstance(one, InFormula) and one.sizes):
        return (Prose("\n\n"), prose("{}", layer_list(one.network)))
    return ()


def capitalized(text: str) -> str:
    return text[:1].upper() + text[1:]
