"""One question: a first answer, a second try, then the worked solution; and all that can be asked for on the way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from string import ascii_lowercase
from threading import Lock
from typing import TYPE_CHECKING, Literal, TypeAlias

from quizgen.errors import QuizgenError
from quizgen.notation import Notation
from quizgen.practice.keys import HELP, HINT, KEYS, OPTIONS, QUIT, SKIP, SURE, UNDO, WHY, Key, key_of, keys_told
from quizgen.practice.talk import Ask, Say, Talk
from quizgen.practice.telling import aside, shown, solved, why
from quizgen.prose import Prose, joined, prose
from quizgen.question import Choices, FillIn, Open, Question, Statements

if TYPE_CHECKING:
    from quizgen.grading import Grade, Grader

Outcome: TypeAlias = Literal["right", "wrong", "skipped", "undo", "quit"]

ENDINGS: dict[Key, Outcome] = {SKIP: "skipped", UNDO: "undo", QUIT: "quit"}
"""The keys that leave a question."""

PROMPTS = {"statements": "true", "ranking": "order", "formula": "formula", "design": "layers"}
"""What stands before the cursor, for each kind of answer; nothing for a number."""

SURENESS: dict[bool | None, tuple[bool | None, str]] = {
    None: (True, "Noted: you are sure."),
    True: (False, "Noted: you are not sure."),
    False: (None, "Noted: you say nothing of how sure you are."),
}
"""What the key makes of how sure the learner is, and what is said."""


@dataclass(frozen=True, slots=True)
class Tried:
    """A try as the learner gave it. score: from 0 to 1; for the others see `records.Attempt`."""

    given: str
    score: float
    attempt: int = 1
    hints: int = 0
    options: bool = False
    seconds: float = 0.0
    sure: bool | None = None
    skipped: bool = False
    explanations: tuple[tuple[str, ...], ...] = ()
    exposes: tuple[str, ...] = ()


class Turn:
    """A question on its way from being shown to being answered.

    note: what remembers a try; it is called before a word is said about the try. timer: seconds, from any beginning.
    before: the question that was answered before, for whoever asks why.
    """

    keys = KEYS

    def __init__(
        self,
        question: Question,
        notation: Notation,
        note: Callable[[Question, Tried], None],
        timer: Callable[[], float],
        before: Question | None = None,
    ) -> None:
        self.question, self.notation, self.note, self.timer, self.before = question, notation, note, timer, before
        self.hints_seen = 0
        self.options_shown = False
        self.sure: bool | None = None
        self.began = 0.0
        self.grades: list[Grade] = []
        self._grader: Grader | None = None
        self._making = Lock()

    @property
    def grader(self) -> Grader:
        """Made when it is first needed, which is after the question was seen."""
        from quizgen.grading import grader

        with self._making:
            self._grader = self._grader or grader(self.question, self.notation)
        return self._grader

    @property
    def score(self) -> float:
        return float(self.grades[-1].score) if self.grades else 0.0

    @property
    def letters(self) -> str:
        """The letters that are options now: from the first if nobody could type the answer, else when asked for."""
        answering = self.question.answering
        if isinstance(answering, Choices) and (self.options_shown or isinstance(self.question.answer, Prose)):
            return ascii_lowercase[: len(answering.options)]
        return ""

    def play(self) -> Talk[Outcome]:
        yield Say(shown(self.question))
        self.began = self.timer()
        match self.question.answering:
            case FillIn():
                return (yield from self.by_cells())
            case Open():
                return (yield from self.in_own_words())
        return (yield from self.by_tries())

    # Ways to an answer

    def by_tries(self) -> Talk[Outcome]:
        """An answer, and a second one where the first is wrong."""
        given = ""
        for attempt in (1, 2):
            found = yield from self.answer(attempt, given)
            if isinstance(found, Key):
                return ENDINGS[found]
            if found is None:
                break
            given, grade = found
            self.tried(given, grade, attempt)
            if grade.correct:
                yield Say(grade.says, "right")
                return "right"
            yield Say(grade.says, "wrong")
            if attempt == 1:
                yield aside("Once more, or Enter to see it worked.")
        beside = self.grades[-1].beside()
        if beside:
            yield Say(beside)
        yield Say(solved(self.question))
        return "wrong"

    def by_cells(self) -> Talk[Outcome]:
        """The blanks of a table, one after the other; a wrong one is carried on as the learner has it."""
        from quizgen.grading.tables import TableGrader, overall
        from quizgen.practice.cells import Cells

        assert isinstance(self.grader, TableGrader)
        cells = Cells(self, self.grader)
        left = yield from cells.fill()
        if left is not None:
            return ENDINGS[left]
        grade = overall(cells.grades)
        self.tried("; ".join(cells.given), grade, 2 if cells.tried_again else 1)
        yield cells.said(grade)
        if grade.correct:
            return "right"
        yield Say(solved(self.question))
        return "wrong"

    def in_own_words(self) -> Talk[Outcome]:
        """An answer in words, which the learner compares with the worked one."""
        words = yield from self.line("")
        if isinstance(words, Key):
            return ENDINGS[words]
        yield Say(self.question.solution)
        found = yield from self.answer(1, prompt="was that it, y or n")
        if isinstance(found, Key):
            return ENDINGS[found]
        assert found is not None
        self.tried(words, found[1], 1)
        yield Say(found[1].says, "aside")
        return "right" if found[1].correct else "wrong"

    # Steps

    def answer(self, attempt: int, earlier: str = "", prompt: str = "") -> Talk[tuple[str, Grade] | Key | None]:
        """An answer that can be read, with its grade; a key that leaves the question; None for Enter at a second try."""
        while True:
            line = yield from self.line(prompt or PROMPTS.get(self.question.kind, ""), second=attempt == 2)
            if isinstance(line, Key):
                return line
            if not line and attempt == 2:
                return None
            if not line:
                yield aside("Type an answer, or ? for the keys.")
            elif line == earlier:
                yield aside("That is what you had before.")
            else:
                try:
                    return line, self.grader.grade(line)
                except QuizgenError as error:
                    yield aside(str(error))

    def line(self, prompt: str, *, second: bool = False) -> Talk[str | Key]:
        """A line that is an answer, or a key that leaves the question; what other keys ask for is said on the way."""
        while True:
            typed = (yield Ask(prompt, meanwhile=self.work_ahead, seconds=self.seconds_left())).strip()
            key = key_of(typed, self.letters, self.keys)
            if key in ENDINGS:
                return key
            if key is not None:
                yield from self.asked_for(key, second=second)
            elif (
                len(typed) == 1
                and typed.isalpha()
                and isinstance(self.question.answering, Choices)
                and not self.letters
            ):
                yield aside("The options are not shown yet; o shows them.")
            else:
                return typed

    def seconds_left(self) -> float | None:
        """How long the learner may take; None for as long as he likes."""
        return None

    def work_ahead(self) -> None:
        self.grader.prepare()

    def tried(self, given: str, grade: Grade, attempt: int) -> None:
        """Have a try remembered; what is said of it comes after that."""
        self.grades.append(grade)
        self.note(
            self.question,
            Tried(
                given,
                score=self.score,
                attempt=attempt,
                hints=self.hints_seen,
                options=self.options_shown,
                seconds=round(self.timer() - self.began, 1),
                sure=self.sure,
                explanations=grade.explanations,
                exposes=self.grader.exposes(),
            ),
        )

    # What keys ask for

    def asked_for(self, key: Key, *, second: bool) -> Talk[None]:
        if key == HELP:
            yield Say(keys_told(self.keys))
        elif key == HINT:
            yield from self.hint()
        elif key == OPTIONS:
            yield self.options()
        elif key == SURE:
            self.sure, says = SURENESS[self.sure]
            yield aside(says)
        elif key == WHY and second:
            yield aside("That would tell the answer. Enter shows it worked.")
        elif self.before is None:
            yield aside("No question is answered yet.")
        else:
            yield Say(why(self.before))

    def hint(self) -> Talk[None]:
        from quizgen.practice.hints import hints

        known = hints(self.question, self.notation)
        if self.hints_seen < len(known):
            self.hints_seen += 1
            lead = f"Hint {self.hints_seen} of {len(known)}:"
            yield Say(joined([Prose(lead), known[self.hints_seen - 1]], " "), "hint")
        else:
            yield aside("There are no more hints." if known else "There is no hint to this one.")

    def options(self) -> Say:
        from quizgen.render.pieces import answering_block

        match self.question.answering:
            case Choices():
                self.options_shown = not isinstance(self.question.answer, Prose)
                return Say(prose("{}", answering_block(self.question)))
            case Statements():
                return aside("They are all there: type the numbers of those that are true.")
        return aside("There are no options: this one is for you to type.")
