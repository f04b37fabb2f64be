"""Pooling of all sorts, as Keras and PyTorch build it."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

import torch

from quizgen.layers import (
    AdaptiveAveragePooling1D,
    AdaptiveAveragePooling2D,
    AdaptiveAveragePooling3D,
    AdaptiveMaxPooling1D,
    AdaptiveMaxPooling2D,
    AdaptiveMaxPooling3D,
    AveragePooling1D,
    AveragePooling2D,
    AveragePooling3D,
    GlobalAveragePooling1D,
    GlobalAveragePooling2D,
    GlobalAveragePooling3D,
    GlobalMaxPooling1D,
    GlobalMaxPooling2D,
    GlobalMaxPooling3D,
    MaxPooling1D,
    MaxPooling2D,
    MaxPooling3D,
    Shape,
    Subsampling2D,
)
from quizgen.layers.global_pooling import AdaptivePooling, GlobalPooling
from quizgen.layers.pooling import Pooling
from quizgen.layers.sliding import Padding
from tests.oracle.drawing import (
    coin,
    draw_pairs,
    draw_spatial,
    keras_layer,
    keras_padded,
    sizes,
    symmetric,
    torch_layer,
    torch_padded,
)
from tests.oracle.kind import Inputs, Kind, never


def draw_pooling(kind: type[Pooling]) -> Callable[[Random], tuple[Pooling, Inputs]]:
    def draw(random: Random) -> tuple[Pooling, Inputs]:
        pool = sizes(random, kind.rank, 4)
        halves = tuple(k // 2 for k in pool)
        ceil = random.random() < 0.4
        even: Padding = tuple((random.randint(0, n),) * 2 for n in halves)
        padding = random.choice(("valid", even) if ceil else ("valid", "same", even, draw_pairs(random, halves)))
        stride = pool if coin(random) else sizes(random, kind.rank, 4)
        spatial = draw_spatial(random, pool, (1,) * kind.rank, padding)
        if ceil:  # a window may hang over the end even where it is the only one
            spatial = tuple(max(1, n - random.randrange(s)) for n, s in zip(spatial, stride, strict=True))
        return kind(pool, stride, padding, ceil), (Shape((*spatial, random.randint(1, 8))),)

    return draw


def family(layer: Pooling | GlobalPooling | AdaptivePooling) -> str:
    return "Max" if "Max" in type(layer).__name__ else "Average"


def too_tight(layer: Pooling, inputs: Inputs) -> bool:
    """PyTorch's `AvgPool3d`, and so Keras's on it, refuses a window larger than the input without its padding."""
    return isinstance(layer, AveragePooling3D) and any(map(int.__lt__, inputs[0].spatial, layer.pool))


def keras_pooling(layer: Pooling, inputs: Inputs) -> Any:
    """Keras rounds down, and takes padding in numbers only in a layer of its own."""
    if layer.ceil or too_tight(layer, inputs):
        return None
    words = layer.padding if isinstance(layer.padding, str) else "valid"
    built = keras_layer(f"{family(layer)}Pooling", layer.rank, layer.pool, strides=layer.stride, padding=words)
    return built if isinstance(layer.padding, str) else keras_padded(layer.padding, built)


def torch_pooling(layer: Pooling, inputs: Inputs) -> Any:
    if layer.padding == "same" or too_tight(layer, inputs):
        return None
    name = "MaxPool" if family(layer) == "Max" else "AvgPool"
    both = symmetric(layer.padding)
    built = torch_layer(name, layer.rank, layer.pool, stride=layer.stride, padding=both or 0, ceil_mode=layer.ceil)
    return built if isinstance(layer.padding, str) or both else torch_padded(layer.padding, built)


class Subsampling(torch.nn.Module):
    """S2 of LeNet-5, from PyTorch's pieces; its counter has no eye for products element by element."""

    def __init__(self, pool: torch.nn.Module, channels: int) -> None:
        super().__init__()
        self.pool = pool
        self.coefficient = torch.nn.Parameter(torch.ones(channels, 1, 1))
        self.bias = torch.nn.Parameter(torch.zeros(channels, 1, 1))

    def forward(self, maps: torch.Tensor) -> torch.Tensor:
        pooled: torch.Tensor = self.pool(maps)
        return self.coefficient * pooled + self.bias


def torch_subsampling(layer: Subsampling2D, inputs: Inputs) -> Any:
    pool = torch_pooling(layer, inputs)
    return pool and Subsampling(pool, inputs[0].channels)


def draw_global(kind: type[GlobalPooling]) -> Callable[[Random], tuple[GlobalPooling, Inputs]]:
    def draw(random: Random) -> tuple[GlobalPooling, Inputs]:
        return kind(keepdims=coin(random)), (Shape((*sizes(random, kind.rank, 9), random.randint(1, 20))),)

    return draw


def keras_global(layer: GlobalPooling, inputs: Inputs) -> Any:
    return keras_layer(f"Global{family(layer)}Pooling", layer.rank, keepdims=layer.keepdims)


def torch_global(layer: GlobalPooling, inputs: Inputs) -> Any:
    pooled = torch_layer("AdaptiveMaxPool" if family(layer) == "Max" else "AdaptiveAvgPool", layer.rank, 1)
    return pooled if layer.keepdims else torch.nn.Sequential(pooled, torch.nn.Flatten())


def draw_adaptive(kind: type[AdaptivePooling]) -> Callable[[Random], tuple[AdaptivePooling, Inputs]]:
    def draw(random: Random) -> tuple[AdaptivePooling, Inputs]:
        shape = Shape((*sizes(random, kind.rank, 12), random.randint(1, 8)))
        return kind(sizes(random, kind.rank, 7)), (shape,)

    return draw


def keras_adaptive(layer: AdaptivePooling, inputs: Inputs) -> Any:
    return keras_layer(f"Adaptive{family(layer)}Pooling", layer.rank, layer.size)


def torch_adaptive(layer: AdaptivePooling, inputs: Inputs) -> Any:
    return torch_layer("AdaptiveMaxPool" if family(layer) == "Max" else "AdaptiveAvgPool", layer.rank, layer.size)


POOLING = (MaxPooling1D, MaxPooling2D, MaxPooling3D, AveragePooling1D, AveragePooling2D, AveragePooling3D)
GLOBAL = (
    GlobalMaxPooling1D,
    GlobalMaxPooling2D,
    GlobalMaxPooling3D,
    GlobalAveragePooling1D,
    GlobalAveragePooling2D,
    GlobalAveragePooling3D,
)
ADAPTIVE = (
    AdaptiveMaxPooling1D,
    AdaptiveMaxPooling2D,
    AdaptiveMaxPooling3D,
    AdaptiveAveragePooling1D,
    AdaptiveAveragePooling2D,
    AdaptiveAveragePooling3D,
)

KINDS: tuple[Kind, ...] = (
    *(Kind(kind.__name__, draw_pooling(kind), keras_pooling, torch_pooling) for kind in POOLING),
    Kind("Subsampling2D", draw_pooling(Subsampling2D), torch=torch_subsampling, counted=never),
    *(Kind(kind.__name__, draw_global(kind), keras_global, torch_global) for kind in GLOBAL),
    *(Kind(kind.__name__, draw_adaptive(kind), keras_adaptive, torch_adaptive) for kind in ADAPTIVE),
)
