"""The form `count`: what a quantity of a layer or a network comes to, forwards."""

from __future__ import annotations

import re
from collections.abc import Sequence

from quizgen.authored import FIELD as MISTAKES
from quizgen.authored import mistakes
from quizgen.counting import Counting
from quizgen.distractors import Distractor, one_wrong
from quizgen.errors import TemplateError
from quizgen.feedback import feedback
from quizgen.forms.answers import ids, in_words, one_of, typed
from quizgen.kind import Form, Kind, Wish
from quizgen.layers.graph import Row
from quizgen.prose import Blank, Prose, Table, Value
from quizgen.quantities import WHOLE, Asked
from quizgen.question import FillIn, Number, Statement, Statements
from quizgen.reach import layer_names
from quizgen.sampling import Sample
from quizgen.stream import Stream
from quizgen.views import settings

ORDINALS = ("first", "second", "third", "fourth")
OF = re.compile(rf"({'|'.join(ORDINALS)}|last) (\w+)")


def pose(kind: Kind, level: int, stream: Stream) -> Counting:
    """The quantity of the layer, or of the whole network, that the template names."""
    drawn = kind.drawn(level, stream)
    asked = Asked(kind.asks, target(kind, drawn))
    if not has_value(asked, drawn.network.rows):
        raise TemplateError(
            f"“{asked.of}” has no {asked.quantity.noun}.",
            place=kind.source.place("asks"),
            remedy="Ask for another quantity, or of another layer.",
        )
    return Counting(drawn.network, asked, own=kind.own.get(MISTAKES, ()))


def target(kind: Kind, drawn: Sample) -> str:
    """The node that a question is about: `layer`, `network`, `last`, or such as `first Dense` and `second Conv2D`."""
    if kind.of == "layer":
        return drawn.focus
    if kind.of == "network":
        return WHOLE
    if kind.of == "last":
        return drawn.network.nodes[-1].name
    match = OF.fullmatch(kind.of)
    named = [node.name for node in drawn.network.nodes if match and type(node.layer).__name__ == match[2]]
    if not match or not named:
        raise TemplateError(
            f"“{kind.of}” names no layer of the network.",
            place=kind.source.place("of"),
            remedy="Use “layer”, “network”, “last”, or such as “first Dense”.",
        )
    index = -1 if match[1] == "last" else ORDINALS.index(match[1])
    return named[index] if index < len(named) else named[-1]


def has_value(asked: Asked, rows: Sequence[Row]) -> bool:
    try:
        asked.value(rows)
    except LookupError:
        return False
    return True


def statements(kind: Kind, task: Counting, wish: Wish) -> Statements | None:
    """Sentences about different layers, at least one of them true and one false; None where none can be missed."""
    network, asked, stream = task.network, task.asked, wish.stream
    worth_asking = [
        row
        for row in network.rows
        if (row.trainable or row.output != row.inputs[0]) and has_value(Asked(asked.quantity, row.name), network.rows)
    ]
    if len(worth_asking) < kind.options:
        return None
    chosen = [worth_asking[index] for index in sorted(stream.sample(range(len(worth_asking)), kind.options))]
    true = set(stream.sample(range(kind.options), stream.between(1, kind.options - 1)))
    wrong = [
        None if index in true else one_wrong(Counting(network, Asked(asked.quantity, row.name)), stream)
        for index, row in enumerate(chosen)
    ]
    if not any(wrong):
        return None
    return Statements(tuple(statement(kind, task, row, one, wish) for row, one in zip(chosen, wrong, strict=True)))


def statement(kind: Kind, task: Counting, row: Row, wrong: Distractor | None, wish: Wish) -> Statement:
    """A sentence about a layer: the wrong count, or the right one where none is given."""
    quantity = task.asked.quantity
    if wrong is None:
        return Statement(sentence(kind, row, quantity.of_row(row)), True)
    about = Counting(task.network, Asked(quantity, row.name))
    said = sentence(kind, row, wrong.value)
    return Statement(said, False, ids(wrong), feedback(about, wrong.held, wish.notation))


def sentence(kind: Kind, row: Row, value: Number) -> Prose:
    return kind.words.render("statement", {"layer": layer_names(row), "value": value, "noun": kind.asks.noun})


def fill_in(kind: Kind, task: Counting, wish: Wish) -> FillIn:
    """The table of the network with its shapes and counts left blank, and their total."""
    rows: list[tuple[Value, ...]] = [("input", "", task.network.input, 0)]
    blanks: list[Number] = []
    for row in task.network.rows:
        rows.append((row.name, settings(row.layer), Blank(), Blank()))
        blanks += [row.output, row.params]
    rows.append(("Total", "", "", Blank()))
    blanks.append(sum(row.params for row in task.network.rows))
    return FillIn(Table(("Layer", "Settings", "Output shape", "Parameters"), tuple(rows), "llcr", True), tuple(blanks))


COUNT = Form(
    name="count",
    summary="what a quantity comes to",
    pose=pose,
    fields={MISTAKES: mistakes},
    answers={"choice": one_of, "number": typed, "statements": statements, "table": fill_in, "open": in_words},
)
