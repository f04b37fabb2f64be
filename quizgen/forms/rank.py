"""The form `rank`: several designs, to be put in the order of a quantity."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quizgen.believing import believed, relevant
from quizgen.errors import ShapeError
from quizgen.feedback import Side, counting_sides
from quizgen.forms.compare import described
from quizgen.forms.count import has_value, target
from quizgen.forms.rivals import read_rivals, stands_beside
from quizgen.kind import Form, Kind, Wish
from quizgen.misconceptions import Misconception
from quizgen.network import Network
from quizgen.notation import Notation
from quizgen.prose import Items, Prose, prose
from quizgen.quantities import WHOLE, Asked
from quizgen.question import Number, Ranking, ascending
from quizgen.stream import Stream
from quizgen.views import phrase


@dataclass(frozen=True, slots=True)
class Order:
    """Several networks, and what is asked of each; the first stands for all where one has to."""

    networks: tuple[Network, ...]
    questions: tuple[Asked, ...]

    @property
    def network(self) -> Network:
        return self.networks[0]

    @property
    def asked(self) -> Asked:
        return self.questions[0]

    @property
    def values(self) -> tuple[Number, ...]:
        return tuple(asked.value(network.rows) for network, asked in self.each())

    def each(self) -> list[tuple[Network, Asked]]:
        return list(zip(self.networks, self.questions, strict=True))

    @property
    def key(self) -> tuple[int, ...]:
        return ranked(self.values)

    def believed(self, held: Sequence[Misconception]) -> tuple[int, ...] | None:
        """The order in which somebody puts them who counts so; None where sizes do not fit or two come out equal."""
        found = [believed(network, asked, held) for network, asked in self.each()]
        values = [value for value in found if value is not None]
        return ranked(values) if len(set(values)) == len(self.networks) else None

    def relevant(self) -> tuple[Misconception, ...]:
        return tuple(dict.fromkeys(held for network, asked in self.each() for held in relevant(network, asked)))

    def sides(self, held: Sequence[Misconception], notation: Notation) -> tuple[Side, Side]:
        """The calculations that come out wrong."""
        wrong: Side = ()
        right: Side = ()
        for network, asked in self.each():
            if believed(network, asked, held) != asked.value(network.rows):
                ours, theirs = counting_sides(network, asked, held, notation)
                wrong, right = wrong + ours, right + theirs
        return wrong, right

    def names(self, notation: Notation) -> Mapping[str, Any]:
        designs = [described(network, asked, notation) for network, asked in self.each()]
        lines = [
            prose("{}: {}", words(network), one["value"]) for network, one in zip(self.networks, designs, strict=True)
        ]
        return {"noun": self.asked.quantity.noun, "designs": designs, "values": Items(tuple(lines))}


def ranked(values: Sequence[Number]) -> tuple[int, ...]:
    """The numbers of the items, from 1, those with the smallest value first."""
    return tuple(sorted(range(1, len(values) + 1), key=lambda number: ascending(values[number - 1])))


def words(network: Network) -> Prose:
    """A design in a few words: its layers, the same ones in a row once."""
    said: list[tuple[str, int]] = []
    for node in network.nodes:
        one = phrase(node.layer)
        said = [*said[:-1], (one, said[-1][1] + 1)] if said and said[-1][0] == one else [*said, (one, 1)]
    return Prose(", then ".join(one if count == 1 else f"{count} times {one}" for one, count in said))


def pose(kind: Kind, level: int, stream: Stream) -> Order | None:
    """The designs in random order; None where two of them come to the same."""
    drawn = kind.drawn(level, stream)
    try:
        networks = [stands_beside(kind, "designs", wanted, drawn, level, stream) for wanted in kind.own["designs"]]
    except ShapeError:
        return None
    of = target(kind, drawn)
    shuffled = stream.shuffled(networks)
    asked = [Asked(kind.asks, of if any(node.name == of for node in one.nodes) else WHOLE) for one in shuffled]
    task = Order(tuple(shuffled), tuple(asked))
    if not all(has_value(one, network.rows) for network, one in task.each()):
        return None
    return task if len(set(task.values)) == len(task.values) else None


def ranking(kind: Kind, task: Order, wish: Wish) -> Ranking:
    return Ranking(tuple(map(words, task.networks)), task.values)


RANK = Form(
    name="rank",
    summary="several designs in the order of a quantity",
    pose=pose,
    answers={"ranking": ranking},
    fields={"designs": read_rivals},
    needs=("designs",),
)
