"""Notes on windows that slide."""

from __future__ import annotations

from typing import TypeGuard

from quizgen.arithmetic import span
from quizgen.layers.base import Layer, Shape, Sizes
from quizgen.layers.convolution import Convolution
from quizgen.layers.depthwise import DepthwiseConvolution
from quizgen.layers.graph import Row
from quizgen.layers.pooling import Pooling
from quizgen.layers.sliding import pairs
from quizgen.layers.transposed import ConvolutionTranspose
from quizgen.network import Network
from quizgen.prose import Prose, prose
from quizgen.unknown import is_known


def left_over(network: Network) -> Prose | None:
    """Windows that do not come out: the last rows and columns are never read."""
    for row in network.rows:
        reach, stride = unpadded_windows(row)
        spatial = row.inputs[0].spatial
        missed = [(n - r) % s if r >= s else 0 for n, r, s in zip(spatial, reach, stride, strict=False)]
        if is_known(row.inputs[0]) and any(missed):
            lost = "step is" if len(missed) == 1 else "row and column are"
            if max(missed) > 1:
                lost = f"{max(missed)} {'steps' if len(missed) == 1 else 'rows and columns'} are"
            return prose(
                f"`{{}}` slides over {{}} in strides of {{}}, which does not come out: the last {lost} never read.",
                row.name, Shape(spatial), max(stride),
            )  # fmt: skip
    return None


def unpadded_windows(row: Row) -> tuple[Sizes, Sizes]:
    """How far a layer's windows reach, and their stride; nothing where it has none, pads, or rounds up."""
    layer = row.layer
    if isinstance(layer, ConvolutionTranspose) or not isinstance(layer, Pooling | Convolution | DepthwiseConvolution):
        return (), ()
    padded = layer.padding == "same" or any(map(any, pairs(layer.padding, row.inputs[0].spatial)))
    if padded or (isinstance(layer, Pooling) and layer.ceil):
        return (), ()
    if isinstance(layer, Pooling):
        return layer.pool, layer.stride
    return tuple(map(span, layer.kernel, layer.dilation)), layer.stride


def stride_or_pooling(network: Network) -> Prose | None:
    """A stride halves a map as pooling does, and neither has parameters."""
    for row in network.rows:
        layer = row.layer
        if not halves(layer) or not is_known(row.inputs[0]):
            continue
        (x,), dense = row.inputs, layer.but(stride=(1,) * layer.rank)
        return prose(
            "The stride of `{}` changes no parameter: with stride 1 and a pooling of 2 behind it, it would have the same "
            "{}, and do {} multiply-accumulates instead of {}.",
            row.name, row.params, dense.macs(x, y=dense.output(x)), row.macs,
        )  # fmt: skip
    return None


def halves(layer: Layer) -> TypeGuard[Convolution]:
    """Whether a convolution leaves half of each axis."""
    return isinstance(layer, Convolution) and not isinstance(layer, ConvolutionTranspose) and set(layer.stride) == {2}
