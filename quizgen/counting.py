"""The plainest task: a quantity of a layer or of a whole network, counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from quizgen.believing import believed, relevant
from quizgen.feedback import Side, counting_sides
from quizgen.misconceptions import MISCONCEPTIONS, Misconception
from quizgen.network import Network
from quizgen.notation import Notation
from quizgen.quantities import Asked
from quizgen.question import Number


@dataclass(frozen=True, slots=True)
class Counting:
    """What is asked of a network, counted under whatever beliefs somebody holds.

    own: the mistakes that the author of the question knows, beside those of the catalogue.
    """

    network: Network
    asked: Asked
    own: tuple[Misconception, ...] = field(default=(), kw_only=True)

    @property
    def key(self) -> Number:
        return self.asked.value(self.network.rows)

    def believed(self, held: Sequence[Misconception]) -> Number | None:
        return believed(self.network, self.asked, held)

    def relevant(self, known: Sequence[Misconception] = MISCONCEPTIONS) -> tuple[Misconception, ...]:
        return relevant(self.network, self.asked, (*known, *self.own))

    def sides(self, held: Sequence[Misconception], notation: Notation) -> tuple[Side, Side]:
        return counting_sides(self.network, self.asked, held, notation)

    def names(self, notation: Notation) -> Mapping[str, Any]:
        return {}
