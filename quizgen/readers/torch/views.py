"""Functions that deal a tensor's numbers out on other axes: `view`, `flatten`, `permute`, `squeeze` and their like."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from quizgen.arithmetic import product
from quizgen.layers.base import Layer, Shape
from quizgen.layers.reshaping import Flatten, Reshape
from quizgen.readers.torch.arguments import Argument, Demand
from quizgen.readers.torch.graph import Graph
from quizgen.readers.torch.mismatch import fitting_side, origin
from quizgen.readers.torch.sites import Site
from quizgen.readers.torch.steps import taken
from quizgen.readers.torch.tensors import BATCH, Dim, Size, Tensor
from quizgen.unknown import UNKNOWN, Unknown, is_known

OPEN = Size(None)
"""The size that PyTorch works out, its -1."""


@dataclass(frozen=True, slots=True)
class Target:
    """The axes that `view` shall give: the one with the batch at its place, and how many times the batch it holds."""

    sizes: tuple[Any, ...]
    batch: int
    times: Any

    @property
    def others(self) -> tuple[Any, ...]:
        """The sizes without that of the batch."""
        return self.sizes[: self.batch] + self.sizes[self.batch + 1 :]


def view(graph: Graph, site: Site, x: Any, *sizes: Any) -> Tensor:
    """`view` and `reshape`."""
    x = taken(graph, x, Demand(), site)
    asked = sizes[0] if len(sizes) == 1 and isinstance(sizes[0], tuple | list) else sizes
    return dealt(graph, site, x, [as_size(size, site) for size in asked])


def as_size(size: Any, site: Site) -> Size:
    """A size as `view` takes it."""
    if isinstance(size, Size):
        return size
    if not isinstance(size, int) or isinstance(size, bool) or size < -1 or size == 0:
        raise site.error(f"{size} is no size of an axis.", remedy="Sizes are at least 1; -1 stands for what is left.")
    return OPEN if size == -1 else Size(size)


def dealt(graph: Graph, site: Site, x: Tensor, asked: Sequence[Size]) -> Tensor:
    """A tensor's numbers on the axes that are asked for."""
    x = graph.now(x)
    if (source := graph.origins.get(x.node)) and graph.layouts[x.node].dims == x.dims and same(graph, source, asked):
        return source
    target = resolved(graph, site, x, asked)
    if (dims := relabelled(graph, x, target)) is not None:
        return Tensor(x.node, dims)
    shape = graph.shape(x)
    if x.batch != target.batch:
        raise site.error("it moves the batch to another axis.", remedy="Use permute or transpose to turn axes.")
    lead = leading(x, shape, target, site, graph)
    sizes = target.others
    turned = turns(x, shape, sizes)
    inner = (*sizes[1:], sizes[0]) if turned else tuple(sizes)
    order = (len(inner) - 1, *range(len(inner) - 1)) if turned else range(len(inner))
    dims_after: list[Dim] = [(len(lead) + axis,) for axis in order]
    dims_after.insert(target.batch, (BATCH, *range(len(lead))))
    out = (*(shape[axis] for axis in lead), *inner)
    y = graph.emit(as_layer(out, shape), [x], tuple(dims_after), site)
    graph.origins[y.node] = x
    return y


def same(graph: Graph, x: Tensor, asked: Sequence[Size]) -> bool:
    """Whether a tensor has these sizes: then dealing its numbers out and back again leaves it as it was."""
    return list(graph.sizes(x)) == list(asked)


def as_layer(sizes: tuple[Any, ...], shape: Shape) -> Layer:
    """A flatten where everything comes on one axis, unless only its size is known."""
    if len(sizes) == 1 and len(shape) > 1 and (is_known(shape) or not isinstance(sizes[0], int)):
        return Flatten()
    return Reshape(sizes)


def resolved(graph: Graph, site: Site, x: Tensor, asked: Sequence[Size]) -> Target:
    """What is asked for, with the batch in its place; raises ReadError where the numbers don't come out."""
    sizes, numbers = list(asked), product(graph.shape(x))
    if sizes.count(OPEN) > 1:
        raise site.error("only one of the sizes can be -1.")
    if not any(size.batches for size in sizes):
        place, times = batch_among(graph, x, sizes, numbers)
        sizes[place] = Size(times, batches=True)
    place = next(place for place, size in enumerate(sizes) if size.batches)
    times = sizes[place].amount
    rest = times * product(size.amount for other, size in enumerate(sizes) if other != place and size is not OPEN)
    fits = isinstance(rest * numbers, Unknown) or (
        rest > 0 and numbers % rest == 0 and (OPEN in sizes or numbers == rest)
    )
    if not fits:
        raise misfit(graph, site, x, asked)
    left = None if isinstance(rest * numbers, Unknown) else numbers // rest
    return Target(tuple(left if size is OPEN else size.amount for size in sizes), place, times)


def batch_among(graph: Graph, x: Tensor, sizes: list[Size], numbers: int) -> tuple[int, Any]:
    """Which of the sizes, none of which says so, is that of the batch, and how many times the batch it holds."""
    if OPEN not in sizes and product(size.amount for size in sizes) == numbers and sizes[0].amount != 1:
        sizes.insert(0, OPEN)
        return 0, 1
    if x.batch > 0:
        if x.batch < len(sizes) and (sizes[x.batch] is OPEN or sizes[x.batch].amount == 1):
            return x.batch, 1
        if sizes[0] is not OPEN:
            return 0, sizes[0].amount  # the steps become examples, of a batch of one
    if sizes[0] is not OPEN:
        return 0, 1
    if isinstance(numbers, Unknown):
        return 0, UNKNOWN if rest_is_last(graph, x, sizes) else 1
    rest = product(size.amount for size in sizes if size is not OPEN)
    return 0, 1 if isinstance(rest, Unknown) else 0 if numbers % rest else numbers // rest


def rest_is_last(graph: Graph, x: Tensor, sizes: Sequence[Size]) -> bool:
    """Whether `view(-1, n)` only keeps the last axis, which has n, and folds the others into the batch."""
    own = graph.sizes(x)
    return len(own) > 2 == len(sizes) and isinstance(own[-1].amount, int) and own[-1].amount == sizes[-1].amount


def relabelled(graph: Graph, x: Tensor, target: Target) -> tuple[Dim, ...] | None:
    """The dims of the result where each axis stays as it is, but for what the batch swallows or gives back."""
    shape, atoms = graph.shape(x), [axis for dim in x.dims for axis in dim]
    swallowed = len(atoms) - len(target.sizes) + 1
    if swallowed < 1:
        return None
    dims: list[Dim] = []
    for place in range(len(target.sizes)):
        dims.append(tuple(atoms[: swallowed if place == target.batch else 1]))
        del atoms[: len(dims[-1])]
    if BATCH not in dims[target.batch]:
        return None
    held = product(shape[axis] for axis in dims[target.batch] if axis != BATCH)
    if held != target.times or (swallowed > 1 and target.times == 1):
        return None
    pairs = [
        (dim[0], size)
        for place, (dim, size) in enumerate(zip(dims, target.sizes, strict=True))
        if place != target.batch
    ]
    if any(size is not None and shape[axis] != size for axis, size in pairs):
        return None
    for axis, size in pairs:
        if isinstance(size, int) and isinstance(shape[axis], Unknown):
            graph.settle(Tensor(x.node, x.dims), axis, size)
    return tuple(dims)


def leading(x: Tensor, shape: Shape, target: Target, site: Site, graph: Graph) -> Dim:
    """The axes that the batch holds in the result, which are the first of the tensor's; raises ReadError."""
    order = x.order
    for count in range(len(order) + 1):
        if product(shape[axis] for axis in order[:count]) == target.times:
            if order[:count] == tuple(range(count)):
                return order[:count]
            break
    raise misfit(graph, site, x, [Size(size) for size in target.others])


def turns(x: Tensor, shape: Shape, sizes: Sequence[Any]) -> bool:
    """Whether the result has its channels first, as far as anything tells: where they stay in front, and in new maps."""
    if len(sizes) < 2:
        return False
    if x.channels_first and (sizes[0] is None or sizes[0] == shape[-1]):
        return True
    return len(sizes) > 2 and (len(shape) == 1 or x.channels_first)


def misfit(graph: Graph, site: Site, x: Tensor, asked: Sequence[Size]) -> Exception:
    """The error for sizes that do not hold as many numbers as there are."""
    numbers = product(graph.shape(x))
    wanted = product(size.amount for size in asked if size is not OPEN and not size.batches)
    what = f"it wants {wanted:,} numbers for each example, but there are {numbers:,}: {origin(graph, x.node)}."
    if wanted and numbers % wanted:
        what += f" PyTorch says “shape is invalid for input of size {numbers}”."
    else:
        what += " The numbers of one example would be dealt out to several."
    side = fitting_side(graph, x.node, wanted)
    remedy = f"Write {numbers} in place of {wanted}" if wanted else "Let the sizes multiply to as many"
    return site.error(what, remedy=f"{remedy}, or use images of {side} × {side}." if side else f"{remedy}.")


def flatten(graph: Graph, site: Site, x: Any, start_dim: int = 0, end_dim: int = -1) -> Tensor:
    x = taken(graph, x, Demand(), site)
    start, end = axis_at(x, start_dim, site), axis_at(x, end_dim, site)
    if start <= x.batch <= end and end == len(x.dims) - 1 and x.batch == 0:
        start = 1  # all in one is meant for an example, which has no batch axis
    sizes = graph.sizes(x)
    within = sizes[start : end + 1]
    if len(within) < 2:
        return graph.now(x)
    merged = Size(product(size.amount for size in within), any(size.batches for size in within))
    if isinstance(merged.amount, Unknown) and not merged.batches:
        merged = OPEN
    return dealt(graph, site, x, [*sizes[:start], merged, *sizes[end + 1 :]])


def unflatten(graph: Graph, site: Site, x: Any, dim: int, sizes: Any) -> Tensor:
    x = taken(graph, x, Demand(), site)
    place, own = axis_at(x, dim, site), graph.sizes(x)
    parts = [as_size(size, site) for size in (sizes if isinstance(sizes, tuple | list) else (sizes,))]
    return dealt(graph, site, x, [*own[:place], *parts, *own[place + 1 :]])


def squeeze(graph: Graph, site: Site, x: Any, dim: Any = None) -> Tensor:
    x = taken(graph, x, Demand(), site)
    sizes = graph.sizes(x)
    which = range(len(sizes)) if dim is None else places(x, dim, site)
    left = [size for place, size in enumerate(sizes) if place not in which or size.batches or size.amount != 1]
    return x if len(left) == len(sizes) else dealt(graph, site, x, left)


def unsqueeze(graph: Graph, site: Site, x: Any, dim: int) -> Tensor:
    fewer = x.hint.axes - 1 if isinstance(x, Argument) and x.hint.axes else None
    x = taken(graph, x, Demand(fewer or None), site)
    sizes = list(graph.sizes(x))
    place = range(len(sizes) + 1)[dim] if -len(sizes) - 1 <= dim <= len(sizes) else len(sizes)
    sizes.insert(place, Size(1))
    if place <= x.batch:
        return graph.now(x)  # a batch of one before the batch: nothing that counts
    return dealt(graph, site, x, sizes)


def permute(graph: Graph, site: Site, x: Any, *dims: Any) -> Tensor:
    order = dims[0] if len(dims) == 1 and isinstance(dims[0], tuple | list) else dims
    x = taken(graph, x, Demand(len(order) - 1 or None), site)
    if sorted(place % len(x.dims) for place in order) != list(range(len(x.dims))):
        raise site.error(f"{tuple(order)} does not name each of the {len(x.dims)} axes once.")
    return Tensor(x.node, tuple(x.dims[place] for place in order))


def transpose(graph: Graph, site: Site, x: Any, dim0: int, dim1: int) -> Tensor:
    x = taken(graph, x, Demand(), site)
    one, other = axis_at(x, dim0, site), axis_at(x, dim1, site)
    dims = list(x.dims)
    dims[one], dims[other] = dims[other], dims[one]
    return Tensor(x.node, tuple(dims))


def axis_at(x: Tensor, dim: Any, site: Site) -> int:
    """One of PyTorch's axes, counted from the front; raises ReadError."""
    if not isinstance(dim, int) or not -len(x.dims) <= dim < len(x.dims):
        raise site.error(f"there is no axis {dim} among {len(x.dims)}.")
    return dim % len(x.dims)


def places(x: Tensor, dims: Any, site: Site) -> list[int]:
    """Several of PyTorch's axes, or one."""
    return [axis_at(x, dim, site) for dim in (dims if isinstance(dims, tuple | list) else (dims,))]
