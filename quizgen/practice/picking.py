"""Which of a skill's many questions is asked: the one that tells most."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from quizgen.compose import SEEDS, compose, level_of
from quizgen.errors import TemplateError
from quizgen.kinds import find_kind
from quizgen.outlines import Outline, outlines
from quizgen.practice.choosing import Claim, Situation
from quizgen.practice.exposing import Worlds
from quizgen.practice.records import Skill, Task
from quizgen.question import Question
from quizgen.stream import Stream

CANDIDATES = 5
"""So many questions are looked at for each that is asked, after the first one of a session."""

TRIES = 12
"""So many questions are looked at for one in which a misconception shows."""

DRAWS = 40
"""So many seeds are tried for each level that a kind has."""

KEPT = 4 * TRIES


class Picker:
    """Makes questions and looks into what they can tell. templates: folders that come before the built-in ones."""

    def __init__(self, templates: Sequence[Path]) -> None:
        self.templates, self.seeds = templates, SEEDS
        self.made: OrderedDict[str, tuple[Question, Worlds]] = OrderedDict()

    @cached_property
    def kinds(self) -> Mapping[str, Outline]:
        """The question kinds in reach, by name."""
        return {kind.name: kind for kind in outlines(self.templates)}

    def pick(
        self, claims: Iterable[Claim], situation: Situation, known: Mapping[str, float], stream: Stream
    ) -> Task | None:
        """A question for the first claim that has one; None where none has.

        Raises TemplateError where no question can be made.
        """
        trouble: TemplateError | None = None
        for claim in claims:
            try:
                task = self.best(claim, situation, known, stream)
            except TemplateError as error:
                trouble = trouble or error
                continue
            if task is not None:
                return task
        if trouble is not None:
            raise trouble
        return None

    def best(self, claim: Claim, situation: Situation, known: Mapping[str, float], stream: Stream) -> Task | None:
        """The most telling of some questions that would do; the more often a skill was asked today, the less it tells.

        The first question of a session is not compared with others, so that it comes at once. None where none would do.
        Raises TemplateError where none can be made.
        """
        wanted = CANDIDATES if situation.asked else 1
        found: dict[Task, float] = {}
        trouble: TemplateError | None = None
        for skill, seed in self.draws(claim, stream):
            task = Task(skill, seed, claim.why, claim.misconception)
            if task.name == situation.last_question or task.name in situation.asked:
                continue
            try:
                worlds = self.worlds(task)
            except TemplateError as error:
                trouble = error
                continue
            if claim.misconception is None or claim.misconception in worlds.exposes():
                found[task] = worlds.tells(known) / (1 + situation.skills_asked.get(skill, 0)) if wanted > 1 else 0.0
            if len(found) == wanted:
                break
        if not found and trouble is not None:
            raise trouble
        return max(found, key=found.__getitem__) if found else None

    def draws(self, claim: Claim, stream: Stream) -> Iterator[tuple[Skill, int]]:
        """Skills in turn, each with a seed of its level."""
        for turn in range(TRIES):
            skill = claim.skills[turn % len(claim.skills)]
            kind = self.kinds[skill.kind]
            seeds = (stream.below(self.seeds) for _ in range(DRAWS * len(kind.levels)))
            seed = next((seed for seed in seeds if level_of(kind, seed) == skill.level), None)
            if seed is not None:
                yield skill, seed

    def worlds(self, task: Task) -> Worlds:
        """What beliefs make of a question; the latest few are kept."""
        if task.name not in self.made:
            question = self.make(task)
            self.made[task.name] = question, Worlds(question)
            if len(self.made) > KEPT:
                self.made.popitem(last=False)
        return self.made[task.name][1]

    def make(self, task: Task) -> Question:
        return compose(find_kind(task.kind, self.templates), task.seed)
