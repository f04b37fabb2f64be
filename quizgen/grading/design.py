"""A network of one's own, held against each need that it has to meet."""

from __future__ import annotations

from fractions import Fraction

from quizgen.grading.base import Grade, right
from quizgen.network import Network
from quizgen.notation import Notation
from quizgen.prose import Items, Prose, prose
from quizgen.quantities import Asked, quantity
from quizgen.question import Design, Need, Number, Question, ascending


class DesignGrader:
    """Grades a network in the compact notation: worth the share of the needs that it meets."""

    asks: tuple[str, ...] = ("layers",)

    def __init__(self, question: Question, notation: Notation) -> None:
        assert isinstance(question.answering, Design)
        self.design = question.answering

    def prepare(self) -> None:
        """There is nothing to work out."""

    def exposes(self) -> tuple[str, ...]:
        return ()

    def grade(self, text: str) -> Grade:
        from quizgen.readers.compact import read_compact

        network = read_compact(text, input_shape=self.design.input).network
        judged = [(need, measured(need, network)) for need in self.design.needs]
        met = [keeps(need, value) for need, value in judged]
        if all(met):
            return right(Prose("Yes: it keeps to all that is needed."))
        lines = tuple(told(need, value, kept=kept) for (need, value), kept in zip(judged, met, strict=True))
        says = prose("Not yet.\n\n{}", Items(lines))
        return Grade(
            Fraction(sum(met), len(met)), says, beside=lambda: prose("One that does: `{}`", self.design.example)
        )


def measured(need: Need, network: Network) -> Number:
    return Asked(quantity(need.quantity)).value(network.rows)


def keeps(need: Need, value: Number) -> bool:
    if need.is_limit == "exactly":
        return value == need.bound
    return (ascending(value) <= ascending(need.bound)) is (need.is_limit == "most") or value == need.bound


def told(need: Need, value: Number, *, kept: bool) -> Prose:
    """What is needed, and what it comes to."""
    return prose("{} {}, yours has {}.", "Met:" if kept else "Missed:", need.says, value)
