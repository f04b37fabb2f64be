"""What a question can ask for: a quantity of one layer or of the whole network, read from the rows of a walk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from quizgen.errors import UnknownNameError
from quizgen.layers.base import Shape
from quizgen.layers.graph import TEXTBOOK, Row, Rulebook
from quizgen.network import flops_total, macs_total, non_trainable_total, params_total, trainable_total
from quizgen.question import Number
from quizgen.receptive import receptive_fields

WHOLE = "network"
"""The name under which a question asks for the whole network."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """Something that can be counted.

    rule: the rule of a layer that it reads, or empty. of_row, of_rows: its value for one layer and for all of them.
    """

    name: str
    noun: str
    rule: str
    of_row: Callable[[Row], Number]
    of_rows: Callable[[Sequence[Row]], Number]


def last_field(rows: Sequence[Row]) -> Shape:
    """The receptive field of a cell of the last map."""
    return Shape(list(receptive_fields(rows).values())[-1].size)


QUANTITIES: tuple[Quantity, ...] = (
    Quantity("trainable", "trainable parameters", "trainable", lambda row: row.trainable, trainable_total),
    Quantity("params", "parameters", "trainable", lambda row: row.params, params_total),
    Quantity("non_trainable", "non-trainable parameters", "non_trainable", lambda row: row.non_trainable, non_trainable_total),
    Quantity("output", "output shape", "output", lambda row: row.output, lambda rows: rows[-1].output),
    Quantity("features", "features", "output", lambda row: row.output.channels, lambda rows: rows[-1].output.channels),
    Quantity("macs", "multiply-accumulates", "macs", lambda row: row.macs, macs_total),
    Quantity("flops", "floating-point operations", "macs", lambda row: 2 * row.macs, flops_total),
    Quantity("receptive_field", "receptive field", "window", lambda row: last_field([row]), last_field),
)
"""Every quantity, in the order in which they are listed."""


def quantity(name: str) -> Quantity:
    """The quantity of that name; raises UnknownNameError."""
    for known in QUANTITIES:
        if known.name == name:
            return known
    raise UnknownNameError("quantity", name, [known.name for known in QUANTITIES])


@dataclass(frozen=True, slots=True)
class Asked:
    """A quantity of a named node, or of the whole network up to its last node."""

    quantity: Quantity
    of: str = WHOLE

    def value(self, rows: Sequence[Row], rulebook: Rulebook = TEXTBOOK) -> Number:
        """What is asked for, read from the rows of a walk under the rulebook; totals are rules and can be bent too."""
        if self.of == WHOLE:
            total = rulebook.get(self.quantity.of_rows, self.quantity.of_rows)
            return total(rows)  # type: ignore[no-any-return]
        if self.quantity.rule == "window":
            fields = receptive_fields(rows)
            return Shape(fields[self.of].size)
        return self.quantity.of_row(next(row for row in rows if row.node.name == self.of))
