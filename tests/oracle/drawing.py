"""Random settings of windows and paddings, and the frameworks' layers that pad."""

from __future__ import annotations

from random import Random
from typing import Any

import keras
import torch

from quizgen.arithmetic import span
from quizgen.layers.base import Shape, Sizes
from quizgen.layers.sliding import Padding, Pairs


def sizes(random: Random, rank: int, most: int) -> Sizes:
    return tuple(random.randint(1, most) for _ in range(rank))


def seldom(random: Random, rank: int, most: int) -> Sizes:
    """Ones, but once in a while other sizes."""
    return sizes(random, rank, most) if random.random() < 0.3 else (1,) * rank


def coin(random: Random) -> bool:
    return random.random() < 0.5


def draw_pairs(random: Random, most: Sizes) -> Pairs:
    """Cells before and after each axis, up to so many; on both sides the same as often as not."""
    befores = tuple(random.randint(0, limit) for limit in most)
    return tuple((n, n if coin(random) else random.randint(0, limit)) for n, limit in zip(befores, most, strict=True))


def draw_padding(random: Random, most: Sizes) -> Padding:
    return random.choice(("valid", "same", draw_pairs(random, most), ((random.randint(1, 2),) * 2,) * len(most)))


def draw_spatial(random: Random, kernel: Sizes, dilation: Sizes, padding: Padding) -> Sizes:
    """Axes on which at least one window fits."""
    pads = padding if isinstance(padding, tuple) else ((0, 0),) * len(kernel)
    least = (
        1 if padding == "same" else max(1, span(k, d) - sum(pair))
        for k, d, pair in zip(kernel, dilation, pads, strict=True)
    )
    return tuple(random.randint(n, n + 9) for n in least)


def symmetric(padding: Padding) -> Sizes | None:
    """One number for each axis, where both sides get the same; None for words and for unequal sides."""
    if isinstance(padding, str) or any(before != after for before, after in padding):
        return None
    return tuple(before for before, _ in padding)


def keras_layer(name: str, rank: int, *args: Any, **settings: Any) -> Any:
    """Keras's layer of that name and rank: `Conv` and 2 make `Conv2D`, `Conv{}Transpose` and 2 `Conv2DTranspose`."""
    name = name if "{}" in name else name + "{}"
    return getattr(keras.layers, name.format(f"{rank}D"))(*args, **settings)


def torch_layer(name: str, rank: int, *args: Any, **settings: Any) -> Any:
    """PyTorch's module of that name and rank: `Conv` and 2 make `Conv2d`."""
    return getattr(torch.nn, f"{name}{rank}d")(*args, **settings)


def keras_padded(padding: Pairs, layer: Any) -> Any:
    """Keras takes numbers only in a padding layer of its own."""
    pads = padding[0] if len(padding) == 1 else padding
    return keras.Sequential([keras_layer("ZeroPadding", len(padding), pads), layer])


def torch_padded(padding: Pairs, layer: Any) -> Any:
    """PyTorch's own padding is the same on both sides, unequal sides take a layer before it."""
    return torch.nn.Sequential(torch_pad(padding), layer)


def torch_pad(padding: Pairs) -> Any:
    """Zeros, or cut off where negative; PyTorch names the last axis first."""
    return torch_layer("ConstantPad", len(padding), tuple(side for pair in reversed(padding) for side in pair), 0.0)


def draw_shape(random: Random, rank: int) -> Shape:
    return Shape(random.randint(1, 9) for _ in range(rank))
