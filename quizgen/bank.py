"""Many questions: distinct, spread over what was asked for, the same for the same seed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from quizgen.compose import compose, level_of
from quizgen.errors import PlanError
from quizgen.kinds import Kind
from quizgen.notation import FHW, Notation
from quizgen.question import Question
from quizgen.stream import Stream

SEEDS = 100_000
"""Seeds go up to here, so that a question's name stays short enough to be copied by hand."""

TRIES = 300
"""How many seeds are tried for one place before a kind is said to have nothing new."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One place on a sheet: the kinds that may stand there, the first before the others, at which levels, for how many
    points (0: the kind's own)."""

    kinds: tuple[Kind, ...]
    levels: range
    points: int = 0


@dataclass(slots=True)
class Bank:
    """Draws questions of which no two are alike. used_up: the kinds that gave nothing new at some levels."""

    stream: Stream
    notation: Notation = FHW
    seen: set[str] = field(default_factory=set)
    used_up: set[tuple[Kind, range]] = field(default_factory=set)

    def draw(self, wanted: Sequence[Wanted]) -> Iterator[Question]:
        """A question for each place. Raises PlanError where there are not enough distinct ones."""
        for place, one in enumerate(wanted):
            question = next(filter(None, (self.distinct(kind, one.levels) for kind in one.kinds)), None)
            if question is None:
                raise PlanError(
                    f"{len(wanted)} questions are asked for, but only {place} distinct ones were found at level "
                    f"{span(one.levels)}.",
                    remedy="Ask for fewer, or for more topics or levels.",
                )
            yield replace(question, points=one.points) if one.points else question

    def distinct(self, kind: Kind, levels: range) -> Question | None:
        """A question that was not drawn before, in name or in content; None where the kind has nothing new."""
        if (kind, levels) not in self.used_up:
            for seed in self.seeds(kind, levels):
                question = compose(kind, seed, self.notation)
                content = repr((kind.title, question.stem, question.network.inputs, question.network.nodes))
                if self.seen.isdisjoint((question.name, content)):
                    self.seen |= {question.name, content}
                    return question
            self.used_up.add((kind, levels))
        return None

    def seeds(self, kind: Kind, levels: range) -> Iterator[int]:
        """Seeds at random whose questions are of these levels."""
        drawn = (self.stream.below(SEEDS) for _ in range(TRIES))
        return (seed for seed in drawn if level_of(kind, seed) in levels)


def spread(kinds: Sequence[Kind], levels: range, count: int, points: int, stream: Stream) -> list[Wanted]:
    """So many places: all kinds in turn, in an order drawn at random; then in the order of the kinds. Where a kind has
    nothing new, another one may stand in."""
    turns: list[int] = []
    while len(turns) < count:
        turns += stream.shuffled(range(len(kinds)))
    return [Wanted((kinds[turn], *kinds[turn + 1 :], *kinds[:turn]), levels, points) for turn in sorted(turns[:count])]


def span(levels: range) -> str:
    """`3`, or `3-6`."""
    return f"{levels[0]}" if len(levels) == 1 else f"{levels[0]}-{levels[-1]}"
