"""The form `error`: a worked solution with one mistake in it, and the question in which line it is made.

The solution is worked under a belief from its first line to its last, so that the mistake is carried forward as people
carry it: later lines come out wrong as well, though their own rules are right.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from quizgen.counting import Counting
from quizgen.feedback import feedback
from quizgen.forms.count import pose as pose_count
from quizgen.kind import Form, Kind, Wish
from quizgen.layers.graph import Row
from quizgen.misconceptions import Misconception, rulebook
from quizgen.notation import Notation
from quizgen.prose import Filling, Items, Prose, prose
from quizgen.question import Choice, Choices
from quizgen.stream import Stream
from quizgen.workings import Workings

FEWEST_LINES, MOST_LINES = 4, 7


@dataclass(frozen=True, slots=True)
class Flawed(Counting):
    """A network's count, worked by somebody who holds a belief. belief: the one; line: the first that goes wrong, from 0."""

    belief: Misconception
    line: int

    @property
    def wrong_rows(self) -> tuple[Row, ...]:
        return self.network.under(rulebook(self.belief))

    def names(self, notation: Notation) -> Mapping[str, Any]:
        wrong = Workings(self.wrong_rows, rulebook(self.belief), notation)
        right = Workings(self.network.rows, notation=notation)
        return {
            "lines": Items(tuple(lines(wrong, self.network.rows)), numbered=True),
            "corrected": Items(tuple(lines(right, self.network.rows)), numbered=True),
            "noun": self.asked.quantity.noun,
            "total": Counting.believed(self, (self.belief,)),
            "right": self.key,
            "belief": Prose(self.belief.belief),
            "why": feedback(self, (self.belief,), notation),
        }


def tells(row: Row) -> bool:
    """Whether a layer has anything to work out."""
    return bool(row.trainable) or row.output != row.inputs[0]


def lines(workings: Workings, truth: tuple[Row, ...]) -> Iterator[Prose]:
    """One line for each layer that has anything to work out: its sizes, and its parameters."""
    for row, right in zip(workings.rows, truth, strict=True):
        if not tells(right):
            continue
        filling = Filling()
        name, output = filling(row.name), filling(row.output)
        sizes = ", ".join(f"${filling(size.calculation)}$" for size in workings.sizes(row))
        words = [f"{name}: {sizes}, so {output}" if sizes else f"{name}: {output}"]
        if row.trainable:
            counts = [worked.calculation for _, worked in workings.counts(row, "trainable")]
            words.append("parameters " + " and ".join(f"${filling(one)}$" for one in counts[:3]))
        yield filling.prose("; ".join(words))


def first_wrong(task: Counting, held: Misconception) -> int | None:
    """The line in which a belief first shows; None where it shows in the total alone, or nowhere."""
    pairs = zip(task.network.under(rulebook(held)), task.network.rows, strict=True)
    shown = [(wrong, right) for wrong, right in pairs if tells(right)]
    return next((place for place, (wrong, right) in enumerate(shown) if wrong[2:] != right[2:]), None)


def pose(kind: Kind, level: int, stream: Stream) -> Flawed | None:
    """A network of few lines, and a belief that shows in one of them; each line that can go wrong is as likely."""
    task = pose_count(kind, level, stream)
    count = sum(map(tells, task.network.rows))
    if not FEWEST_LINES <= count <= MOST_LINES or any(row.parts for row in task.network.rows):
        return None
    by_line: dict[int, list[Misconception]] = {}
    for held in task.relevant() if kind.offers is None else kind.offers:
        found = task.believed((held,))
        line = first_wrong(task, held) if found is not None and found != task.key else None
        if line is not None:
            by_line.setdefault(line, []).append(held)
    if not by_line:
        return None
    line = stream.choice(sorted(by_line))
    return Flawed(task.network, task.asked, stream.choice(by_line[line]), line)


def choices(kind: Kind, task: Flawed, wish: Wish) -> Choices | None:
    """The line among so many before it and behind it; None where there are not as many."""
    count = sum(map(tells, task.network.rows))
    before, behind = list(range(task.line)), list(range(task.line + 1, count))
    if len(before) < wish.below or len(behind) < wish.above:
        return None
    chosen = [*wish.stream.sample(before, wish.below), task.line, *wish.stream.sample(behind, wish.above)]
    return Choices(tuple(line(task, place) for place in sorted(chosen)))


def line(task: Flawed, place: int) -> Choice:
    """A line. One before the mistake is right, and one behind it works rightly with what it is given."""
    said = Prose(f"Line {place + 1}")
    if place == task.line:
        return Choice(said, True)
    if place < task.line:
        return Choice(said, False, feedback=Prose("This line is right."))
    why = prose("Its own rule is right; it works with the numbers of line {}.", task.line + 1)
    return Choice(said, False, feedback=why)


ERROR = Form(
    name="error",
    summary="the line in which a worked solution goes wrong",
    pose=pose,
    answers={"choice": choices},
)
