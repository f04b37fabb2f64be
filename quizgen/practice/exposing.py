"""What a question can tell of somebody's beliefs, and what an answer to it does tell."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import combinations
from math import comb, log
from typing import Any, TypeAlias

from quizgen.errors import QuizgenError
from quizgen.layers.base import Shape
from quizgen.misconceptions import MISCONCEPTIONS, Misconception
from quizgen.practice.beliefs import HELD, PRIOR, bounded
from quizgen.practice.records import Attempt
from quizgen.question import Question
from quizgen.typed import Given, read

Held: TypeAlias = frozenset[str]

MOST_EXPLANATIONS = 5

MOST_MORE, MOST_LOOKED_AT = 2, 80
"""So many beliefs may differ from what the learner is thought to believe, if that makes no more sets than this."""


class Worlds:
    """The answers to a question in every world that somebody may believe in; each is worked out once.

    relevant: the misconceptions that can change the answer, in the order of the catalogue. single: whether it is answered
    by that one value, and not by several things that are read from the same walk.
    """

    def __init__(self, question: Question) -> None:
        task = question.task
        self.single = question.kind in ("choice", "number")
        self.key: Any = None if task is None else task.key
        self.relevant: tuple[str, ...] = () if task is None else tuple(held.id for held in task.relevant())
        self._believed: Callable[[Sequence[Misconception]], Any] = task.believed if task else lambda held: None
        self._answers: dict[Held, Any] = {frozenset(): self.key}

    def answer(self, held: Collection[str]) -> Any:
        """What somebody who holds these answers; None where his sizes do not fit."""
        world = frozenset(held).intersection(self.relevant)
        if world not in self._answers:
            self._answers[world] = self._believed(in_order(world))
        return self._answers[world]

    def exposes(self, held: Collection[str] = ()) -> tuple[str, ...]:
        """The misconceptions that would lead somebody who holds these to another answer."""
        here = self.answer(held)
        others = [(name, self.answer({*held, name})) for name in self.relevant if name not in held]
        return tuple(name for name, there in others if there is not None and there != here)

    def tells(self, known: Mapping[str, float]) -> float:
        """How much the answer is expected to tell, in nats: the entropy of the answers of a learner of this profile who
        differs by one belief at most from what is thought likeliest, times the chance that he does so.

        Beliefs that lead to the same answer are told apart by none, and add little; a question in which many may meet is
        worth little too, because an answer that several of them made together has too many explanations.
        """
        likely = self.likely(known)
        here = self.answer(likely)
        odds: dict[Any, float] = {}
        as_thought = 1.0
        for name in self.relevant:
            there = self.answer(likely ^ {name})
            if there is not None and there != here:
                chance = bounded(known.get(name, PRIOR))
                surprise = min(chance, 1 - chance)
                odds[there] = odds.get(there, 0.0) + surprise / (1 - surprise)
                as_thought *= 1 - surprise
        total = 1 + sum(odds.values())
        return -as_thought * total * sum(share / total * log(share / total) for share in (1, *odds.values()))

    def matters(self, held: Held) -> bool:
        """Whether each of these beliefs makes a difference beside the others."""
        here = self.answer(held)
        return all(self.answer(held - {name}) != here for name in held)

    def likely(self, known: Mapping[str, float]) -> Held:
        """What the learner is thought to believe that matters here: without any of it, he would answer something else."""
        held = frozenset(name for name in self.relevant if known.get(name, PRIOR) > HELD)
        here = self.answer(held)
        return frozenset(name for name in held if self.answer(held - {name}) != here)


def evidence(attempt: Attempt, worlds: Worlds, known: Mapping[str, float]) -> Attempt:
    """The attempt with all that it tells, in the light of what was known before.

    To the smallest explanations come those near to what the learner is thought to believe: somebody with four beliefs
    that meet in one question is explained by no set of three. Of what the question exposes stays what the answer speaks
    against: misconceptions that are hidden behind an explanation keep their chance.
    """
    if attempt.correct or attempt.skipped or not worlds.single:
        return attempt
    found = [frozenset(one) for one in attempt.explanations]
    given = number_given(attempt, worlds, found)
    if given is None:
        return attempt
    for more in range(MOST_MORE + 1):
        others = [one for one in near(worlds, known, more) if given(worlds.answer(one)) and worlds.matters(one)]
        found += [one for one in others if one not in found]
        if found and more:
            break
    if not found:
        return attempt
    found = sorted(found, key=lambda one: -likelihood(one, known))[:MOST_EXPLANATIONS]
    hidden = {
        name for name in attempt.exposes if any(name not in one and given(worlds.answer(one | {name})) for one in found)
    }
    return replace(
        attempt,
        explanations=tuple(tuple(held.id for held in in_order(one)) for one in found),
        exposes=tuple(name for name in attempt.exposes if name not in hidden),
    )


def number_given(attempt: Attempt, worlds: Worlds, found: Sequence[Held]) -> Callable[[Any], bool] | None:
    """Whether an answer is the one that was given; None where that can't be told."""
    if found:
        answer = worlds.answer(found[0])
        return None if answer is None else exactly(answer)
    if not isinstance(worlds.key, int | Shape):
        return None
    try:
        return matching(read(attempt.given, shape=isinstance(worlds.key, Shape)))
    except QuizgenError:
        return None


def exactly(answer: Any) -> Callable[[Any], bool]:
    return lambda other: bool(other == answer)


def matching(given: Given) -> Callable[[Any], bool]:
    return lambda other: other is not None and given.matches(other)


def near(worlds: Worlds, known: Mapping[str, float], more: int) -> Iterator[Held]:
    """What the learner is thought to believe, with so many beliefs changed; nothing where he is thought to believe nothing:
    the smallest explanations are known already."""
    likely = worlds.likely(known)
    if not likely or comb(len(worlds.relevant), more) > MOST_LOOKED_AT:
        return
    yield from filter(None, map(likely.symmetric_difference, combinations(worlds.relevant, more)))


def likelihood(held: Held, known: Mapping[str, float]) -> float:
    """How likely the learner holds these, up to a factor that is the same for all."""
    found = 1.0
    for name in held:
        chance = bounded(known.get(name, PRIOR))
        found *= chance / (1 - chance)
    return found


def in_order(names: Collection[str]) -> list[Misconception]:
    """Misconceptions in the order of the catalogue, in which beliefs about one rule stand over each other."""
    places = catalogue()
    return [MISCONCEPTIONS[place] for place in sorted(places[name] for name in names if name in places)]


@cache
def catalogue() -> Mapping[str, int]:
    return {held.id: place for place, held in enumerate(MISCONCEPTIONS)}
