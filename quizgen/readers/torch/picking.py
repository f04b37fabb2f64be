"""Functions that leave a part of a tensor, or one number in place of many: indices, `chunk`, `mean`, `max`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from quizgen.layers.base import Layer
from quizgen.layers.given import Select
from quizgen.layers.global_pooling import (
    GlobalAveragePooling1D,
    GlobalAveragePooling2D,
    GlobalAveragePooling3D,
    GlobalMaxPooling1D,
    GlobalMaxPooling2D,
    GlobalMaxPooling3D,
)
from quizgen.readers.torch.arguments import Demand
from quizgen.readers.torch.graph import Graph
from quizgen.readers.torch.sites import Site
from quizgen.readers.torch.steps import taken
from quizgen.readers.torch.tensors import BATCH, Size, Tensor, last
from quizgen.readers.torch.views import axis_at, dealt, places
from quizgen.unknown import UNKNOWN, Unknown

MEAN = {1: GlobalAveragePooling1D, 2: GlobalAveragePooling2D, 3: GlobalAveragePooling3D}
MAXIMUM = {1: GlobalMaxPooling1D, 2: GlobalMaxPooling2D, 3: GlobalMaxPooling3D}


def item(graph: Graph, site: Site, x: Any, index: Any) -> Tensor:
    """`x[:, -1]`, `x[:, :10]`, `x[..., 0]`, `x[:, None]`."""
    x = taken(graph, x, Demand(), site)
    parts = list(index) if isinstance(index, tuple) else [index]
    parts = spread(x, parts, site)
    place = 0
    for part in parts:
        if part is None:
            sizes = list(graph.sizes(x))
            sizes.insert(place, Size(1))
            x = dealt(graph, site, x, sizes)
            place += 1
        elif isinstance(part, slice):
            x = cut(graph, site, x, place, part)
            place += 1
        elif isinstance(part, int):
            x, place = single(graph, site, x, place)
        else:
            raise site.error("only whole numbers and slices are understood as an index here.")
    return graph.now(x)


def spread(x: Tensor, parts: list[Any], site: Site) -> list[Any]:
    """The index with as many slices as its Ellipsis stands for."""
    axes = len([part for part in parts if part is not None and part is not ...])
    if axes > len(x.dims):
        raise site.error(f"there are {axes} indices for {len(x.dims)} axes.")
    if ... not in [part for part in parts if not isinstance(part, slice | tuple | list)]:
        return parts
    place = next(place for place, part in enumerate(parts) if part is ...)
    return [*parts[:place], *[slice(None)] * (len(x.dims) - axes), *parts[place + 1 :]]


def cut(graph: Graph, site: Site, x: Tensor, place: int, part: slice) -> Tensor:
    """Some positions of an axis; of the batch, it makes no difference how many."""
    if part == slice(None) or BATCH in x.dims[place]:
        return x
    size = graph.sizes(x)[place].amount
    count = length(part, size)
    return x if count == size and not isinstance(size, Unknown) else select(graph, site, x, place, count)


def length(part: slice, size: Any) -> Any:
    """How many positions of so many a slice leaves."""
    bounds = (part.start, part.stop, part.step)
    if not isinstance(size, Unknown) and all(bound is None or isinstance(bound, int) for bound in bounds):
        return len(range(size)[part])
    plain = isinstance(part.stop, int) and part.stop >= 0 and part.start in (None, 0) and part.step in (None, 1)
    return part.stop if plain else UNKNOWN


def single(graph: Graph, site: Site, x: Tensor, place: int) -> tuple[Tensor, int]:
    """One position of an axis, which goes; time steps that stand where a recurrent layer reads the batch are meant."""
    if BATCH in x.dims[place]:
        if len(x.places) < 2:
            raise site.error("it picks one example out of the batch.", remedy="x[:, -1] picks the last step of each.")
        (step, *_) = x.places
        return select(graph, site, x, step, None), place
    return select(graph, site, x, place, None), place


def select(graph: Graph, site: Site, x: Tensor, place: int, count: Any) -> Tensor:
    """So many positions of an axis, or one, without which it is gone."""
    x = graph.now(x)
    (axis,) = x.dims[place]
    if count is not None:
        if count == 0:
            raise site.error("nothing is left of the axis.")
        return graph.emit(Select(axis + 1, count), [x], x.dims, site)
    if len(x.order) == 1:
        return graph.emit(Select(1, 1), [x], x.dims, site)
    dims = tuple(tuple(one - (one > axis) for one in dim) for other, dim in enumerate(x.dims) if other != place)
    return graph.emit(Select(axis + 1), [x], dims, site)


def reduced(kinds: dict[int, Any]) -> Any:
    """A function that puts one number in the place of many along some axes: `mean`, `amax`, `sum`."""

    def reduce(graph: Graph, site: Site, x: Any, dim: Any = None, keepdim: bool = False, **others: Any) -> Tensor:
        x = taken(graph, x, Demand(), site)
        which = x.places if dim is None else tuple(sorted(set(places(x, others.get("axis", dim), site))))
        return along(graph, site, x, which, keepdim, kinds)

    return reduce


def along(graph: Graph, site: Site, x: Tensor, which: Sequence[int], keepdim: bool, kinds: dict[int, Any]) -> Tensor:
    """The axes reduced: all but the channels by a global pooling, others one by one."""
    if any(BATCH in x.dims[place] for place in which):
        raise site.error("it mixes the examples of the batch.", remedy="Leave the batch axis out.")
    x = graph.now(x)
    axes = sorted(axis for place in which for axis in x.dims[place])
    rest = len(x.order) - 1
    if axes == list(range(rest)) and rest in kinds and not x.folded:
        layer: Layer = kinds[rest](keepdim)
        return graph.emit(layer, [x], x.dims if keepdim else last(1), site)
    for place in sorted(which, reverse=True):
        x = select(graph, site, x, place, 1 if keepdim else None)
    return x


def extreme(graph: Graph, site: Site, x: Any, dim: Any = None, keepdim: bool = False) -> Any:
    """`max` and `min` along an axis: the values, and where they stand."""
    values = reduced(MAXIMUM)(graph, site, x, dim, keepdim)
    return values if dim is None else (values, values)


def best(graph: Graph, site: Site, x: Any, k: int, dim: int = -1, **others: Any) -> Any:
    """`topk`."""
    x = taken(graph, x, Demand(), site)
    values = select(graph, site, x, axis_at(x, dim, site), k)
    return values, values


def chunk(graph: Graph, site: Site, x: Any, chunks: int, dim: int = 0) -> tuple[Tensor, ...]:
    x = taken(graph, x, Demand(), site)
    place = axis_at(x, dim, site)
    size = graph.sizes(x)[place].amount
    if isinstance(size, Unknown):
        return parts(graph, site, x, place, [size] * chunks)
    return parts(graph, site, x, place, pieces(size, -(-size // chunks)))


def split(graph: Graph, site: Site, x: Any, split_size_or_sections: Any, dim: int = 0) -> tuple[Tensor, ...]:
    x = taken(graph, x, Demand(), site)
    place, asked = axis_at(x, dim, site), split_size_or_sections
    size = graph.sizes(x)[place].amount
    if isinstance(asked, int) and not isinstance(size, int):
        raise site.error("into how many parts it splits depends on the input's size.")
    return parts(graph, site, x, place, list(asked) if isinstance(asked, list | tuple) else pieces(size, asked))


def pieces(size: int, each: int) -> list[int]:
    """A size in pieces, of which the last may be smaller."""
    return [min(each, size - start) for start in range(0, size, max(1, each))]


def parts(graph: Graph, site: Site, x: Tensor, place: int, sizes: Sequence[Any]) -> tuple[Tensor, ...]:
    return tuple(select(graph, site, x, place, size) for size in sizes)


def unbind(graph: Graph, site: Site, x: Any, dim: int = 0) -> tuple[Tensor, ...]:
    x = taken(graph, x, Demand(), site)
    place = axis_at(x, dim, site)
    size = graph.sizes(x)[place].amount
    if BATCH in x.dims[place]:
        raise site.error(
            "it goes through the examples of the batch.", remedy="Give forward one argument for each input."
        )
    if not isinstance(size, int):
        raise site.error("into how many parts it splits depends on the input's size.")
    return tuple(select(graph, site, x, place, None) for _ in range(size))


def narrow(graph: Graph, site: Site, x: Any, dim: int, count: Any) -> Tensor:
    """`narrow` and `select`."""
    x = taken(graph, x, Demand(), site)
    return select(graph, site, x, axis_at(x, dim, site), count)
