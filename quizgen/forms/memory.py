"""The form `memory`: how many bytes a network's weights, its training step or its cache take up."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from math import prod
from typing import Any

from quizgen.errors import TemplateError, UnknownNameError, placed
from quizgen.forms.answers import one_of, typed
from quizgen.kind import Form, Kind, Wish
from quizgen.memory import NUMBER_BYTES, UNITS, kept_behind
from quizgen.prose import Blank, Table, Value, spelled
from quizgen.quantities import Asked
from quizgen.question import Choices, FillIn, Number, Typed
from quizgen.remembering import OPTIMIZERS, SHARES, Remembering
from quizgen.stream import Stream
from quizgen.templates import Source
from quizgen.views import settings

MOST = 1 << 20
"""The largest batch."""


def pose(kind: Kind, level: int, stream: Stream) -> Remembering | None:
    """What the network that was drawn takes up."""
    drawn, own = kind.drawn(level, stream), kind.own
    task = Remembering(
        drawn.network,
        Asked(kind.asks),
        holds=own["holds"],
        dtype=stream.choice(own["dtype"]),
        batch=stream.choice(own["batch"]),
        optimizer=stream.choice(own["optimizer"]),
        unit=stream.choice(own["unit"]),
        tokens=1 if own["per_token"] else None,
    )
    if not task.key:
        raise TemplateError(
            "nothing is kept in the memory of this network.",
            place=kind.source.place("holds"),
            remedy="Only causal attention has a cache, and only a layer that is trained has gradients.",
        )
    return task


def choice(kind: Kind, task: Remembering, wish: Wish) -> Choices | None:
    """The key among wrong amounts, all of which are printed differently."""
    choices = one_of(kind, task, wish)
    if choices is None or len({spelled(one.value) for one in choices.options}) < len(choices.options):  # type: ignore[arg-type]
        return None
    return replace(choices, unit=unit_of(task))


def number(kind: Kind, task: Remembering, wish: Wish) -> Typed:
    return replace(typed(kind, task, wish), unit=unit_of(task))


def unit_of(task: Remembering) -> str:
    return "bytes" if task.unit == "B" else task.unit


def fill_in(kind: Kind, task: Remembering, wish: Wish) -> FillIn:
    """The table of the network, with the shape behind each layer and the bytes that it keeps left blank."""
    each = task.batch * NUMBER_BYTES[task.dtype]
    rows: list[tuple[Value, ...]] = [("input", "", x, each * prod(x)) for x in task.network.inputs]
    blanks: list[Number] = []
    for row in task.network.rows:
        kept = kept_behind(row)
        rows.append((row.name, settings(row.layer), Blank(), Blank() if kept else 0))
        blanks += [row.output, each * kept] if kept else [row.output]
    rows.append(("Total", "", "", Blank()))
    blanks.append(sum(share.bytes({}) for share in task.shares({})))
    return FillIn(Table(("Layer", "Settings", "Output shape", "Bytes kept"), tuple(rows), "llcr", True), tuple(blanks))


def one_or_more(known: Collection[str], what: str, default: str = "") -> Callable[[Source, str], tuple[str, ...]]:
    """Reads a word, or a list of words to draw from."""

    def read(source: Source, name: str) -> tuple[str, ...]:
        written = source.front.get(name, default)
        words = written if isinstance(written, list) else [written]
        with placed(source.place(name)):
            for word in words:
                if not isinstance(word, str) or word not in known:
                    raise UnknownNameError(what, str(word), known)
            if not words:
                raise TemplateError(f"“{name}” is an empty list.")
        return tuple(words)

    return read


def batches(source: Source, name: str) -> tuple[int, ...]:
    """A number of examples, or a list of numbers to draw from."""
    written: Any = source.front.get(name, 1)
    sizes = written if isinstance(written, list) else [written]
    if not sizes or not all(type(one) is int and 1 <= one <= MOST for one in sizes):
        raise TemplateError(
            f"“{name}” is no number of examples.", place=source.place(name), remedy=f"Write {name} = 32, or [16, 32]."
        )
    return tuple(sizes)


MEMORY = Form(
    name="memory",
    summary="how many bytes the network's numbers take up",
    pose=pose,
    answers={"choice": choice, "number": number, "table": fill_in},
    fields={
        "holds": one_or_more(tuple(SHARES), "thing that stands in memory"),
        "dtype": one_or_more(tuple(NUMBER_BYTES), "data type", "float32"),
        "batch": batches,
        "optimizer": one_or_more(tuple(OPTIMIZERS), "optimizer", "adam"),
        "unit": one_or_more(tuple(UNITS), "unit", "B"),
        "per_token": lambda source, name: source.flag(name, default=False),
    },
    needs=("holds",),
)
