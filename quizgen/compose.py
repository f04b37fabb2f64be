"""Template and seed become a question: a task is posed, its answer and its options worked out, the words filled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Protocol

from quizgen.distractors import arrangements
from quizgen.errors import TemplateError
from quizgen.kind import HINTS, Kind, Posed, Wish
from quizgen.notation import FHW, Notation
from quizgen.prose import Prose, numbers_in, prose
from quizgen.quantities import WHOLE
from quizgen.question import (
    Answering,
    Choices,
    Design,
    FillIn,
    Formula,
    Number,
    Open,
    Question,
    Ranking,
    Statements,
    ascending,
)
from quizgen.reach import names_in_reach
from quizgen.strategies import CUES, WARINESS
from quizgen.stream import Stream

SEEDS = 100_000
"""Seeds are drawn up to here, so that a question's name stays short enough to be copied by hand."""

PATIENCE = 8
"""How many networks are drawn before a question wishes for less: first it minds no cue, then another place of the key
will do, then fewer options."""

ATTEMPTS = 72
"""How many networks are drawn for one question before its template is said to be too narrow."""


def compose(kind: Kind, seed: int, notation: Notation = FHW) -> Question:
    """The question of that kind and seed: the same on every machine.

    Raises TemplateError where the template asks for what no network gives.
    """
    question = composed(kind, seed, notation)[0]
    return question if notation is FHW else replace(question, canonical=composed(kind, seed)[0].version)


def composed(kind: Kind, seed: int, notation: Notation = FHW) -> tuple[Question, int]:
    """The question of that kind and seed, and how many networks were drawn for it."""
    _ = kind.words  # a mistake in them is said before a network is drawn
    first = Stream(kind.name, seed)
    level = first.choice(kind.levels)
    for attempt, wish in enumerate(wishes(kind, seed, first, notation), 1):
        task = kind.form.pose(kind, level, wish.stream)
        if task is None:
            continue
        answering = kind.form.answers[kind.answer](kind, task, wish)
        if answering is not None:
            question = assembled(kind, seed, level, task, answering, notation)
            if question.answer not in set(numbers_in(question.stem)):
                return question, attempt
    raise TemplateError(
        f"{ATTEMPTS} networks were drawn for seed {seed}, and none makes a fair question: too few options that differ, "
        "or an answer that stands in the question.",
        place=kind.source.place("about"),
        remedy='Widen “about”, or ask with answer = "number".',
    )


def wishes(kind: Kind, seed: int, first: Stream, notation: Notation) -> Iterator[Wish]:
    """What is wished for at each attempt: less and less."""
    places = arrangements(kind.options, first)
    avoided = tuple(cue for cue in CUES if first.chance(WARINESS))
    wanted = [(*places[0], avoided), *((*place, ()) for place in places)]
    for attempt in range(ATTEMPTS):
        below, above, cues = wanted[min(attempt // PATIENCE, len(wanted) - 1)]
        yield Wish(below, above, cues, Stream(kind.name, seed, attempt), notation)


class Leveled(Protocol):
    """What a level is drawn from: a question kind, or what is known of it at a glance."""

    @property
    def name(self) -> str: ...

    @property
    def levels(self) -> tuple[int, ...]: ...


def level_of(kind: Leveled, seed: int) -> int:
    """The level that a seed has, without making its question."""
    return Stream(kind.name, seed).choice(kind.levels)


def assembled(kind: Kind, seed: int, level: int, task: Posed, answering: Answering, notation: Notation) -> Question:
    words, answer = kind.words, answer_of(task, answering)
    names = {
        **names_in_reach(task.network, task.asked, answer, notation, words.blocks.mentioned),
        **task.names(notation),
    }
    rule, of = task.asked.quantity.rule, task.asked.of
    return Question(
        template=kind.name,
        seed=seed,
        topic=kind.topic,
        level=level,
        title=kind.title,
        stem=words.render("question", names),
        network=task.network,
        asks=task.asked.quantity.name,
        of=of,
        view=kind.view,  # type: ignore[arg-type]
        hides_shapes=rule in ("output", "window") or kind.answer == "table",
        names_layers=of != WHOLE or kind.answer == "statements",
        answering=answering,
        answer=answer,
        solution=words.render("solution", names),
        points=kind.points,
        hints=tuple(words.render(hint, names) for hint in HINTS if hint in words.blocks.jinja.blocks),
        about="" if kind.given is None else kind.given.name,
        task=task,
    )


def answer_of(task: Posed, answering: Answering) -> Number | tuple[Number, ...] | Prose:
    """What the answer is, as the way of answering has it."""
    match answering:
        case Choices(options):
            return next(one.value for one in options if one.correct)
        case Statements(options):
            return tuple(number for number, one in enumerate(options, 1) if one.correct)
        case FillIn(blanks=blanks):
            return blanks
        case Ranking(values=values):
            return tuple(sorted(range(1, len(values) + 1), key=lambda number: ascending(values[number - 1])))
        case Formula(shown=shown):
            return prose("{}", shown)
        case Design() | Open():
            return Prose("")
    return task.key  # type: ignore[no-any-return]


__all__ = ["SEEDS", "compose", "composed", "level_of"]
