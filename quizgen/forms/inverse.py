"""The form `inverse`: a quantity is given, and one setting of the layer asked for: filters, a kernel, a padding.

Somebody who believes in a wrong rule solves the wrong equation. Where that does not come out whole he takes what comes
nearest, and so does this.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import prod
from typing import Any

from quizgen.believing import relevant
from quizgen.errors import ShapeError, TemplateError
from quizgen.feedback import Side
from quizgen.forms.answers import one_of, typed
from quizgen.forms.axes import on_all_axes
from quizgen.kind import Form, Kind
from quizgen.layers.base import Layer, Shape
from quizgen.layers.graph import walk
from quizgen.misconceptions import Misconception, rulebook
from quizgen.network import Network
from quizgen.notation import Notation
from quizgen.prose import Filling, Maths, Prose, Value, filled, mark
from quizgen.quantities import Asked
from quizgen.stream import Stream
from quizgen.templates import Source
from quizgen.unknown import SOUGHT
from quizgen.views import phrase
from quizgen.worked import Worked, chain
from quizgen.workings import Workings

SETTINGS: Mapping[str, tuple[str, int, int]] = {
    "filters": ("number of filters", 1, 1 << 16),
    "units": ("number of units", 1, 1 << 16),
    "rank": ("rank", 1, 1 << 12),
    "hidden": ("number of hidden units", 1, 1 << 16),
    "width": ("width of the embedding", 1, 1 << 16),
    "kernel": ("side of the kernel", 1, 15),
    "pool": ("side of the window", 1, 15),
    "padding": ("padding on each side", 0, 15),
    "stride": ("stride", 1, 8),
    "dilation": ("dilation", 1, 8),
}
"""The settings that can be asked for: what they are called, and between which values they are looked for."""

FEW = 64
"""So many values are tried one by one."""


@dataclass(frozen=True, slots=True)
class Inverse:
    """A layer, one of whose settings is asked for, and the quantity that gives it away.

    sought: the name of the setting; one value stands for all axes. given: the quantity, of the layer as it is.
    """

    network: Network
    asked: Asked
    sought: str
    given: Any

    @property
    def layer(self) -> Layer:
        return self.network.nodes[-1].layer

    @property
    def key(self) -> int:
        value = getattr(self.layer, self.sought)
        while isinstance(value, tuple):
            value = value[0]
        return value  # type: ignore[no-any-return]

    def believed(self, held: Sequence[Misconception]) -> int | None:
        """What solves the equation of somebody with these beliefs, or comes nearest to it; None where nothing does."""
        if not held:
            return self.key
        _, low, high = SETTINGS[self.sought]
        book = rulebook(*held)

        def distance(value: int) -> int | None:
            try:
                return size(self.value(value, book)) - size(self.given)
            except (ShapeError, ValueError):
                return None

        if high - low > FEW:
            return nearest_by_halves(distance, low, high)
        found = {value: gap for value in range(low, high + 1) if (gap := distance(value)) is not None}
        return min(found, key=lambda value: abs(found[value])) if len(set(found.values())) > 1 else None

    def relevant(self) -> tuple[Misconception, ...]:
        return relevant(self.network, self.asked)

    def value(self, value: int, book: Any) -> Any:
        """The quantity with another value of the setting."""
        changed = self.with_value(value)
        return self.asked.value(walk(changed.nodes, changed.inputs, book), book)

    def with_value(self, value: Any) -> Network:
        node = self.network.nodes[-1]
        layer = node.layer.but(**{self.sought: on_all_axes(getattr(node.layer, self.sought), value)})
        return replace(self.network, nodes=(*self.network.nodes[:-1], replace(node, layer=layer)))

    def is_fair(self) -> bool:
        """Whether the values next to the right one give another quantity."""
        near = (self.key - 1, self.key + 1)
        _, low, high = SETTINGS[self.sought]
        return all(self.value(other, {}) != self.given for other in near if low <= other <= high)

    def sides(self, held: Sequence[Misconception], notation: Notation) -> tuple[Side, Side]:
        """The equation with the number that somebody found, and with the right one."""
        found = self.believed(held)
        wrong = () if found is None else self.check(self.with_value(found), rulebook(*held), notation)
        return wrong, self.check(self.network, {}, notation)

    def check(self, network: Network, book: Any, notation: Notation) -> Side:
        """What the quantity comes to in this network."""
        return tuple(worked.calculation for worked in self.workings(Workings(network.under(book), book, notation)))

    def workings(self, workings: Workings) -> list[Worked]:
        """The formula of the quantity; of a shape, that of each size which takes one."""
        row = workings.rows[-1]
        if self.asked.quantity.rule == "output":
            return workings.sizes(row)
        return [workings.rule(row, self.asked.quantity.rule)]

    def names(self, notation: Notation) -> Mapping[str, Any]:
        noun = SETTINGS[self.sought][0]
        return {
            "given": self.given,
            "noun": self.asked.quantity.noun,
            "sought": noun,
            "unknown": Prose(
                phrase(self.with_value(SOUGHT).nodes[-1].layer, complete=self.asked.quantity.rule == "output")
            ),
            "equation": self.equation(notation),
            "solved": self.solved(),
        }

    def equation(self, notation: Notation) -> Maths:
        """The rule with all numbers but the one that is asked for: `k × (3 × 3 × 3 + 1) = 896`."""
        worked = self.workings(Workings(self.network.rows, notation=notation))[0]
        family = tuple(kind.__name__ for kind in type(self.layer).__mro__)
        slots: tuple[Value, ...] = tuple(
            notation.letter(family, name) if name.startswith(self.sought) else worked.numbers[name]
            for name in worked.formula.names
        )
        filling = Filling()
        latex = filled(worked.formula.numbers, slots, lambda slot: slot if isinstance(slot, str) else filling(slot))
        return chain(Maths(latex, tuple(filling.values)), Maths(mark(0), (worked.value,)), display=True)

    def solved(self) -> Maths:
        """How the equation is solved, where it is one of the first degree: `896 / 28 = 32`; else the number."""
        if self.asked.quantity.rule == "output":
            return Maths(mark(0), (self.key,))
        ahead, here, behind = (self.value(self.key + by, {}) for by in (1, 0, -1))
        slope, start = ahead - here, here - self.key * (ahead - here)
        if here - behind != slope or slope < 2:
            return Maths(mark(0), (self.key,))
        over, values = (mark(1), (slope, here)) if not start else (f"{mark(1)} - {mark(2)}", (slope, here, start))
        return chain(Maths(rf"\frac{{{over}}}{{{mark(0)}}}", values), Maths(mark(0), (self.key,)))


def nearest_by_halves(distance: Any, low: int, high: int) -> int | None:
    """The value that comes nearest to what is wanted, of a quantity that grows with it."""
    if distance(low) is None or distance(low) == distance(high):
        return None
    while high - low > 1:
        middle = (low + high) // 2
        gap = distance(middle)
        if gap is None:
            return None
        low, high = (middle, high) if gap <= 0 else (low, middle)
    return min((low, high), key=lambda value: abs(distance(value)))


def size(value: Any) -> int:
    """A number as it is; of a shape, the cells of one channel, since the others have as many."""
    return prod(value.spatial) if isinstance(value, Shape) else value


def pose(kind: Kind, level: int, stream: Stream) -> Inverse | None:
    """The layer that was drawn, with one of its settings to be found."""
    drawn = kind.drawn(level, stream)
    sought, layer = kind.own["find"], drawn.network.nodes[-1].layer
    if not hasattr(layer, sought) or isinstance(getattr(layer, sought), str):
        raise TemplateError(
            f"{type(layer).__name__} has no number “{sought}” here.",
            place=kind.source.place("find"),
            remedy="Fix it to be one in “about”, as in padding = { min = 1, max = 3 }."
            if hasattr(layer, sought)
            else "",
        )
    asked = Asked(kind.asks, drawn.focus)
    task = Inverse(drawn.network, asked, sought, asked.value(drawn.network.rows))
    as_asked = on_all_axes(getattr(layer, sought), task.key) == getattr(layer, sought)
    return task if as_asked and task.is_fair() else None


def read_find(source: Source, name: str) -> str:
    return source.word(name, tuple(SETTINGS), "setting to ask for")


INVERSE = Form(
    name="inverse",
    summary="which setting leads to a given count or shape",
    pose=pose,
    answers={"choice": one_of, "number": typed},
    fields={"find": read_find},
    needs=("find",),
)
