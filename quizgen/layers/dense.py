"""Fully connected layers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from quizgen.arithmetic import product
from quizgen.layers.base import Layer, Shape, check_sizes


@dataclass(frozen=True, slots=True)
class Dense(Layer):
    """Every unit reads every feature: Keras `Dense`, PyTorch `Linear`.

    On an input with more than one axis the layer acts on the last one alone and is shared by all positions, in both
    frameworks (https://keras.io/api/layers/core_layers/dense, https://docs.pytorch.org/docs/stable/nn.html#linear-layers).
    """

    units: int
    bias: bool = True

    last_axis: ClassVar[str] = "features"

    def __post_init__(self) -> None:
        check_sizes(self, units=self.units)

    def output(self, x: Shape) -> Shape:
        return x.with_channels(self.units)

    def trainable(self, x: Shape) -> int:
        """units · (features + 1): a weight for each feature and one bias, for each unit."""
        return self.units * (x.channels + 1 if self.bias else x.channels)

    def macs(self, x: Shape, *, y: Shape) -> int:
        """One multiplication for each weight, at every position of the output."""
        return product((*y.spatial, x.channels, y.channels))
