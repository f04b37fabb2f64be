"""The form `student`: somebody's wrong answer is given, and the belief behind it asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from quizgen.counting import Counting
from quizgen.distractors import plausible
from quizgen.feedback import feedback
from quizgen.forms.count import pose as pose_count
from quizgen.kind import Form, Kind, Wish
from quizgen.misconceptions import Misconception
from quizgen.notation import Notation
from quizgen.prose import Prose
from quizgen.question import Choice, Choices, Number
from quizgen.stream import Stream

LENGTHS = 2.0
"""The longest option may be so many times as long as the shortest."""


@dataclass(frozen=True, slots=True)
class Student(Counting):
    """A task that somebody has answered wrongly. belief: what he believes; others: what he might, each with its number."""

    belief: Misconception
    others: tuple[tuple[Misconception, Number], ...]

    @property
    def given(self) -> Number:
        """The student's answer."""
        found = Counting.believed(self, (self.belief,))
        assert found is not None
        return found

    def names(self, notation: Notation) -> Mapping[str, Any]:
        return {
            "given": self.given,
            "right": self.key,
            "noun": self.asked.quantity.noun,
            "belief": Prose(self.belief.belief),
            "why": feedback(self, (self.belief,), notation),
        }


def pose(kind: Kind, level: int, stream: Stream) -> Student | None:
    """A belief whose number no other belief leads to, among others that lead elsewhere."""
    task = pose_count(kind, level, stream)
    found = suspects(kind, task, stream)
    return found and Student(task.network, task.asked, *found)


Suspects: TypeAlias = tuple[Misconception, tuple[tuple[Misconception, Number], ...]]
"""A belief, and others with their numbers."""


def suspects(kind: Kind, task: Counting, stream: Stream) -> Suspects | None:
    """A belief that a number can be traced to, and others with other numbers; None where there are too few."""
    numbers: dict[Misconception, Number] = {}
    for held in task.relevant() if kind.offers is None else kind.offers:
        found = task.believed((held,))
        if found is not None and found != task.key and plausible(found, task.key):
            numbers[held] = found
    telling = [held for held, value in numbers.items() if list(numbers.values()).count(value) == 1]
    if len(telling) < kind.options:
        return None
    belief = stream.choice(telling)
    close = {held.belief: held for held in telling if held.belief != belief.belief and alike(held, belief)}
    others = stream.shuffled(list(close.values()))[: kind.options - 1]
    if len(others) < kind.options - 1:
        return None
    return belief, tuple((held, numbers[held]) for held in others)


def alike(one: Misconception, other: Misconception) -> bool:
    """Whether two beliefs take about as long to say, so that length tells nothing."""
    short, long = sorted((len(one.belief), len(other.belief)))
    return long <= short * LENGTHS


def beliefs(kind: Kind, task: Student, wish: Wish) -> Choices:
    """The belief, at the place that is wished for, among those that lead to other numbers."""
    wrong = [
        Choice(Prose(held.belief), False, (held.id,), feedback(task, (held,), wish.notation, right_too=False))
        for held, _ in task.others
    ]
    key = Choice(Prose(task.belief.belief), True)
    place = min(wish.below, len(wrong))
    return Choices((*wrong[:place], key, *wrong[place:]))


STUDENT = Form(
    name="student",
    summary="which belief leads to somebody's wrong answer",
    pose=pose,
    answers={"choice": beliefs},
)
