"""What a program does with tensors that it learns: positions added to tokens, a class token before them, scales."""

from __future__ import annotations

import ast
from typing import Any

from quizgen.layers.base import Layer, Shape
from quizgen.layers.dense import Dense
from quizgen.layers.embedding import ClassToken, PositionEmbedding
from quizgen.layers.given import Given
from quizgen.readers.torch.arguments import Demand
from quizgen.readers.torch.graph import Graph
from quizgen.readers.torch.modules import Held, Leaf, Parameter, Weight
from quizgen.readers.torch.sequence import Table
from quizgen.readers.torch.sites import Site
from quizgen.readers.torch.steps import Step, in_order, lying, taken
from quizgen.readers.torch.tensors import BATCH, Size, Tensor
from quizgen.unknown import Unknown


def operated(graph: Graph, op: type[ast.operator], x: Any, learned: Held) -> Tensor:
    """A tensor, and one that is learned, element by element or as a matrix."""
    site = learned.site()
    if op is ast.MatMult:
        return multiplied(graph, x, learned)
    tensor = taken(graph, x, Demand(), site)
    rows = table_rows(learned)
    tokens = len(tensor.order) == 2 and not tensor.channels_first
    if op is ast.Add and rows and tokens and graph.shape(tensor).channels == rows[1]:
        return emitted(graph, PositionEmbedding(rows[0]), in_order(graph, tensor, site), learned)
    return emitted(graph, Given(graph.shape(tensor), params=learned.held), tensor, learned)


def emitted(graph: Graph, layer: Layer, tensor: Tensor, learned: Held) -> Tensor:
    """A step with the learned tensor's parameters, which is its owner from now on."""
    y = graph.emit(layer, [tensor], tensor.dims, learned.site())
    learned.node = learned.node or y.node
    return y


def table_rows(learned: Held) -> tuple[int, int] | None:
    """How many positions a table has, and how wide it is; None where it is no table."""
    if isinstance(learned, Leaf):
        return (learned.op.layer.vocabulary, learned.op.layer.width) if isinstance(learned.op, Table) else None
    sizes = [size for size in getattr(learned, "sizes", None) or () if size != 1]
    return (sizes[0], sizes[1]) if len(sizes) == 2 else None


def multiplied(graph: Graph, x: Any, learned: Held) -> Tensor:
    """`x @ self.weight`, a dense layer without biases."""
    site = learned.site()
    sizes: tuple[Any, ...] = getattr(learned, "sizes", None) or ()
    if len(sizes) != 2:
        raise site.error("only a matrix can be multiplied with.")
    tensor = lying(graph, taken(graph, x, Demand(None, "last", sizes[0]), site), "last", site)
    if isinstance(graph.shape(tensor).channels, Unknown):
        graph.settle(tensor, -1, sizes[0])
    elif graph.shape(tensor).channels != sizes[0]:
        raise site.error(f"it has {sizes[0]} rows, but {graph.shape(tensor).channels} features reach it.")
    return emitted(graph, Dense(sizes[1], bias=False), tensor, learned)


def prepended(graph: Graph, values: list[Any], dim: int) -> Tensor | None:
    """`torch.cat([token, x], dim=1)` with a learned token; None where nothing of it is learned."""
    learned = next((value for value in values if isinstance(value, Held | Weight)), None)
    if learned is None:
        return None
    owner = learned.owner if isinstance(learned, Weight) else learned
    others = [value for value in values if value is not learned]
    site = owner.site()
    if len(others) != 1:
        raise site.error("only one tensor can be put beside a learned one.")
    tensor = in_order(graph, taken(graph, others[0], Demand(2, "last"), site), site)
    shape = graph.shape(tensor)
    sizes = [size for size in getattr(owner, "sizes", None) or () if size != 1]
    place = dim % len(tensor.dims)
    if len(shape) == 2 and place == 1 and len(sizes) <= 1:
        return emitted(graph, ClassToken(), tensor, owner)
    (axis,) = tensor.dims[place]
    more = (getattr(owner, "sizes", None) or (1,))[-len(shape) :]
    grown = shape[axis] + (more[axis] if len(more) == len(shape) else 1)
    result = Shape((*shape[:axis], grown, *shape[axis + 1 :]))
    return emitted(graph, Given(result, params=owner.held), tensor, owner)


def projected(graph: Graph, x: Any, weight: Any, bias: Any = None) -> Tensor | None:
    """`F.linear(x, self.weight, self.bias)`; with an embedding's table, an output layer whose weights are tied."""
    owner = weight.owner if isinstance(weight, Weight) else weight
    if not isinstance(owner, Held):
        return None
    rows = table_rows(owner)
    sizes = rows or getattr(owner, "sizes", None)
    site = owner.site()
    if not sizes or len(sizes) != 2:
        raise site.error("the sizes of these weights can't be read.")
    tensor = lying(graph, taken(graph, x, Demand(None, "last", sizes[1]), site), "last", site)
    if isinstance(graph.shape(tensor).channels, Unknown):
        graph.settle(tensor, -1, sizes[1])
    if isinstance(bias, Parameter):
        bias.node = site.name
    return emitted(graph, Dense(sizes[0], bias=bias is not None), tensor, owner)


def expanded(graph: Graph, site: Site, x: Any, name: str, sizes: list[Any]) -> Tensor:
    """`x.expand(...)` and `x.repeat(...)`: of the batch it makes no difference; another axis grows."""
    tensor = taken(graph, x, Demand(), site)
    asked = sizes[0] if len(sizes) == 1 and isinstance(sizes[0], tuple | list) else sizes
    if name == "expand_as":
        asked = [Size(-1)] * len(tensor.dims)
        others = taken(graph, sizes[0], Demand(), site)
        asked = [size if not size.batches else Size(-1) for size in graph.sizes(others)]
    own = graph.sizes(tensor)
    if len(asked) != len(own):
        raise site.error(f"{len(asked)} sizes are given for {len(own)} axes.")
    shape = list(graph.shape(tensor))
    for dim, size in zip(tensor.dims, asked, strict=True):
        amount = getattr(size, "amount", size)
        if BATCH in dim or amount == -1:
            continue
        (axis,) = dim
        shape[axis] = shape[axis] * amount if name == "repeat" else amount
    if tuple(shape) == tuple(graph.shape(tensor)):
        return tensor
    return graph.emit(Given(Shape(shape)), [tensor], tensor.dims, site)


def with_table(graph: Graph, leaf: Leaf, x: Any) -> Tensor:
    """A dense layer that has its weights from another module, and biases of its own."""
    site, op = leaf.site(), leaf.op
    if not isinstance(op, Step) or not isinstance(op.layer, Dense):
        y: Tensor = op.apply(graph, site, x)
        return y
    dense = Step(Dense(op.layer.units, bias=False), "last", op.channels).apply(graph, site, x)
    if not op.layer.bias:
        return dense
    return graph.emit(
        Given(graph.shape(dense), op.layer.units), [dense], dense.dims, site.beside(f"{site.name}.bias", "bias")
    )
