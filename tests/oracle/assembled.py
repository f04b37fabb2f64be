"""Layers for which a framework has no class of its own, put together from its parts, and what drawing them shares."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

import keras
import torch

from quizgen.layers import Shape
from tests.oracle.kind import Inputs


class Assembled(torch.nn.Module):
    """PyTorch modules by name, and how they are applied."""

    def __init__(self, run: Callable[..., torch.Tensor], **parts: torch.nn.Module) -> None:
        super().__init__()
        self.parts = torch.nn.ModuleDict(parts)
        self.run = run

    def forward(self, *tensors: torch.Tensor) -> torch.Tensor:
        return self.run(self.parts, *tensors)


class KerasGraph:
    """A functional Keras model that is called on its inputs one by one, as layers are."""

    def __init__(self, model: Any) -> None:
        self.model = model
        self.trainable_weights, self.non_trainable_weights = model.trainable_weights, model.non_trainable_weights

    def __call__(self, *tensors: torch.Tensor) -> Any:
        return self.model(list(tensors))


def keras_graph(inputs: Inputs, apply: Callable[..., Any]) -> KerasGraph:
    sources = [keras.Input(tuple(shape)) for shape in inputs]
    return KerasGraph(keras.Model(sources, apply(*sources)))


def sequence_shape(random: Random, width: int = 0) -> Shape:
    """At least 2 of each: a product over a single element is no matrix product to torch's counter."""
    return Shape((random.randint(2, 12), width or random.randint(2, 24)))
