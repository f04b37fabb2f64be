"""An exam: so many questions in so much time, nothing told until the end; then all of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from quizgen.errors import PlanError
from quizgen.practice.ending import duration, ending
from quizgen.practice.keys import EXAM_KEYS, Key
from quizgen.practice.records import Skill, Task
from quizgen.practice.session import Result, Sitting, counted
from quizgen.practice.talk import Left, Say, Talk, TimeUp
from quizgen.practice.telling import aside, shown, solved
from quizgen.practice.turn import ENDINGS, Outcome, Turn
from quizgen.prose import Table, Value, prose
from quizgen.question import FillIn, Open, Question

if TYPE_CHECKING:
    from quizgen.grading import Grade

SOON = 120
"""So many seconds before the end they are counted one by one."""

WIDEST = 24
"""So much of an answer stands in the table of the report."""

UNITS = {"s": 1, "m": 60, "min": 60, "h": 3600}
LONGEST = 24 * 3600


def seconds_from(text: str) -> float:
    """`20m`, `90 s`, `1.5h`, `20` (minutes) in seconds; raises PlanError."""
    digits = text.strip().lower()
    unit = next((unit for unit in sorted(UNITS, key=len, reverse=True) if digits.endswith(unit)), "")
    number = digits.removesuffix(unit).strip()
    try:
        seconds = float(number) * UNITS[unit or "m"]
    except ValueError:
        seconds = 0
    if not 1 <= seconds <= LONGEST:
        raise PlanError(f"an exam can't take “{text}”.", remedy="Write 20m, 90s or 1h.")
    return seconds


class ExamTurn(Turn):
    """A question that is answered once, and of which nothing is told. ends: when, by the timer."""

    keys = EXAM_KEYS
    ends = 0.0
    given = ""

    def seconds_left(self) -> float:
        return max(0.0, self.ends - self.timer())

    def play(self) -> Talk[Outcome]:
        yield Say(shown(self.question))
        self.began = self.timer()
        match self.question.answering:
            case FillIn():
                return (yield from self.by_cells())
            case Open():
                return (yield from self.in_own_words())
        return (yield from self.by_tries())

    def by_tries(self) -> Talk[Outcome]:
        found = yield from self.answer(1)
        if isinstance(found, Key):
            return ENDINGS[found]
        assert found is not None
        return self.handed_in(*found)

    def by_cells(self) -> Talk[Outcome]:
        from quizgen.grading.tables import TableGrader, overall
        from quizgen.practice.cells import Cells

        assert isinstance(self.grader, TableGrader)
        cells = Cells(self, self.grader, tells=False)
        left = yield from cells.fill()
        return ENDINGS[left] if left is not None else self.handed_in("; ".join(cells.given), overall(cells.grades))

    def in_own_words(self) -> Talk[Outcome]:
        """An answer in words is for the learner to compare, when all is over."""
        words = yield from self.line("")
        if isinstance(words, Key):
            return ENDINGS[words]
        self.given = words
        return "skipped"

    def handed_in(self, given: str, grade: Grade) -> Outcome:
        self.given = given
        self.tried(given, grade, attempt=1)
        return "right" if grade.correct else "wrong"


@dataclass(slots=True)
class Exam:
    """An exam as a talk. seconds: how long it may take. sitting: what remembers the answers."""

    questions: Sequence[Question]
    seconds: float
    sitting: Sitting
    turns: list[tuple[ExamTurn, Outcome]] = field(default_factory=list)

    def talk(self) -> Talk[None]:
        sitting, count = self.sitting, len(self.questions)
        began = sitting.timer()
        yield aside(f"{counted(count)} in {duration(self.seconds)}. Nothing is told until the end; ? shows the keys.")
        try:
            yield from self.asked(began + self.seconds)
        except TimeUp:
            yield aside("Time is up.")
        except Left:
            yield aside("Handed in.")
        sitting.learner.end(sitting.session)
        sitting.results = self.results()
        yield from self.report()
        taken = min(sitting.timer() - began, self.seconds)
        yield from ending(sitting.results, taken, sitting.learner, sitting.session, finished=True)

    def results(self) -> list[Result]:
        """What came of every question; one without an answer is wrong."""
        for turn, outcome in self.turns:
            self.sitting.finish(task_of(turn.question), turn, outcome)
        missing = self.questions[len(self.turns) :]
        found = [*self.sitting.results, *(Result(task_of(one), one, "skipped", 0.0) for one in missing)]
        return [replace(one, outcome="wrong") if one.outcome == "skipped" else one for one in found]

    def asked(self, ends: float) -> Talk[None]:
        """The questions, one after the other and back."""
        sitting = self.sitting
        while len(self.turns) < len(self.questions):
            question = self.questions[len(self.turns)]
            turn = ExamTurn(question, sitting.notation, sitting.noting(task_of(question)), sitting.timer)
            turn.ends = ends
            left = remaining(turn.seconds_left())
            text = f"{len(self.turns) + 1} of {len(self.questions)} · {points(question.points)} · {left} left"
            yield Say(prose("{}", text), "head", beside=question.name)
            outcome = yield from turn.play()
            if outcome == "quit":
                return
            if outcome == "undo":
                yield from self.back()
            else:
                self.turns.append((turn, outcome))

    def back(self) -> Talk[None]:
        """The question before shall be answered again."""
        if not self.turns:
            yield aside("This is the first question.")
            return
        turn, _ = self.turns.pop()
        if turn.grades:
            self.sitting.learner.undo()

    def report(self) -> Talk[None]:
        """Every question with what was given and what is right; then those that went wrong, in full."""
        rows: list[tuple[Value, ...]] = []
        reached = sum(Fraction(turn.question.points) * Fraction(turn.score) for turn, _ in self.turns)
        for number, question in enumerate(self.questions, 1):
            turn = self.turns[number - 1][0] if number <= len(self.turns) else None
            given = shortened(turn.given) if turn and turn.given else "-"
            score = Fraction(question.points) * Fraction(turn.score if turn else 0)
            rows.append((number, question.name, given, answer_of(question), prose("{} of {}", score, question.points)))
        total = sum(question.points for question in self.questions)
        rows.append(("", "Total", "", "", prose("{} of {}", reached, total)))
        header = ("No.", "Question", "Yours", "Right", "Points")
        yield Say(prose("{}", Table(header, tuple(rows), "rlllr", last_is_total=True)))
        for number, (turn, outcome) in enumerate(self.turns, 1):
            if outcome != "right":
                yield from self.explained(number, turn)

    def explained(self, number: int, turn: ExamTurn) -> Talk[None]:
        """A question that was not answered right: what is behind the answer, and the worked solution."""
        yield Say(prose("{}", f"{number} · {turn.question.title}"), "head", beside=turn.question.name)
        yield Say(turn.question.stem)
        for grade in turn.grades:
            yield Say(grade.says, "wrong")
        yield Say(solved(turn.question))


def task_of(question: Question) -> Task:
    """A question of an exam as a task of practice."""
    return Task(Skill(question.topic, question.template, question.level), question.seed, "new")


def answer_of(question: Question) -> Value:
    from quizgen.render.pieces import answer_value

    return "see below" if isinstance(question.answering, FillIn | Open) else answer_value(question)


def shortened(text: str) -> str:
    return text if len(text) <= WIDEST else f"{text[:WIDEST]}..."


def remaining(seconds: float) -> str:
    """`12 min`, and seconds where they begin to count."""
    return f"{round(seconds / 60)} min" if seconds >= SOON else duration(seconds)


def points(number: int) -> str:
    return f"{number} point{'' if number == 1 else 's'}"
