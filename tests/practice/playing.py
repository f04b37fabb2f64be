"""Sessions without a terminal: lines go in, what is said comes out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from quizgen.compose import compose
from quizgen.kinds import find_kind
from quizgen.practice.learner import Learner
from quizgen.practice.records import Attempt, Wishes
from quizgen.practice.session import Sitting
from quizgen.practice.talk import Ask, Left, Say, Talk
from quizgen.render.formats import writer

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@dataclass
class Clock:
    """Goes on by a second whenever it is looked at."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@dataclass
class Heard:
    """What a talk said, with the answers in between; and what it left behind."""

    said: list[Say] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    attempts: list[Attempt] = field(default_factory=list)
    done: bool = False

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    def tones(self, tone: str) -> list[str]:
        return [plain(one) for one in self.said if one.tone == tone]


def plain(said: Say) -> str:
    return " ".join(writer("txt").prose(said.text).split())


def play(talk: Talk[None], *lines: str | BaseException) -> Heard:
    """Answer what is asked with these lines, then go. done: whether the talk ended before the lines did."""
    heard, waiting = Heard(), iter(lines)
    reply: str | BaseException | None = None
    while True:
        try:
            out = talk.throw(reply) if isinstance(reply, BaseException) else talk.send(reply)  # type: ignore[arg-type]
        except StopIteration:
            heard.done = not any(True for _ in waiting)
            return heard
        reply = None
        if isinstance(out, Ask):
            reply = next(waiting, Left())
            heard.lines.append(f"{out.prompt}> {reply}")
        else:
            heard.said.append(out)
            heard.lines.append(plain(out))


Practise = Callable[..., Heard]


@pytest.fixture
def learner(tmp_path: Path) -> Iterator[Learner]:
    with Learner.open(tmp_path / "data", clock=Clock()) as opened:
        yield opened


@pytest.fixture
def practise(learner: Learner) -> Practise:
    """`practise("3008", "q", kinds=("conv2d-params",), seed=7)`: a sitting with these lines."""

    def sat(*lines: str, seed: int = 7, **wishes: object) -> Heard:
        session = learner.begin(Wishes(**wishes), seed)  # type: ignore[arg-type]
        ticks = iter(range(10_000_000))
        sitting = Sitting(
            learner, session, lambda task: compose(find_kind(task.kind), task.seed), timer=lambda: 60.0 * next(ticks)
        )
        heard = play(sitting.talk(), *lines)
        heard.attempts = [one for one in learner.attempts() if one.session == session.name]
        return heard

    return sat
