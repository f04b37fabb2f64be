"""Activations and dropout: element by element, the shape stays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from quizgen.arithmetic import product
from quizgen.errors import LayerError, UnknownNameError
from quizgen.layers.base import Layer, Shape

ACTIVATIONS = (
    "linear", "relu", "relu6", "leaky_relu", "elu", "selu", "gelu", "silu", "mish", "softplus", "softsign", "softmax",
    "log_softmax", "sigmoid", "hard_sigmoid", "hard_silu", "tanh", "exponential",
)  # fmt: skip
"""By the names of `keras.activations`; none of them has a parameter."""


@dataclass(frozen=True, slots=True)
class Activation(Layer):
    """A fixed function of each number: Keras `Activation` and `ReLU`, PyTorch `ReLU`, `Sigmoid`, `Softmax`, ..."""

    name: str = "relu"

    def __post_init__(self) -> None:
        if self.name not in ACTIVATIONS:
            raise UnknownNameError("activation", self.name, ACTIVATIONS)


@dataclass(frozen=True, slots=True)
class Dropout(Layer):
    """Sets a share `rate` of the numbers to 0 while training, and nothing else: Keras `Dropout`, PyTorch `Dropout`."""

    rate: float = 0.5

    def __post_init__(self) -> None:
        if not 0 <= self.rate <= 1:
            raise LayerError(f"Dropout: rate = {self.rate} is no share.", remedy="It lies between 0 and 1.")


SlopesPer: TypeAlias = Literal["element", "channel", "layer"]


@dataclass(frozen=True, slots=True)
class PReLU(Layer):
    """A rectifier that learns its slope for negative numbers (He et al. 2015, arXiv:1502.01852).

    one_per: what has a slope of its own.
        element: Keras `PReLU()`. channel: Keras `shared_axes` naming all other axes, PyTorch `PReLU(channels)`.
        layer: PyTorch `PReLU()`.
    """

    one_per: SlopesPer = "element"

    def __post_init__(self) -> None:
        if self.one_per not in ("element", "channel", "layer"):
            raise LayerError(f"PReLU: no slope per “{self.one_per}”.", remedy="Use element, channel or layer.")

    def trainable(self, x: Shape) -> int:
        """A slope for each element, for each channel, or one for all."""
        if self.one_per == "element":
            return product(x)
        return x.channels if self.one_per == "channel" else 1
