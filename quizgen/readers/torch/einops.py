"""The patterns of einops: `rearrange(x, 'b c (h p) w -> b (h w) (p c)', p=4)`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quizgen.arithmetic import product
from quizgen.layers.reshaping import Reshape
from quizgen.readers.torch.arguments import Demand
from quizgen.readers.torch.graph import Graph
from quizgen.readers.torch.picking import MAXIMUM, MEAN, along
from quizgen.readers.torch.sites import Site
from quizgen.readers.torch.steps import taken
from quizgen.readers.torch.tensors import Size, Tensor, last
from quizgen.readers.torch.views import as_size
from quizgen.unknown import UNKNOWN, Unknown

Groups = list[tuple[str, ...]]
"""For each axis of a tensor the names of what lies in it."""

GROUP = re.compile(r"\(([^()]*)\)|(\S+)")


def groups(side: str, site: Site) -> Groups:
    """`b (h w) c` as groups of names; raises ReadError."""
    if not re.fullmatch(r"[\w\s()]*", side) or side.count("(") != side.count(")"):
        raise site.error(
            f"the pattern “{side.strip()}” is not understood.", remedy="Names and brackets are: b (h w) c."
        )
    return [tuple((inside or alone).split()) for inside, alone in GROUP.findall(side)]


def both_sides(pattern: Any, site: Site) -> tuple[Groups, Groups]:
    before, arrow, after = str(pattern).partition("->")
    if not arrow:
        raise site.error(f"{pattern!r} is no pattern.", remedy="Write 'b c h w -> b (h w) c'.")
    return groups(before, site), groups(after, site)


def rearrange(graph: Graph, site: Site, x: Any, pattern: Any, **known: Any) -> Tensor:
    """The numbers of a tensor on other axes."""
    before, after = both_sides(pattern, site)
    tensor = taken(graph, x, Demand(len(before) - 1 or None), site)
    if len(tensor.dims) != len(before):
        raise site.error(f"the pattern has {len(before)} axes, but the tensor has {len(tensor.dims)}.")
    sizes = solved(before, graph.sizes(tensor), known, site)
    batch = before[tensor.batch]
    place = next((place for place, group in enumerate(after) if group == batch), None)
    if place is None or tensor.folded:
        raise site.error("it mixes the examples of the batch with another axis.")
    if all(group in before for group in after) and len(after) == len(before):
        return Tensor(tensor.node, tuple(tensor.dims[before.index(group)] for group in after))
    out = tuple(product(sizes.get(name, 1) for name in group) for group in after if group != batch)
    return graph.emit(Reshape(out), [tensor], last(len(out), place), site)


def solved(before: Groups, sizes: Sequence[Size], known: Mapping[str, Any], site: Site) -> dict[str, Any]:
    """The size of each name; raises ReadError where they don't come out."""
    found: dict[str, Any] = {name: as_size(size, site).amount for name, size in known.items()}
    for group, size in zip(before, sizes, strict=True):
        open_names = [name for name in group if name not in found and name != "1"]
        rest = product(found[name] for name in group if name in found)
        if len(open_names) > 1:
            raise site.error(
                f"the sizes of {' and '.join(open_names)} are not given.", remedy=f"Write {open_names[0]}=..."
            )
        if open_names:
            unknown = isinstance(size.amount, Unknown) or isinstance(rest, Unknown)
            if not unknown and size.amount % rest:
                raise site.error(f"an axis of {size.amount} does not come out with {rest}.")
            found[open_names[0]] = UNKNOWN if unknown else size.amount // rest
        elif rest != size.amount:
            raise site.error(f"an axis of {size.amount} is to hold {rest}.")
    return found


def reduce(graph: Graph, site: Site, x: Any, pattern: Any, reduction: Any = "mean", **known: Any) -> Tensor:
    """One number in the place of many along the axes that the pattern drops."""
    before, after = both_sides(pattern, site)
    tensor = taken(graph, x, Demand(len(before) - 1 or None), site)
    if len(tensor.dims) != len(before) or any(group not in before for group in after):
        raise site.error("only patterns that drop whole axes are understood here.")
    gone = [place for place, group in enumerate(before) if group not in after]
    return along(graph, site, tensor, gone, False, MAXIMUM if reduction == "max" else MEAN)


@dataclass(frozen=True, slots=True)
class Rearranging:
    """`Rearrange(...)` and `Reduce(...)` as modules."""

    function: Any
    settings: tuple[Any, ...]
    known: tuple[tuple[str, Any], ...]

    held = 0

    def apply(self, graph: Graph, site: Site, x: Any) -> Tensor:
        y: Tensor = self.function(graph, site, x, *self.settings, **dict(self.known))
        return y


def rearranging(function: Any) -> Any:
    def build(*settings: Any, **known: Any) -> Rearranging:
        return Rearranging(function, settings, tuple(known.items()))

    return build


MODULES = {"Rearrange": rearranging(rearrange), "Reduce": rearranging(reduce)}
