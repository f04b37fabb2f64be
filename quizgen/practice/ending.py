"""The words at the end of a session: how it went, what was believed, what to practise next and when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from quizgen.kinds import TOPICS
from quizgen.misconceptions import misconception
from quizgen.practice.learner import Learner, Session
from quizgen.practice.talk import Say, Talk
from quizgen.prose import Items, Prose, Table, prose

if TYPE_CHECKING:
    from quizgen.practice.session import Result

CELLS = 20
"""The length of a bar."""

ENOUGH = 0.8
"""Who gets so much of a topic right needs not be told to practise it."""

MENDED = 3
"""So often must a belief not show to be mended."""


def ending(
    results: Sequence[Result], seconds: float, learner: Learner, session: Session, *, finished: bool
) -> Talk[None]:
    """The score and a bar for each topic; the beliefs met and mended; what to practise next; how to go on."""
    asked = [one for one in results if one.outcome in ("right", "wrong")]
    if asked:
        right = sum(one.outcome == "right" for one in asked)
        yield Say(prose("{}", f"{right} of {len(asked)} right · {duration(seconds)}"), "score")
        yield Say(prose("{}", bars(asked)), "bars")
        yield from beliefs_told(asked, learner, session)
        command = next_command(asked, learner)
        if command:
            yield Say(prose("Practise these next: `{}`", command))
    yield from farewell(learner, session, finished=finished)


def bars(results: Sequence[Result]) -> Table:
    """A line for each topic: a bar of what was right, and the count."""
    rows = []
    for topic in TOPICS:
        scores = [one.score for one in results if one.task.skill.topic == topic]
        if scores:
            full = round(CELLS * sum(scores) / len(scores))
            right = sum(score == 1 for score in scores)
            rows.append((topic, "█" * full + "░" * (CELLS - full), f"{right} of {len(scores)}"))
    return Table(("Topic", "", "Right"), tuple(rows), "llr")


def beliefs_told(results: Sequence[Result], learner: Learner, session: Session) -> Iterator[Say]:
    """The beliefs that showed in this session, and those that were mended in it."""
    met = list(dict.fromkeys(name for one in results for name in one.met))
    known = {one.misconception: one for one in learner.beliefs()}
    mended = [name for name, one in known.items() if one.mended_at and one.mended_at >= session.began]
    if met:
        lines = tuple(prose("*{}* `quizgen misconception {}`", misconception(name).belief, name) for name in met)
        yield Say(prose("Beliefs that cost you points:\n\n{}", Items(lines)))
    if mended:
        lines = tuple(prose("*{}* {}", misconception(name).belief, progress(known[name].mended)) for name in mended)
        yield Say(prose("Beliefs on the mend:\n\n{}", Items(lines)))


def progress(times: int) -> str:
    return "Mended." if times >= MENDED else f"It did not show again, {times} of {MENDED} times."


def next_command(results: Sequence[Result], learner: Learner) -> str:
    """What helps most: the beliefs that were shown, else the topics that went worst."""
    if any(one.state in ("held", "open") and one.shown for one in learner.beliefs()):
        return "quizgen practice --misses"
    weak = [topic for topic in TOPICS if (scores := scores_of(topic, results)) and sum(scores) < ENOUGH * len(scores)]
    return " ".join(["quizgen practice", *(f"--topic {topic}" for topic in weak)]) if weak else ""


def scores_of(topic: str, results: Sequence[Result]) -> list[float]:
    return [one.score for one in results if one.task.skill.topic == topic]


def farewell(learner: Learner, session: Session, *, finished: bool) -> Iterator[Say]:
    """When the next card is due; and that the session can be resumed, where it was left in the midst."""
    due = learner.next_due()
    if due is not None:
        yield Say(prose("{}", f"Next review: {when(due, learner.clock())}."))
    if not finished:
        yield Say(Prose("`quizgen practice` goes on from here."))


def when(due: datetime, now: datetime) -> str:
    """`now`, `today at 18:30`, `tomorrow`, `in 5 days, on 24 November`."""
    days = (due.astimezone().date() - now.astimezone().date()).days
    if due <= now:
        return "now"
    if days == 0:
        return f"today at {due.astimezone():%H:%M}"
    if days == 1:
        return "tomorrow"
    return f"in {days} days, on {due.astimezone():%A}, {due.astimezone().day} {due.astimezone():%B}"


def duration(seconds: float) -> str:
    """`45 s`, `3 min 20 s`, `20 min`, `1 h 5 min`."""
    minutes, rest = divmod(round(seconds), 60)
    if minutes >= 60:
        return f"{minutes // 60} h {minutes % 60} min"
    return " ".join([*([f"{minutes} min"] if minutes else []), *([f"{rest} s"] if rest or not minutes else [])])
