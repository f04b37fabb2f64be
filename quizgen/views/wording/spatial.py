"""Layers over features and maps in words: dense, convolutional, pooling, resizing, reshaping, activation."""

from __future__ import annotations

from quizgen.layers.activation import Activation, Dropout, PReLU
from quizgen.layers.base import Layer, Sizes
from quizgen.layers.convolution import Convolution
from quizgen.layers.dense import Dense
from quizgen.layers.depthwise import DepthwiseConvolution, SeparableConvolution
from quizgen.layers.global_pooling import AdaptivePooling, GlobalPooling
from quizgen.layers.partial import PartialConv2D
from quizgen.layers.pooling import Pooling, Subsampling2D
from quizgen.layers.reshaping import Flatten, Permute, Reshape
from quizgen.layers.resizing import Cropping, UpSampling, ZeroPadding
from quizgen.layers.transposed import ConvolutionTranspose
from quizgen.views.by_kind import ByKind, takes_maximum
from quizgen.views.wording.grammar import (
    NOTHING,
    Detail,
    Wording,
    Words,
    around,
    bias,
    by,
    counted,
    dilation,
    padding,
    same_on_all_axes,
    stride,
    window,
)

ACTIVATIONS = {
    "relu": "ReLU", "relu6": "ReLU6", "leaky_relu": "leaky ReLU", "elu": "ELU", "selu": "SELU", "gelu": "GELU",
    "silu": "SiLU", "mish": "Mish", "hard_silu": "hard SiLU", "hard_sigmoid": "hard sigmoid",
    "log_softmax": "log-softmax",
}  # fmt: skip
"""How the field writes the names that are more than a word in lower case."""


def dense(layer: Dense) -> Words:
    return Words("dense layer", Detail(counted(layer.units, "unit"), box=f"{layer.units:,}"), bias(layer.bias))


def convolution(layer: Convolution) -> Words:
    return Words(
        f"{layer.rank}-D convolution",
        kernels(layer.filters, layer.kernel),
        stride(layer.stride),
        padding(layer.padding),
        dilation(layer.dilation),
        groups(layer.groups),
        bias(layer.bias),
    )


def transposed(layer: ConvolutionTranspose) -> Words:
    extra = layer.output_padding
    return Words(
        f"{layer.rank}-D transposed convolution",
        *convolution(layer).details,
        Detail(f"output padding {same_on_all_axes(extra)}") if any(extra) else NOTHING,
    )


def depthwise(layer: DepthwiseConvolution) -> Words:
    number = "one" if layer.multiplier == 1 else f"{layer.multiplier:,}"
    plural = "" if layer.multiplier == 1 else "s"
    times = "" if layer.multiplier == 1 else f", × {layer.multiplier}"
    return Words(
        f"{layer.rank}-D depthwise convolution",
        Detail(f"{number} kernel{plural} of {window(layer.kernel)} per channel", box=by(layer.kernel) + times),
        stride(layer.stride),
        padding(layer.padding),
        dilation(layer.dilation),
        bias(layer.bias),
    )


def separable(layer: SeparableConvolution) -> Words:
    return Words(
        f"{layer.depthwise.rank}-D separable convolution",
        Detail(
            f"{counted(layer.filters, 'filter')} of {window(layer.kernel)}",
            box=f"{by(layer.kernel)}, {layer.filters:,}",
        ),
        Detail(f"depth multiplier {layer.multiplier}") if layer.multiplier > 1 else NOTHING,
        stride(layer.stride),
        padding(layer.padding),
        dilation(layer.dilation),
        bias(layer.bias),
    )


def partial(layer: PartialConv2D) -> Words:
    return Words(
        "partially connected 2-D convolution",
        Detail(
            f"{counted(layer.filters, 'filter')} of {window(layer.kernel)}",
            box=f"{by(layer.kernel)}, {layer.filters:,}",
        ),
        Detail(
            f"{counted(layer.connections, 'connection')} between maps and filters", box=f"{layer.connections} kernels"
        ),
        stride(layer.stride),
        padding(layer.padding),
        bias(layer.bias),
    )


def kernels(filters: int, kernel: Sizes) -> Detail:
    return Detail(f"{counted(filters, 'kernel')} of {window(kernel)}", box=f"{by(kernel)}, {filters:,}")


def groups(number: int) -> Detail:
    return NOTHING if number == 1 else Detail(counted(number, "group"))


def subsampling(layer: Subsampling2D) -> Words:
    learned = Detail("a trained coefficient and bias per map", box="trained")
    return Words("subsampling layer", *pooling(layer).details, learned)


def pooling(layer: Pooling) -> Words:
    """The stride is always said: who reads on paper does not know that it's the window's size unless given."""
    return Words(
        f"{maximum_or_average(layer)}-pooling layer",
        Detail(window(layer.pool), stem=f"windows of {window(layer.pool)}", box=by(layer.pool)),
        Detail(f"stride {same_on_all_axes(layer.stride)}", box="" if layer.stride == layer.pool else None),
        padding(layer.padding),
        Detail("sizes rounded up", box="rounded up") if layer.ceil else NOTHING,
    )


def global_pooling(layer: GlobalPooling) -> Words:
    kept = Detail("axes of size 1 kept") if layer.keepdims else NOTHING
    return Words(f"global {maximum_or_average(layer)}-pooling layer", kept)


def adaptive_pooling(layer: AdaptivePooling) -> Words:
    size = window(layer.size)
    return Words(
        f"adaptive {maximum_or_average(layer)}-pooling layer",
        Detail(f"to {size}", stem=f"an output of {size}", box=f"to {by(layer.size)}"),
    )


def maximum_or_average(layer: Layer) -> str:
    return "max" if takes_maximum(layer) else "average"


def zero_padding(layer: ZeroPadding) -> Words:
    return Words("zero-padding layer", Detail(f"padding {around(layer.padding)}"))


def cropping(layer: Cropping) -> Words:
    return Words("cropping layer", Detail(f"crop {around(layer.crop)}"))


def upsampling(layer: UpSampling) -> Words:
    return Words("upsampling layer", Detail(f"factor {same_on_all_axes(layer.factor)}"))


def flatten(layer: Flatten) -> Words:
    return Words("flatten layer")


def reshape(layer: Reshape) -> Words:
    target = " × ".join("?" if size is None else f"{size:,}" for size in layer.target)
    return Words("reshape layer", Detail(f"to {target}", stem=f"target {target}"))


def permute(layer: Permute) -> Words:
    order = f"({', '.join(map(str, layer.order))})"
    said = f"axes in the order {order}"
    return Words("permute layer", Detail(said, tail=f" that puts the {said}", box=order))


def dropout(layer: Dropout) -> Words:
    return Words("dropout layer", Detail(f"rate {layer.rate:g}"))


def activation(layer: Activation) -> Words:
    name = ACTIVATIONS.get(layer.name, layer.name)
    return Words(f"{name} activation", Detail("", box=name))


def prelu(layer: PReLU) -> Words:
    shared = {"element": "one slope per element", "channel": "one slope per channel", "layer": "one slope for all"}
    return Words("PReLU", Detail(shared[layer.one_per]))


SPATIAL: ByKind[Wording] = (
    (Dense, dense),
    (ConvolutionTranspose, transposed),
    (Convolution, convolution),
    (DepthwiseConvolution, depthwise),
    (SeparableConvolution, separable),
    (PartialConv2D, partial),
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
