"""What to ask next: the kinds of reasons, in the order in which they are heard, and the skills that each would like.

Which of the skills' many questions it becomes is decided by what the question can tell; see `learner`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from quizgen.errors import PlanError
from quizgen.outlines import Outline
from quizgen.practice import schedule
from quizgen.practice.records import Card, Skill, Why, Wishes

DAILY = 12
"""So many new skills a day, unless the learner asks for some by name."""

EARLIER_EVERY = 3
"""One question in so many is of an earlier level."""

GAP = 3
"""So many questions pass before a misconception is met again, and twice as many each further time in a session."""

ENOUGH = 10
"""A misconception is met so many times in a session at most: who still has it then needs another way to be told."""

SHORTLIST = 6
"""So many of the skills that have an equal claim are looked at."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A reason to ask something now. skills: those that would do, the best first."""

    why: Why
    skills: Sequence[Skill]
    misconception: str | None = None


@dataclass
class Situation:
    """All that the choice depends on.

    series: the skills that the wishes allow, in their order. cards: by name. asked: the questions of this session so far.
    last, last_question: the latest skill and question of all. met: for each misconception, the places in this session at
    which it was met. shown_in: for each, the skills whose questions expose it. mastered: whether a level of a topic is.
    suspects: misconceptions that explain an answer and may be held. skills_asked: how often each was asked in this
    session; skipped: those that were skipped in it.
    """

    wishes: Wishes
    now: datetime
    series: Sequence[Skill]
    cards: Mapping[str, Card]
    asked: Sequence[str]
    last: Skill | None
    last_question: str | None
    met: Mapping[str, Sequence[int]]
    shown_in: Mapping[str, Sequence[Skill]]
    mastered: Callable[[str, int], bool]
    suspects: Sequence[str] = ()
    skills_asked: Mapping[Skill, int] = field(default_factory=dict)
    skipped: Collection[Skill] = ()

    @cached_property
    def open(self) -> list[Skill]:
        """The skills that were not skipped in this session: who skips one does not want it now."""
        return [skill for skill in self.series if skill not in self.skipped]

    @cached_property
    def seen(self) -> list[Skill]:
        return [skill for skill in self.open if skill.card in self.cards]


def claims(now: Situation) -> Iterator[Claim]:
    """Every reason to ask something, the most pressing one first."""
    if now.wishes.misses:
        yield from misconceptions(now, patiently=False)
        return
    place = len(now.asked)
    if place % EARLIER_EVERY == EARLIER_EVERY - 1:
        yield from earlier(now)
    if place % EARLIER_EVERY == 1:
        yield from misconceptions(now)
    yield from due(now)
    yield from new(now)
    yield from misconceptions(now)
    yield from weakest(now)


def earlier(now: Situation) -> Iterator[Claim]:
    """Skills of levels that lie behind the one now worked at: the most faded first."""
    frontier = max((skill.level for skill in now.seen), default=0)
    behind = [skill for skill in now.seen if skill.level < frontier]
    if behind:
        yield Claim("earlier", shortlist(now, behind))


def due(now: Situation) -> Iterator[Claim]:
    """Skills whose cards are due, the most faded first."""
    found = [skill for skill in now.seen if schedule.is_due(now.cards[skill.card], now.now)]
    if found:
        yield Claim("due", shortlist(now, found))


def new(now: Situation) -> Iterator[Claim]:
    """The next skill of the series; those of levels that are mastered already wait until the others had their turn.

    Who names what to practise wants to see all of it: then a kind's further levels wait until every kind had its turn.
    """
    today = schedule.day_of(now.now)
    begun = sum(schedule.day_of(card.first) == today for card in now.cards.values() if card.name.startswith("skill:"))
    if begun >= DAILY and not now.wishes.choosy:
        return
    unseen = [skill for skill in now.open if skill.card not in now.cards]
    if unseen:
        kinds = {skill.kind for skill in now.seen} if now.wishes.choosy else ()
        yield Claim(
            "new", [min(unseen, key=lambda skill: (skill.kind in kinds, now.mastered(skill.topic, skill.level)))]
        )


def weakest(now: Situation) -> Iterator[Claim]:
    """Nothing is due: what has been seen and has faded most; else whatever there is."""
    yield Claim("weak", shortlist(now, now.seen) if now.seen else now.series[:1])


def misconceptions(now: Situation, *, patiently: bool = True) -> Iterator[Claim]:
    """Misconceptions that may be met again, those that were met longest ago first."""
    waiting = [
        (last_met(now, name), name)
        for name in dict.fromkeys([*open_misconceptions(now), *now.suspects])
        if not patiently or is_ready(now, name)
    ]
    allowed = set(now.open)
    for _, name in sorted(waiting):
        skills = [skill for skill in now.shown_in.get(name, ()) if skill in allowed]
        if skills:
            yield Claim("belief", others_first(now, skills)[:SHORTLIST], name)


def open_misconceptions(now: Situation) -> list[str]:
    """The misconceptions that were shown and not mended often enough since."""
    return [
        name.removeprefix("belief:")
        for name, card in now.cards.items()
        if name.startswith("belief:") and not schedule.is_mended(card)
    ]


def last_met(now: Situation, name: str) -> int:
    return max(now.met.get(name, ()), default=-1)


def is_ready(now: Situation, name: str) -> bool:
    """Whether enough questions have passed; on another day than it was met, whether its card is due."""
    times = len(now.met.get(name, ()))
    if times:
        return times < ENOUGH and len(now.asked) - last_met(now, name) > GAP * 2 ** (times - 1)
    card = now.cards.get(schedule.belief_card(name))
    return card is None or schedule.is_due(card, now.now)


def shortlist(now: Situation, skills: Sequence[Skill]) -> list[Skill]:
    """The most faded skills, of other kinds than the last question's if there are such."""
    return others_first(now, sorted(skills, key=lambda skill: -schedule.fading(now.cards[skill.card], now.now)))[
        :SHORTLIST
    ]


def others_first(now: Situation, skills: Sequence[Skill]) -> list[Skill]:
    """Interleaved: kinds other than the last question's come first."""
    return sorted(skills, key=lambda skill: now.last is not None and skill.kind == now.last.kind)


def series(kinds: Iterable[Outline], wishes: Wishes) -> list[Skill]:
    """The skills that the wishes allow, by level and then in the order of topics. Raises PlanError where there are none."""
    found = [
        Skill(kind.topic, kind.name, level)
        for kind in kinds
        for level in kind.levels
        if (not wishes.topics or kind.topic in wishes.topics)
        and (not wishes.kinds or kind.name in wishes.kinds)
        and (wishes.levels is None or level in wishes.levels)
    ]
    if not found:
        raise PlanError("no question kind fits what you wish for.", remedy="See `quizgen list questions`.")
    return sorted(found, key=schedule.place_of)
