"""PyTorch's convolutions and poolings. The signatures are PyTorch's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from quizgen.errors import LayerError
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
    Conv1D,
    Conv2D,
    Conv3D,
    ConvTranspose1D,
    ConvTranspose2D,
    ConvTranspose3D,
    GlobalAveragePooling1D,
    GlobalAveragePooling2D,
    GlobalAveragePooling3D,
    GlobalMaxPooling1D,
    GlobalMaxPooling2D,
    GlobalMaxPooling3D,
    Layer,
    MaxPooling1D,
    MaxPooling2D,
    MaxPooling3D,
)
from quizgen.readers.torch.arguments import Demand
from quizgen.readers.torch.graph import Graph
from quizgen.readers.torch.settings import both_sides, sizes, whole
from quizgen.readers.torch.sites import Site
from quizgen.readers.torch.steps import Op, Step, lying, taken
from quizgen.readers.torch.tensors import Tensor

CONVOLUTION: Any = {1: Conv1D, 2: Conv2D, 3: Conv3D}
TRANSPOSED: Any = {1: ConvTranspose1D, 2: ConvTranspose2D, 3: ConvTranspose3D}
MAXIMUM: Any = {1: MaxPooling1D, 2: MaxPooling2D, 3: MaxPooling3D}
AVERAGE: Any = {1: AveragePooling1D, 2: AveragePooling2D, 3: AveragePooling3D}
GLOBAL_MAXIMUM: Any = {1: GlobalMaxPooling1D, 2: GlobalMaxPooling2D, 3: GlobalMaxPooling3D}
GLOBAL_AVERAGE: Any = {1: GlobalAveragePooling1D, 2: GlobalAveragePooling2D, 3: GlobalAveragePooling3D}
ADAPTIVE_MAXIMUM: Any = {1: AdaptiveMaxPooling1D, 2: AdaptiveMaxPooling2D, 3: AdaptiveMaxPooling3D}
ADAPTIVE_AVERAGE: Any = {1: AdaptiveAveragePooling1D, 2: AdaptiveAveragePooling2D, 3: AdaptiveAveragePooling3D}

Builder = Callable[..., Op]


def convolution(rank: int) -> Builder:
    def build(
        in_channels: Any, out_channels: Any, kernel_size: Any, stride: Any = 1, padding: Any = 0, dilation: Any = 1,
        groups: Any = 1, bias: Any = True, padding_mode: str = "zeros", device: Any = None, dtype: Any = None,
    ) -> Op:  # fmt: skip
        channels = whole("in_channels", in_channels)
        shared_out(channels, whole("groups", groups))
        return Step(
            convolving(rank, out_channels, kernel_size, stride, padding, dilation, groups, bias), "first", channels
        )

    return build


def lazy_convolution(rank: int) -> Builder:
    def build(
        out_channels: Any, kernel_size: Any, stride: Any = 1, padding: Any = 0, dilation: Any = 1, groups: Any = 1,
        bias: Any = True, padding_mode: str = "zeros", device: Any = None, dtype: Any = None,
    ) -> Op:  # fmt: skip
        return Step(convolving(rank, out_channels, kernel_size, stride, padding, dilation, groups, bias), "first")

    return build


def convolving(
    rank: int, filters: Any, kernel: Any, stride: Any, padding: Any, dilation: Any, groups: Any, bias: Any
) -> Layer:
    """A convolution of the engine; a padding of PyTorch is a word or cells on both sides."""
    steps = sizes("stride", stride, rank)
    if padding == "same" and max(steps) > 1:
        raise LayerError("PyTorch has no padding='same' with a stride.", remedy="Give the padding as a number.")
    layer: Layer = CONVOLUTION[rank](
        whole("out_channels", filters),
        sizes("kernel_size", kernel, rank),
        steps,
        padding if isinstance(padding, str) else both_sides("padding", padding, rank),
        sizes("dilation", dilation, rank),
        whole("groups", groups),
        bool(bias),
    )
    return layer


def shared_out(channels: int, groups: int) -> None:
    if channels % groups:
        raise LayerError(f"{channels} input channels do not divide into {groups} groups.")


def transposed(rank: int) -> Builder:
    def build(
        in_channels: Any, out_channels: Any, kernel_size: Any, stride: Any = 1, padding: Any = 0,
        output_padding: Any = 0, groups: Any = 1, bias: Any = True, dilation: Any = 1, padding_mode: str = "zeros",
        device: Any = None, dtype: Any = None,
    ) -> Op:  # fmt: skip
        channels = whole("in_channels", in_channels)
        shared_out(channels, whole("groups", groups))
        layer = widening(rank, out_channels, kernel_size, stride, padding, output_padding, groups, bias, dilation)
        return Step(layer, "first", channels)

    return build


def lazy_transposed(rank: int) -> Builder:
    def build(
        out_channels: Any, kernel_size: Any, stride: Any = 1, padding: Any = 0, output_padding: Any = 0, groups: Any = 1,
        bias: Any = True, dilation: Any = 1, padding_mode: str = "zeros", device: Any = None, dtype: Any = None,
    ) -> Op:  # fmt: skip
        return Step(
            widening(rank, out_channels, kernel_size, stride, padding, output_padding, groups, bias, dilation), "first"
        )

    return build


def widening(
    rank: int, filters: Any, kernel: Any, stride: Any, padding: Any, extra: Any, groups: Any, bias: Any, dilation: Any
) -> Layer:
    """A transposed convolution of the engine."""
    layer: Layer = TRANSPOSED[rank](
        whole("out_channels", filters),
        sizes("kernel_size", kernel, rank),
        sizes("stride", stride, rank),
        both_sides("padding", padding, rank),
        sizes("dilation", dilation, rank),
        whole("groups", groups),
        bool(bias),
        sizes("output_padding", extra, rank, least=0),
    )
    return layer


def pooling(kinds: Any, rank: int, kernel: Any, stride: Any, padding: Any, dilation: Any, ceil: Any) -> Op:
    """A pooling of the engine; a dilated window reaches as far as a larger one."""
    wide = sizes("kernel_size", kernel, rank)
    spread = sizes("dilation", dilation, rank)
    step = wide if stride is None or stride == () else sizes("stride", stride, rank)
    reach = tuple(d * (k - 1) + 1 for k, d in zip(wide, spread, strict=True))
    return Step(kinds[rank](reach, step, both_sides("padding", padding, rank), bool(ceil)), "first")


def max_pooling(rank: int) -> Builder:
    def build(
        kernel_size: Any, stride: Any = None, padding: Any = 0, dilation: Any = 1, return_indices: Any = False,
        ceil_mode: Any = False,
    ) -> Op:  # fmt: skip
        op = pooling(MAXIMUM, rank, kernel_size, stride, padding, dilation, ceil_mode)
        return Twofold(op) if return_indices else op

    return build


def max_pool(rank: int) -> Builder:
    """`F.max_pool2d`, whose last two parameters stand the other way round."""

    def build(
        kernel_size: Any, stride: Any = None, padding: Any = 0, dilation: Any = 1, ceil_mode: Any = False,
        return_indices: Any = False,
    ) -> Op:  # fmt: skip
        return max_pooling(rank)(kernel_size, stride, padding, dilation, return_indices, ceil_mode)

    return build


def average_pooling(rank: int) -> Builder:
    def build(
        kernel_size: Any, stride: Any = None, padding: Any = 0, ceil_mode: Any = False, count_include_pad: Any = True,
        divisor_override: Any = None,
    ) -> Op:  # fmt: skip
        return pooling(AVERAGE, rank, kernel_size, stride, padding, 1, ceil_mode)

    return build


@dataclass(frozen=True, slots=True)
class Twofold:
    """A pooling that also says where its maxima stood."""

    pool: Op

    held = 0

    def apply(self, graph: Graph, site: Site, x: Any) -> tuple[Tensor, None]:
        return self.pool.apply(graph, site, x), None


def adaptive(pools: Any, means: Any, rank: int) -> Builder:
    """To one cell it is global pooling; an axis of None keeps its size."""

    def build(output_size: Any, return_indices: Any = False) -> Op:
        values = tuple(output_size) if isinstance(output_size, tuple | list) else (output_size,) * rank
        if any(value is None for value in values):
            return Kept(pools[rank], tuple(values))
        asked = sizes("output_size", output_size, rank)
        return Step(means[rank](keepdims=True) if set(asked) == {1} else pools[rank](asked), "first")

    return build


@dataclass(frozen=True, slots=True)
class Kept:
    """Adaptive pooling that leaves some axes as they are."""

    pool: Any
    asked: tuple[Any, ...]

    held = 0

    def apply(self, graph: Graph, site: Site, x: Any) -> Tensor:
        tensor = taken(graph, x, Demand(len(self.asked) + 1, "first"), site)
        spatial = graph.shape(lying(graph, tensor, "first", site)).spatial
        size = tuple(own if asked is None else asked for asked, own in zip(self.asked, spatial, strict=True))
        return Step(self.pool(size), "first").apply(graph, site, tensor)
