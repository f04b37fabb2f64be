"""What a module or a function of PyTorch does: an engine layer, and which of PyTorch's axes it reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from quizgen.layers.activation import PReLU
from quizgen.layers.base import Layer, Shape
from quizgen.layers.dense import Dense
from quizgen.layers.graph import Composite
from quizgen.readers.reading import ReadError
from quizgen.readers.shapes import axes_of
from quizgen.readers.torch.arguments import Argument, Demand, Layout
from quizgen.readers.torch.graph import Graph
from quizgen.readers.torch.mismatch import mismatch, origin, unflattened
from quizgen.readers.torch.sites import Site
from quizgen.readers.torch.tensors import Tensor
from quizgen.unknown import UNKNOWN, Unknown


class Op(Protocol):
    """A module without modules of its own, or a function: what it makes of tensors."""

    def apply(self, graph: Graph, site: Site, *inputs: Any, **settings: Any) -> Any:
        """Its steps, written into the graph; what comes out."""

    @property
    def held(self) -> int:
        """How many parameters it has, whatever it reads; UNKNOWN where only its input would tell."""


@dataclass(frozen=True, slots=True)
class Step:
    """An engine layer in a module's place.

    layout: where it reads the channels or features. channels: how many it declares, and `axes` how many axes it declares
    them for (LayerNorm over several).
    """

    layer: Layer
    layout: Layout = "any"
    channels: int | None = None

    def apply(self, graph: Graph, site: Site, x: Any, *others: Any, **settings: Any) -> Tensor:
        demand = Demand(axes_of(type(self.layer)), self.layout, self.channels)
        x = taken(graph, x, demand, site)
        if isinstance(self.layer, Dense) and x.channels_first and not graph.sizes(x)[-1].amount == self.channels:
            raise unflattened(graph, x, site)
        x = lying(graph, x, self.layout, site)
        if self.channels is not None:
            declare(graph, x, self.channels, site, self.layer)
        return graph.emit(self.layer, [x], x.dims, site)

    @property
    def held(self) -> int:
        return parameters(self.layer, UNKNOWN if self.channels is None else self.channels)


def parameters(layer: Layer, channels: int) -> int:
    """The parameters of a layer that reads so many channels, whatever its other sizes are."""
    axes = axes_of(type(layer)) or 1
    x = Shape((*(UNKNOWN,) * (axes - 1), channels))
    if isinstance(layer, PReLU) and layer.one_per == "layer":
        return 1
    rows = layer.rows(x) if isinstance(layer, Composite) else ()
    return sum(row.params for row in rows) if rows else layer.trainable(x) + layer.non_trainable(x)


def taken(graph: Graph, x: Any, demand: Demand, site: Site) -> Tensor:
    """The tensor that a step reads; an argument of `forward` becomes one when something reads it."""
    if isinstance(x, Argument):
        return graph.now(x.tensor) if x.tensor else graph.enter(x, demand, site)
    if isinstance(x, Tensor):
        return graph.now(x)
    raise site.error(f"it reads {described(x)}, and no tensor of the network.", remedy="Hand it what a layer gives.")


def described(value: Any) -> str:
    """A value in a message."""
    return "nothing" if value is None else f"a {type(value).__name__}"


def lying(graph: Graph, x: Tensor, layout: Layout, site: Site) -> Tensor:
    """The tensor with its axes as a layer of this layout reads them."""
    if layout == "any":
        return x
    order = x.order
    if layout == "first":
        channels = x.dims[x.places[0]] if x.places else ()
        return graph.reorder(x, tuple(axis for axis in order if axis not in channels) + channels, site)
    return x if order[-1:] == (len(order) - 1,) else graph.reorder(x, order, site)


def in_order(graph: Graph, x: Tensor, site: Site) -> Tensor:
    """The tensor with its node's axes as PyTorch prints them."""
    return graph.reorder(x, x.order, site)


def declare(graph: Graph, x: Tensor, channels: int, site: Site, layer: Layer) -> None:
    """Settle the channels of what a layer reads as those that it declares; raises ReadError where they are others."""
    arrived = graph.shape(x).channels
    if isinstance(arrived, Unknown):
        graph.settle(x, -1, channels)
    elif arrived != channels:
        raise mismatch(graph, x, channels, site, layer)


def one_shape(graph: Graph, tensors: Sequence[Tensor]) -> None:
    """Where one of several tensors of one shape has a size that others don't know, they learn it."""
    shapes = [graph.shape(x) for x in tensors]
    if len({len(shape) for shape in shapes}) > 1:
        return
    for axis, sizes in enumerate(zip(*shapes, strict=True)):
        known = {size for size in sizes if not isinstance(size, Unknown)}
        if len(known) == 1 and len(set(sizes)) > 1:
            (size,) = known
            for x in tensors:
                graph.settle(x, axis, size)


def mismatched_axes(graph: Graph, x: Tensor, axes: tuple[int, ...], site: Site) -> ReadError:
    """The error for a tensor with another number of axes than a module reads."""
    wanted = " or ".join(str(number + 1) for number in axes)
    return site.error(
        f"it reads tensors of {wanted} axes with the batch, but gets {len(x.dims)}: {origin(graph, x.node)}.",
        remedy="Another rank of the module, a flatten or a view belongs here.",
    )
