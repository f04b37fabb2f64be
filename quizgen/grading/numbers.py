"""One number or one shape: typed, or chosen by the letter of its option."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from string import ascii_lowercase

from quizgen.counting import Counting
from quizgen.diagnosis import Diagnosis, diagnose, task_of, ways_of
from quizgen.grading.ahead import Ahead
from quizgen.grading.base import LEAD, Grade, UnreadableError, right
from quizgen.kind import Posed
from quizgen.layers.base import Shape
from quizgen.misconceptions import MISCONCEPTIONS
from quizgen.notation import Notation
from quizgen.prose import Items, Prose, Table, joined, numbers_in, prose
from quizgen.question import Choice, Choices, Number, Question
from quizgen.typed import Given, exact, read
from quizgen.verdict import hinted, told, written

CATALOGUE = frozenset(MISCONCEPTIONS)
"""What practice remembers; a mistake of a template's author is told, and that is all."""

MOST_WAYS = 3
"""How many explanations of one answer a learner is told."""


class NumberGrader:
    """Grades numbers and shapes by what is behind them."""

    asks: tuple[str, ...] = ("",)

    def __init__(self, question: Question, notation: Notation) -> None:
        self.question, self.notation = question, notation
        self.ways = Ahead(lambda: ways_of(self.task))

    @property
    def task(self) -> Posed:
        return task_of(self.question)

    @property
    def options(self) -> tuple[Choice, ...]:
        answering = self.question.answering
        return answering.options if isinstance(answering, Choices) else ()

    def prepare(self) -> None:
        self.ways.prepare()

    def exposes(self) -> tuple[str, ...]:
        key = self.task.key
        differing = [self.ways.held(beliefs)[0] for beliefs, value in self.ways.values(1) if value != key]
        return tuple(held.id for held in differing)

    def grade(self, text: str) -> Grade:
        return graded(diagnose(self.task, self.read(text), MISCONCEPTIONS, self.ways), self.notation)

    def read(self, text: str) -> Given:
        """What was typed; a letter stands for its option."""
        letter = text.strip().lower().rstrip(".)")
        if self.options and len(letter) == 1 and letter in ascii_lowercase:
            value: Number | Prose = chosen(letter, self.options).value
            assert not isinstance(value, Prose)
            return exact(value)
        answer = self.question.answer
        given = read(text, shape=isinstance(answer, Shape))
        if isinstance(answer, Shape) and isinstance(given.value, Shape) and len(given.value) == 1 < len(answer):
            remedy = "Give the size of each axis, channels last: 26x26x32."
            raise UnreadableError("a shape is asked for, and that is one number.", remedy=remedy)
        return given


def chosen(letter: str, options: tuple[Choice, ...]) -> Choice:
    """The option of that letter; raises UnreadableError."""
    place = ascii_lowercase.index(letter)
    if place >= len(options):
        last = ascii_lowercase[len(options) - 1].upper()
        raise UnreadableError(f"there is no option {letter.upper()}.", remedy=f"They go from A to {last}.")
    return options[place]


def graded(diagnosis: Diagnosis, notation: Notation) -> Grade:
    if diagnosis.correct:
        return right(agreed(diagnosis, notation))
    return Grade(
        Fraction(0),
        said(diagnosis, notation),
        tuple(one.misconceptions for one in diagnosis.explanations if set(one.held) <= CATALOGUE),
        lambda: beside(diagnosis, notation),
    )


def agreed(diagnosis: Diagnosis, notation: Notation) -> Prose:
    """Why a right answer is right, in a line."""
    if isinstance(diagnosis.task, Counting):
        return told(diagnosis, notation)
    since = [prose("{}", formula) for formula in diagnosis.task.sides((), notation)[0]]
    yes = prose("Yes: {}", diagnosis.answer)
    return joined([joined([yes, joined(since, ", ")], ", since ") if since else yes, Prose("")], ".")


def said(diagnosis: Diagnosis, notation: Notation) -> Prose:
    """What is behind a wrong answer, without the right one. Several sets of beliefs that tie are none to speak of."""
    ways = diagnosis.explanations
    if len(ways) > 1 and len(ways[0].held) > 1 and not diagnosis.slips:
        return Prose("Not yet. No single mistake leads there, but several do in twos and threes.")
    says = hinted(replace(diagnosis, explanations=ways[:MOST_WAYS], nearest=None), notation)
    if diagnosis.answer in set(told_numbers(says)):
        beliefs = dict.fromkeys(held.belief for one in ways[:MOST_WAYS] for held in one.held)
        return joined([Prose(LEAD), *(Prose(f"*{belief}*") for belief in beliefs)], " ")
    return says


def told_numbers(says: Prose) -> Iterator[object]:
    """The numbers that are told, but for those of formulas."""
    yield from numbers_in(says)
    for value in says.values:
        if isinstance(value, Items):
            for item in value.items:
                yield from told_numbers(item)


def beside(diagnosis: Diagnosis, notation: Notation) -> Prose:
    """The wrong calculation beside the right one, where it is clear which one it was."""
    if len(diagnosis.explanations) != 1:
        return Prose("")
    steps = [step for step in diagnosis.steps(diagnosis.explanations[0], notation) if step.wrong and step.right]
    if len(steps) == 1:
        sides = (prose("Yours: {}", written(steps[0].wrong)), prose("Right: {}", written(steps[0].right)))
        return prose("{}", Items(sides))
    rows = tuple((step.where, written(step.wrong), written(step.right)) for step in steps)
    return prose("{}", Table(("Step", "Yours", "Right"), rows, "lll")) if rows else Prose("")
