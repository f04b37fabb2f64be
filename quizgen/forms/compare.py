"""The form `compare`: a network and a rival of it, and what a quantity comes to there, or how the two differ.

With the same kind of layer the rival is a twin, and the question is what a change does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from quizgen.believing import believed, relevant
from quizgen.errors import ShapeError, TemplateError
from quizgen.feedback import Side, counting_sides
from quizgen.forms.answers import in_words, one_of, typed
from quizgen.forms.count import has_value, target
from quizgen.forms.rivals import read_rival, stands_beside
from quizgen.kind import Form, Kind
from quizgen.misconceptions import Misconception
from quizgen.network import Network
from quizgen.notation import Notation
from quizgen.prose import Maths, Prose, mark
from quizgen.quantities import WHOLE, Asked
from quizgen.question import Number
from quizgen.reach import Lazily, layer_names
from quizgen.sampling import Sample
from quizgen.stream import Stream
from quizgen.templates import Source
from quizgen.views import convention, show
from quizgen.worked import chain
from quizgen.workings import Workings

TELLS: Mapping[str, str] = {
    "value": "what the quantity comes to in the rival",
    "difference": "how much larger the larger of the two is",
    "factor": "how many times as large the larger of the two is",
}
"""What a comparison can ask for."""

FEWEST = 2
"""A factor below that is not worth asking for."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two networks, and what is asked of both. tells: one of TELLS."""

    network: Network
    rival: Network
    asked: Asked
    tells: str

    @property
    def key(self) -> Number:
        return self.told(self.asked.value(self.network.rows), self.asked.value(self.rival.rows))  # type: ignore[return-value]

    def told(self, one: Number | None, other: Number | None) -> Number | None:
        """What is asked for, of the two values; None where it does not come out."""
        if one is None or other is None or self.tells == "value":
            return other
        if isinstance(one, tuple) or isinstance(other, tuple):
            return None
        low, high = sorted((one, other))
        if self.tells == "difference":
            return high - low
        return int(high / low) if low and not high % low else None

    def believed(self, held: Sequence[Misconception]) -> Number | None:
        """The answer of somebody who takes both networks so."""
        return self.told(believed(self.network, self.asked, held), believed(self.rival, self.asked, held))

    def relevant(self) -> tuple[Misconception, ...]:
        ours = relevant(self.network, self.asked)
        return (*ours, *(held for held in relevant(self.rival, self.asked) if held not in ours))

    def sides(self, held: Sequence[Misconception], notation: Notation) -> tuple[Side, Side]:
        """Both calculations, where they come out wrong, and what follows."""
        wrong: Side = ()
        right: Side = ()
        for network in (self.network, self.rival) if self.tells != "value" else (self.rival,):
            if believed(network, self.asked, held) != self.asked.value(network.rows):
                ours, theirs = counting_sides(network, self.asked, held, notation)
                wrong, right = wrong + ours, right + theirs
        return wrong + self.result(held), right + self.result(())

    def result(self, held: Sequence[Misconception]) -> Side:
        """`1,280 - 896 = 384`, or `1,280 / 320 = 4`."""
        if self.tells == "value":
            return ()
        found = [believed(network, self.asked, held) for network in (self.network, self.rival)]
        high, low = sorted(found, reverse=True)  # type: ignore[type-var]
        sign = "-" if self.tells == "difference" else "/"
        told = Maths(mark(0), (self.told(low, high),))  # type: ignore[arg-type]
        return (chain(Maths(f"{mark(0)} {sign} {mark(1)}", (high, low)), told),)  # type: ignore[arg-type]

    def names(self, notation: Notation) -> Mapping[str, Any]:
        return {
            "noun": self.asked.quantity.noun,
            "before": self.asked.value(self.network.rows),
            "after": self.asked.value(self.rival.rows),
            "result": self.result(())[0] if self.tells != "value" else None,
            "rival": described(self.rival, self.asked, notation),
            "one": described(self.network, self.asked, notation),
        }


def described(network: Network, asked: Asked, notation: Notation) -> Mapping[str, Any]:
    """What a template can say of one of several networks."""
    row = network.rows[-1] if asked.of == WHOLE else network.row(asked.of)
    workings = Workings(network.rows, notation=notation)
    complete = asked.quantity.rule not in ("trainable", "non_trainable")
    told = {
        **layer_names(row, complete=complete),
        "input": network.input,
        "count": len(network.nodes),
        "value": asked.value(network.rows),
    }
    return Lazily(
        {
            **{name: partial(told.__getitem__, name) for name in told},
            "list": lambda: show(network, "list"),
            "table": lambda: show(network, "table"),
            "convention": lambda: Prose(convention(network, asked.quantity.name)),
            "worked": lambda: worked(workings, asked),
            "steps": workings.table,
        }
    )


def worked(workings: Workings, asked: Asked) -> Any:
    """The calculation of what is asked of one of the networks."""
    rule = asked.quantity.rule
    if rule == "window":
        return None
    counting = [row for row in workings.rows if rule != "output" and getattr(row, rule)]
    if asked.of == WHOLE and len(counting) != 1:
        return workings.chain() if rule == "output" else workings.total(rule)
    if asked.of == WHOLE:
        return workings.count(counting[0], rule)
    row = next(row for row in workings.rows if row.name == asked.of)
    return workings.shape(row) if rule == "output" else workings.count(row, rule)


def pose(kind: Kind, level: int, stream: Stream) -> Comparison | None:
    """What was drawn beside its rival; None where the two come to the same, or the factor is not whole."""
    drawn = kind.drawn(level, stream)
    try:
        drawn = Sample(stands_beside(kind, "base", kind.own["base"], drawn, level, stream), drawn.focus)
        other = stands_beside(kind, "rival", kind.own["rival"], drawn, level, stream)
    except ShapeError:
        return None
    of = target(kind, drawn)
    asked = Asked(kind.asks, of if any(node.name == of for node in other.nodes) else WHOLE)
    if not (has_value(asked, drawn.network.rows) and has_value(asked, other.rows)):
        raise TemplateError(f"“{asked.of}” has no {asked.quantity.noun}.", place=kind.source.place("asks"))
    task = Comparison(drawn.network, other, asked, kind.own["tells"])
    one, two = asked.value(drawn.network.rows), asked.value(other.rows)
    told = task.told(one, two)
    too_close = task.tells == "factor" and isinstance(told, int) and told < FEWEST
    return None if one == two or told is None or too_close else task


def read_base(source: Source, name: str) -> Mapping[str, Any]:
    """What is changed of the layer that is drawn before it is compared; nothing, as a rule."""
    return read_rival(source, name) if name in source.front else {}


def read_tells(source: Source, name: str) -> str:
    return source.word(name, tuple(TELLS), "comparison", default="value")


COMPARE = Form(
    name="compare",
    summary="what a change does, or how two designs differ",
    pose=pose,
    answers={"choice": one_of, "number": typed, "open": in_words},
    fields={"base": read_base, "rival": read_rival, "tells": read_tells},
    needs=("rival",),
)
