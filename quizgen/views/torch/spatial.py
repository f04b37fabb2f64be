"""Layers over features and maps as PyTorch code, channels first."""

from __future__ import annotations

from typing import Any

from quizgen.arithmetic import span
from quizgen.errors import ViewError
from quizgen.layers.activation import Activation, Dropout, PReLU
from quizgen.layers.base import Layer, Shape, Sizes
from quizgen.layers.convolution import Convolution
from quizgen.layers.dense import Dense
from quizgen.layers.depthwise import DepthwiseConvolution
from quizgen.layers.global_pooling import AdaptivePooling, GlobalPooling
from quizgen.layers.pooling import AveragePooling2D, AveragePooling3D, Pooling, Subsampling2D
from quizgen.layers.reshaping import Flatten, Permute, Reshape
from quizgen.layers.resizing import Cropping, UpSampling, ZeroPadding
from quizgen.layers.sliding import Padding, Pairs
from quizgen.layers.transposed import ConvolutionTranspose
from quizgen.views.by_kind import ByKind, takes_maximum
from quizgen.views.paddings import is_none, symmetric, zeros_of_same
from quizgen.views.piece import Layout, Piece, Writing, off, on, one_or_all, several, unless
from quizgen.views.source import call

ACTIVATIONS = {
    "linear": "Identity", "relu": "ReLU", "relu6": "ReLU6", "leaky_relu": "LeakyReLU", "elu": "ELU", "selu": "SELU",
    "gelu": "GELU", "silu": "SiLU", "mish": "Mish", "softplus": "Softplus", "softsign": "Softsign",
    "softmax": "Softmax", "log_softmax": "LogSoftmax", "sigmoid": "Sigmoid", "hard_sigmoid": "Hardsigmoid",
    "hard_silu": "Hardswish", "tanh": "Tanh",
}  # fmt: skip
OVER_CHANNELS = ("softmax", "log_softmax")


def made(name: str, *arguments: Any, **keywords: Any) -> str:
    """A module of `torch.nn` with these settings."""
    return call(f"nn.{name}", *arguments, **keywords)


def on_maps(*makes: str) -> Piece:
    """Modules that read the channels first."""
    return Piece(makes, layout="first")


def dense(layer: Dense, layout: Layout, x: Shape) -> Piece:
    return Piece((made("Linear", x.channels, layer.units, bias=off(layer.bias)),), layout="last")


def convolution(layer: Convolution, layout: Layout, x: Shape) -> Piece:
    return sliding(layer, x, layer.filters, layer.groups)


def depthwise(layer: DepthwiseConvolution, layout: Layout, x: Shape) -> Piece:
    return sliding(layer, x, x.channels * layer.multiplier, groups=x.channels)


def sliding(layer: Convolution | DepthwiseConvolution, x: Shape, filters: int, groups: int) -> Piece:
    """A convolution, behind a layer of zeros where both sides do not get the same."""
    before, padding = in_numbers(layer.padding, x.spatial, layer.kernel, layer.stride, layer.dilation)
    if layer.padding == "same" and max(layer.stride) == 1:
        before, padding = (), "same"
    convolution = made(
        f"Conv{layer.rank}d",
        x.channels,
        filters,
        one_or_all(layer.kernel),
        stride=unless(1, layer.stride),
        padding=padding,
        dilation=unless(1, layer.dilation),
        groups=several(groups),
        bias=off(layer.bias),
    )
    return on_maps(*before, convolution)


def in_numbers(
    padding: Padding, spatial: Sizes, kernel: Sizes, stride: Sizes, dilation: Sizes
) -> tuple[tuple[str, ...], int | tuple[int, ...] | str | None]:
    """The padding as a layer of zeros, if one is needed, and as the setting of the layer behind it, if there is any."""
    if padding == "same":
        padding = zeros_of_same(spatial, kernel, stride, dilation)
    if isinstance(padding, str) or is_none(padding):
        return (), None
    both = symmetric(padding)
    return ((zeros(padding),), None) if both is None else ((), one_or_all(both))


def zeros(padding: Pairs) -> str:
    """Zeros around each axis, the last axis first; cells cut off where they are negative."""
    both = symmetric(padding)
    sides: Any = tuple(side for pair in reversed(padding) for side in pair)
    return made(f"ZeroPad{len(padding)}d", sides if both is None else one_or_all(sides))


def transposed(layer: ConvolutionTranspose, layout: Layout, x: Shape) -> Piece:
    """What PyTorch cuts off and adds follows from the size that comes out: (n - 1)·s - 2p + k + o."""
    axes = zip(layer.output(x).spatial, x.spatial, layer.stride, map(span, layer.kernel, layer.dilation), strict=True)
    surplus = [size - (n - 1) * s - k for size, n, s, k in axes]
    cut = tuple(max(0, -(more // 2)) for more in surplus)
    added = tuple(more + 2 * p for more, p in zip(surplus, cut, strict=True))
    if not isinstance(layer.padding, str):
        cut, added = symmetric(layer.padding) or (), layer.output_padding
    limits = map(max, layer.stride, layer.dilation)
    if not cut or any(o >= limit for o, limit in zip(added, limits, strict=True)):
        raise ViewError(f"PyTorch has no {type(layer).__name__} with a padding of {layer.padding}.")
    return on_maps(
        made(
            f"ConvTranspose{layer.rank}d",
            x.channels,
            layer.filters,
            one_or_all(layer.kernel),
            stride=unless(1, layer.stride),
            padding=unless(0, cut),
            output_padding=unless(0, added),
            groups=several(layer.groups),
            bias=off(layer.bias),
            dilation=unless(1, layer.dilation),
        )
    )


def pooling(layer: Pooling, layout: Layout, x: Shape) -> Piece:
    """Keras's `same` leaves the zeros out of a mean; in front of a maximum they stand for -∞, as behind a ReLU."""
    before, padding = in_numbers(layer.padding, x.spatial, layer.pool, layer.stride, (1,) * layer.rank)
    if isinstance(layer, AveragePooling3D) and any(k > n for k, n in zip(layer.pool, x.spatial, strict=True)):
        raise ViewError("PyTorch has no AveragePooling3D with a window larger than its input without padding.")
    mean_of_same = layer.padding == "same" and not takes_maximum(layer)
    if mean_of_same and before:
        raise ViewError(f"PyTorch has no {type(layer).__name__} with another padding on each side.")
    pool = made(
        f"{maximum_or_average(layer)}Pool{layer.rank}d",
        one_or_all(layer.pool),
        stride=None if layer.stride == layer.pool else one_or_all(layer.stride),
        padding=padding,
        ceil_mode=on(layer.ceil),
        count_include_pad=False if mean_of_same and padding else None,
    )
    return on_maps(*before, pool)


def maximum_or_average(layer: Layer) -> str:
    return "Max" if takes_maximum(layer) else "Avg"


def subsampling(layer: Subsampling2D, layout: Layout, x: Shape) -> Piece:
    """The mean of each window, and then a coefficient and a bias for each map: a depthwise convolution of one cell."""
    mean = pooling(AveragePooling2D(layer.pool, layer.stride, layer.padding, layer.ceil), layout, x)
    return on_maps(*mean.makes, made("Conv2d", x.channels, x.channels, 1, groups=several(x.channels)))


def global_pooling(layer: GlobalPooling, layout: Layout, x: Shape) -> Piece:
    """Behind tokens and their like a mean over the positions, else the pooling of maps to one cell."""
    if layout == "last":
        axes = one_or_all(range(1, layer.rank + 1))
        reduce = call("{0}.amax" if takes_maximum(layer) else "{0}.mean", dim=axes, keepdim=on(layer.keepdims))
        return Piece(use=(f"{{y}} = {reduce}",), layout=layout)
    pool = made(f"Adaptive{maximum_or_average(layer)}Pool{layer.rank}d", 1)
    return on_maps(pool, *(() if layer.keepdims else (made("Flatten"),)))


def adaptive_pooling(layer: AdaptivePooling, layout: Layout, x: Shape) -> Piece:
    return on_maps(made(f"Adaptive{maximum_or_average(layer)}Pool{layer.rank}d", one_or_all(layer.size)))


def zero_padding(layer: ZeroPadding, layout: Layout, x: Shape) -> Piece:
    return on_maps(zeros(layer.padding))


def cropping(layer: Cropping, layout: Layout, x: Shape) -> Piece:
    return on_maps(zeros(tuple((-before, -after) for before, after in layer.crop)))


def upsampling(layer: UpSampling, layout: Layout, x: Shape) -> Piece:
    return on_maps(made("Upsample", scale_factor=one_or_all(layer.factor)))


def flatten(layer: Flatten, layout: Layout, x: Shape) -> Piece:
    return Piece((made("Flatten"),))


def reshape(layer: Reshape, layout: Layout, x: Shape) -> Piece:
    """Maps that come out have their channels first."""
    y = layer.output(x)
    flat = () if len(x) == 1 else (made("Flatten"),)
    if len(y) == 1:
        return Piece(flat or (made("Identity"),))
    leaves: Layout = "first" if len(y) > 2 else "last"
    return Piece((*flat, made("Unflatten", 1, arranged(y, leaves))), leaves=leaves)


def arranged(shape: Shape, layout: Layout) -> tuple[int, ...]:
    """The sizes in a layout."""
    return (shape.channels, *shape.spatial) if layout == "first" else tuple(shape)


def permute(layer: Permute, layout: Layout, x: Shape) -> Piece:
    return Piece(use=(f"{{y}} = {call('{0}.permute', 0, *layer.order)}",), layout="last")


def dropout(layer: Dropout, layout: Layout, x: Shape) -> Piece:
    return Piece((made("Dropout", layer.rate),))


def activation(layer: Activation, layout: Layout, x: Shape) -> Piece:
    if layer.name not in ACTIVATIONS:
        raise ViewError(f"PyTorch has no module for the activation “{layer.name}”.")
    channels = 1 if layout == "first" else -1
    return Piece((made(ACTIVATIONS[layer.name], dim=channels if layer.name in OVER_CHANNELS else None),))


def prelu(layer: PReLU, layout: Layout, x: Shape) -> Piece:
    if layer.one_per == "layer":
        return Piece((made("PReLU"),))
    if layer.one_per == "element" and len(x) > 1:
        raise ViewError("PyTorch has no PReLU with a slope for each element.")
    return on_maps(made("PReLU", x.channels))


SPATIAL: ByKind[Writing] = (
    (Dense, dense),
    (ConvolutionTranspose, transposed),
    (Convolution, convolution),
    (DepthwiseConvolution, depthwise),
    (Subsampling2D, subsampling),
    (Pooling, pooling),
    (GlobalPooling, global_pooling),
    (AdaptivePooling, adaptive_pooling),
    (ZeroPadding, zero_padding),
    (Cropping, cropping),
    (UpSampling, upsampling),
    (Flatten, flatten),
    (Reshape, reshape),
    (Permute, permute),
    (Dropout, dropout),
    (Activation, activation),
    (PReLU, prelu),
)
