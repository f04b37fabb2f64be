"""What a layer declares about what it reads, carried back to where the size was unknown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizgen.arithmetic import product
from quizgen.layers.base import Layer, Shape
from quizgen.layers.given import Given, Select
from quizgen.layers.global_pooling import AdaptivePooling, GlobalPooling
from quizgen.layers.graph import Node
from quizgen.layers.merging import Add, Concatenate
from quizgen.layers.pooling import Pooling
from quizgen.layers.reshaping import Flatten, Permute, Reshape
from quizgen.layers.resizing import Cropping, UpSampling, ZeroPadding
from quizgen.unknown import Unknown

if TYPE_CHECKING:
    from quizgen.readers.torch.graph import Graph

KEEPS_CHANNELS = (Pooling, GlobalPooling, AdaptivePooling, ZeroPadding, Cropping, UpSampling)


def settled(graph: Graph, name: str, axis: int, size: int) -> bool:
    """Make one size of a node's output, or of an input, the one that is declared; whether anything was changed."""
    shape, node = graph.shapes[name], graph.node(name)
    if not isinstance(shape[axis], Unknown):
        return False
    if node is None:
        graph.shapes[name] = Shape((*shape[:axis], size, *shape[axis + 1 :]))
        return True
    if isinstance(node.layer, Flatten):
        return flattened(graph, node, size)
    if isinstance(node.layer, Reshape | Given):
        return said(graph, node, axis, size)
    if isinstance(node.layer, Concatenate) and axis == len(shape) - 1:
        return joined(graph, node, size)
    return any(settled(graph, source, place, size) for source, place in origins(node, axis, len(shape)))


def origins(node: Node, axis: int, axes: int) -> list[tuple[str, int]]:
    """The axes of a node's inputs that are as large as one of its output."""
    layer = node.layer
    if keeps_shape(layer):
        return [(source, axis) for source in node.inputs]
    if isinstance(layer, Permute):
        return [(node.inputs[0], layer.order[axis] - 1)]
    if isinstance(layer, Select):
        return [(node.inputs[0], axis + (layer.count is None and axis >= layer.axis - 1))]
    if isinstance(layer, KEEPS_CHANNELS) and axis == axes - 1:
        rank = layer.rank if isinstance(layer, GlobalPooling) else axes - 1
        return [(node.inputs[0], rank)]
    return []


def keeps_shape(layer: Layer) -> bool:
    rule = type(layer).output
    return rule is Layer.output or rule is Add.output


def flattened(graph: Graph, node: Node, size: int) -> bool:
    """A flatten of which a later layer says how much comes out."""
    (source,) = node.inputs
    shape = graph.shapes[source]
    unknown = [axis for axis, n in enumerate(shape) if isinstance(n, Unknown)]
    rest = product(n for n in shape if not isinstance(n, Unknown))
    if len(unknown) == 1 and size % rest == 0 and settled(graph, source, unknown[0], size // rest):
        return True
    graph.replaced(node.name, Reshape((size,)))
    return True


def said(graph: Graph, node: Node, axis: int, size: int) -> bool:
    """A step whose output was left open."""
    layer = node.layer
    if isinstance(layer, Reshape):
        graph.replaced(node.name, Reshape((*layer.target[:axis], size, *layer.target[axis + 1 :])))
    elif isinstance(layer, Given):
        graph.replaced(node.name, layer.but(result=Shape((*layer.result[:axis], size, *layer.result[axis + 1 :]))))
    return True


def joined(graph: Graph, node: Node, size: int) -> bool:
    """Branches of which a later layer says how many channels they have together."""
    shapes = [graph.shapes[source] for source in node.inputs]
    unknown = [place for place, shape in enumerate(shapes) if isinstance(shape[-1], Unknown)]
    rest = size - sum(shape[-1] for shape in shapes if not isinstance(shape[-1], Unknown))
    if len(unknown) == 1 and rest >= 1:
        place = unknown[0]
        return settled(graph, node.inputs[place], len(shapes[place]) - 1, rest)
    output = graph.shapes[node.name].with_channels(size)
    graph.replaced(node.name, Given(output, joins=len(node.inputs)))
    return True
