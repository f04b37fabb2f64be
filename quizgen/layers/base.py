"""What every layer is: a frozen set of settings, and its rules, each stated once.

A rule is a plain method from the input shape to one quantity. Rules are blind to whether the sizes are ints or
letters: the answer is the rule read with ints, the formula is the same rule read with letters (see `quizgen.worked`).
Shapes are channels-last and carry no batch axis, as Keras prints them; PyTorch's channels-first order is a matter of
presentation.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import cache
from typing import Any, ClassVar, Self, TypeAlias

from quizgen.errors import LayerError, ShapeError
from quizgen.unknown import Unknown

Sizes: TypeAlias = tuple[int, ...]
"""One positive int for each spatial axis: a kernel, a stride, a dilation."""


class Shape(tuple[int, ...]):
    """The sizes of an activation, channels (or features) last, without the batch axis: `Shape((28, 28, 1))`."""

    __slots__ = ()

    @property
    def spatial(self) -> Sizes:
        """Every axis but the last: height and width of an image, length of a sequence."""
        return tuple(self[:-1])

    @property
    def channels(self) -> int:
        """The last axis: channels of a map, features of a vector."""
        return self[-1]

    def with_channels(self, channels: int) -> Shape:
        return Shape((*self[:-1], channels))

    def with_spatial(self, spatial: Sizes) -> Shape:
        return Shape((*spatial, self[-1]))

    def __str__(self) -> str:
        return " × ".join(f"{size:,}" for size in self)


@dataclass(frozen=True, slots=True)
class Window:
    """The window that a layer slides over its input, one size for each spatial axis: what a receptive field is made of."""

    kernel: Sizes
    stride: Sizes
    dilation: Sizes


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer that changes nothing and holds nothing; each kind overrides the rules in which it differs.

    Rules take the shapes of the layer's inputs. `macs` is handed the output shape too, by whoever traces the network,
    so that a slip in the shape carries into the cost.

    A kind with settings of its own is a frozen dataclass with slots. One without is a plain subclass with `__slots__ = ()`:
    there are fifty of them, and each dataclass costs every start a millisecond.
    """

    structural: ClassVar[frozenset[str]] = frozenset()
    """Settings that shape the formula itself, such as a number of axes, and so stay numbers in it."""

    last_axis: ClassVar[str] = "channels"
    """What the field calls the last axis of this layer's input: channels of maps, features of vectors and tokens."""

    spatial_axes: ClassVar[tuple[str, ...]] = ()
    """What it calls the axes before it, where their number is fixed: `("length",)` for a layer over sequences."""

    arity: ClassVar[int | None] = 1
    """How many inputs it takes; None for a layer that joins two or more."""

    def but(self, **settings: Any) -> Self:
        """This layer with other settings, unchecked: symbols, or what a misconception takes them for."""
        kind: Any = type(self)
        other: Self = object.__new__(kind)
        for name in setting_names(kind):
            object.__setattr__(other, name, settings[name] if name in settings else getattr(self, name))
        return other

    @property
    def branches_on_size(self) -> bool:
        """Whether a rule decides by comparing sizes, so that its formula holds for one instance only."""
        return False

    def output(self, x: Shape) -> Shape:
        """The shape that comes out."""
        return x

    def trainable(self, x: Shape) -> int:
        """The number of parameters that training changes."""
        return 0

    def non_trainable(self, x: Shape) -> int:
        """The number of parameters that are stored but not trained, such as moving statistics."""
        return 0

    def macs(self, x: Shape, *, y: Shape) -> int:
        """Multiply-accumulates for one example: a multiplication with a weight, or between two activations that are
        multiplied as matrices. Bias additions, activations and normalizations cost none."""
        return 0

    def window(self, x: Shape) -> Window | None:
        """The window that slides over the input, or None where each position is worked on its own."""
        return None

    def check(self, x: Shape) -> None:
        """Raise ShapeError where the layer can't take this input."""


@cache
def setting_names(kind: type[Any]) -> tuple[str, ...]:
    """The names of a layer's settings, in their order."""
    return tuple(setting.name for setting in fields(kind))


Rule: TypeAlias = Callable[..., Any]
"""A method of a layer class, such as `Dense.trainable`: the name under which a rule can be looked up and bent."""


def check_sizes(layer: Layer, **settings: int | tuple[int, ...]) -> None:
    """Raise LayerError where a setting that counts something isn't a positive int, or a tuple of them."""
    for name, value in settings.items():
        sizes = value if isinstance(value, tuple) else (value,)
        if not all(
            isinstance(size, Unknown) or (isinstance(size, int) and not isinstance(size, bool) and size >= 1)
            for size in sizes
        ):
            raise LayerError(
                f"{type(layer).__name__}: {name} = {value} is not positive.", remedy="Every size is at least 1."
            )


def check_rank(layer: Layer, x: Shape, rank: int) -> None:
    """Raise ShapeError where the input has another number of axes than the layer reads."""
    if len(x) != rank:
        axes = {1: "features", 2: "length × channels", 3: "height × width × channels"}
        wants = axes.get(rank, "depth × height × width × channels")
        raise ShapeError(
            f"{type(layer).__name__} reads {rank} axes ({wants}), but {x} has {len(x)}.",
            remedy="A Flatten, a Reshape or a layer of another rank belongs here." if rank > 1 else "",
        )
