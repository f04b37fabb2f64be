"""Template and seed become a question: a network is sampled, the answer traced, options believed, words filled."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

from quizgen.distractors import Distractor, arrangements, choose, one_wrong, relevant
from quizgen.errors import TemplateError, placed
from quizgen.feedback import feedback
from quizgen.kinds import Kind
from quizgen.layers.base import Shape
from quizgen.layers.graph import Row
from quizgen.network import Network
from quizgen.notation import FHW, Notation
from quizgen.prose import Blank, Prose, Table, Value, numbers_in
from quizgen.quantities import WHOLE, Asked, quantity
from quizgen.question import (
    Answering,
    Choice,
    Choices,
    FillIn,
    Number,
    Question,
    Statement,
    Statements,
    Typed,
    ascending,
)
from quizgen.sampling import Sample, sample
from quizgen.strategies import CUES, WARINESS, Strategy
from quizgen.stream import Stream
from quizgen.views import convention, phrase, settings
from quizgen.workings import Workings

COUNTS = ("trainable", "non_trainable")
"""The rules that do not depend on how a kernel moves."""

PATIENCE = 8
"""How many networks are drawn before a question wishes for less: first it minds no cue, then another place of the key
will do, then fewer options."""

ATTEMPTS = 72
"""How many networks are drawn for one question before its template is said to be too narrow."""


def compose(kind: Kind, seed: int, notation: Notation = FHW) -> Question:
    """The question of that kind and seed: the same on every machine.

    Raises TemplateError where the template asks for what no network gives.
    """
    return composed(kind, seed, notation)[0]


def composed(kind: Kind, seed: int, notation: Notation = FHW) -> tuple[Question, int]:
    """The question of that kind and seed, and how many networks were drawn for it."""
    _ = kind.words  # a mistake in them is said before a network is drawn
    first = Stream(kind.name, seed)
    level = first.choice(kind.levels)
    places = arrangements(kind.options, first)
    avoided = [cue for cue in CUES if first.chance(WARINESS)]
    wishes = [(places[0], avoided), *((place, []) for place in places)]
    for attempt in range(ATTEMPTS):
        stream = Stream(kind.name, seed, attempt)
        with placed(kind.source.place("about")):
            drawn = sample(kind.about, level, stream)
        asked = Asked(kind.asks, target(kind, drawn))
        check_asked(kind, drawn, asked)
        answering = answer_by(kind, drawn, asked, *wishes[min(attempt // PATIENCE, len(wishes) - 1)], stream, notation)
        if answering is not None:
            question = assembled(kind, seed, level, drawn, asked, answering, notation)
            if question.answer not in set(numbers_in(question.stem)):
                return question, attempt + 1
    raise TemplateError(
        f"{ATTEMPTS} networks were drawn for seed {seed}, and none makes a fair question: too few options that differ, "
        "or an answer that stands in the question.",
        place=kind.source.place("about"),
        remedy='Widen “about”, or ask with answer = "number".',
    )


def level_of(kind: Kind, seed: int) -> int:
    """The level that a seed has, without making its question."""
    return Stream(kind.name, seed).choice(kind.levels)


def target(kind: Kind, drawn: Sample) -> str:
    """The node that a question is about: `layer`, `network`, `last`, or such as `first Dense` and `second Conv2D`."""
    if kind.of == "layer":
        return drawn.focus
    if kind.of == "network":
        return WHOLE
    if kind.of == "last":
        return drawn.network.nodes[-1].name
    ordinals = ("first", "second", "third", "fourth")
    match = re.fullmatch(r"(first|second|third|fourth|last) (\w+)", kind.of)
    named = [node.name for node in drawn.network.nodes if match and type(node.layer).__name__ == match[2]]
    if not match or not named:
        raise TemplateError(
            f"“{kind.of}” names no layer of the network.",
            place=kind.source.place("of"),
            remedy="Use “layer”, “network”, “last”, or such as “first Dense”.",
        )
    index = -1 if match[1] == "last" else ordinals.index(match[1])
    return named[index] if index < len(named) else named[-1]


def check_asked(kind: Kind, drawn: Sample, asked: Asked) -> None:
    """Raise TemplateError where what is asked about has no such quantity, as a dense layer has no receptive field."""
    if not has_value(asked, drawn.network.rows):
        raise TemplateError(
            f"“{asked.of}” has no {asked.quantity.noun}.",
            place=kind.source.place("asks"),
            remedy="Ask for another quantity, or of another layer.",
        )


def has_value(asked: Asked, rows: Sequence[Row]) -> bool:
    try:
        asked.value(rows)
    except LookupError:
        return False
    return True


def answer_by(
    kind: Kind,
    drawn: Sample,
    asked: Asked,
    place: tuple[int, int],
    avoided: Sequence[Strategy],
    stream: Stream,
    notation: Notation,
) -> Answering | None:
    """The options, statements or blanks; None where this network does not give enough that differ."""
    network = drawn.network
    if kind.answer == "number":
        return Typed()
    if kind.answer == "table":
        return fill_in(network)
    known = kind.offers if kind.offers is not None else relevant(network, asked)
    if kind.answer == "statements":
        return statements(kind, network, asked, stream, notation)
    chosen = choose(network, asked, known, *place, stream, avoided)
    if chosen is None:
        return None
    wrong = [Choice(one.value, False, ids(one), feedback(network, asked, one.held, notation)) for one in chosen]
    return Choices(
        tuple(sorted([*wrong, Choice(asked.value(network.rows), True)], key=lambda choice: ascending(choice.value)))
    )


def ids(one: Distractor) -> tuple[str, ...]:
    return tuple(held.id for held in one.held)


def statements(kind: Kind, network: Network, asked: Asked, stream: Stream, notation: Notation) -> Statements | None:
    """Sentences about different layers, at least one of them true and one false; None where none can be missed."""
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
        None if index in true else one_wrong(network, Asked(asked.quantity, row.name), stream)
        for index, row in enumerate(chosen)
    ]
    if not any(wrong):
        return None
    return Statements(
        tuple(statement(kind, network, row, one, asked, notation) for row, one in zip(chosen, wrong, strict=True))
    )


def statement(
    kind: Kind, network: Network, row: Row, wrong: Distractor | None, asked: Asked, notation: Notation
) -> Statement:
    """A sentence about a layer: the wrong count, or the right one where none is given."""
    if wrong is None:
        return Statement(sentence(kind, row, asked.quantity.of_row(row), asked), True)
    about = Asked(asked.quantity, row.name)
    said = sentence(kind, row, wrong.value, asked)
    return Statement(said, False, ids(wrong), feedback(network, about, wrong.held, notation))


def sentence(kind: Kind, row: Row, value: Number, asked: Asked) -> Prose:
    return kind.words.render("statement", {"layer": layer_names(row), "value": value, "noun": asked.quantity.noun})


def fill_in(network: Network) -> FillIn:
    """The table of the network with its shapes and counts left blank, and their total."""
    rows: list[tuple[Value, ...]] = [("input", "", network.input, 0)]
    blanks: list[Number] = []
    for row in network.rows:
        rows.append((row.name, settings(row.layer), Blank(), Blank()))
        blanks += [row.output, row.params]
    rows.append(("Total", "", "", Blank()))
    blanks.append(sum(row.params for row in network.rows))
    return FillIn(Table(("Layer", "Settings", "Output shape", "Parameters"), tuple(rows), "llcr", True), tuple(blanks))


def assembled(
    kind: Kind, seed: int, level: int, drawn: Sample, asked: Asked, answering: Answering, notation: Notation
) -> Question:
    network = drawn.network
    answer: Number | tuple[Number, ...]
    if isinstance(answering, FillIn):
        answer = answering.blanks
    elif isinstance(answering, Statements):
        answer = tuple(number for number, one in enumerate(answering.options, 1) if one.correct)
    else:
        answer = asked.value(network.rows)
    focus = network.rows[-1] if asked.of == WHOLE else network.row(asked.of)
    names = names_in_reach(network, focus, answer, asked.quantity.name, notation, kind.words.blocks.mentioned)
    return Question(
        template=kind.name,
        seed=seed,
        topic=kind.topic,
        level=level,
        title=kind.title,
        stem=kind.words.render("question", names),
        network=network,
        asks=asked.quantity.name,
        of=asked.of,
        view=kind.view,  # type: ignore[arg-type]
        hides_shapes=asked.quantity.rule in ("output", "window") or kind.answer == "table",
        names_layers=asked.of != WHOLE or kind.answer == "statements",
        answering=answering,
        answer=answer,
        solution=kind.words.render("solution", names),
        points=kind.points,
    )


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
        "output": row.output,
        "channels": row.inputs[0].channels,
    }


def names_in_reach(
    network: Network, focus: Row, answer: Any, asks: str, notation: Notation, mentioned: Collection[str]
) -> Mapping[str, Any]:
    """Everything that a template can name. docs/writing-a-question.md lists it for authors."""
    workings = Workings(network.rows, notation=notation)
    before = network.rows[: network.rows.index(focus) + 1]
    return {
        "input": network.input,
        "layer": layer_names(focus, complete=quantity(asks).rule not in COUNTS),
        "answer": answer if isinstance(answer, int | Shape) else None,
        "framework": {"keras": "Keras", "torch": "PyTorch"}[network.framework],
        "convention": Prose(convention(network, asks)) if "convention" in mentioned else None,
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
            }
        ),
    }


__all__ = ["compose", "level_of"]
