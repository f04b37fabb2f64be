"""What an answer is told: whether it's right, which calculation it comes from, and what mends the belief behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quizgen.calculations import Line, Step
from quizgen.counting import Counting
from quizgen.diagnosis import Diagnosis, Explanation
from quizgen.feedback import bent_row, feedback, mended
from quizgen.layers.graph import Row
from quizgen.misconceptions import rulebook
from quizgen.notation import FHW, Notation
from quizgen.prose import Items, Prose, Table, Value, joined, prose
from quizgen.quantities import WHOLE
from quizgen.question import Number


def told(diagnosis: Diagnosis, notation: Notation = FHW) -> Prose:
    """The diagnosis in words: what the answer comes from, and the right calculation beside it."""
    right = in_full(diagnosis.answer, diagnosis.right(notation))
    if diagnosis.correct:
        return sentence("Yes, rounded:" if diagnosis.given.rounded else "Yes:", right)
    return joined([*found(diagnosis, notation), sentence("Right is", right)], "\n\n")


def hinted(diagnosis: Diagnosis, notation: Notation = FHW) -> Prose:
    """What a wrong answer comes from, without the right one: for somebody who shall try again."""
    return joined(list(found(diagnosis, notation, right_too=False)), "\n\n")


def found(diagnosis: Diagnosis, notation: Notation, *, right_too: bool = True) -> Iterator[Prose]:
    """What the answer comes from. Slips are told where it takes more than one belief to explain it.

    right_too: whether the right calculation may stand beside the wrong one.
    """
    single = any(len(explanation.held) == 1 for explanation in diagnosis.explanations)
    slips = [] if single else [slip.says if right_too else slip.hint for slip in diagnosis.slips]
    ways = slips + [cause(diagnosis, one, notation) for one in diagnosis.explanations]
    if not ways:
        yield sentence("Not yet.", nothing_known(diagnosis, notation))
    elif len(ways) == 1:
        yield sentence("Not yet.", ways[0])
        if right_too:
            for explanation in diagnosis.explanations:
                yield from table(diagnosis.steps(explanation, notation))
    else:
        yield Prose("Not yet. One of these may be behind it:")
        leads = ("either:", *["or:"] * (len(ways) - 1))
        yield prose("{}", Items(tuple(map(sentence, leads, ways))))


def nothing_known(diagnosis: Diagnosis, notation: Notation) -> Prose:
    """That no mistake leads there, and the one that comes nearest."""
    if diagnosis.nearest is None:
        return Prose("No known mistake leads there.")
    nearest = cause(diagnosis, diagnosis.nearest, notation)
    return sentence("No known mistake leads there. The nearest:", nearest)


def cause(diagnosis: Diagnosis, explanation: Explanation, notation: Notation) -> Prose:
    """`2,600 is 100 × (5 × 5 + 1): ...`, with each belief and what mends it."""
    if not isinstance(diagnosis.task, Counting):
        why = feedback(diagnosis.task, explanation.held, notation, right_too=False)
        return joined([prose("{}:", explanation.value), why], " ")
    rows = bent_rows(diagnosis, explanation)
    beliefs = [sentence(f"*{held.belief}*", mended(held, bent_row(rows, held))) for held in explanation.held]
    return joined([origin(explanation.value, diagnosis.steps(explanation, notation)), *beliefs], " ")


def bent_rows(diagnosis: Diagnosis, explanation: Explanation) -> list[Row]:
    """The rows under the beliefs, those first that come out different on the way to what is asked for."""
    network, asked = diagnosis.task.network, diagnosis.task.asked
    of = None if asked.of == WHOLE else asked.of
    rows = network.under(rulebook(*explanation.held), of)
    pairs = list(zip(rows, network.rows, strict=False))
    of_target = [row for row, right in pairs if row.name == of and row[3:] != right[3:]]
    return [*of_target, *(row for row, right in pairs if row != right), *rows]


def origin(value: Number, steps: Sequence[Step]) -> Prose:
    """The last step of a calculation."""
    last = steps[-1].wrong if steps else None
    if last is None or last.calculation is None:
        return prose("{}:", value)
    if last.value == value:
        return prose("{} is {}:", value, last.calculation)
    return prose("{}, since {}:", value, last.whole)


def in_full(value: Number, lines: Sequence[Line]) -> Prose:
    """`100 × (3 × 5 × 5 + 1) = 7,600`, or a shape and how its sizes come about."""
    if [line.value for line in lines] == [value]:
        return prose("{}.", lines[0].whole)
    since = [prose("{}", line.whole) for line in lines]
    return joined([prose("{}, since {}.", value, joined(since, ", ")) if since else prose("{}.", value)], "")


def table(steps: Sequence[Step]) -> Iterator[Prose]:
    """Wrong and right beside each other, where there is more than one step."""
    if len(steps) > 1:
        rows = tuple((step.where, written(step.wrong), written(step.right)) for step in steps)
        yield prose("{}", Table(("Step", "Wrong", "Right"), rows, "lll"))


def written(line: Line | None) -> Value:
    return line.whole if line else ""


def sentence(lead: str, rest: Prose) -> Prose:
    return joined([Prose(lead), rest], " ")
