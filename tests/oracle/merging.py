"""Layers that join branches, as Keras and PyTorch build them."""

from __future__ import annotations

from random import Random
from typing import Any

import keras
import torch

from quizgen.layers import Add, Average, Concatenate, Layer, Multiply, Shape
from tests.oracle.assembled import Assembled, keras_graph
from tests.oracle.kind import Builder, Inputs, Kind


def draw_equal(random: Random) -> Inputs:
    shape = Shape(random.randint(1, 12) for _ in range(random.randint(1, 3)))
    return (shape,) * random.randint(2, 4)


def draw_concatenated(random: Random) -> Inputs:
    return tuple(shape.with_channels(random.randint(1, 12)) for shape in draw_equal(random))


def keras_merge(kind: Any) -> Builder:
    return lambda layer, inputs: keras_graph(inputs, lambda *x: kind()(list(x)))


def torch_merge(merge: Any) -> Builder:
    return lambda layer, inputs: Assembled(lambda parts, *x: merge(x))


def merging(layer: Layer, draw: Any, keras_kind: Any, torch_call: Any) -> Kind:
    return Kind(
        type(layer).__name__,
        lambda random: (layer, draw(random)),
        keras_merge(keras_kind),
        torch_merge(torch_call),
        channels_first=False,
    )


KINDS: tuple[Kind, ...] = (
    merging(Add(), draw_equal, keras.layers.Add, sum),
    merging(Multiply(), draw_equal, keras.layers.Multiply, lambda x: torch.stack(x).prod(0)),
    merging(Average(), draw_equal, keras.layers.Average, lambda x: torch.stack(x).mean(0)),
    merging(Concatenate(), draw_concatenated, keras.layers.Concatenate, lambda x: torch.cat(x, dim=-1)),
)
