"""Functions of several tensors: `+`, `*`, `torch.cat`, `torch.stack`, `torch.matmul`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from quizgen.arithmetic import product, total
from quizgen.layers.activation import Activation
from quizgen.layers.attention import ScaledDotProduct
from quizgen.layers.base import Layer, Shape
from quizgen.layers.elementwise import Multiply
from quizgen.layers.given import Given
from quizgen.layers.merging import Add, Concatenate
from quizgen.readers.torch.arguments import Argument, Demand
from quizgen.readers.torch.graph import Graph
from quizgen.readers.torch.picking import chunk, select
from quizgen.readers.torch.sites import Site
from quizgen.readers.torch.steps import Step, in_order, one_shape, taken
from quizgen.readers.torch.tensors import BATCH, Dim, Size, Tensor, last
from quizgen.readers.torch.views import axis_at, dealt, transpose
from quizgen.unknown import UNKNOWN, Unknown


def together(graph: Graph, site: Site, values: Sequence[Any]) -> list[Tensor]:
    """Tensors whose axes lie alike: one that comes in fresh learns its axes from the others."""
    known = [value for value in values if not isinstance(value, Argument) or value.tensor]
    demand = Demand()
    if known:
        example = taken(graph, known[0], demand, site)
        demand = Demand(len(example.order), "first" if example.channels_first else "last")
    tensors = [taken(graph, value, demand, site) for value in values]
    if len({x.dims for x in tensors}) > 1:
        tensors = [in_order(graph, x, site) for x in tensors]
    return [graph.now(x) for x in tensors]


def merged(layer: Layer) -> Any:
    """An operator between tensors, element by element."""

    def merge(graph: Graph, site: Site, x: Any, other: Any, **others: Any) -> Tensor:
        tensors = together(graph, site, [x, other])
        widest = max(tensors, key=lambda one: len(one.dims))
        if len({len(one.dims) for one in tensors}) == 1:
            one_shape(graph, tensors)
        return graph.emit(layer, tensors, widest.dims, site)

    return merge


add, multiply = merged(Add()), merged(Multiply())


def cat(graph: Graph, site: Site, tensors: Any, dim: int = 0, **others: Any) -> Tensor:
    values = list(tensors)
    if len(values) == 1:
        return taken(graph, values[0], Demand(), site)
    if (both := both_directions(graph, site, values)) is not None:
        return both
    joined = together(graph, site, values)
    place = axis_at(joined[0], others.get("axis", dim), site)
    if len({len(x.dims) for x in joined}) > 1:
        raise site.error(f"it joins tensors of {' and '.join(str(len(x.dims)) for x in joined)} axes.")
    if BATCH in joined[0].dims[place]:
        raise site.error("it joins examples of the batch.", remedy="Channels are joined with dim=1.")
    (axis,) = joined[0].dims[place]
    learn(graph, joined, axis)
    shapes = [graph.shape(x) for x in joined]
    if axis == len(shapes[0]) - 1:
        return graph.emit(Concatenate(), joined, joined[0].dims, site)
    for other, sizes in enumerate(zip(*shapes, strict=True)):
        if other != axis and len({size for size in sizes if not isinstance(size, Unknown)}) > 1:
            raise site.error(
                f"it needs tensors that differ in one axis only, but got {' and '.join(map(str, shapes))}."
            )
    result = Shape((*shapes[0][:axis], total(shape[axis] for shape in shapes), *shapes[0][axis + 1 :]))
    return graph.emit(Given(result, joins=len(joined)), joined, joined[0].dims, site)


def learn(graph: Graph, tensors: Sequence[Tensor], but: int) -> None:
    """What one of several tensors tells of the axes that they have alike."""
    for axis, sizes in enumerate(zip(*(graph.shape(x) for x in tensors), strict=False)):
        known = {size for size in sizes if not isinstance(size, Unknown)}
        if axis != but and len(known) == 1:
            for x in tensors:
                graph.settle(x, axis, next(iter(known)))


def both_directions(graph: Graph, site: Site, values: Sequence[Any]) -> Tensor | None:
    """The last states of both directions of one recurrent layer, side by side: what its last step puts out."""
    halves = [graph.halves.get(value.node) for value in values if isinstance(value, Tensor)]
    if len(values) != 2 or len(halves) != 2 or None in halves:
        return None
    (one, first), (other, second) = [half for half in halves if half]
    return select(graph, site, one, one.places[0], None) if one == other and first != second else None


def stack(graph: Graph, site: Site, tensors: Any, dim: int = 0, **others: Any) -> Tensor:
    joined = together(graph, site, list(tensors))
    x, shape = joined[0], graph.shape(joined[0])
    place = range(len(x.dims) + 1)[dim]
    place = max(place, 1) if x.batch == 0 else place
    dims: list[Dim] = list(x.dims)
    dims.insert(place, (len(shape),))
    inner = [axis for one in dims for axis in one if axis != BATCH]
    result = Shape((*shape, len(joined))[axis] for axis in inner)
    made: Any = Given(result, joins=len(joined))
    batch = next(spot for spot, one in enumerate(dims) if BATCH in one)
    return graph.emit(made, joined, last(len(inner), batch), site)


def matmul(graph: Graph, site: Site, x: Any, other: Any) -> Tensor:
    """A product of activations: as many multiply-accumulates as its result has numbers, times the axis that goes."""
    a, b = (taken(graph, value, Demand(), site) for value in (x, other))
    left, right = in_torch_order(graph, a), in_torch_order(graph, b)
    if len(left) < 2 or len(right) < 2:
        raise site.error(f"it multiplies {left} and {right}, which are no matrices for each example.")
    if isinstance(left[-1], int) and isinstance(right[-2], int) and left[-1] != right[-2]:
        raise site.error(
            f"mat1 and mat2 shapes cannot be multiplied: {left} has {left[-1]} columns, {right} has {right[-2]} rows.",
            remedy="Transpose one of them.",
        )
    result = Shape((*left[:-1], right[-1]))
    inner = left[-1] if isinstance(left[-1], int) else right[-2]
    cost = product((*result, inner)) if inner is not UNKNOWN else UNKNOWN
    return graph.emit(Given(result, multiplications=cost, joins=2), [a, b], last(len(result), a.batch), site)


def in_torch_order(graph: Graph, x: Tensor) -> Shape:
    """The sizes of an example as PyTorch prints them."""
    shape = graph.shape(x)
    return Shape(shape[axis] for axis in graph.now(x).order)


def dot_product(
    graph: Graph, site: Site, query: Any, key: Any, value: Any, attn_mask: Any = None, dropout_p: float = 0.0,
    is_causal: bool = False, scale: Any = None, enable_gqa: bool = False,
) -> Tensor:  # fmt: skip
    """`F.scaled_dot_product_attention` on `heads × length × features`; the engine keeps the heads side by side."""
    tensors = [taken(graph, one, Demand(), site) for one in (query, key, value)]
    whole = [side_by_side(graph, x) for x in tensors]
    if not all(whole):
        return weighted(graph, site, tensors)
    heads, shared = (graph.sizes(x)[1].amount for x in tensors[:2])
    layer = ScaledDotProduct(heads, None if shared == heads else shared, is_causal)
    attended = graph.emit(layer, [x for x in whole if x], last(2), site)
    length, width = graph.shape(attended)
    return transpose(graph, site.beside("unflatten"), split_heads(graph, site, attended, (length, heads, width)), 1, 2)


def split_heads(graph: Graph, site: Site, x: Tensor, sizes: tuple[Any, Any, Any]) -> Tensor:
    length, heads, width = sizes
    each = UNKNOWN if isinstance(width, Unknown) else width // heads
    return dealt(graph, site.beside("unflatten"), x, [Size(1, True), Size(length), Size(heads), Size(each)])


def side_by_side(graph: Graph, x: Tensor) -> Tensor | None:
    """The tensor of `length × heads · features` that was split into heads, where this is one."""
    source = graph.origins.get(x.node)
    if source is None or x.dims != ((BATCH,), (1,), (0,), (2,)) or source.dims != last(2):
        return None
    return source


def weighted(graph: Graph, site: Site, tensors: Sequence[Tensor]) -> Tensor:
    """Attention on tensors of any make."""
    query, key, value = (in_torch_order(graph, x) for x in tensors)
    result = Shape((*query[:-1], value[-1]))
    cost = product((*query[:-1], key[-2], query[-1] + value[-1]))
    return graph.emit(Given(result, multiplications=cost, joins=3), tensors, last(len(result)), site)


def gated(graph: Graph, site: Site, input: Any, dim: int = -1) -> Tensor:
    """`F.glu`: one half of the channels gates the other."""
    one, other = chunk(graph, site.beside("chunk"), input, 2, dim)
    gate = Step(Activation("sigmoid")).apply(graph, site.beside("sigmoid"), other)
    result: Tensor = multiply(graph, site, one, gate)
    return result
