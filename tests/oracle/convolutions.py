"""Convolutions of all sorts, as Keras and PyTorch build them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any

import torch

from quizgen.arithmetic import span
from quizgen.layers import (
    Conv1D,
    Conv2D,
    Conv3D,
    ConvTranspose1D,
    ConvTranspose2D,
    ConvTranspose3D,
    DepthwiseConv1D,
    DepthwiseConv2D,
    PartialConv2D,
    SeparableConv1D,
    SeparableConv2D,
    Shape,
    Sizes,
)
from quizgen.layers.convolution import Convolution
from quizgen.layers.depthwise import DepthwiseConvolution, SeparableConvolution
from quizgen.layers.sliding import Padding
from quizgen.layers.transposed import ConvolutionTranspose
from tests.oracle.drawing import (
    coin,
    draw_padding,
    draw_pairs,
    draw_spatial,
    keras_layer,
    keras_padded,
    seldom,
    sizes,
    symmetric,
    torch_layer,
    torch_padded,
)
from tests.oracle.kind import Inputs, Kind


@dataclass(frozen=True, slots=True)
class Sliding:
    """The settings that all convolutions share, and the axes that they slide over."""

    kernel: Sizes
    stride: Sizes
    padding: Padding
    dilation: Sizes
    spatial: Sizes

    @classmethod
    def draw(cls, random: Random, rank: int) -> Sliding:
        kernel, dilation = sizes(random, rank, 3 if rank == 3 else 5), seldom(random, rank, 3)
        stride = sizes(random, rank, 3) if coin(random) else (1,) * rank
        padding = draw_padding(random, (3,) * rank)
        return cls(kernel, stride, padding, dilation, draw_spatial(random, kernel, dilation, padding))


def draw_convolution(kind: type[Convolution]) -> Callable[[Random], tuple[Convolution, Inputs]]:
    def draw(random: Random) -> tuple[Convolution, Inputs]:
        window, groups = Sliding.draw(random, kind.rank), random.choice((1, 1, 2, 3))
        layer = kind(
            filters=groups * random.randint(1, 5),
            kernel=window.kernel,
            stride=window.stride,
            padding=window.padding,
            dilation=window.dilation,
            groups=groups,
            bias=coin(random),
        )
        return layer, (Shape((*window.spatial, groups * random.randint(1, 4))),)

    return draw


def keras_takes(stride: Sizes, dilation: Sizes) -> bool:
    """Keras refuses a stride together with a dilation."""
    return max(stride) == 1 or max(dilation) == 1


def keras_sliding(name: str, rank: int, layer: Any, **settings: Any) -> Any:
    """A Keras layer with the window of ours, after a padding layer where the padding comes in numbers."""
    if not keras_takes(layer.stride, layer.dilation):
        return None
    words = layer.padding if isinstance(layer.padding, str) else "valid"
    built = keras_layer(
        name,
        rank,
        kernel_size=layer.kernel,
        strides=layer.stride,
        padding=words,
        dilation_rate=layer.dilation,
        use_bias=layer.bias,
        **settings,
    )
    return built if isinstance(layer.padding, str) else keras_padded(layer.padding, built)


def torch_sliding(rank: int, layer: Any, channels: int, filters: int, groups: int, bias: bool) -> Any:
    """A PyTorch convolution with the window of ours; it refuses `same` with a stride."""
    if layer.padding == "same" and max(layer.stride) > 1:
        return None
    both = symmetric(layer.padding)
    built = torch_layer(
        "Conv",
        rank,
        channels,
        filters,
        layer.kernel,
        stride=layer.stride,
        padding=layer.padding if isinstance(layer.padding, str) else both or 0,
        dilation=layer.dilation,
        groups=groups,
        bias=bias,
    )
    return built if isinstance(layer.padding, str) or both else torch_padded(layer.padding, built)


def keras_convolution(layer: Convolution, inputs: Inputs) -> Any:
    return keras_sliding("Conv", layer.rank, layer, filters=layer.filters, groups=layer.groups)


def torch_convolution(layer: Convolution, inputs: Inputs) -> Any:
    return torch_sliding(layer.rank, layer, inputs[0].channels, layer.filters, layer.groups, layer.bias)


def draw_depthwise(kind: type[DepthwiseConvolution]) -> Callable[[Random], tuple[DepthwiseConvolution, Inputs]]:
    def draw(random: Random) -> tuple[DepthwiseConvolution, Inputs]:
        window = Sliding.draw(random, kind.rank)
        layer = kind(window.kernel, window.stride, window.padding, window.dilation, random.randint(1, 3), coin(random))
        return layer, (Shape((*window.spatial, random.randint(1, 6))),)

    return draw


def keras_depthwise(layer: DepthwiseConvolution, inputs: Inputs) -> Any:
    return keras_sliding("DepthwiseConv", layer.rank, layer, depth_multiplier=layer.multiplier)


def torch_depthwise(layer: DepthwiseConvolution, inputs: Inputs) -> Any:
    channels = inputs[0].channels
    return torch_sliding(layer.rank, layer, channels, channels * layer.multiplier, channels, layer.bias)


def draw_separable(kind: type[SeparableConvolution]) -> Callable[[Random], tuple[SeparableConvolution, Inputs]]:
    def draw(random: Random) -> tuple[SeparableConvolution, Inputs]:
        depthwise, inputs = draw_depthwise(kind.depthwise)(random)
        return kind(
            random.randint(1, 9),
            depthwise.kernel,
            depthwise.stride,
            depthwise.padding,
            depthwise.dilation,
            depthwise.multiplier,
            depthwise.bias,
        ), inputs

    return draw


def keras_separable(layer: SeparableConvolution, inputs: Inputs) -> Any:
    rank = layer.depthwise.rank
    return keras_sliding("SeparableConv", rank, layer, filters=layer.filters, depth_multiplier=layer.multiplier)


def torch_separable(layer: SeparableConvolution, inputs: Inputs) -> Any:
    rank, channels = layer.depthwise.rank, inputs[0].channels
    depthwise = torch_sliding(rank, layer, channels, channels * layer.multiplier, channels, bias=False)
    pointwise = torch_layer("Conv", rank, channels * layer.multiplier, layer.filters, 1, bias=layer.bias)
    return depthwise and torch.nn.Sequential(depthwise, pointwise)


def draw_transposed(kind: type[ConvolutionTranspose]) -> Callable[[Random], tuple[ConvolutionTranspose, Inputs]]:
    def draw(random: Random) -> tuple[ConvolutionTranspose, Inputs]:
        rank = kind.rank
        kernel, stride, dilation = sizes(random, rank, 4), sizes(random, rank, 4), seldom(random, rank, 2)
        spatial, groups = sizes(random, rank, 6), random.choice((1, 1, 2))
        padding: Padding = random.choice(("valid", "same"))
        extra = (0,) * rank
        if coin(random):
            axes = zip(spatial, kernel, stride, dilation, strict=True)
            most = (min(2, ((n - 1) * s + span(k, d) - 1) // 2) for n, k, s, d in axes)
            padding = tuple((random.randint(0, limit),) * 2 for limit in most)
            extra = tuple(random.randrange(s) for s in stride)
        layer = kind(
            filters=groups * random.randint(1, 4),
            kernel=kernel,
            stride=stride,
            padding=padding,
            dilation=dilation,
            groups=groups,
            bias=coin(random),
            output_padding=extra,
        )
        return layer, (Shape((*spatial, groups * random.randint(1, 3))),)

    return draw


def keras_transposed(layer: ConvolutionTranspose, inputs: Inputs) -> Any:
    """Keras has its words, and under its own output padding `valid` is p = 0 and `same` is p = ⌊k / 2⌋."""
    if layer.groups > 1 or not keras_takes(layer.stride, layer.dilation):
        return None
    reach = tuple(map(span, layer.kernel, layer.dilation))
    halves = {(0,) * layer.rank: "valid", tuple(k // 2 for k in reach): "same"}
    words = layer.padding if isinstance(layer.padding, str) else halves.get(symmetric(layer.padding) or ())
    return words and keras_layer(
        "Conv{}Transpose",
        layer.rank,
        layer.filters,
        layer.kernel,
        strides=layer.stride,
        padding=words,
        output_padding=None if isinstance(layer.padding, str) else layer.output_padding,
        dilation_rate=layer.dilation,
        use_bias=layer.bias,
    )


def torch_transposed(layer: ConvolutionTranspose, inputs: Inputs) -> Any:
    if isinstance(layer.padding, str):
        return None
    return torch_layer(
        "ConvTranspose",
        layer.rank,
        inputs[0].channels,
        layer.filters,
        layer.kernel,
        stride=layer.stride,
        padding=symmetric(layer.padding),
        output_padding=layer.output_padding,
        groups=layer.groups,
        bias=layer.bias,
        dilation=layer.dilation,
    )


def draw_partial(random: Random) -> tuple[PartialConv2D, Inputs]:
    kernel, filters, channels = sizes(random, 2, 4), random.randint(1, 6), random.randint(1, 5)
    padding = draw_pairs(random, (2, 2))
    layer = PartialConv2D(
        filters, random.randint(filters, filters * channels), kernel, sizes(random, 2, 2), padding, coin(random)
    )
    return layer, (Shape((*draw_spatial(random, kernel, (1, 1), padding), channels)),)


class OneByOne(torch.nn.Module):
    """A convolution of its own for each filter, over as many of the maps as are its share of the connections."""

    def __init__(self, layer: PartialConv2D) -> None:
        super().__init__()
        share, more = divmod(layer.connections, layer.filters)
        self.reads = [share + (index < more) for index in range(layer.filters)]
        self.filters = torch.nn.ModuleList(
            torch_layer("Conv", 2, reads, 1, layer.kernel, stride=layer.stride, bias=layer.bias) for reads in self.reads
        )

    def forward(self, maps: torch.Tensor) -> torch.Tensor:
        read = zip(self.filters, self.reads, strict=True)
        return torch.cat([one(maps[:, :reads]) for one, reads in read], dim=1)


def torch_partial(layer: PartialConv2D, inputs: Inputs) -> Any:
    return torch_padded(layer.padding, OneByOne(layer)) if isinstance(layer.padding, tuple) else OneByOne(layer)


KINDS: tuple[Kind, ...] = (
    *(
        Kind(kind.__name__, draw_convolution(kind), keras_convolution, torch_convolution)
        for kind in (Conv1D, Conv2D, Conv3D)
    ),
    *(
        Kind(kind.__name__, draw_depthwise(kind), keras_depthwise, torch_depthwise)
        for kind in (DepthwiseConv1D, DepthwiseConv2D)
    ),
    *(
        Kind(kind.__name__, draw_separable(kind), keras_separable, torch_separable)
        for kind in (SeparableConv1D, SeparableConv2D)
    ),
    *(
        Kind(kind.__name__, draw_transposed(kind), keras_transposed, torch_transposed)
        for kind in (ConvTranspose1D, ConvTranspose2D, ConvTranspose3D)
    ),
    Kind("PartialConv2D", draw_partial, torch=torch_partial),
)
