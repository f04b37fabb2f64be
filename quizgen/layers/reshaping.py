"""Layers that only deal the same numbers out on other axes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from quizgen.arithmetic import product, share
from quizgen.errors import LayerError, ShapeError
from quizgen.layers.base import Layer, Shape, check_rank, check_sizes


class Flatten(Layer):
    """All axes in one: Keras `Flatten`, PyTorch `Flatten`. Shapes: input any, output the product of its sizes."""

    __slots__ = ()

    def output(self, x: Shape) -> Shape:
        return Shape((product(x),))


@dataclass(frozen=True, slots=True)
class Reshape(Layer):
    """Other axes for as many numbers: Keras `Reshape`, PyTorch `Unflatten` and `view`.

    target: the sizes that come out, without the batch axis; one of them may be None for whatever is left (the
        frameworks' -1).
    """

    target: tuple[int | None, ...]

    structural: ClassVar[frozenset[str]] = frozenset({"target"})

    def __post_init__(self) -> None:
        check_sizes(self, target=self.known)
        if len(self.target) - len(self.known) > 1:
            raise LayerError(f"Reshape: target = {self.target} leaves more than one size open.")

    @property
    def known(self) -> tuple[int, ...]:
        return tuple(size for size in self.target if size is not None)

    def output(self, x: Shape) -> Shape:
        return Shape(share(product(x), product(self.known)) if size is None else size for size in self.target)

    def check(self, x: Shape) -> None:
        held, wanted = product(x), product(self.known)
        if held % wanted or (None not in self.target and (held < wanted or held > wanted)):
            raise ShapeError(f"Reshape: {x} holds {held:,} numbers, which do not come out as {self.target}.")


@dataclass(frozen=True, slots=True)
class Permute(Layer):
    """The axes in another order: Keras `Permute`, PyTorch `permute`.

    order: which input axis stands at each place, counted from 1 as Keras does, since 0 would be the batch.
    """

    order: tuple[int, ...]

    structural: ClassVar[frozenset[str]] = frozenset({"order"})

    def __post_init__(self) -> None:
        if sorted(self.order) != list(range(1, len(self.order) + 1)):
            raise LayerError(f"Permute: order = {self.order} does not name each axis once, counted from 1.")

    def output(self, x: Shape) -> Shape:
        return Shape(x[axis - 1] for axis in self.order)

    def check(self, x: Shape) -> None:
        check_rank(self, x, len(self.order))
