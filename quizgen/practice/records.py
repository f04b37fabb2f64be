"""What practice remembers and speaks of: attempts, each written down before its feedback is shown; wishes and tasks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, TypeAlias

from quizgen.errors import QuizgenError

Grade: TypeAlias = Literal["again", "hard", "good", "easy"]
"""How well it went: wrong; right after a hint or at the second try; right; right and fast for its difficulty."""

Why: TypeAlias = Literal["due", "new", "belief", "weak", "earlier"]
"""Why a question is asked: its skill is due; it is the next of the series; a misconception that was shown may be mended;
nothing is due, and it is the weakest; it mixes in a level that lies behind."""

GRADES: tuple[Grade, ...] = ("again", "hard", "good", "easy")


class StoreError(QuizgenError):
    """What is remembered can't be read or written; the remedy says how to get on."""


@dataclass(frozen=True, slots=True, order=True)
class Skill:
    """What a card is about, beside misconceptions: a kind of question (the name of its template) at a level."""

    topic: str
    kind: str
    level: int

    @property
    def card(self) -> str:
        return f"skill:{self.topic}/{self.kind}/{self.level}"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One answer to one question.

    at: when it was given, in UTC. session: the session's name. question: the question's name with its version.
    given: what was typed. correct: whether it is right. attempt: 1, or 2 for the second try. hints: how many were seen.
    options: whether the options were asked for. seconds: from the prompt to the answer. sure: the learner's own
    confidence, if it was said. skipped: whether no answer was given.
    explanations: the smallest sets of misconceptions that lead to the answer; more than one where they tie.
    exposes: the misconceptions that the answer speaks against: under each of them (and, for a wrong answer, what
        explains it) the question has another answer than the one given. See `exposing.evidence`.
    """

    at: datetime
    session: str
    question: str
    skill: Skill
    given: str
    correct: bool
    attempt: int = 1
    hints: int = 0
    options: bool = False
    seconds: float = 0.0
    sure: bool | None = None
    skipped: bool = False
    explanations: tuple[tuple[str, ...], ...] = ()
    exposes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the log. shown: the misconceptions that the answer was taken to show, when it was given."""

    attempt: Attempt
    grade: Grade
    shown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """What is scheduled: a skill or a misconception, never a question.

    name: `skill:conv/conv2d-params/3` or `belief:ID`. first, last, due: its first and last review, and when the next one
    is due. state: the card of `fsrs`. in_a_row: reviews that went right since one that did not.
    """

    name: str
    first: datetime
    last: datetime
    due: datetime
    state: Mapping[str, Any]
    reviews: int
    lapses: int
    in_a_row: int


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a session shall be about; empty: everything.

    topics, kinds (names of templates), levels: what to choose from; to name any of them also lifts the daily limit for
    new skills. count: how many questions; 0: until the learner stops. misses: only misconceptions that were shown and are
    not mended yet.
    """

    topics: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    levels: range | None = None
    count: int = 0
    misses: bool = False

    @property
    def choosy(self) -> bool:
        return bool(self.topics or self.kinds) or self.levels is not None


@dataclass(frozen=True, slots=True)
class Task:
    """What to ask next: the question `kind:seed`, which is of that level.

    why: see `Why`. misconception: the one under which this question has another answer than the right one, for `belief`.
    """

    skill: Skill
    seed: int
    why: Why
    misconception: str | None = None

    @property
    def kind(self) -> str:
        return self.skill.kind

    @property
    def level(self) -> int:
        return self.skill.level

    @property
    def name(self) -> str:
        """The question's name, as `quizgen show` takes it."""
        return f"{self.skill.kind}:{self.seed}"


@dataclass(frozen=True, slots=True)
class Session:
    """A sitting. asked: how many of its questions have been answered or skipped; ended: None while it can be resumed."""

    name: str
    wishes: Wishes
    seed: int
    began: datetime
    asked: int = 0
    ended: datetime | None = None
