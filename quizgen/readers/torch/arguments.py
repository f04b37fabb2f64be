"""The inputs of a network: what is said of their sizes, and what the first layer that reads them makes of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from quizgen.layers.base import Shape
from quizgen.readers.shapes import unknown_shape
from quizgen.readers.torch.sites import Site
from quizgen.readers.torch.tensors import Dim, Tensor, arranged, first, last

Layout: TypeAlias = Literal["first", "last", "any"]
"""Where a layer reads the channels, among PyTorch's axes: right behind the batch, or at the end."""

Spelled: TypeAlias = Literal["user", "batch", "bare", "either"]
"""How sizes are given: by the user, channels last; or as PyTorch orders them, with the batch axis, without, or either."""


@dataclass(frozen=True, slots=True)
class Demand:
    """What a layer wants to read: so many axes beside the batch, channels first or last, and how many channels."""

    axes: int | None = None
    layout: Layout = "any"
    channels: int | None = None
    batch: int = 0


@dataclass(frozen=True, slots=True)
class Sizes:
    """The sizes that somebody gave for an input."""

    sizes: tuple[Any, ...]
    spelled: Spelled


@dataclass(eq=False, slots=True)
class Argument:
    """An argument of `forward` that nobody has read yet.

    place: which of the arguments it is. given: what is known of its sizes. hint: what the network's first layer with
        an opinion wants to read.
    """

    name: str
    place: int
    given: Sizes | None = None
    hint: Demand = Demand()
    tensor: Tensor | None = field(default=None)

    def shaped(self, demand: Demand, site: Site) -> tuple[Shape, tuple[Dim, ...]]:
        """Its shape as the engine has it, and how PyTorch's axes lie over it."""
        axes = demand.axes or (self.hint.axes if demand.layout == "any" else None)
        if demand.layout == "last" and demand.axes is None and self.hint.layout == "last":
            axes = self.hint.axes
        layout = demand.layout if demand.layout != "any" else self.hint.layout
        batch = max(demand.batch, self.hint.batch) if layout == "last" else 0
        if self.given is None:
            shape = unknown_shape(axes or 1)
            return shape, lies(len(shape), layout, batch)
        if self.given.spelled == "user":
            shape = fitted(Shape(self.given.sizes), demand)
            return shape, lies(len(shape), layout, batch)
        sizes = without_batch(self.given, axes, batch)
        dims = lies(len(sizes), layout, batch)
        return (arranged(sizes) if dims == first(len(sizes)) and len(sizes) > 1 else Shape(sizes)), dims


def lies(axes: int, layout: Layout, batch: int) -> tuple[Dim, ...]:
    """Channels first as a layer wants it, and in images where none does."""
    if layout == "first" or (layout == "any" and axes > 2):
        return first(axes)
    return last(axes, min(batch, axes))


def without_batch(given: Sizes, axes: int | None, batch: int) -> tuple[Any, ...]:
    """The sizes of one example."""
    sizes = given.sizes
    bare = given.spelled == "bare" or len(sizes) == axes or len(sizes) == 1
    if given.spelled == "either" and axes is None:
        bare = len(sizes) < 4
    return sizes if bare else sizes[:batch] + sizes[batch + 1 :]


def fitted(shape: Shape, demand: Demand) -> Shape:
    """The shape that the user gave: channels last, unless only channels first fits what the layer declares."""
    channels = demand.channels
    if demand.axes is not None and len(shape) == demand.axes - 1 and channels == 1:
        return Shape((*shape, 1))
    rotates = demand.layout == "first" and len(shape) > 1 and channels is not None
    return arranged(shape) if rotates and shape.channels != channels and shape[0] == channels else shape
