"""Layers over features and maps as Keras code."""

from __future__ import annotations

from typing import Any, TypeAlias

from quizgen.arithmetic import span
from quizgen.errors import ViewError
from quizgen.layers.activation import Activation, Dropout, PReLU
from quizgen.layers.base import Layer, Shape, Sizes
from quizgen.layers.convolution import Convolution
from quizgen.layers.dense import Dense
from quizgen.layers.depthwise import DepthwiseConvolution, SeparableConvolution
from quizgen.layers.global_pooling import AdaptivePooling, GlobalPooling
from quizgen.layers.pooling import AveragePooling2D, Pooling, Subsampling2D
from quizgen.layers.reshaping import Flatten, Permute, Reshape
from quizgen.layers.resizing import Cropping, UpSampling, ZeroPadding
from quizgen.layers.sliding import Padding, Pairs
from quizgen.layers.transposed import ConvolutionTranspose
from quizgen.views.by_kind import ByKind
from quizgen.views.paddings import is_none, symmetric, zeros_of_same
from quizgen.views.piece import Piece, Writing, off, on, one_or_all, several, unless
from quizgen.views.source import call

SlidingConvolution: TypeAlias = Convolution | DepthwiseConvolution | SeparableConvolution


def made(name: str, *arguments: Any, **keywords: Any) -> Piece:
    """A layer of `keras.layers` with these settings."""
    return Piece((call(f"layers.{name}", *arguments, **keywords),))


def named(layer: Layer, *arguments: Any, **keywords: Any) -> Piece:
    """A layer that Keras calls as we do."""
    return made(type(layer).__name__, *arguments, **keywords)


def dense(layer: Dense, x: Shape) -> Piece:
    return made("Dense", layer.units, use_bias=off(layer.bias))


def convolution(layer: Convolution, x: Shape) -> Piece:
    return sliding(layer, x, layer.filters, groups=several(layer.groups))


def depthwise(layer: DepthwiseConvolution, x: Shape) -> Piece:
    return sliding(layer, x, depth_multiplier=several(layer.multiplier))


def separable(layer: SeparableConvolution, x: Shape) -> Piece:
    return sliding(layer, x, layer.filters, depth_multiplier=several(layer.multiplier))


def sliding(layer: SlidingConvolution, x: Shape, *filters: int, **settings: int | None) -> Piece:
    """A convolution, behind a layer of zeros where its padding is neither of Keras's words."""
    check_strides(layer)
    before, word = in_words(layer.padding, x.spatial, layer.kernel, layer.stride, layer.dilation)
    convolution = call(
        f"layers.{type(layer).__name__}",
        *filters,
        one_or_all(layer.kernel),
        strides=unless(1, layer.stride),
        padding=word,
        dilation_rate=unless(1, layer.dilation),
        **settings,
        use_bias=off(layer.bias),
    )
    return Piece((*before, convolution))


def check_strides(layer: SlidingConvolution) -> None:
    """Raise ViewError for what Keras refuses."""
    if max(layer.stride) > 1 and max(layer.dilation) > 1:
        raise ViewError(f"Keras has no {type(layer).__name__} with both a stride and a dilation.")


def in_words(
    padding: Padding, spatial: Sizes, kernel: Sizes, stride: Sizes, dilation: Sizes
) -> tuple[tuple[str, ...], str | None]:
    """The padding as a layer of zeros, if one is needed, and Keras's word if it isn't the usual one."""
    if isinstance(padding, str):
        return (), "same" if padding == "same" else None
    if is_none(padding):
        return (), None
    if padding == zeros_of_same(spatial, kernel, stride, dilation):
        return (), "same"
    return (zeros(padding),), None


def zeros(padding: Pairs) -> str:
    return call(f"layers.ZeroPadding{len(padding)}D", around(padding))


def around(pairs: Pairs) -> int | tuple[Any, ...]:
    """Keras's shortest way to write cells on both sides of each axis."""
    both = symmetric(pairs)
    if both is not None:
        return one_or_all(both)
    return pairs[0] if len(pairs) == 1 else pairs


def transposed(layer: ConvolutionTranspose, x: Shape) -> Piece:
    """Keras knows no padding and half of the kernel; beside either, `output_padding` settles the rest."""
    check_strides(layer)
    if layer.groups > 1:
        raise ViewError(f"Keras has no {type(layer).__name__} in groups.")
    word, extra = layer.padding, None
    if not isinstance(word, str):
        halves = tuple((span(k, d) // 2,) * 2 for k, d in zip(layer.kernel, layer.dilation, strict=True))
        if word not in (halves, ((0, 0),) * layer.rank):
            raise ViewError(f"Keras has no {type(layer).__name__} with a padding of {layer.padding}.")
        word, extra = "same" if word == halves else "valid", one_or_all(layer.output_padding)
    return made(
        f"Conv{layer.rank}DTranspose",
        layer.filters,
        one_or_all(layer.kernel),
        strides=unless(1, layer.stride),
        padding=None if word == "valid" else word,
        output_padding=extra,
        dilation_rate=unless(1, layer.dilation),
        use_bias=off(layer.bias),
    )


def pooling(layer: Pooling, x: Shape) -> Piece:
    """Zeros in front of a maximum stand for PyTorch's -∞: the same sizes, and the same values behind a ReLU."""
    if layer.ceil:
        raise ViewError(f"Keras has no {type(layer).__name__} that rounds sizes up.")
    before, word = in_words(layer.padding, x.spatial, layer.pool, layer.stride, (1,) * layer.rank)
    strides = None if layer.stride == layer.pool else one_or_all(layer.stride)
    pool = call(f"layers.{type(layer).__name__}", one_or_all(layer.pool), strides=strides, padding=word)
    return Piece((*before, pool))


def subsampling(layer: Subsampling2D, x: Shape) -> Piece:
    """The mean of each window, and then a coefficient and a bias for each map: a depthwise convolution of one cell."""
    mean = pooling(AveragePooling2D(layer.pool, layer.stride, layer.padding, layer.ceil), x)
    return Piece((*mean.makes, call("layers.DepthwiseConv2D", 1)))


def global_pooling(layer: GlobalPooling, x: Shape) -> Piece:
    return named(layer, keepdims=on(layer.keepdims))


def adaptive_pooling(layer: AdaptivePooling, x: Shape) -> Piece:
    return named(layer, one_or_all(layer.size))


def zero_padding(layer: ZeroPadding, x: Shape) -> Piece:
    return Piece((zeros(layer.padding),))


def cropping(layer: Cropping, x: Shape) -> Piece:
    return named(layer, around(layer.crop))


def upsampling(layer: UpSampling, x: Shape) -> Piece:
    return named(layer, one_or_all(layer.factor))


def flatten(layer: Flatten, x: Shape) -> Piece:
    return made("Flatten")


def reshape(layer: Reshape, x: Shape) -> Piece:
    return made("Reshape", tuple(-1 if size is None else size for size in layer.target))


def permute(layer: Permute, x: Shape) -> Piece:
    return made("Permute", layer.order)


def dropout(layer: Dropout, x: Shape) -> Piece:
    return made("Dropout", layer.rate)


def activation(layer: Activation, x: Shape) -> Piece:
    return made("ReLU") if layer.name == "relu" else made("Activation", layer.name)


def prelu(layer: PReLU, x: Shape) -> Piece:
    axes = list(range(1, len(x) + 1))
    shared = {"element": None, "channel": axes[:-1] or None, "layer": axes}
    return made("PReLU", shared_axes=shared[layer.one_per])


SPATIAL: ByKind[Writing] = (
    (Dense, dense),
    (ConvolutionTranspose, transposed),
    (Convolution, convolution),
    (DepthwiseConvolution, depthwise),
    (SeparableConvolution, separable),
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
