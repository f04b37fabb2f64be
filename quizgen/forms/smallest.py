"""The form `smallest`: the smallest image that a network can take, all else being as it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quizgen.believing import relevant
from quizgen.errors import ShapeError
from quizgen.feedback import Side
from quizgen.forms.answers import typed
from quizgen.kind import Form, Kind
from quizgen.layers.base import Shape
from quizgen.layers.graph import Row, Rulebook, walk
from quizgen.misconceptions import Misconception, rulebook
from quizgen.network import Network
from quizgen.notation import Notation
from quizgen.prose import Items, Maths, mark
from quizgen.quantities import WHOLE, Asked, quantity
from quizgen.stream import Stream
from quizgen.workings import Workings

LARGEST = 256
"""Sizes up to here are tried."""

WORTH_ASKING = 4
"""A network that takes smaller images has nothing to trace back."""


@dataclass(frozen=True, slots=True)
class SmallestInput:
    """A network over maps, and the side of the smallest square image of which something comes out."""

    network: Network

    @property
    def asked(self) -> Asked:
        return Asked(quantity("output"), WHOLE)

    @property
    def key(self) -> int:
        found = self.smallest({})
        assert found is not None
        return found

    def smallest(self, book: Rulebook) -> int | None:
        """The side of the smallest image that runs through under a rulebook."""
        return next((side for side in range(1, LARGEST) if self.runs(side, book)), None)

    def runs(self, side: int, book: Rulebook) -> bool:
        try:
            self.rows(side, book)
        except (ShapeError, ValueError):
            return False
        return True

    def rows(self, side: int, book: Rulebook) -> tuple[Row, ...]:
        image = Shape((side, side, self.network.input.channels))
        return walk(self.network.nodes, (image,), book)

    def believed(self, held: Sequence[Misconception]) -> int | None:
        return self.smallest(rulebook(*held))

    def relevant(self) -> tuple[Misconception, ...]:
        return relevant(self.network, self.asked)

    def sides(self, held: Sequence[Misconception], notation: Notation) -> tuple[Side, Side]:
        """How the smallest image shrinks from layer to layer, as somebody works it out, and as it does."""
        found = self.believed(held)
        wrong = () if found is None else (self.shrinking(self.rows(found, rulebook(*held))),)
        return wrong, (self.shrinking(self.rows(self.key, {})),)

    @staticmethod
    def shrinking(rows: Sequence[Row]) -> Maths:
        """`18 → 16 → 8 → 6`: the side of the image, and of each map."""
        sides = [row.inputs[0][0] for row in rows if len(row.inputs[0]) > 1]
        sides += [row.output[0] for row in rows[-1:] if len(row.output) > 1]
        told = [side for place, side in enumerate(sides) if not place or side != sides[place - 1]]
        return Maths(r" \to ".join(map(mark, range(len(told)))), tuple(told))

    def names(self, notation: Notation) -> Mapping[str, Any]:
        chain: Items = Workings(self.rows(self.key, {}), notation=notation).chain()
        return {"channels": self.network.input.channels, "smallest_chain": chain}


def pose(kind: Kind, level: int, stream: Stream) -> SmallestInput | None:
    """None where even a tiny image runs through."""
    task = SmallestInput(kind.drawn(level, stream).network)
    found = task.smallest({})
    return task if found is not None and found >= WORTH_ASKING and task.network.is_stack else None


SMALLEST = Form(
    name="smallest",
    summary="the smallest image that a network can take",
    pose=pose,
    answers={"number": typed},
)
