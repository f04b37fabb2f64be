"""Dense, resizing and reshaping layers, activations and wrappers, as Keras and PyTorch build them."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

import keras
import torch

from quizgen.layers import (
    Activation,
    Cropping1D,
    Cropping2D,
    Cropping3D,
    Dense,
    Dropout,
    Flatten,
    Permute,
    PReLU,
    Reshape,
    Shape,
    TimeDistributed,
    UpSampling1D,
    UpSampling2D,
    UpSampling3D,
    ZeroPadding1D,
    ZeroPadding2D,
    ZeroPadding3D,
)
from quizgen.layers.activation import ACTIVATIONS
from quizgen.layers.resizing import Cropping, UpSampling, ZeroPadding
from tests.oracle import convolutions, pooling
from tests.oracle.drawing import coin, draw_pairs, draw_shape, keras_layer, sizes, torch_pad
from tests.oracle.frameworks import channels_first
from tests.oracle.kind import Inputs, Kind


def draw_dense(random: Random) -> tuple[Dense, Inputs]:
    return Dense(random.randint(1, 30), bias=coin(random)), (draw_shape(random, random.randint(1, 3)),)


def keras_dense(layer: Dense, inputs: Inputs) -> Any:
    return keras.layers.Dense(layer.units, use_bias=layer.bias)


def torch_dense(layer: Dense, inputs: Inputs) -> Any:
    return torch.nn.Linear(inputs[0].channels, layer.units, bias=layer.bias)


def draw_zero_padding(kind: type[ZeroPadding]) -> Callable[[Random], tuple[ZeroPadding, Inputs]]:
    def draw(random: Random) -> tuple[ZeroPadding, Inputs]:
        return kind(draw_pairs(random, (4,) * kind.rank)), (draw_shape(random, kind.rank + 1),)

    return draw


def keras_zero_padding(layer: ZeroPadding, inputs: Inputs) -> Any:
    pads = layer.padding[0] if layer.rank == 1 else layer.padding
    return keras_layer("ZeroPadding", layer.rank, pads)


def torch_zero_padding(layer: ZeroPadding, inputs: Inputs) -> Any:
    return torch_pad(layer.padding)


def draw_cropping(kind: type[Cropping]) -> Callable[[Random], tuple[Cropping, Inputs]]:
    def draw(random: Random) -> tuple[Cropping, Inputs]:
        layer = kind(draw_pairs(random, (3,) * kind.rank))
        spatial = (sum(pair) + random.randint(1, 9) for pair in layer.crop)
        return layer, (Shape((*spatial, random.randint(1, 9))),)

    return draw


def keras_cropping(layer: Cropping, inputs: Inputs) -> Any:
    return keras_layer("Cropping", layer.rank, layer.crop[0] if layer.rank == 1 else layer.crop)


def torch_cropping(layer: Cropping, inputs: Inputs) -> Any:
    return torch_pad(tuple((-before, -after) for before, after in layer.crop))


def draw_up_sampling(kind: type[UpSampling]) -> Callable[[Random], tuple[UpSampling, Inputs]]:
    def draw(random: Random) -> tuple[UpSampling, Inputs]:
        return kind(sizes(random, kind.rank, 4)), (draw_shape(random, kind.rank + 1),)

    return draw


def keras_up_sampling(layer: UpSampling, inputs: Inputs) -> Any:
    return keras_layer("UpSampling", layer.rank, layer.factor[0] if layer.rank == 1 else layer.factor)


def torch_up_sampling(layer: UpSampling, inputs: Inputs) -> Any:
    return torch.nn.Upsample(scale_factor=tuple(map(float, layer.factor)))


def draw_flatten(random: Random) -> tuple[Flatten, Inputs]:
    return Flatten(), (draw_shape(random, random.randint(1, 4)),)


def keras_flatten(layer: Flatten, inputs: Inputs) -> Any:
    return keras.layers.Flatten()


def torch_flatten(layer: Flatten, inputs: Inputs) -> Any:
    return torch.nn.Flatten()


def draw_reshape(random: Random) -> tuple[Reshape, Inputs]:
    """The factors of the input's sizes, dealt out anew; one may be left open."""
    target: list[int | None] = [random.randint(1, 6) for _ in range(random.randint(1, 4))]
    numbers = Shape(size for size in target if size is not None)
    if coin(random):
        target[random.randrange(len(target))] = None
    flat = Flatten().output(numbers)
    shape = random.choice((flat, Shape(reversed(numbers)), Shape((1, *numbers))))
    return Reshape(tuple(target)), (shape,)


def keras_reshape(layer: Reshape, inputs: Inputs) -> Any:
    return keras.layers.Reshape(tuple(-1 if size is None else size for size in layer.target))


def torch_reshape(layer: Reshape, inputs: Inputs) -> Any:
    """`Unflatten` splits one axis."""
    target = channels_first(Shape(-1 if size is None else size for size in layer.target))
    return torch.nn.Unflatten(1, target) if len(inputs[0]) == 1 else None


def draw_permute(random: Random) -> tuple[Permute, Inputs]:
    order = list(range(1, random.randint(1, 4) + 1))
    random.shuffle(order)
    return Permute(tuple(order)), (draw_shape(random, len(order)),)


def keras_permute(layer: Permute, inputs: Inputs) -> Any:
    return keras.layers.Permute(layer.order)


def draw_activation(random: Random) -> tuple[Activation, Inputs]:
    return Activation(random.choice(ACTIVATIONS)), (draw_shape(random, random.randint(1, 4)),)


def keras_activation(layer: Activation, inputs: Inputs) -> Any:
    return keras.layers.Activation(layer.name)


TORCH_ACTIVATIONS: dict[str, Callable[[], torch.nn.Module]] = {
    "linear": torch.nn.Identity, "relu": torch.nn.ReLU, "relu6": torch.nn.ReLU6, "leaky_relu": torch.nn.LeakyReLU,
    "elu": torch.nn.ELU, "selu": torch.nn.SELU, "gelu": torch.nn.GELU, "silu": torch.nn.SiLU, "mish": torch.nn.Mish,
    "softplus": torch.nn.Softplus, "softsign": torch.nn.Softsign, "softmax": lambda: torch.nn.Softmax(1),
    "log_softmax": lambda: torch.nn.LogSoftmax(1), "sigmoid": torch.nn.Sigmoid, "hard_sigmoid": torch.nn.Hardsigmoid,
    "hard_silu": torch.nn.Hardswish, "tanh": torch.nn.Tanh,
}  # fmt: skip


def torch_activation(layer: Activation, inputs: Inputs) -> Any:
    build = TORCH_ACTIVATIONS.get(layer.name)
    return build and build()


def draw_dropout(random: Random) -> tuple[Dropout, Inputs]:
    return Dropout(random.randrange(10) / 10), (draw_shape(random, random.randint(1, 4)),)


def keras_dropout(layer: Dropout, inputs: Inputs) -> Any:
    return keras.layers.Dropout(layer.rate)


def torch_dropout(layer: Dropout, inputs: Inputs) -> Any:
    return torch.nn.Dropout(layer.rate)


def draw_prelu(random: Random) -> tuple[PReLU, Inputs]:
    return PReLU(random.choice(("element", "channel", "layer"))), (draw_shape(random, random.randint(1, 4)),)


def keras_prelu(layer: PReLU, inputs: Inputs) -> Any:
    axes = list(range(1, len(inputs[0]) + 1))
    shared = {"element": None, "channel": axes[:-1] or None, "layer": axes}
    return keras.layers.PReLU(shared_axes=shared[layer.one_per])


def torch_prelu(layer: PReLU, inputs: Inputs) -> Any:
    slopes = {"channel": inputs[0].channels, "layer": 1}
    return torch.nn.PReLU(slopes[layer.one_per]) if layer.one_per in slopes else None


INSIDE = (
    Kind("Dense", draw_dense, keras_dense),
    Kind("Flatten", draw_flatten, keras_flatten),
    *(kind for kind in convolutions.KINDS if kind.name in ("Conv1D", "Conv2D", "SeparableConv2D")),
    *(kind for kind in pooling.KINDS if kind.name in ("MaxPooling2D", "GlobalAveragePooling2D")),
)
"""What a TimeDistributed is tried with."""


def draw_time_distributed(random: Random) -> tuple[TimeDistributed, Inputs]:
    layer, (inner,) = random.choice(INSIDE).draw(random)
    return TimeDistributed(layer), (Shape((random.randint(1, 5), *inner)),)


def keras_time_distributed(layer: TimeDistributed, inputs: Inputs) -> Any:
    kind = next(kind for kind in INSIDE if kind.name == type(layer.layer).__name__)
    inner = kind.keras(layer.layer, (Shape(inputs[0][1:]),))
    return inner and keras.layers.TimeDistributed(inner)


KINDS: tuple[Kind, ...] = (
    Kind("Dense", draw_dense, keras_dense, torch_dense, channels_first=False),
    *(
        Kind(kind.__name__, draw_zero_padding(kind), keras_zero_padding, torch_zero_padding)
        for kind in (ZeroPadding1D, ZeroPadding2D, ZeroPadding3D)
    ),
    *(
        Kind(kind.__name__, draw_cropping(kind), keras_cropping, torch_cropping)
        for kind in (Cropping1D, Cropping2D, Cropping3D)
    ),
    *(
        Kind(kind.__name__, draw_up_sampling(kind), keras_up_sampling, torch_up_sampling)
        for kind in (UpSampling1D, UpSampling2D, UpSampling3D)
    ),
    Kind("Flatten", draw_flatten, keras_flatten, torch_flatten),
    Kind("Reshape", draw_reshape, keras_reshape, torch_reshape),
    Kind("Permute", draw_permute, keras_permute),
    Kind("Activation", draw_activation, keras_activation, torch_activation),
    Kind("Dropout", draw_dropout, keras_dropout, torch_dropout),
    Kind("PReLU", draw_prelu, keras_prelu, torch_prelu),
    Kind("TimeDistributed", draw_time_distributed, keras_time_distributed),
)
