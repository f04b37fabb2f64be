"""Many questions: distinct, independent, spread over what was asked for, the same for the same seed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from quizgen.compose import SEEDS, compose, level_of
from quizgen.difficulty import difficulty
from quizgen.errors import PlanError, TemplateError
from quizgen.giveaways import Told
from quizgen.kinds import Kind
from quizgen.network import Network
from quizgen.notation import FHW, Notation
from quizgen.question import Question, View
from quizgen.stream import Stream

TRIES = 300
"""How many seeds are tried for one place before a kind is said to have nothing new."""


AIMS = ("easy", "medium", "hard")
"""The thirds of what a kind has at some levels, by difficulty."""

TYPICAL = 30
"""How many questions tell what is easy and what is hard for a kind."""

LANGUAGES: dict[str, View] = {"keras": "keras", "torch": "torch", "prose": "list"}
"""How the networks of a sheet can be written, and the view that does it."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One place on a sheet: the kinds that may stand there, the first before the others, at which levels, for how many
    points (0: the kind's own), how difficult (one of `AIMS`, or anything)."""

    kinds: tuple[Kind, ...]
    levels: range
    points: int = 0
    aim: str = ""


@dataclass(slots=True)
class Bank:
    """Draws questions of which no two are alike, and none prints what another asks for.

    language: one of `LANGUAGES`, or none for whatever is drawn. given: a network that all
    questions are about. used_up: the kinds that gave nothing new at some levels.
    """

    stream: Stream
    notation: Notation = FHW
    language: str = ""
    given: Network | None = None
    seen: set[str] = field(default_factory=set)
    told: Told = field(default_factory=Told)
    used_up: set[tuple[Kind, range, str]] = field(default_factory=set)

    def draw(self, wanted: Sequence[Wanted]) -> Iterator[Question]:
        """A question for each place. Raises PlanError where there are not enough distinct ones."""
        for place, one in enumerate(wanted):
            found = (self.distinct(kind, one.levels, one.aim) for kind in one.kinds)
            question = next(filter(None, found), None)
            if question is None:
                raise PlanError(
                    f"{len(wanted)} questions are asked for, but only {place} distinct ones were found at level "
                    f"{span(one.levels)}.",
                    remedy="Ask for fewer, or for more topics or levels.",
                )
            yield replace(question, points=one.points) if one.points else question

    def distinct(self, kind: Kind, levels: range, aim: str = "") -> Question | None:
        """A question that was not drawn before, in name or in content; None where the kind has nothing new."""
        if (kind, levels, aim) not in self.used_up:
            for question in self.composed(kind, levels):
                content = repr((kind.title, question.stem, question.network.inputs, question.network.nodes))
                if (
                    self.seen.isdisjoint((question.name, content))
                    and (not self.language or speaks(question, self.language))
                    and (not aim or aims(kind, levels, aim, question))
                    and self.told.takes(question)
                ):
                    self.seen |= {question.name, content}
                    self.told.note(question)
                    return spoken(question, self.language) if self.language else question
            self.used_up.add((kind, levels, aim))
        return None

    def composed(self, kind: Kind, levels: range) -> Iterator[Question]:
        """Questions at random of these levels; those that a given network can't make are passed over."""
        for seed in self.seeds(kind, levels):
            try:
                yield compose(kind, seed, self.notation)
            except TemplateError:
                if kind.given is None:
                    raise
                return

    def seeds(self, kind: Kind, levels: range) -> Iterator[int]:
        """Seeds at random whose questions are of these levels."""
        drawn = (self.stream.below(SEEDS) for _ in range(TRIES))
        return (seed for seed in drawn if level_of(kind, seed) in levels)


def speaks(question: Question, language: str) -> bool:
    """Whether a question can be asked in a language: code that has to be read is read in its own."""
    code = question.view if question.view in ("keras", "torch") else None
    if language == "prose":
        return code is None
    return question.network.framework == language and code in (None, language)


def spoken(question: Question, language: str) -> Question:
    """The question with its network in that language, where the template leaves the view open."""
    return replace(question, view=LANGUAGES[language]) if question.view is None else question


def aims(kind: Kind, levels: range, aim: str, question: Question) -> bool:
    """Whether a question is in the third of its kind that is aimed at; where all are alike, each is in each."""
    easy, hard = thirds(kind, levels)
    value = difficulty(question).value
    return {"easy": value <= easy, "medium": easy <= value <= hard, "hard": hard <= value}[aim]


@lru_cache(maxsize=256)
def thirds(kind: Kind, levels: range) -> tuple[float, float]:
    """Up to where a question of a kind is easy, and from where on it is hard."""
    seeds = [seed for seed in range(TRIES) if level_of(kind, seed) in levels][:TYPICAL]
    values = sorted(difficulty(compose(kind, seed)).value for seed in seeds)
    return values[len(values) // 3], values[-len(values) // 3]


def spread(
    kinds: Sequence[Kind], levels: range, count: int, points: int, stream: Stream, aim: str = ""
) -> list[Wanted]:
    """So many places: all kinds in turn, in an order drawn at random; then in the order of the kinds. Where a kind has
    nothing new, another one may stand in."""
    turns: list[int] = []
    while len(turns) < count:
        turns += stream.shuffled(range(len(kinds)))
    return [
        Wanted((kinds[turn], *kinds[turn + 1 :], *kinds[:turn]), levels, points, aim) for turn in sorted(turns[:count])
    ]


def span(levels: range) -> str:
    """`3`, or `3-6`."""
    return f"{levels[0]}" if len(levels) == 1 else f"{levels[0]}-{levels[-1]}"
