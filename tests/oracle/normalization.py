"""Normalizations, as Keras and PyTorch build them."""

from __future__ import annotations

from random import Random
from typing import Any

import keras
import torch

from quizgen.layers import BatchNorm, GroupNorm, InstanceNorm, LayerNorm, Normalization, RMSNorm, Shape
from quizgen.layers.normalization import Statistics
from tests.oracle.assembled import Assembled
from tests.oracle.drawing import coin
from tests.oracle.kind import Inputs, Kind


def map_shape(random: Random, *, spatial: tuple[int, int] = (0, 3), channels: int = 0) -> Shape:
    sizes = [random.randint(2, 9) for _ in range(random.randint(*spatial))]
    return Shape((*sizes, channels or random.randint(2, 40)))


def affine(random: Random) -> dict[str, bool]:
    return {"scale": coin(random), "center": coin(random)}


def torch_affine(layer: Any) -> bool | None:
    """PyTorch has scale and offset together or not at all."""
    return layer.scale if layer.scale is layer.center else None


def draw_batch_norm(random: Random) -> tuple[BatchNorm, Inputs]:
    statistics: Statistics = random.choice(("parameters", "buffers"))
    settings = {"scale": True, "center": True} if statistics == "buffers" and coin(random) else affine(random)
    return BatchNorm(**settings, statistics=statistics), (map_shape(random),)


def keras_batch_norm(layer: BatchNorm, inputs: Inputs) -> Any:
    if layer.statistics == "buffers":
        return None
    return keras.layers.BatchNormalization(scale=layer.scale, center=layer.center)


def torch_batch_norm(layer: BatchNorm, inputs: Inputs) -> Any:
    learns = torch_affine(layer)
    if layer.statistics == "parameters" or learns is None:
        return None
    kinds = (torch.nn.BatchNorm1d, torch.nn.BatchNorm1d, torch.nn.BatchNorm2d, torch.nn.BatchNorm3d)
    norm = kinds[len(inputs[0]) - 1](inputs[0].channels, affine=learns).eval()
    return Assembled(lambda parts, x: norm(x), weights=torch.nn.ParameterList(norm.parameters()))


def draw_layer_norm(random: Random) -> tuple[LayerNorm, Inputs]:
    shape = map_shape(random)
    return LayerNorm(axes=random.randint(1, len(shape)), **affine(random)), (shape,)


def keras_layer_norm(layer: LayerNorm, inputs: Inputs) -> Any:
    axes = list(range(-layer.axes, 0))
    return keras.layers.LayerNormalization(axis=axes, scale=layer.scale, center=layer.center)


def torch_layer_norm(layer: LayerNorm, inputs: Inputs) -> Any:
    if layer.center and not layer.scale:
        return None
    return torch.nn.LayerNorm(inputs[0][-layer.axes :], elementwise_affine=layer.scale, bias=layer.center)


def draw_rms_norm(random: Random) -> tuple[RMSNorm, Inputs]:
    shape = map_shape(random)
    return RMSNorm(axes=random.randint(1, len(shape)), scale=coin(random)), (shape,)


def keras_rms_norm(layer: RMSNorm, inputs: Inputs) -> Any:
    return keras.layers.RMSNormalization(axis=list(range(-layer.axes, 0))) if layer.scale else None


def torch_rms_norm(layer: RMSNorm, inputs: Inputs) -> Any:
    return torch.nn.RMSNorm(inputs[0][-layer.axes :], elementwise_affine=layer.scale)


def draw_group_norm(random: Random) -> tuple[GroupNorm, Inputs]:
    groups = random.randint(1, 6)
    shape = map_shape(random, spatial=(1, 3), channels=groups * random.randint(2, 6))
    return GroupNorm(groups, **affine(random)), (shape,)


def keras_group_norm(layer: GroupNorm, inputs: Inputs) -> Any:
    return keras.layers.GroupNormalization(layer.groups, scale=layer.scale, center=layer.center)


def torch_group_norm(layer: GroupNorm, inputs: Inputs) -> Any:
    learns = torch_affine(layer)
    return None if learns is None else torch.nn.GroupNorm(layer.groups, inputs[0].channels, affine=learns)


def draw_instance_norm(random: Random) -> tuple[InstanceNorm, Inputs]:
    return InstanceNorm(**affine(random)), (map_shape(random, spatial=(1, 3)),)


def keras_instance_norm(layer: InstanceNorm, inputs: Inputs) -> Any:
    return keras.layers.GroupNormalization(groups=-1, scale=layer.scale, center=layer.center)


def torch_instance_norm(layer: InstanceNorm, inputs: Inputs) -> Any:
    learns = torch_affine(layer)
    kinds = (torch.nn.InstanceNorm1d, torch.nn.InstanceNorm2d, torch.nn.InstanceNorm3d)
    return None if learns is None else kinds[len(inputs[0]) - 2](inputs[0].channels, affine=learns)


def keras_normalization(layer: Normalization, inputs: Inputs) -> Any:
    return keras.layers.Normalization()


KINDS: tuple[Kind, ...] = (
    Kind("BatchNorm", draw_batch_norm, keras_batch_norm, torch_batch_norm),
    Kind("LayerNorm", draw_layer_norm, keras_layer_norm, torch_layer_norm, channels_first=False),
    Kind("RMSNorm", draw_rms_norm, keras_rms_norm, torch_rms_norm, channels_first=False),
    Kind("GroupNorm", draw_group_norm, keras_group_norm, torch_group_norm),
    Kind("InstanceNorm", draw_instance_norm, keras_instance_norm, torch_instance_norm),
    Kind("Normalization", lambda random: (Normalization(), (map_shape(random),)), keras_normalization),
)
