"""A network as a list or a table of its layers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from quizgen.layers.base import Layer, Shape
from quizgen.layers.depthwise import SeparableConvolution
from quizgen.layers.embedding import Embedding
from quizgen.layers.graph import Node, Row, input_name
from quizgen.network import Network, params_total
from quizgen.prose import Items, Table, Value, prose
from quizgen.views.settings import noun, settings
from quizgen.views.wording.grammar import listed

AXES = {2: "length × {last}", 3: "height × width × channels", 4: "depth × height × width × channels"}


class Line(NamedTuple):
    """One layer, or one input, in words."""

    name: str
    kind: str
    said: str
    shape: Shape
    params: int


def layer_list(network: Network) -> Items:
    """One item a layer, with all that its counts and shapes need: `**conv1**: 2-D convolution, 32 kernels of 3 × 3`."""
    entrances = (prose("**{}**: {}", line.name, line.said) for line in inputs(network))
    items = (prose("**{}**: {}", line.name, joined(line.kind, line.said)) for line in layers(network))
    return Items((*entrances, *items))


def layer_table(network: Network, *, shapes: bool = False, counts: bool = False) -> Table:
    """One row a layer with its settings.

    shapes: whether output shapes are shown; the input's always is.
    counts: whether parameters are shown, with their total.
    """

    def row(name: str, kind: str, said: str, shape: Value, params: int) -> tuple[Value, ...]:
        return (name, kind, said, *((shape,) if shapes else ()), *((params,) if counts else ()))

    rows = [row(*line) for line in (*inputs(network), *layers(network))]
    if counts:
        rows.append(row("Total", "", "", "", params_total(network.rows)))
    header = ("Layer", "Kind", "Settings", *(["Output shape"] if shapes else []), *(["Parameters"] if counts else []))
    return Table(header, tuple(rows), "lll" + "l" * shapes + "r" * counts, last_is_total=counts)


def inputs(network: Network) -> Iterator[Line]:
    """Each input."""
    for index, shape in enumerate(network.inputs):
        name = input_name(index)
        yield Line(name, "input", axes(shape, reader(network, name)), shape, 0)


def reader(network: Network, name: str) -> Layer | None:
    """The first layer that reads an input."""
    previous = (input_name(0), *(node.name for node in network.nodes))
    reads = zip(network.nodes, previous, strict=False)
    return next((node.layer for node, before in reads if name in (node.inputs or (before,))), None)


def axes(shape: Shape, layer: Layer | None) -> str:
    """`28 × 28 × 1 (height × width × channels)`, `784 features`, `100 token ids`."""
    if isinstance(layer, Embedding):
        return f"{shape} token ids"
    if len(shape) == 1:
        return f"{shape} features"
    last = "channels" if layer and slides(layer) else "features"
    return f"{shape} ({AXES[len(shape)].format(last=last)})"


def slides(layer: Layer) -> bool:
    """Whether a layer slides windows over its input, whose last axis is then called channels."""
    return hasattr(layer, "rank") or isinstance(layer, SeparableConvolution)


def layers(network: Network) -> Iterator[Line]:
    """Each layer, with its place in the graph where it doesn't simply read the one before it."""
    previous = input_name(0)
    for row in network.rows:
        node, layer = row.node, row.layer
        joins = f" of {listed(node.inputs)}" if layer.arity is None else ""
        said = joined(settings(layer, complete=True), "" if joins else reads(node, previous), shares(node))
        yield Line(node.name, noun(layer) + joins, said, row.output, counted(row))
        previous = node.name


def reads(node: Node, previous: str) -> str:
    return "" if node.inputs in ((), (previous,)) else f"reads {listed(node.inputs)}"


def shares(node: Node) -> str:
    return joined(f"with the parameters of {node.tied_to}" if node.tied_to else "", "frozen" if node.frozen else "")


def counted(row: Row) -> int:
    """Parameters count where they first stand."""
    return 0 if row.node.tied_to else row.params


def joined(*parts: str) -> str:
    return ", ".join(filter(None, parts))
