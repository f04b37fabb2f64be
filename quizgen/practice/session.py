"""A sitting: question after question, what came of them, and the words at its end. No screen and no clock of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic

from quizgen.notation import FHW, Notation
from quizgen.practice.learner import Learner
from quizgen.practice.records import Attempt, Session, Task, Wishes
from quizgen.practice.talk import Left, Say, Talk
from quizgen.practice.telling import aside
from quizgen.practice.turn import Outcome, Tried, Turn
from quizgen.prose import prose
from quizgen.question import Question

REASONS: dict[str, str] = {
    "due": "due",
    "new": "new",
    "belief": "a belief to mend",
    "weak": "practised least well",
    "earlier": "from an earlier level",
}
"""Why a question is asked, in words."""


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a question. met: the misconceptions that led to wrong answers."""

    task: Task
    question: Question
    outcome: Outcome
    score: float
    met: tuple[str, ...] = ()


@dataclass(slots=True)
class Sitting:
    """A learner's session as a talk. make: the question of a task."""

    learner: Learner
    session: Session
    make: Callable[[Task], Question]
    notation: Notation = FHW
    timer: Callable[[], float] = monotonic
    results: list[Result] = field(default_factory=list)
    greeted: bool = False

    @property
    def wishes(self) -> Wishes:
        return self.session.wishes

    @property
    def place(self) -> int:
        """The number of the question that is being asked."""
        return self.learner.asked(self.session) + 1

    def talk(self) -> Talk[None]:
        """The questions, until the learner or what was wished for says that it is enough; then the words at the end."""
        from quizgen.practice.ending import ending

        began = self.timer()
        finished = yield from self.questions()
        if finished:
            self.learner.end(self.session)
        yield from ending(self.results, self.timer() - began, self.learner, self.session, finished=finished)

    def questions(self) -> Talk[bool]:
        """Whether all was asked that was wished for."""
        before: Question | None = None
        again: Task | None = None
        while not self.wishes.count or self.place <= self.wishes.count:
            task = again or self.learner.next(self.wishes, self.learner.stream(self.session))
            again = None
            if task is None:
                yield aside(NOTHING_MISSED if self.wishes.misses else "There is nothing left to practise.")
                return True
            question = self.make(task)
            if not self.greeted:
                yield self.greeting()
            turn = Turn(question, self.notation, self.noting(task), self.timer, before)
            yield self.heading(task, question)
            try:
                outcome = yield from turn.play()
            except Left:
                outcome = "quit"
            if outcome == "quit":
                if turn.grades:
                    self.finish(task, turn, "wrong")
                return False
            if outcome == "undo":
                again = yield from self.undone(task, turn)
                continue
            self.finish(task, turn, outcome)
            before = turn.question
        return True

    def greeting(self) -> Say:
        """How to answer; or, where a session goes on, from where."""
        self.greeted = True
        if self.session.asked:
            return aside(f"Going on where you stopped, after {counted(self.session.asked)}.")
        return aside("Type your answer and Enter; ? shows the keys.")

    def heading(self, task: Task, question: Question) -> Say:
        """`3 of 10 · conv · level 3 · due`, and the question's name."""
        number = f"{self.place} of {self.wishes.count}" if self.wishes.count else f"{self.place}"
        text = f"{number} · {task.skill.topic} · level {task.level} · {REASONS[task.why]}"
        return Say(prose("{}", text), "head", beside=question.name)

    def finish(self, task: Task, turn: Turn, outcome: Outcome) -> None:
        """Take down what came of a question."""
        if outcome == "skipped" and turn.grades:
            outcome = "wrong"
        if outcome == "skipped":
            tried = Tried("", 0.0, hints=turn.hints_seen, options=turn.options_shown, skipped=True)
            self.remember(task, turn.question, tried)
        wrong = [grade for grade in turn.grades if not grade.correct]
        met = dict.fromkeys(name for grade in wrong for held in grade.explanations[:1] for name in held)
        self.results.append(Result(task, turn.question, outcome, turn.score, tuple(met)))

    def noting(self, task: Task) -> Callable[[Question, Tried], None]:
        return lambda question, tried: self.remember(task, question, tried)

    def remember(self, task: Task, question: Question, tried: Tried) -> None:
        """Put a try on disk."""
        from quizgen.practice.schedule import grade, worth_seconds
        from quizgen.sampling.hand_cost import hand_cost

        attempt = Attempt(
            at=self.learner.clock(),
            session=self.session.name,
            question=f"{question.name}@{question.version}",
            skill=task.skill,
            given=tried.given,
            correct=tried.score == 1,
            attempt=tried.attempt,
            hints=tried.hints,
            options=tried.options,
            seconds=tried.seconds,
            sure=tried.sure,
            skipped=tried.skipped,
            explanations=tried.explanations,
            exposes=tried.exposes,
        )
        self.learner.answered(attempt, grade(attempt, worth_seconds(hand_cost(question.network))))

    def undone(self, task: Task, turn: Turn) -> Talk[Task]:
        """Take back the last grade. Gives the task to be asked again: this one, or the one before."""
        taken = self.learner.undo()
        if taken is None:
            yield aside("There is nothing to take back.")
            return task
        name = taken.question.partition("@")[0]
        yield aside(f"Taken back: {name}, {f'answered with “{taken.given}”' if taken.given else 'skipped'}.")
        if turn.grades:  # the first try at this very question
            return task
        if self.results and self.results[-1].question.name == name:
            return self.results.pop().task
        return Task(taken.skill, int(name.rpartition(":")[2]), "weak")


NOTHING_MISSED = "No belief is waiting to be mended. `quizgen practice` has what is due, and what is new."


def counted(questions: int) -> str:
    return f"{questions} question{'' if questions == 1 else 's'}"
