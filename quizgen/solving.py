"""A network as its source gives it, solved: each layer's shape and counts, the totals, and what surprises in it.

A size that nobody has said stays unknown (`quizgen.unknown.UNKNOWN`), and so does what depends on it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from quizgen.errors import Place, ShapeError
from quizgen.layers.base import Shape
from quizgen.layers.global_pooling import AdaptivePooling, GlobalPooling
from quizgen.layers.graph import Row, input_name
from quizgen.memory import NUMBER_BYTES, activation_bytes, kept_activations, weight_bytes
from quizgen.network import Network, macs_total, non_trainable_total, params_total, trainable_total
from quizgen.notes import notes
from quizgen.prose import Prose, prose
from quizgen.readers.reading import Reading
from quizgen.receptive import receptive_fields
from quizgen.unknown import is_known, known

BYTES = NUMBER_BYTES["float32"]
"""What a number takes up in both frameworks unless they are told otherwise."""

POOLED = (GlobalPooling, AdaptivePooling)
"""Layers that can make one cell of a map."""


@dataclass(frozen=True, slots=True)
class LayerCount:
    """One layer: what the source calls it, what comes out of it, and what it counts.

    output: in the source's own axis order, without the batch axis. A layer whose parameters stand at another place
    already counts none of its own, so that layers add up to their network.
    """

    row: Row
    type: str
    output: Shape
    reads: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.row.name

    @property
    def shares(self) -> str | None:
        """The name of the layer whose parameters it uses."""
        return self.row.node.tied_to

    @property
    def trainable(self) -> int:
        return 0 if self.shares else self.row.trainable

    @property
    def non_trainable(self) -> int:
        return 0 if self.shares else self.row.non_trainable

    @property
    def params(self) -> int:
        return self.trainable + self.non_trainable

    @property
    def macs(self) -> int:
        return self.row.macs


@dataclass(frozen=True)
class Solution:
    """A network that has been read, with everything counted.

    Raises ShapeError with the place in the source, when anything is asked of it, where the shapes do not fit.
    """

    reading: Reading

    @property
    def source(self) -> str:
        return self.reading.source

    @property
    def network(self) -> Network:
        return self.reading.network

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        try:
            return self.network.rows
        except ShapeError as error:
            line = self.reading.lines.get(error.what.partition(": ")[0])
            error.place = error.place or Place(self.source, line)
            raise

    @cached_property
    def layers(self) -> tuple[LayerCount, ...]:
        return tuple(self._layers())

    def _layers(self) -> Iterator[LayerCount]:
        previous = input_name(0)
        for row in self.rows:
            reads = () if row.node.inputs in ((), (previous,)) else row.node.inputs
            yield LayerCount(row, self.type_of(row), self.in_order(row.output, row.name), reads)
            previous = row.name

    def type_of(self, row: Row) -> str:
        return self.reading.types.get(row.name, type(row.layer).__name__)

    def in_order(self, shape: Shape, name: str) -> Shape:
        """A node's output, or an input, in the axis order of the source."""
        return Shape((shape[-1], *shape[:-1])) if name in self.channels_first else shape

    @cached_property
    def channels_first(self) -> frozenset[str]:
        """The nodes, and the inputs that they read, whose channels the source writes first."""
        first, previous, read = self.reading.channels_first, input_name(0), set[str]()
        for node in self.network.nodes:
            read.update(node.inputs or (previous,) if node.name in first else ())
            previous = node.name
        return first | {name for name in map(input_name, range(len(self.network.inputs))) if name in read}

    @cached_property
    def inputs(self) -> tuple[Shape, ...]:
        """What comes in, in the source's own axis order."""
        named = ((input_name(index), shape) for index, shape in enumerate(self.network.inputs))
        return tuple(self.in_order(shape, name) for name, shape in named)

    @property
    def trainable(self) -> int:
        return trainable_total(self.rows)

    @property
    def non_trainable(self) -> int:
        return non_trainable_total(self.rows)

    @property
    def params(self) -> int:
        return params_total(self.rows)

    @property
    def macs(self) -> int:
        return macs_total(self.rows)

    @cached_property
    def receptive_field(self) -> tuple[str, Shape] | None:
        """The layer with the last map, and what its cells see of the input along each axis.

        None where no window slides, and where that map has no receptive field: behind attention or recurrence, say, or
        where maps have been enlarged.
        """
        maps = [row.name for row in before_global_pooling(self.rows) if row.output.spatial]
        field = receptive_fields(self.rows).get(maps[-1]) if maps else None
        return (maps[-1], Shape(field.size)) if field and max(field.size) > 1 else None

    @property
    def weights(self) -> int:
        """The bytes of all parameters."""
        return weight_bytes(self.params, BYTES)

    @property
    def activations(self) -> int:
        """The bytes that one example leaves behind for the backward pass, its own included."""
        return activation_bytes(kept_activations(self.rows), 1, BYTES)

    @property
    def is_complete(self) -> bool:
        """Whether every shape and every count is known."""
        return all(is_known(row.output) and known(row.params) is not None for row in self.rows)

    @property
    def lacking(self) -> tuple[str, ...]:
        """The names of the layers whose parameters are not known."""
        return tuple(layer.name for layer in self.layers if known(layer.params) is None)

    @property
    def counted(self) -> int:
        """The parameters of those layers that are known."""
        return sum(known(layer.params) or 0 for layer in self.layers)

    @cached_property
    def notes(self) -> tuple[Prose, ...]:
        """What its reader had to decide, and what surprises."""
        return (*(prose("{}", remark) for remark in self.reading.remarks), *notes(self.network))


def before_global_pooling(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """The rows up to a global pooling behind which maps have one cell only."""
    last = max((place for place, row in enumerate(rows) if isinstance(row.layer, POOLED)), default=None)
    ends = last is not None and all(set(row.output.spatial) <= {1} for row in rows[last:])
    return rows[:last] if ends else rows
