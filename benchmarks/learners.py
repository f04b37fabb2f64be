"""Whether simulated learners are found out: `python -m benchmarks.learners [--learners N]`; for 200 it takes long.

A simulated learner has a fixed set of beliefs and works every question out under all of them at once. The profile after 60
questions names the misconceptions that it takes to be held. Counted are the beliefs of all learners that were named, and
the named ones that were not held. A belief can be drawn only if questions of the kinds that the learner practises expose it
in this learner, and tell it from every other one: what no question shows, nobody could find.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from quizgen.compose import compose
from quizgen.diagnosis import diagnose, task_of
from quizgen.errors import TemplateError
from quizgen.kinds import TOPICS, Kind, all_kinds, find_kind
from quizgen.misconceptions import MISCONCEPTIONS
from quizgen.practice import schedule
from quizgen.practice.beliefs import HELD
from quizgen.practice.exposing import Worlds
from quizgen.practice.learner import Learner
from quizgen.practice.picking import Picker
from quizgen.practice.records import Attempt, Task, Wishes
from quizgen.question import Number, Question
from quizgen.stream import Stream

QUESTIONS = 60
LEARNERS = 200
SEEDS = 40
"""So many questions there are of each kind, so that all learners can share them."""

SAMPLES = 6
"""So many questions of a kind are looked at for the beliefs that it exposes."""

MOST_HELD = 6
WORTH = 40.0
"""The seconds that a question is said to be worth."""

START = datetime(2026, 1, 5, 9, tzinfo=UTC)
PACE = timedelta(seconds=40)


@dataclass
class Clock:
    """A clock that goes on when it is told to."""

    at: datetime = START

    def __call__(self) -> datetime:
        return self.at


class Sharing(Picker):
    """Shares the questions that were made for other learners."""

    def worlds(self, task: Task) -> Worlds:
        self.made[task.name] = known(task.name, find_kind(task.kind))
        return self.made[task.name][1]


@cache
def known(name: str, kind: Kind) -> tuple[Question, Worlds]:
    question = compose(kind, int(name.split(":")[1]))
    return question, Worlds(question)


@cache
def explained(name: str, kind: Kind, answer: Number) -> tuple[tuple[str, ...], ...]:
    found = diagnose(task_of(known(name, kind)[0]), answer)
    return tuple(one.misconceptions for one in found.explanations)


@dataclass
class Simulated:
    """Somebody with beliefs. slip: how often an answer goes wrong in some other way. mending: how likely a belief is let
    go of when an answer has shown it and it was told."""

    held: set[str]
    stream: Stream
    slip: float = 0.0
    mending: float = 0.0
    mended: set[str] = field(default_factory=set)

    def attempt(self, task: Task, kind: Kind, session: str, at: datetime) -> Attempt:
        """His answer; none where his beliefs lead to none."""
        worlds = known(task.name, kind)[1]
        answer = worlds.answer(self.held)
        if isinstance(answer, int) and self.stream.chance(self.slip):
            answer += self.stream.between(1, 99)
        found = Attempt(
            at,
            session,
            task.name,
            task.skill,
            given="" if answer is None else str(answer),
            correct=answer == worlds.key,
            skipped=answer is None,
            seconds=PACE.total_seconds(),
            exposes=worlds.exposes(),
        )
        if found.correct or found.skipped:
            return found
        explanations = explained(task.name, kind, answer)
        self.is_told({name for one in explanations for name in one})
        return replace(found, explanations=explanations)

    def is_told(self, names: set[str]) -> None:
        for name in sorted(names & self.held):
            if self.stream.chance(self.mending):
                self.held.remove(name)
                self.mended.add(name)


@cache
def exposable(kind: Kind) -> dict[str, int]:
    """The misconceptions that some questions of a kind expose, with how many of them do."""
    found: Counter[str] = Counter()
    for _, worlds in samples(kind):
        found.update(worlds.exposes())
    return dict(found)


@cache
def samples(kind: Kind) -> list[tuple[Question, Worlds]]:
    found = []
    for seed in range(SAMPLES):
        try:
            found.append(known(f"{kind.name}:{seed}", kind))
        except TemplateError:
            continue
    return found


def answerable(kind: Kind) -> bool:
    """Whether it is answered by one value, which beliefs give."""
    return kind.answer in ("choice", "number")


def beliefs(kinds: Sequence[Kind], count: int, stream: Stream) -> set[str]:
    """So many beliefs that questions of these kinds expose, each also beside the others, and apart from each other one."""
    pool = sorted({name for kind in kinds for name, often in exposable(kind).items() if 2 * often > SAMPLES})
    while True:
        held = set(stream.sample(pool, count))
        if all(stands_out(name, held, kinds) for name in held):
            return held


def stands_out(name: str, held: set[str], kinds: Sequence[Kind]) -> bool:
    """Whether some question shows a belief beside the others, and no other belief in its place would answer all alike."""
    rest = held - {name}
    everything = [worlds for kind in kinds for _, worlds in samples(kind)]
    showing = [worlds for worlds in everything if shows(worlds, name, held)]
    rivals = {rival for worlds in showing[:1] for rival in worlds.relevant} - held
    return bool(showing) and not any(
        all(worlds.answer(held) == worlds.answer(rest | {rival}) for worlds in (*showing, *everything))
        for rival in rivals
    )


def shows(worlds: Worlds, name: str, held: set[str]) -> bool:
    here, without = worlds.answer(held), worlds.answer(held - {name})
    return here is not None and here != without


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a simulated learner.

    held, named: the beliefs at the end, and those that the profile names. mended: those let go of; returns: how many
    questions came for them afterwards; unmended: those of them that the profile still names.
    """

    held: set[str]
    named: set[str]
    mended: set[str]
    returns: int
    asked: int


def practise(kinds: Sequence[Kind], somebody: Simulated, seed: int, questions: int) -> Result:
    """So many questions of these kinds, and what is said of the learner after them."""
    clock, wishes = Clock(), Wishes(kinds=tuple(kind.name for kind in kinds))
    by_name = {kind.name: kind for kind in kinds}
    returns = asked = 0
    with tempfile.TemporaryDirectory() as folder, Learner.open(Path(folder), clock=clock) as learner:
        learner.picker = Sharing(())
        learner.picker.seeds = SEEDS
        session = learner.begin(wishes, seed)
        while asked < questions and (task := learner.next(wishes, learner.stream(session))):
            asked += 1
            returns += task.misconception in somebody.mended
            attempt = somebody.attempt(task, by_name[task.kind], session.name, clock())
            learner.answered(attempt, schedule.grade(attempt, worth=WORTH))
            clock.at += PACE
        named = {name for name, chance in learner.known.items() if chance > HELD}
    return Result(somebody.held, named, somebody.mended, returns, asked)


def parts(kinds: Sequence[Kind], stream: Stream) -> tuple[str, ...]:
    """Three topics in a row, as a course would practise them."""
    topics = [topic for topic in TOPICS if any(kind.topic == topic for kind in kinds)]
    first = stream.below(max(1, len(topics) - 2))
    return tuple(topics[first : first + 3])


def simulate(
    learners: int,
    *,
    kinds: Sequence[Kind] = (),
    slip: float = 0.0,
    mending: float = 0.0,
    questions: int = QUESTIONS,
) -> Iterator[Result]:
    """So many learners, each practising these kinds; where none are given, three topics in a row."""
    known_kinds = kinds or [kind for kind in all_kinds() if answerable(kind)]
    for number in range(learners):
        stream = Stream("simulated", number)
        topics = parts(known_kinds, stream)
        chosen = kinds or [kind for kind in known_kinds if kind.topic in topics]
        held = beliefs(chosen, stream.between(1, MOST_HELD), stream)
        yield practise(chosen, Simulated(held, stream, slip, mending), number, questions)


def named(what: str, results: Sequence[Result]) -> None:
    """A row of the table of learners who keep their beliefs."""
    held = sum(len(one.held) for one in results)
    found = sum(len(one.held & one.named) for one in results)
    all_named = sum(len(one.named) for one in results)
    wrong = sum(len(one.named - one.held) for one in results)
    exactly = sum(one.held == one.named for one in results)
    print(
        f"{what:<44}{held:>9}{found / held:>9.1%}{wrong / max(1, all_named):>9.1%}{exactly / len(results):>9.1%}",
        flush=True,
    )


def scheduled_away(results: Sequence[Result]) -> None:
    """The lines on learners who mend what they are told."""
    mended = sum(len(one.mended) for one in results)
    still = sum(len(one.mended & one.named) for one in results)
    print(f"{mended} beliefs were mended when they were told; still named: {still / max(1, mended):.1%}")
    print(f"questions for each of them after that: {sum(one.returns for one in results) / max(1, mended):.1f}")


def main() -> None:
    learners = int(sys.argv[sys.argv.index("--learners") + 1]) if "--learners" in sys.argv else LEARNERS
    kinds = [kind for kind in all_kinds() if answerable(kind)]
    exposed = {name for kind in kinds for name in exposable(kind)}
    print(f"{len(kinds)} question kinds with one answer expose {len(exposed)} of {len(MISCONCEPTIONS)} misconceptions")
    print(f"{learners} learners with 1 to {MOST_HELD} beliefs each, {QUESTIONS} questions")
    print(f"{'':<44}{'beliefs':>9}{'named':>9}{'false':>9}{'exactly':>9}")
    named("three topics in a row", list(simulate(learners)))
    named("three topics in a row, 5% slips", list(simulate(learners, slip=0.05)))
    named("the whole series at once", list(simulate(learners, kinds=kinds)))
    scheduled_away(list(simulate(learners, mending=0.7)))


if __name__ == "__main__":
    main()
