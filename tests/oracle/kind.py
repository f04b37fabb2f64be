"""A kind of layer as the frameworks know it: how to draw one at random, and how Keras and PyTorch build the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any, TypeAlias

from quizgen.layers.base import Layer, Shape

Inputs: TypeAlias = tuple[Shape, ...]
"""The shapes of what a layer reads, channels last, without the batch axis."""

Builder: TypeAlias = Callable[[Any, Inputs], Any]
"""From our layer and the shapes it reads to the framework's own layer, or to None where it has none like it."""


def nothing(layer: Layer, inputs: Inputs) -> None:
    """The builder of a framework that has no such layer."""


def always(layer: Layer, inputs: Inputs) -> bool:
    return True


def never(layer: Layer, inputs: Inputs) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Kind:
    """How one class of ours is compared with the frameworks.

    name: the class, and the file of its recorded facts.
    draw: a random valid configuration, with the shapes of its inputs.
    keras, torch: builders; where both build a configuration, both have to measure the same.
        Each result is called on one tensor for each input; of a tuple that comes out, the first is measured.
    channels_first: whether PyTorch's layer puts the channels before the spatial axes.
    ids: whether the inputs are token numbers instead of activations.
    counted: whether torch's flop counter sees all that we count as MACs in this configuration, and nothing else.
    """

    name: str
    draw: Callable[[Random], tuple[Layer, Inputs]]
    keras: Builder = nothing
    torch: Builder = nothing
    channels_first: bool = True
    ids: bool = False
    counted: Callable[[Any, Inputs], bool] = always
