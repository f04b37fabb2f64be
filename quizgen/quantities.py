"""What a question can ask for: a quantity of one layer or of the whole network, read from the rows of a walk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from quizgen.errors import UnknownNameError
from quizgen.layers.base import Rule, Shape
from quizgen.layers.graph import TEXTBOOK, Row, Rulebook, counted
from quizgen.memory import kept_activations, kv_cache
from quizgen.network import flops_total, in_flops, macs_total, non_trainable_total, params_total, trainable_total
from quizgen.question import Number, Question
from quizgen.receptive import Field, compose, reach, receptive_fields

WHOLE = "network"
"""The name under which a question asks for the whole network."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """Something that can be counted.

    rule: the rule of a layer that it reads, or empty. one, total: its value for one layer, and for all of them. `total`
    is a rule that can be bent, and so are those that `through` names, which the values go through.
    """

    name: str
    noun: str
    rule: str
    one: Callable[[Row, Rulebook], Number]
    total: Callable[[Sequence[Row], Rulebook], Number]
    through: tuple[Rule, ...] = ()

    def of_row(self, row: Row, rulebook: Rulebook = TEXTBOOK) -> Number:
        return self.one(row, rulebook)

    def of_rows(self, rows: Sequence[Row], rulebook: Rulebook = TEXTBOOK) -> Number:
        return rulebook.get(self.total, self.total)(rows, rulebook)  # type: ignore[no-any-return]


def flops(row: Row, rulebook: Rulebook) -> int:
    """Those of one layer."""
    return rulebook.get(in_flops, in_flops)(row.macs)  # type: ignore[no-any-return]


def last_field(rows: Sequence[Row], rulebook: Rulebook) -> Shape:
    """The receptive field of a cell of the last map."""
    return Shape(list(fields(rows, rulebook).values())[-1].size)


def fields(rows: Sequence[Row], rulebook: Rulebook) -> dict[str, Field]:
    return rulebook.get(receptive_fields, receptive_fields)(rows, rulebook)  # type: ignore[no-any-return]


def activations_total(rows: Sequence[Row], rulebook: Rulebook) -> int:
    """The numbers that one example leaves for the backward pass."""
    return rulebook.get(kept_activations, kept_activations)(rows)  # type: ignore[no-any-return]


def cached_total(rows: Sequence[Row], rulebook: Rulebook) -> int:
    """The numbers that a decoder keeps of one context: as many as bytes, where each takes one."""
    return kv_cache(rows, dtype="int8", rulebook=rulebook)


QUANTITIES: tuple[Quantity, ...] = (
    Quantity(
        "trainable",
        "trainable parameters",
        "trainable",
        lambda row, _: row.trainable,
        trainable_total,
        (counted,),
    ),
    Quantity("params", "parameters", "trainable", lambda row, _: row.params, params_total, (counted,)),
    Quantity(
        "non_trainable",
        "non-trainable parameters",
        "non_trainable",
        lambda row, _: row.non_trainable,
        non_trainable_total,
        (counted,),
    ),
    Quantity("output", "output shape", "output", lambda row, _: row.output, lambda rows, _: rows[-1].output),
    Quantity(
        "features",
        "features",
        "output",
        lambda row, _: row.output.channels,
        lambda rows, _: rows[-1].output.channels,
    ),
    Quantity("macs", "multiply-accumulates", "macs", lambda row, _: row.macs, macs_total),
    Quantity("flops", "floating-point operations", "macs", flops, flops_total, (in_flops,)),
    Quantity(
        "receptive_field",
        "receptive field",
        "window",
        lambda row, rulebook: last_field([row], rulebook),
        last_field,
        (receptive_fields, compose, reach),
    ),
    Quantity(
        "activations",
        "kept activations",
        "output",
        lambda row, rulebook: activations_total([row], rulebook),
        activations_total,
    ),
    Quantity("kv_cache", "cached numbers", "output", lambda row, rulebook: cached_total([row], rulebook), cached_total),
)
"""Every quantity, in the order in which they are listed. What the last two take up is asked in the form `memory`, which
brings the beliefs about it along."""


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
            return self.quantity.of_rows(rows, rulebook)
        if self.quantity.rule == "window":
            return Shape(fields(rows, rulebook)[self.of].size)
        return self.quantity.of_row(next(row for row in rows if row.node.name == self.of), rulebook)


def asked_by(question: Question) -> Asked:
    """What a question asks for."""
    return Asked(quantity(question.asks), question.of)
