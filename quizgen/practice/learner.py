"""One learner: what is remembered, what to ask next, which beliefs are held. A facade over store, schedule and beliefs.

A session goes so:

    with Learner.open(folder) as learner:
        session = learner.resume() or learner.begin(wishes, seed)
        while task := learner.next(session.wishes, learner.stream(session)):
            question = compose(find_kind(task.kind, folders), task.seed)
            ...
            learner.answered(attempt, grade)   # on disk when it returns; show the feedback after that
        learner.end(session)

`attempt.session` is `session.name`; `attempt.question` is `task.name`, with or without the question's version. Each try is
handed over as it is given: a wrong first one with the grade `again`, and then the second one with `hard` or `again`, which
takes the place of the first one's grade (`schedule.grade` has the rules). What was skipped is handed over with
`skipped=True`; its grade does not matter. `attempt.explanations` are those of the diagnosis, `attempt.exposes` the
misconceptions under which the question has another answer than the right one; both are put in the light of what is known
of the learner before they are kept.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType

from quizgen.errors import Place
from quizgen.practice import beliefs, schedule
from quizgen.practice.choosing import claims, series
from quizgen.practice.exposing import evidence
from quizgen.practice.picking import Picker
from quizgen.practice.processes import is_alive, this_process
from quizgen.practice.progress import (
    Belief,
    Day,
    LevelProgress,
    SkillProgress,
    belief_reports,
    days,
    level_reports,
    skill_reports,
    streak,
)
from quizgen.practice.records import Attempt, Card, Entry, Grade, Session, Skill, StoreError, Task, Wishes
from quizgen.practice.situations import bare, situation
from quizgen.practice.store import Store
from quizgen.practice.upkeep import file_away, rework, take_back
from quizgen.question import Question
from quizgen.stream import Stream

RESUMABLE = timedelta(days=7)
"""So long can a session be resumed."""

BACKWARDS = timedelta(hours=1)
"""So far may the clock lie behind the last answer: clocks are set right, but not by more."""

SHOWN = 0.4
"""A misconception that has such a share of a wrong answer is taken to show in it: one of two that tie, too."""


def now() -> datetime:
    return datetime.now(UTC)


class Learner:
    """One learner. Every method raises StoreError where what is remembered can't be read or written."""

    def __init__(self, store: Store, clock: Callable[[], datetime], templates: Sequence[Path]) -> None:
        self.store, self.clock = store, clock
        self.picker = Picker(templates)
        self._session: str | None = None
        self._known: dict[str, float] | None = None
        self._entries: Sequence[Entry] | None = None

    @classmethod
    def open(
        cls,
        folder: Path,
        *,
        clock: Callable[[], datetime] = now,
        templates: Sequence[Path] = (),
        write: bool = True,
        checks_clock: bool = True,
    ) -> Learner:
        """The learner whose data is in that folder, made if need be.

        clock: the time in UTC. templates: folders whose templates come before the built-in ones. write: False to look
        only; then nothing is made and nothing is touched. checks_clock: whether a clock that lies behind the last answer
        is an error. Raises StoreError with the way to recover.
        """
        store = Store.open(folder, write=write)
        try:
            if store.renewed:
                with store.writing():
                    rework(store)
            if write and checks_clock:
                check_clock(store, clock())
        except BaseException:
            store.close()
            raise
        return cls(store, clock, templates)

    def close(self) -> None:
        """Let go of the file. Nothing is lost without it."""
        self.store.close()

    def __enter__(self) -> Learner:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # A session

    def begin(self, wishes: Wishes, seed: int) -> Session:
        """A new session. The same seed and the same history give the same questions."""
        at = self.clock()
        session = Session(f"{at:%Y%m%d-%H%M%S}-{os.urandom(3).hex()}", wishes, seed, at)
        with self.store.writing():
            self.store.keep(session, process=this_process())
        self._session = session.name
        return session

    def resume(self) -> Session | None:
        """The latest session, if it was not ended, has an answer, began within a week and nobody is in it."""
        found = self.store.sessions()
        if not found:
            return None
        session, process = found[-1]
        asked = self.asked(session)
        if session.ended or not asked or is_alive(process) or self.clock() - session.began > RESUMABLE:
            return None
        with self.store.writing():
            self.store.keep(session, process=this_process())
        self._session = session.name
        return replace(session, asked=asked)

    def end(self, session: Session) -> None:
        """The session is over: it will not be resumed."""
        with self.store.writing():
            self.store.keep(replace(session, ended=self.clock()))

    def stream(self, session: Session) -> Stream:
        """The random choices for the session's next question: fixed by its seed and by how many came before."""
        return Stream("practice", session.seed, self.asked(session))

    def asked(self, session: Session) -> int:
        """How many questions of the session have been answered or skipped."""
        return self.store.asked(session.name)

    def next(self, wishes: Wishes, stream: Stream) -> Task | None:
        """What to ask now; None where there is nothing (for `misses`: all mended). Never the same question twice in a row.

        Raises PlanError where the wishes fit no question kind, and TemplateError where no question can be made.
        """
        allowed = series(self.picker.kinds.values(), wishes)
        known = self.known if wishes.misses or (self._session and self.store.asked(self._session)) else {}
        found = situation(self.store, self._session, wishes, allowed, known, self.clock())
        return self.picker.pick(claims(found), found, known, stream)

    def question(self, task: Task) -> Question:
        """The question of a task that `next` has just given, without making it again."""
        return self.picker.made[task.name][0]

    def answered(self, attempt: Attempt, grade: Grade) -> None:
        """Remember an answer: it is durable on disk when this returns."""
        last = self.store.last_time()
        attempt = replace(attempt, at=max(attempt.at, last) if last else attempt.at)
        shown: tuple[str, ...] = ()
        if not attempt.correct and not attempt.skipped:
            made = self.picker.made.get(bare(attempt.question))
            attempt = evidence(attempt, made[1], self.known) if made else attempt
            shares = beliefs.shares(attempt.explanations, self.known)
            shown = tuple(name for name, share in shares.items() if share >= SHOWN)
        file_away(self.store, Entry(attempt, grade, shown))
        self._known = self._entries = None

    def undo(self) -> Attempt | None:
        """Take back the last question that was answered in the session begun or resumed here, with all its tries.
        Gives its last attempt; None where there is nothing to take back."""
        answers = self.store.entries(session=self._session) if self._session else []
        if not answers:
            return None
        take_back(self.store, answers[-1])
        self._known = self._entries = None
        return answers[-1].attempt

    # What is known

    def due(self) -> list[Card]:
        """The cards that are due, the longest due first."""
        at = self.clock()
        return sorted(
            (card for card in self.store.cards().values() if schedule.is_due(card, at)), key=lambda card: card.due
        )

    def next_due(self) -> datetime | None:
        """When the first card is due, be it in the past."""
        return min((card.due for card in self.store.cards().values()), default=None)

    def attempts(self) -> list[Attempt]:
        """All answers, in the order of time."""
        return [entry.attempt for entry in self.entries()]

    def entries(self) -> Sequence[Entry]:
        """All answers with their grades, in the order of time."""
        if self._entries is None:
            self._entries = self.store.entries()
        return self._entries

    def levels(self) -> list[LevelProgress]:
        """Every level of a topic that was practised, with how it goes."""
        return level_reports(self.entries())

    def skills(self) -> list[SkillProgress]:
        """Every skill that was practised, in the order of the series, with how it goes."""
        return skill_reports(self.entries(), self.store.cards())

    def beliefs(self) -> list[Belief]:
        """Every misconception of which something is known, the likeliest first."""
        return belief_reports(self.entries(), self.store.cards(), self.known)

    def days(self) -> list[Day]:
        """What was done on each day on which something was, in the order of time."""
        return days(self.entries())

    def streak(self) -> int:
        """The days in a row, up to today or yesterday, on which something was answered."""
        return streak(self.days(), self.clock())

    def forecast(self, days: int = 14) -> list[int]:
        """How many reviews are due today and on each of the next days."""
        return schedule.forecast(self.store.cards().values(), self.clock(), days)

    @property
    def known(self) -> dict[str, float]:
        """How likely each misconception is held, of those that an answer bears on."""
        if self._known is None:
            latest = self.store.entries(latest=beliefs.WINDOW)
            self._known = beliefs.profile(entry.attempt for entry in latest)
        return self._known


def check_clock(store: Store, at: datetime) -> None:
    """Raise StoreError where the clock lies behind what is remembered: nothing could be scheduled."""
    last = store.last_time()
    if last is not None and at < last - BACKWARDS:
        raise StoreError(
            f"the clock says {at:%Y-%m-%d %H:%M} UTC, but the last answer was given at {last:%Y-%m-%d %H:%M} UTC.",
            place=Place(store.path),
            remedy="Set the clock right; or, if it was wrong then, date those answers to now with “quizgen data clock”.",
        )


__all__ = ["Attempt", "Grade", "Learner", "Session", "Skill", "StoreError", "Task", "Wishes"]
