"""The form `design`: a network of one's own that keeps to a budget; any that does is right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from quizgen.counting import Counting
from quizgen.kind import Form, Kind, Wish
from quizgen.notation import Notation
from quizgen.prose import Items, prose
from quizgen.quantities import WHOLE, Asked, Quantity, quantity
from quizgen.question import Design, Need
from quizgen.stream import Stream
from quizgen.templates import Source

LIMITS: Mapping[str, str] = {"output": "exactly", "receptive_field": "least", "params": "most", "macs": "most"}
"""What a design can be held to, and in which sense."""


@dataclass(frozen=True, slots=True)
class Budget(Counting):
    """A network that was drawn, and what is measured of it: whatever measures up to it is right."""

    needs: tuple[Need, ...]
    example: str

    def names(self, notation: Notation) -> Mapping[str, Any]:
        measured = [
            prose(
                "{}: {}", quantity(need.quantity).noun, Asked(quantity(need.quantity), WHOLE).value(self.network.rows)
            )
            for need in self.needs
        ]
        return {"needs": Items(tuple(need.says for need in self.needs)), "measured": Items(tuple(measured))}


def pose(kind: Kind, level: int, stream: Stream) -> Budget | None:
    """What a network that was drawn comes to, as a budget; None where it can't be written in the compact notation."""
    from quizgen.readers.compact import written

    network = kind.drawn(level, stream).network
    example = written(network)
    if example is None:
        return None
    needs = tuple(need(quantity(name), network.rows) for name in kind.own["needs"])
    return Budget(network, Asked(kind.asks, WHOLE), needs, example)


def need(wanted: Quantity, rows: Any) -> Need:
    """One thing that is needed, in words."""
    value = Asked(wanted, WHOLE).value(rows)
    limit = LIMITS[wanted.name]
    if limit == "exactly":
        return Need(prose("the output is {}", value), wanted.name, value, "exactly")
    if limit == "least":
        return Need(prose("the receptive field of an output cell is at least {}", value), wanted.name, value, "least")
    assert isinstance(value, int)
    bound = rounded_up(value)
    return Need(prose("at most {} {}", bound, wanted.noun), wanted.name, bound, "most")


def rounded_up(value: int) -> int:
    """A budget in a round number: two digits, and no tighter than what was measured."""
    unit = 10 ** max(0, len(str(value)) - 2)
    return int(-(-value // unit) * unit)


def design(kind: Kind, task: Budget, wish: Wish) -> Design:
    return Design(task.network.input, task.needs, task.example)


def read_needs(source: Source, name: str) -> tuple[str, ...]:
    """`needs = ["output", "params"]`."""
    return tuple(source.words_of(name, tuple(LIMITS), "thing that a design can be held to"))


DESIGN = Form(
    name="design",
    summary="a network of one's own within a budget",
    pose=pose,
    answers={"design": design},
    fields={"needs": read_needs},
    needs=("needs",),
)
