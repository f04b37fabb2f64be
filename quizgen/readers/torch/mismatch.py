"""What an expert says where a layer declares another size than what reaches it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizgen.arithmetic import product
from quizgen.errors import QuizgenError
from quizgen.layers.base import Layer, Shape
from quizgen.layers.dense import Dense
from quizgen.layers.graph import TEXTBOOK, visit
from quizgen.readers.reading import ReadError
from quizgen.readers.torch.sites import Site, called
from quizgen.readers.torch.tensors import Tensor
from quizgen.unknown import is_known

if TYPE_CHECKING:
    from quizgen.readers.torch.graph import Graph

LARGEST_IMAGE = 4096
MOST_NODES = 500


def mismatch(graph: Graph, x: Tensor, declared: int, site: Site, layer: Layer) -> ReadError:
    """The error for a layer that declares so many channels or features, where others reach it."""
    shape = graph.shape(x)
    noun = "channels" if x.channels_first else layer.last_axis
    what = f"it declares {declared:,} {noun}, but {shape.channels:,} reach it: {origin(graph, x.node)}."
    if isinstance(layer, Dense) and is_known(shape):
        sizes = f"({product(shape.spatial)}x{shape.channels} and {declared}x{layer.units})"
        what += f" PyTorch says “mat1 and mat2 shapes cannot be multiplied {sizes}”."
    remedy = f"Write {shape.channels} where it says {declared}"
    side = fitting_side(graph, x.node, declared * product(shape.spatial) if len(shape) > 1 else declared)
    return site.error(what, remedy=f"{remedy}, or use images of {side} × {side}." if side else f"{remedy}.")


def unflattened(graph: Graph, x: Tensor, site: Site) -> ReadError:
    """The error for a dense layer right behind maps, whose last axis for PyTorch is their width."""
    shape = graph.shape(x)
    reached = f"; then {product(shape):,} features reach it" if is_known(shape) else ""
    return site.error(
        f"it reads the last axis, which is the width of maps here: {origin(graph, x.node)}.",
        remedy=f"Put nn.Flatten() before it, or x.flatten(1){reached}.",
    )


def origin(graph: Graph, name: str) -> str:
    """What gives a tensor: `conv2 puts out 16 × 5 × 5`."""
    node = graph.node(name)
    shape, tensor = graph.shapes[name], graph.layouts.get(name)
    if node is None:
        return f"the input has {shape}"
    source = node.inputs[0]
    if len(shape) == 1 < len(graph.shapes[source]):
        return f"{origin(graph, source)}, which {called(name)} makes {shape}"
    first = tensor is not None and tensor.channels_first
    return f"{called(name)} puts out {Shape((shape[-1], *shape[:-1])) if first else shape}"


def fitting_side(graph: Graph, name: str, numbers: int) -> int | None:
    """The side of the square image with which a node puts out so many numbers, or None if there is none.

    Of several, the one that can be halved most often: 32 rather than 33, 224 rather than 223.
    """
    if len(graph.inputs) != 1 or len(graph.shapes[graph.inputs[0].name]) != 3 or len(graph.nodes) > MOST_NODES:
        return None
    smallest, beyond = first_side(graph, name, numbers), first_side(graph, name, numbers + 1)
    if beyond is None or smallest is None or smallest == beyond:
        return smallest if smallest and numbers_out(graph, name, smallest) == numbers else None
    return max(range(smallest, beyond), key=lambda side: (side & -side, -side))


def first_side(graph: Graph, name: str, numbers: int) -> int | None:
    """The smallest side with which a node puts out at least so many numbers, which grow with it."""
    low, high = 1, LARGEST_IMAGE
    while low < high:
        middle = (low + high) // 2
        if numbers_out(graph, name, middle) < numbers:
            low = middle + 1
        else:
            high = middle
    return low if numbers_out(graph, name, low) >= numbers else None


def numbers_out(graph: Graph, name: str, side: int) -> int:
    """How many numbers a node puts out for a square image; 0 where a layer cannot take it."""
    (image,) = graph.inputs
    shapes = {image.name: Shape((side, side, graph.shapes[image.name].channels))}
    if name == image.name:
        return 0
    for node in graph.nodes:
        try:
            shapes[node.name] = visit(node, tuple(shapes[source] for source in node.inputs), TEXTBOOK).output
        except (QuizgenError, ValueError, KeyError):
            return 0
        if node.name == name:
            break
    return product(shapes[name]) if is_known(shapes[name]) else 0
