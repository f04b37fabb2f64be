"""What stands for a tensor while code is read: which node makes it, and how PyTorch's axes lie over the engine's.

The engine's shapes are channels last and have no batch axis; PyTorch's tensors have one, and any order of the others. So
a tensor is a node and its dims: for each of PyTorch's axes the axes of the node's output that lie in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from quizgen.arithmetic import product
from quizgen.layers.base import Shape

BATCH: Final = -1
"""The batch among the axes of a node's output, where it has none."""

Dim: TypeAlias = tuple[int, ...]
"""The axes that one of PyTorch's axes holds, slowest first: nearly always one; the batch may have swallowed others."""


@dataclass(frozen=True, slots=True)
class Size:
    """The size of one of PyTorch's axes, or so many times the size of the batch, which no count needs."""

    amount: Any
    batches: bool = False


@dataclass(frozen=True, slots=True)
class Tensor:
    """A node's output, or a network input, as the code holds it."""

    node: str
    dims: tuple[Dim, ...]

    @property
    def batch(self) -> int:
        """Where the batch axis stands."""
        return next(place for place, dim in enumerate(self.dims) if BATCH in dim)

    @property
    def places(self) -> tuple[int, ...]:
        """PyTorch's axes but the batch."""
        return tuple(place for place, dim in enumerate(self.dims) if BATCH not in dim)

    @property
    def folded(self) -> Dim:
        """The axes that the batch has swallowed: time steps that are worked as if they were examples."""
        return tuple(axis for axis in self.dims[self.batch] if axis != BATCH)

    @property
    def order(self) -> tuple[int, ...]:
        """The node's axes in the order in which PyTorch prints them."""
        return tuple(axis for dim in self.dims for axis in dim if axis != BATCH)

    @property
    def channels_first(self) -> bool:
        """Whether PyTorch prints the node's last axis before the others."""
        last = len(self.order) - 1
        return last > 0 and self.order == (last, *range(last))

    def at(self, place: int) -> int:
        """One of PyTorch's axes, counted from the front; raises IndexError."""
        return range(len(self.dims))[place]

    def sizes(self, shape: Shape) -> tuple[Any, ...]:
        """A size for each of PyTorch's axes."""
        return tuple(size_of(dim, shape) for dim in self.dims)


def size_of(dim: Dim, shape: Shape) -> Size:
    """The size of one of PyTorch's axes."""
    return Size(product(shape[axis] for axis in dim if axis != BATCH), BATCH in dim)


def laid(order: Iterable[int], batch: int = 0) -> tuple[Dim, ...]:
    """The dims of a tensor whose axes lie in this order, with the batch in its place among them."""
    dims = [(axis,) for axis in order]
    dims.insert(batch, (BATCH,))
    return tuple(dims)


def first(axes: int) -> tuple[Dim, ...]:
    """`batch × channels × ...` for a node with so many axes."""
    return laid((axes - 1, *range(axes - 1))) if axes else laid(())


def last(axes: int, batch: int = 0) -> tuple[Dim, ...]:
    """`batch × ... × features`."""
    return laid(range(axes), batch)


def arranged(shape: Sequence[int]) -> Shape:
    """Sizes that PyTorch prints channels first, channels last."""
    return Shape((*shape[1:], *shape[:1]))
