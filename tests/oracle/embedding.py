"""Embeddings, positions and class tokens, as Keras and PyTorch build them."""

from __future__ import annotations

from random import Random
from typing import Any

import keras
import torch

from quizgen.layers import ClassToken, Embedding, PositionEmbedding, Shape, SinusoidalPositions
from tests.oracle.assembled import Assembled, sequence_shape
from tests.oracle.kind import Inputs, Kind


def draw_embedding(random: Random) -> tuple[Embedding, Inputs]:
    return Embedding(random.randint(2, 500), random.randint(1, 40)), (Shape((random.randint(1, 20),)),)


def torch_positions(layer: PositionEmbedding, inputs: Inputs) -> Any:
    table = torch.nn.Embedding(layer.positions, inputs[0].channels)
    return Assembled(lambda parts, x: x + parts["table"](torch.arange(x.shape[1])), table=table)


def draw_positions(random: Random) -> tuple[PositionEmbedding, Inputs]:
    shape = sequence_shape(random)
    return PositionEmbedding(shape[0] + random.randint(0, 30)), (shape,)


def torch_sinusoidal(layer: SinusoidalPositions, inputs: Inputs) -> Any:
    length, width = inputs[0]
    rates = 10_000.0 ** (-2 * (torch.arange(width) // 2) / width)
    angles = torch.arange(length)[:, None] * rates
    table = torch.where(torch.arange(width) % 2 == 0, angles.sin(), angles.cos())
    return Assembled(lambda parts, x: x + table)


def torch_class_token(layer: ClassToken, inputs: Inputs) -> Any:
    token = torch.nn.ParameterList([torch.zeros(1, 1, inputs[0].channels)])
    return Assembled(lambda parts, x: torch.cat([parts["token"][0], x], dim=1), token=token)


KINDS: tuple[Kind, ...] = (
    Kind(
        "Embedding",
        draw_embedding,
        lambda layer, inputs: keras.layers.Embedding(layer.vocabulary, layer.width),
        lambda layer, inputs: torch.nn.Embedding(layer.vocabulary, layer.width),
        channels_first=False,
        ids=True,
    ),
    Kind("PositionEmbedding", draw_positions, torch=torch_positions, channels_first=False),
    Kind(
        "SinusoidalPositions",
        lambda random: (SinusoidalPositions(), (sequence_shape(random),)),
        torch=torch_sinusoidal,
        channels_first=False,
    ),
    Kind(
        "ClassToken",
        lambda random: (ClassToken(), (sequence_shape(random),)),
        torch=torch_class_token,
        channels_first=False,
    ),
)
