"""Wrong answers that no belief is behind: a layer left out, another layer's count, a digit that went astray."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations

from quizgen.arithmetic import product
from quizgen.layers.base import Shape
from quizgen.layers.graph import Row
from quizgen.network import Network
from quizgen.prose import Prose, prose
from quizgen.quantities import WHOLE, Asked, fields
from quizgen.question import Number
from quizgen.typed import Given
from quizgen.workings import volume

FEW_DIGITS = 3
"""A number of fewer digits is not mistyped, but another number."""


@dataclass(frozen=True, slots=True)
class Slip:
    """What went wrong, in a word and in a sentence. hint: a sentence that keeps the right number to itself."""

    name: str
    says: Prose
    hint: Prose


def slips(network: Network, asked: Asked, given: Given) -> tuple[Slip, ...]:
    """The slips that lead from the right answer to the given one."""
    return tuple(Slips(network, asked, given).all())


@dataclass(frozen=True, slots=True)
class Slips:
    """The ways in which the given answer may come of the right one."""

    network: Network
    asked: Asked
    given: Given

    @property
    def answer(self) -> Number:
        return self.asked.value(self.network.rows)

    def all(self) -> Iterator[Slip]:
        if self.asked.quantity.rule in ("trainable", "non_trainable", "macs"):
            yield from self.of_a_total() if self.asked.of == WHOLE else self.off_by_one_layer()
            yield from self.of_outputs()
        elif self.asked.of != WHOLE:
            yield from self.off_by_one_layer()
        if isinstance(self.answer, Shape):
            yield from self.of_axes(self.answer)
        elif isinstance(self.answer, int) and not self.given.rounded and isinstance(self.given.value, int):
            yield from of_digits(self.answer, self.given.value)

    def of_a_total(self) -> Iterator[Slip]:
        """A layer that is missing from the sum, or that is all of it."""
        assert isinstance(self.answer, int)
        for row in self.network.rows:
            amount = self.asked.quantity.of_row(row)
            assert isinstance(amount, int)
            if amount and row.node.tied_to is None:
                if self.given.matches(self.answer - amount):
                    says = prose("{}, which has {}, is left out.", row.name, amount)
                    yield Slip("layer-left-out", says, prose("{} is left out.", row.name))
                if self.given.matches(amount):
                    yield plain_slip("one-layer-alone", prose("{} is the count of {} alone.", amount, row.name))

    def of_outputs(self) -> Iterator[Slip]:
        """How many numbers come out, in place of how many it takes."""
        rows = self.network.rows if self.asked.of == WHOLE else [self.network.row(self.asked.of)]
        for row in rows[-1:]:
            if self.given.matches(product(row.output)) or self.given.value == row.output:
                says = prose("That is how many numbers {} puts out: ${}$.", row.name, volume(row.output))
                yield plain_slip("output-size", says)

    def off_by_one_layer(self) -> Iterator[Slip]:
        """What is asked for, of the layer before or behind."""
        place = self.network.place(self.asked.of)
        for step, where in ((-1, "before"), (1, "behind")):
            row = self.neighbour(place, step)
            if row is None:
                continue
            value = self.value_of(row)
            if value and value != self.answer and self.given.matches(value):
                says = prose(f"That is the {self.asked.quantity.noun} of {{}}, the layer {where}.", row.name)
                yield plain_slip("off-by-one-layer", says)

    def neighbour(self, place: int, step: int) -> Row | None:
        """The next layer in that direction which has what is asked for."""
        rows = self.network.rows
        places = range(place + step, len(rows) if step > 0 else -1, step)
        return next((rows[at] for at in places if self.value_of(rows[at]) not in (0, None, self.answer)), None)

    def value_of(self, row: Row) -> Number | None:
        if self.asked.quantity.rule != "window":
            return self.asked.quantity.of_row(row)
        field = fields(self.network.rows, {}).get(row.name)
        return Shape(field.size) if field else None

    def of_axes(self, answer: Shape) -> Iterator[Slip]:
        """The right sizes in another order, or one size with its digits swapped."""
        given = self.given.value
        if not isinstance(given, Shape):
            return
        if sorted(given) == sorted(answer):
            yield plain_slip(
                "axes-swapped", Prose("The sizes are right, but in another order: channels come last here.")
            )
        elif given == Shape((product(answer),)):
            says = Prose("The sizes are multiplied; each axis of a shape has its own.")
            yield plain_slip("sizes-multiplied", says)
        elif len(given) == len(answer):
            wrong = [(ours, theirs) for ours, theirs in zip(answer, given, strict=True) if ours != theirs]
            if len(wrong) == 1 and str(wrong[0][1]) in swapped(str(wrong[0][0])):
                says = prose("Two digits of {} changed places.", wrong[0][0])
                yield Slip("digits-swapped", says, prose("Two digits of {} changed places.", wrong[0][1]))


def of_digits(answer: int, given: int) -> Iterator[Slip]:
    """One digit wrong, missing or too many, or two of them swapped."""
    right, typed = str(answer), str(given)
    if len(right) < FEW_DIGITS or given < 0:
        return
    ways: tuple[tuple[str, str, Callable[[], bool]], ...] = (
        ("digits-swapped", "Two digits of {} changed places.", lambda: typed in swapped(right)),
        ("digit-missing", "A digit of {} is missing.", lambda: typed in shortened(right)),
        ("digit-extra", "There is one digit more than in {}.", lambda: right in shortened(typed)),
        ("digit-wrong", "One digit differs from {}.", lambda: len(right) > FEW_DIGITS and differing(right, typed) == 1),
    )
    for name, says, applies in ways:
        if applies():
            yield Slip(name, prose(says, answer), Prose(says.format("the right number")))


def plain_slip(name: str, says: Prose) -> Slip:
    """One whose sentence does not tell the right number anyway."""
    return Slip(name, says, says)


def swapped(digits: str) -> set[str]:
    """The numbers in which two digits have changed places."""
    found = set()
    for one, other in combinations(range(len(digits)), 2):
        letters = list(digits)
        letters[one], letters[other] = letters[other], letters[one]
        found.add("".join(letters))
    return found - {digits}


def shortened(digits: str) -> set[str]:
    """The numbers that lack one of the digits."""
    return {digits[:place] + digits[place + 1 :] for place in range(len(digits))}


def differing(one: str, other: str) -> int:
    """In how many digits two numbers of the same length differ."""
    return sum(a != b for a, b in zip(one, other, strict=True)) if len(one) == len(other) else -1
