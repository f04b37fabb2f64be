"""Recurrent layers: one step, shared by all time steps; in both directions, and in stacks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar, Literal, TypeAlias

from quizgen.arithmetic import copies, product, total
from quizgen.errors import LayerError, ShapeError, nearest
from quizgen.layers.base import Layer, Shape, check_sizes
from quizgen.layers.elementwise import Average, Multiply
from quizgen.layers.graph import Composite, Node
from quizgen.layers.merging import Add, Concatenate


@dataclass(frozen=True, slots=True)
class RecurrentLayer(Layer):
    """A layer that reads a sequence step by step: each gate sees the step's features and the state before it.

    Shapes: input `length × features`, output `units`, or `length × units` with `sequences`.

    biases: bias vectors for each gate, 0, 1 or 2. One in textbooks and in Keras; PyTorch has two, one for the input and
        one for the state, and so has Keras's `GRU` by default (`reset_after=True`).
    sequences: whether every step's state comes out (Keras `return_sequences=True`, always in PyTorch) or the last one.
    """

    units: int
    biases: int = 1
    sequences: bool = False

    gates: ClassVar[int]
    structural: ClassVar[frozenset[str]] = frozenset({"biases"})
    last_axis: ClassVar[str] = "features"
    spatial_axes: ClassVar[tuple[str, ...]] = ("length",)

    def __post_init__(self) -> None:
        check_sizes(self, units=self.units)
        if self.biases not in (0, 1, 2):
            raise LayerError(
                f"{type(self).__name__}: biases = {self.biases} is not a number of bias vectors for each gate.",
                remedy="Use 0, 1 (textbooks, Keras) or 2 (PyTorch, Keras's GRU with reset_after).",
            )

    def output(self, x: Shape) -> Shape:
        return Shape((*x.spatial, self.state())) if self.sequences else Shape((self.state(),))

    def trainable(self, x: Shape) -> int:
        """gates · (units · (features + units) + units): each gate is a dense layer on the input and the state."""
        gate = total((self.units * (x.channels + self.state()), copies(self.biases, self.units)))
        return total((copies(self.gates, gate), self.projected()))

    def macs(self, x: Shape, *, y: Shape) -> int:
        """One multiplication for each weight, at every step; the products of gates and states are left out."""
        (length,) = x.spatial
        gates = copies(self.gates, length * self.units * (x.channels + self.state()))
        return total((gates, self.projected(length)))

    def state(self) -> int:
        """How many numbers a step hands to the next."""
        return self.units

    def projected(self, *steps: int) -> int:
        """The weights that bring the state to another width, once or at so many steps."""
        return 0

    def check(self, x: Shape) -> None:
        if len(x) != 2:
            raise ShapeError(
                f"{type(self).__name__} reads a sequence (length × features), but gets {x}.",
                remedy="A recurrent layer before it must return its sequences." if len(x) == 1 else "Reshape it first.",
            )


class SimpleRNN(RecurrentLayer):
    """Keras `SimpleRNN`, PyTorch `RNN` (Elman 1990): the state is one dense layer on the input and the last state."""

    __slots__ = ()

    gates: ClassVar[int] = 1


class GRU(RecurrentLayer):
    """Keras `GRU`, PyTorch `GRU`: update gate, reset gate and candidate (Cho et al. 2014, arXiv:1406.1078)."""

    __slots__ = ()

    gates: ClassVar[int] = 3


@dataclass(frozen=True, slots=True)
class LSTM(RecurrentLayer):
    """Keras `LSTM`, PyTorch `LSTM`: input, forget and output gate and candidate (Gers et al. 2000; no peepholes).

    projection: PyTorch's `proj_size`: the state is brought to this width, by projection · units weights, before it
        leaves the step and enters the next (Sak et al. 2014, arXiv:1402.1128).
    """

    projection: int | None = None

    gates: ClassVar[int] = 4

    def __post_init__(self) -> None:
        RecurrentLayer.__post_init__(self)
        if self.projection is None:
            return
        check_sizes(self, projection=self.projection)
        if self.projection >= self.units:
            raise LayerError(
                f"LSTM: a projection to {self.projection} does not narrow a state of {self.units} units.",
                remedy="It has to be smaller than units.",
            )

    def state(self) -> int:
        return self.units if self.projection is None else self.projection

    def projected(self, *steps: int) -> int:
        return 0 if self.projection is None else product((*steps, self.projection, self.units))


Merge: TypeAlias = Literal["concat", "sum", "ave", "mul"]
"""How the two directions are joined, in Keras's words; PyTorch always concatenates."""

MERGES: dict[Merge, Layer] = {"concat": Concatenate(), "sum": Add(), "ave": Average(), "mul": Multiply()}


@dataclass(frozen=True, slots=True)
class Bidirectional(Composite):
    """Two copies of a recurrent layer, one of which reads the sequence backwards: Keras `Bidirectional`, PyTorch
    `bidirectional=True` (Schuster & Paliwal 1997). `concat` doubles the width of the output, the others keep it."""

    layer: RecurrentLayer
    merge: Merge = "concat"

    def __post_init__(self) -> None:
        if self.merge not in MERGES:
            raise LayerError(
                f"Bidirectional: there is no merge mode “{self.merge}”.", remedy=nearest(self.merge, MERGES)
            )

    def nodes(self, *inputs: Shape) -> tuple[Node, ...]:
        return (
            Node("forward", self.layer, ("input",)),
            Node("backward", self.layer, ("input",)),
            Node("merge", MERGES[self.merge], ("forward", "backward")),
        )


DEEPEST = 1_000


@dataclass(frozen=True, slots=True)
class StackedRecurrent(Composite):
    """Recurrent layers one on the other, each reading the sequence of states below: PyTorch's `num_layers`, and
    `return_sequences=True` on all but the last in Keras.

    The upper layers read the state, not the features; where the directions are concatenated they read both states.
    """

    layer: RecurrentLayer
    layers: int
    bidirectional: bool = False

    def __post_init__(self) -> None:
        check_sizes(self, layers=self.layers)
        if self.layers > DEEPEST:
            raise LayerError(f"StackedRecurrent: {self.layers} layers are more than any network has.")

    def nodes(self, *inputs: Shape) -> tuple[Node, ...]:
        below = replace(self.layer, sequences=True)
        stack = (*(below,) * (self.layers - 1), self.layer)
        return tuple(
            Node(f"layer_{number}", Bidirectional(layer) if self.bidirectional else layer)
            for number, layer in enumerate(stack, start=1)
        )
