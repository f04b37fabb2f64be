"""A network: named layers joined into a graph, the walk through it, and its totals.

Totals are rules like those of a layer: functions of the walk's rows, which a belief about whole networks can bend, and
so is what they are made of: which rows count, what an operation is, how an input is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import count

from quizgen.errors import ShapeError
from quizgen.layers.base import Layer, Shape
from quizgen.layers.graph import TEXTBOOK, Node, Row, Rulebook, counted, input_name, rewalk, walk


@dataclass(frozen=True)
class Network:
    """Named layers in the order in which they run. The last node's output is the network's.

    inputs: the shapes that come in, channels last and without the batch axis; nearly always one.
    framework: the conventions in force, `keras` or `torch`, for whoever must name them.
    Raises ShapeError when walked, naming the layer, where the shapes do not fit.
    """

    name: str
    inputs: tuple[Shape, ...]
    nodes: tuple[Node, ...]
    framework: str = "keras"

    def __post_init__(self) -> None:
        known = {input_name(index) for index in range(len(self.inputs))}
        for node in self.nodes:
            for name in (*node.inputs, *([node.tied_to] if node.tied_to else [])):
                if name not in known:
                    raise ShapeError(f"{node.name} reads “{name}”, which does not stand before it.")
            if node.name in known:
                raise ShapeError(f"two layers are called “{node.name}”.", remedy="Each name stands once.")
            known.add(node.name)

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The walk under the textbook's rules."""
        return walk(self.nodes, self.inputs)

    def under(self, rulebook: Rulebook, to: str | None = None) -> tuple[Row, ...]:
        """The walk under a rulebook, up to a node of that name or to the end."""
        rows = self.rows if to is None else self.rows[: self.place(to) + 1]
        return rewalk(rows, rulebook, self.misread(rulebook) if input_axes in rulebook else None)

    def misread(self, rulebook: Rulebook) -> dict[str, Shape]:
        """The inputs that have another shape under the rulebook, by name."""
        read = {index: rulebook[input_axes](x, self.framework) for index, x in enumerate(self.inputs)}
        return {input_name(index): x for index, x in read.items() if x != self.inputs[index]}

    def row(self, name: str) -> Row:
        return self.rows[self.place(name)]

    def place(self, name: str) -> int:
        """The place of a node in the walk."""
        return next(place for place, node in enumerate(self.nodes) if node.name == name)

    @property
    def input(self) -> Shape:
        return self.inputs[0]

    @property
    def output(self) -> Shape:
        return self.rows[-1].output

    @property
    def is_stack(self) -> bool:
        """Whether each layer reads the one before it and no parameters are shared: a plain Sequential."""
        return len(self.inputs) == 1 and not any(node.inputs or node.tied_to for node in self.nodes)


def input_axes(x: Shape, framework: str) -> Shape:
    """The axes of an input as whoever reads the network takes them: channels last, in whatever order it prints them."""
    return x


def trainable_total(rows: Sequence[Row], rulebook: Rulebook = TEXTBOOK) -> int:
    """All trainable parameters; a set that several places share counts once."""
    return sum(row.trainable for row in rulebook.get(counted, counted)(rows))


def non_trainable_total(rows: Sequence[Row], rulebook: Rulebook = TEXTBOOK) -> int:
    """All parameters that are stored but not trained."""
    return sum(row.non_trainable for row in rulebook.get(counted, counted)(rows))


def params_total(rows: Sequence[Row], rulebook: Rulebook = TEXTBOOK) -> int:
    """All parameters, trainable or not."""
    return trainable_total(rows, rulebook) + non_trainable_total(rows, rulebook)


def macs_total(rows: Sequence[Row], rulebook: Rulebook = TEXTBOOK) -> int:
    """Multiply-accumulates for one example. A layer that is used twice costs twice."""
    return sum(row.macs for row in rows)


def flops_total(rows: Sequence[Row], rulebook: Rulebook = TEXTBOOK) -> int:
    """Floating-point operations for one example."""
    return rulebook.get(in_flops, in_flops)(macs_total(rows, rulebook))  # type: ignore[no-any-return]


def in_flops(macs: int) -> int:
    """Floating-point operations under the convention that a multiply-accumulate is two of them."""
    return 2 * macs


def input_shapes(rows: Sequence[Row]) -> dict[str, Shape]:
    """The shapes of the inputs that the rows read, by name."""
    names, previous, shapes = {row.name for row in rows}, input_name(0), dict[str, Shape]()
    for row in rows:
        sources = zip(row.node.inputs or (previous,), row.inputs, strict=True)
        shapes |= {name: shape for name, shape in sources if name not in names}
        previous = row.name
    return shapes


def stack(name: str, input_shape: Iterable[int], layers: Iterable[Layer], *, framework: str = "keras") -> Network:
    """A plain stack: each layer reads the one before it and is named after its kind (`conv2d_1`, `conv2d_2`, ...)."""
    layers = tuple(layers)
    counters = {type(layer): count(1) for layer in layers}
    alone = {kind for kind in counters if sum(type(layer) is kind for layer in layers) == 1}
    nodes = tuple(
        Node(
            type(layer).__name__.lower()
            if type(layer) in alone
            else f"{type(layer).__name__.lower()}_{next(counters[type(layer)])}",
            layer,
        )
        for layer in layers
    )
    return Network(name, (Shape(input_shape),), nodes, framework)
