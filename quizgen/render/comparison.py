"""Two networks side by side, layer by layer: on a screen of any width, as a document, and as an object for programs."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from quizgen.comparing import Comparison, Pair, counted_of
from quizgen.explaining import explained
from quizgen.layers.base import Shape
from quizgen.layers.graph import Row
from quizgen.prose import Items, Prose, Table, Value, joined, prose
from quizgen.render.document import Document
from quizgen.render.formats import writer
from quizgen.render.json import markdown
from quizgen.render.network import solution_object
from quizgen.render.screen import NARROWEST, SHORTEST_NAME, WIDEST, pieces
from quizgen.render.text import TextWriter
from quizgen.render.totals import about, in_bytes, maybe
from quizgen.solving import Solution
from quizgen.unknown import known

SAME = "="
"""What stands for a value that is the same as above."""

RUN = 4
"""So many layers in a row that are the same, or more, are told in one line."""


NUMBERS = 50
"""The room that a table's other columns take up beside the names."""


class Sides:
    """Two solved networks, and what their layers have to do with each other."""

    def __init__(self, a: Solution, b: Solution) -> None:
        a.rows, b.rows  # noqa: B018 (shapes that do not fit are told with their place)
        self.a, self.b = a, b
        self.comparison = Comparison(a.network, b.network)
        self.longest_name = WIDEST

    def screen(self, width: int) -> str:
        """What a terminal of that width shows."""
        room = max(NARROWEST, min(width, WIDEST))
        self.longest_name = max(SHORTEST_NAME, room - NUMBERS)
        return TextWriter(room, room).prose(self.told()).rstrip() + "\n"

    def document(self, format: str, command: str) -> bytes:
        """The comparison as a file. command: what makes it again. Raises UnknownNameError."""
        title = "Two networks side by side"
        head = joined([prose("# {}", title), self.told()], "\n\n")
        return writer(format).document(Document("solutions", title, head, (), command, numbered=False))

    def told(self) -> Prose:
        return joined(list(self.sections()), "\n\n")

    def sections(self) -> Iterator[Prose]:
        for side, solution in (("A", self.a), ("B", self.b)):
            yield prose(f"**{side}** {{}} · {{}}", solution.source or "a network", about(solution))
        yield prose("{}", Table(("", "Layer", "Output shape", "Parameters", "MACs"), tuple(self.rows()), "lllrr"))
        yield prose("{}", Table(("In all", "A", "B", "B − A"), tuple(self.totals()), "lrrr"))
        yield prose("## What makes the difference\n\n{}", Items(self.explained()))

    def explained(self) -> tuple[Prose, ...]:
        """What makes the difference, with shapes as the sources have them."""
        return explained(self.comparison, (self.a.in_order, self.b.in_order))

    def rows(self) -> Iterator[tuple[Value, ...]]:
        """A line for each layer that both have alike, two where they differ, and one for many alike."""
        for differs, run in groupby(self.comparison.pairs, lambda pair: pair.differs != () or pair.stands_alone):
            pairs = list(run)
            if differs:
                for pair in pairs:
                    yield from self.lines(pair)
            elif len(pairs) < RUN:
                yield from (self.line("", pair.a, self.a, self.both(pair)) for pair in pairs if pair.a)
            else:
                yield ("", f"{len(pairs)} layers, the same in both", "", "", "")

    def lines(self, pair: Pair) -> Iterator[tuple[Value, ...]]:
        """What a layer is in A, and what it is in B."""
        first = None if pair.a is None else self.line("A", pair.a, self.a, self.label(pair.a, self.a))
        second = None if pair.b is None else self.line("B", pair.b, self.b, self.label(pair.b, self.b))
        if first:
            yield first
        if second and first:
            second = ("B", *(SAME if one == other else other for one, other in zip(first[1:], second[1:], strict=True)))
        if second:
            yield second

    def line(self, side: str, row: Row, solution: Solution, name: str) -> tuple[Value, ...]:
        shape: Shape = solution.in_order(row.output, row.name)
        return (side, name, shape, maybe(counted_of(row)), maybe(row.macs))

    def both(self, pair: Pair) -> str:
        """What a layer that is the same in both is called."""
        assert pair.a is not None
        assert pair.b is not None
        said = self.label(pair.a, self.a)
        return said if pair.a.name == pair.b.name else f"{said}, {self.label(pair.b, self.b)}"

    def label(self, row: Row, solution: Solution) -> str:
        """`conv1 (Conv2D)`, with spaces in what is longer than its column."""
        words = (row.name, f"({solution.type_of(row)})")
        return " ".join(piece for word in words for piece in pieces(word, self.longest_name))

    def totals(self) -> Iterator[tuple[Value, ...]]:
        """Each total of both, and how far they are apart."""
        a, b = self.a, self.b
        for name, one, other in (
            ("Parameters", a.params, b.params),
            ("Trainable", a.trainable, b.trainable),
            ("Not trained", a.non_trainable, b.non_trainable),
            ("MACs", a.macs, b.macs),
        ):
            yield name, maybe(one), maybe(other), apart(one, other)
        if known(a.params) is not None and known(b.params) is not None:
            yield "Memory", in_bytes(a.weights), in_bytes(b.weights), ""
        yield "Receptive field", *(field(solution) for solution in (a, b)), ""


def field(solution: Solution) -> Value:
    return solution.receptive_field[1] if solution.receptive_field else "none"


def apart(one: int, other: int) -> str:
    """How much more the second is, with its sign."""
    if known(one) is None or known(other) is None:
        return "?"
    return f"{other - one:+,}".replace("-", "−") if other != one else SAME


def comparison_object(sides: Sides) -> dict[str, Any]:
    """Two networks, their layers beside each other, and what makes them differ."""
    comparison = sides.comparison
    return {
        "a": solution_object(sides.a),
        "b": solution_object(sides.b),
        "same": comparison.same,
        "layers": [pair_object(pair) for pair in comparison.pairs],
        "differences": [markdown(sentence) for sentence in sides.explained()],
    }


def pair_object(pair: Pair) -> dict[str, Any]:
    return {
        "a": pair.a and pair.a.name,
        "b": pair.b and pair.b.name,
        "differs": list(pair.differs),
        "settings": {name: {"a": one, "b": other} for name, one, other in pair.settings},
    }
