"""Many questions: distinct, spread over what was asked for, the same for the same seed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from quizgen.compose import compose, level_of
from quizgen.errors import PlanError
from quizgen.kinds import Kind
from quizgen.notation import FHW, Notation
from quizgen.question import Question
from quizgen.stream import Stream

SEEDS = 100_000
"""Seeds go up to here, so that a question's name stays short enough to be copied by hand."""

TRIES = 400
"""How many seeds are tried for one place on a sheet before the request is said to be too narrow."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One place on a sheet: the kinds that may stand there, at which levels, for how many points (0: the kind's own)."""

    kinds: tuple[Kind, ...]
    levels: range
    points: int = 0


def draw(wanted: Sequence[Wanted], stream: Stream, notation: Notation = FHW) -> Iterator[Question]:
    """A question for each place, no two alike. Raises PlanError where there are not enough distinct ones."""
    seen: set[str] = set()
    for place, one in enumerate(wanted):
        yield distinct(one, place, stream, seen, notation)


def distinct(wanted: Wanted, place: int, stream: Stream, seen: set[str], notation: Notation) -> Question:
    """A question that is not on the sheet yet, in name or in content."""
    kind = wanted.kinds[place % len(wanted.kinds)]
    for _ in range(TRIES):
        seed = stream.below(SEEDS)
        if level_of(kind, seed) not in wanted.levels:
            continue
        question = compose(kind, seed, notation)
        content = f"{question.title}\x1f{question.stem.text}\x1f{question.stem.values}\x1f{question.network.inputs}\x1f{question.network.nodes}"
        if question.name not in seen and content not in seen:
            seen |= {question.name, content}
            return question
    raise PlanError(
        f"“{kind.name}” does not give {place + 1} distinct questions at level {span(wanted.levels)}.",
        remedy="Ask for fewer questions, more topics or more levels.",
    )


def span(levels: range) -> str:
    return f"{levels[0]}" if len(levels) == 1 else f"{levels[0]}-{levels[-1]}"


def spread(kinds: Iterable[Kind], levels: range, count: int, stream: Stream) -> list[Wanted]:
    """So many places, each for one kind: all kinds in turn, in an order drawn at random, then put in order of level."""
    fitting = [kind for kind in kinds if set(kind.levels) & set(levels)]
    if not fitting:
        raise PlanError(f"no question kind of these topics has level {span(levels)}.", remedy="See `quizgen list questions`.")
    turns: list[Kind] = []
    while len(turns) < count:
        turns += stream.shuffled(fitting)
    return [Wanted((kind,), levels) for kind in sorted(turns[:count], key=order(fitting))]


def order(kinds: Sequence[Kind]) -> Callable[[Kind], int]:
    places = {id(kind): index for index, kind in enumerate(kinds)}
    return lambda kind: places[id(kind)]
