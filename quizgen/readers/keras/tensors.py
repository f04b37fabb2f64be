"""What stands for Keras's symbolic tensors while code is read: which step makes each, and its shape."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from quizgen.layers.base import Layer, Shape
from quizgen.readers.python import Builtin, Spot, Thing, Unreadable
from quizgen.unknown import known

if TYPE_CHECKING:
    from quizgen.readers.keras.layer import LayerThing
    from quizgen.readers.keras.session import Session

Make: TypeAlias = Callable[[tuple[Shape, ...]], Layer]
"""From the shapes that reach a step to the engine's layer."""


@dataclass(frozen=True, eq=False, slots=True)
class Step:
    """One use of a layer.

    owner: what holds the parameters; two steps of one owner share them. kind: Keras's name of the layer.
    after: tensors that it needs without counting them among its inputs, such as the first state of a recurrent layer.
    """

    number: int
    name: str
    kind: str
    owner: object
    make: Make
    layer: Layer
    inputs: tuple[Tensor, ...]
    after: tuple[Tensor, ...]
    spot: Spot


class Tensor(Thing):
    """What a step puts out, or what comes into a network (without a step).

    `own` is None for an input of which nobody has said how many axes it has; the first layer that reads it tells.
    """

    def __init__(self, session: Session, shape: Shape | None, step: Step | None = None) -> None:
        self.session, self.own, self.step = session, shape, step
        self.number = session.next_input()

    @property
    def shape(self) -> Shape:
        """The shape, without the batch; unknown if need be."""
        return self.session.settle(self)

    @property
    def sizes(self) -> tuple[int | None, ...]:
        """The shape as code sees it: the batch first, None for what isn't known."""
        return (None, *map(known, self.shape))

    def attribute(self, name: str, spot: Spot) -> Any:
        if name == "shape":
            return self.sizes
        if name == "get_shape":
            return Builtin(name, lambda call: self.sizes)
        return Unreadable(spot)

    def operate(self, op: type[ast.operator], other: Any, spot: Spot, *, reflected: bool = False) -> Any:
        return self.session.operate(self, op, other, spot)

    def item(self, index: Any, spot: Spot) -> Any:
        return self.session.pick(self, index, spot)


class Example(Thing):
    """An array that the code calls a model on: its shape is the input's."""

    def __init__(self, shape: Shape | None) -> None:
        self.shape = shape


class Positions(Thing):
    """The numbers 0, 1, 2, ... of a sequence's places: `tf.range(length)`."""

    def item(self, index: Any, spot: Spot) -> Any:
        return self


class Table(Thing):
    """What an embedding gives for positions: a vector for each, to be added to the tokens' vectors."""

    def __init__(self, layer: LayerThing) -> None:
        self.layer = layer

    def item(self, index: Any, spot: Spot) -> Any:
        return self

    def operate(self, op: type[ast.operator], other: Any, spot: Spot, *, reflected: bool = False) -> Any:
        return other.operate(op, self, spot) if isinstance(other, Tensor) else Unreadable(spot)
