"""Whole Keras models, built without memory for their numbers, and what Keras says of each of their layers."""

from __future__ import annotations

from collections.abc import Iterator
from math import prod
from typing import Any
from unittest import mock

import keras
import torch
from keras.src.applications import nasnet

from tests.applications import LayerFacts, ModelFacts, model_facts

APPLICATIONS: tuple[str, ...] = tuple(
    name for name, made in sorted(vars(keras.applications).items()) if name[0].isupper() and callable(made)
)
"""The names of all models of keras.applications."""


def application(name: str) -> Any:
    """A model without weights, on the device where tensors have shapes and no numbers.

    Keras refuses the NASNets on the torch backend for a bug in what they would compute there; counts need none of it.
    """
    keras.utils.clear_session()  # so that layers without a name are numbered from the start
    with torch.device("meta"), mock.patch.object(nasnet.backend, "backend", return_value="jax"):
        return getattr(keras.applications, name)(weights=None)


def facts(model: Any) -> ModelFacts:
    return model_facts(elements(model.trainable_weights), elements(model.non_trainable_weights), layer_facts(model))


def layer_facts(model: Any, path: str = "") -> Iterator[LayerFacts]:
    """Every layer that holds no others; operations on tensors are layers too, and what makes masks is none."""
    for layer in getattr(model, "operations", None) or model.layers:
        if isinstance(layer, keras.layers.InputLayer) or type(layer).__name__ == "NotEqual":
            continue
        if isinstance(layer, keras.Model):
            yield from layer_facts(layer, f"{path}{layer.name}/")
        else:
            output = layer.output[0] if isinstance(layer.output, list | tuple) else layer.output
            yield LayerFacts(
                path + layer.name,
                type(layer).__name__,
                tuple(output.shape[1:]),
                elements(getattr(layer, "trainable_weights", ())),
                elements(getattr(layer, "non_trainable_weights", ())),
            )


def elements(weights: Any) -> int:
    return sum(prod(weight.shape) for weight in weights)
