"""The weights that layers of the user's own train, and what they do with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quizgen.arithmetic import product
from quizgen.layers.base import Shape
from quizgen.layers.dense import Dense
from quizgen.layers.embedding import PositionEmbedding
from quizgen.layers.given import Given
from quizgen.readers.keras.tensors import Tensor
from quizgen.readers.keras_layers import Settings
from quizgen.readers.python import Spot, Thing, Unreadable

if TYPE_CHECKING:
    from quizgen.readers.keras.layer import LayerThing
    from quizgen.readers.keras.session import Session


class Weight(Thing):
    """Numbers that a layer of the user's own trains: `self.add_weight(shape=(10, 64))`."""

    def __init__(self, shape: Shape, *, trainable: bool = True) -> None:
        self.shape, self.trainable = shape, trainable

    def item(self, index: Any, spot: Spot) -> Any:
        return self

    def attribute(self, name: str, spot: Spot) -> Any:
        return tuple(self.shape) if name == "shape" else Unreadable(spot)

    @property
    def frozen(self) -> bool:
        return not self.trainable


def with_weight(session: Session, kind: str, tensor: Tensor, weight: Weight, spot: Spot) -> Tensor:
    """A weight added to a tensor or multiplied with it, number by number.

    A table of positions added to tokens is a layer of the engine's; anything else holds as many numbers as it has.
    """
    x, shape = tensor.shape, weight.shape
    if kind == "Add" and len(shape) == len(x) == 2 and shape[-1] == x[-1]:
        return session.owned(PositionEmbedding(shape[0]), tensor, spot, weight)
    if tuple(shape) not in (tuple(x[-len(shape) :]), (1,)):
        raise spot.error(f"a weight of {shape} does not fit to {x}.", remedy="Their last axes have to be equal.")
    return session.owned(Given(x, product(shape)), tensor, spot, weight)


def multiplied(session: Session, tensor: Tensor, weight: Weight, spot: Spot) -> Tensor:
    """A matrix of weights applied to the last axis: what a Dense does."""
    if len(weight.shape) != 2 or weight.shape[0] != tensor.shape[-1]:
        what = f"weights of {weight.shape} can't be multiplied with {tensor.shape}."
        raise spot.error(what, remedy="The weights' first axis is the input's last one.")
    return session.owned(Dense(weight.shape[1], bias=False), tensor, spot, weight)


def with_table(session: Session, tensor: Tensor, layer: LayerThing, spot: Spot) -> Tensor:
    """An embedding of the positions, added to the tokens' vectors."""
    with session.blaming(layer, spot, (tensor,)):
        rows = Settings(layer.kind, layer.values()).number("input_dim")
        return session.step(layer.name, layer.kind, layer, lambda shapes: PositionEmbedding(rows), (tensor,), spot)
