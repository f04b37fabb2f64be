"""What a template can name: the layer that it is about, its workings, and the words for them.

docs/writing-a-question.md lists all of it for authors.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from fractions import Fraction
from functools import partial
from typing import Any

from quizgen.architectures import ARCHITECTURES
from quizgen.layers.base import Shape
from quizgen.layers.graph import Row
from quizgen.network import Network
from quizgen.notation import Notation
from quizgen.prose import Maths, Prose
from quizgen.quantities import WHOLE, Asked
from quizgen.views import convention, phrase
from quizgen.workings import Workings

COUNTS = ("trainable", "non_trainable")
"""The rules that do not depend on how a kernel moves."""


class Lazily(Mapping[str, Any]):
    """Names whose values are worked out when a template asks for them."""

    def __init__(self, makers: Mapping[str, Callable[[], Any]]) -> None:
        self._makers = makers

    def __getitem__(self, name: str) -> Any:
        return self._makers[name]()

    def __iter__(self) -> Iterator[str]:
        return iter(self._makers)

    def __len__(self) -> int:
        return len(self._makers)


def layer_names(row: Row, *, complete: bool = False) -> Mapping[str, Any]:
    """What a template can say of one layer: its settings by name, and what goes in and comes out.

    complete: whether its phrase says the usual settings too (stride 1, no padding), because the answer depends on them.
    """
    layer = row.layer
    names: dict[str, Any] = {}
    for name in type(layer).__dataclass_fields__:
        value = getattr(layer, name)
        if isinstance(value, tuple) and value and all(isinstance(size, int) for size in value):
            value = Shape(value)
        names[name] = value
    return names | {
        "name": row.name,
        "kind": type(layer).__name__,
        "phrase": Prose(phrase(layer, complete=complete)),
        "input": row.inputs[0],
        "inputs": row.inputs,
        "output": row.output,
        "channels": row.inputs[0].channels,
    }


def names_in_reach(
    network: Network, asked: Asked, answer: Any, notation: Notation, mentioned: Collection[str]
) -> Mapping[str, Any]:
    """What every template can name of a network of which something is asked.

    mentioned: the names that it uses, so that others need not be worked out.
    """
    workings = Workings(network.rows, notation=notation)
    focus = network.rows[-1] if asked.of == WHOLE else network.row(asked.of)
    before = network.rows[: network.rows.index(focus) + 1]
    return {
        "input": network.input,
        "layer": layer_names(focus, complete=asked.quantity.rule not in COUNTS),
        "answer": answer if isinstance(answer, int | Fraction | Shape | Prose) else None,
        "network": Lazily(
            {
                "title": lambda: ARCHITECTURES[network.name].title if network.name in ARCHITECTURES else network.name,
                "inputs": lambda: network.inputs,
                "first": lambda: first_of_each(network),
                "count": lambda: Counter(type(node.layer).__name__ for node in network.nodes),
            }
        ),
        "framework": {"keras": "Keras", "torch": "PyTorch"}[network.framework],
        "convention": Prose(convention(network, asked.quantity.name)) if "convention" in mentioned else None,
        "worked": Lazily(
            {
                "trainable": lambda: workings.count(focus, "trainable"),
                "non_trainable": lambda: workings.count(focus, "non_trainable"),
                "macs": lambda: workings.count(focus, "macs"),
                "output": lambda: workings.shape(focus),
                "chain": lambda: workings.chain(before),
                "chain_before": lambda: workings.chain(before[:-1]),
                "table": workings.table,
                "total": lambda: workings.total("trainable"),
                "total_macs": lambda: workings.total("macs"),
                "fields": workings.fields,
                "costs": workings.costs,
                "first": lambda: first_counts(workings),
                "formula": lambda: formula(workings, focus, asked),
            }
        ),
    }


def first_of_each(network: Network) -> Mapping[str, Any]:
    """What can be said of the first layer of each kind, by the kind's name."""
    first = first_rows(network.rows)
    return Lazily({name: partial(layer_names, row, complete=True) for name, row in first.items()})


def first_counts(workings: Workings) -> Mapping[str, Any]:
    """The trainable parameters of the first layer of each kind, worked, by the kind's name."""
    first = first_rows(workings.rows)
    return Lazily({name: partial(workings.count, row, "trainable") for name, row in first.items()})


def first_rows(rows: Iterable[Row]) -> Mapping[str, Row]:
    """The first layer of each kind, by the kind's name."""
    first: dict[str, Row] = {}
    for row in rows:
        first.setdefault(type(row.layer).__name__, row)
    return first


def formula(workings: Workings, focus: Row, asked: Asked) -> Maths | None:
    """The rule of the layer in letters alone, for a hint; None where the layer is made of parts."""
    rule = asked.quantity.rule
    if focus.parts or not rule or rule == "window":
        return None
    if rule != "output":
        return workings.rule(focus, rule).letters
    return (workings.sizes(focus) or [workings.rule(focus, rule, 0)])[0].letters
