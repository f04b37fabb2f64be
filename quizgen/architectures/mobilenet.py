"""MobileNet v1 (Howard et al. 2017, arXiv:1704.04861): depthwise convolutions, each followed by a pointwise one."""

from __future__ import annotations

from quizgen.architectures.base import conv2d
from quizgen.layers import (
    Activation,
    BatchNorm,
    Conv2D,
    DepthwiseConv2D,
    Dropout,
    GlobalAveragePooling2D,
    Reshape,
    Shape,
    ZeroPadding2D,
)
from quizgen.layers.graph import Node
from quizgen.network import Network

BLOCKS = (
    (64, 1),
    (128, 2), (128, 1),
    (256, 2), (256, 1),
    (512, 2), (512, 1), (512, 1), (512, 1), (512, 1), (512, 1),
    (1024, 2), (1024, 1),
)  # fmt: skip
"""Filters of the pointwise convolution and stride of the depthwise one (table 1)."""


def mobilenet(name: str) -> Network:
    """As Keras builds it: its last dense layer is a 1 × 1 convolution."""
    blocks = (node for place, block in enumerate(BLOCKS, start=1) for node in separable(place, *block))
    nodes = (
        *normalized("conv1", conv2d(32, 3, 2, "same", bias=False)),
        *blocks,
        Node("avgpool", GlobalAveragePooling2D(keepdims=True)),
        Node("dropout", Dropout(0.001)),
        Node("conv_preds", conv2d(1000, 1)),
        Node("reshape", Reshape((1000,))),
        Node("predictions", Activation("softmax")),
    )
    return Network(name, (Shape((224, 224, 3)),), nodes)


def separable(place: int, filters: int, stride: int) -> tuple[Node, ...]:
    """Before a stride of 2, Keras pads at the bottom and on the right only."""
    pad = [Node(f"conv_pad_{place}", ZeroPadding2D(((0, 1), (0, 1))))] if stride == 2 else []
    depthwise = DepthwiseConv2D((3, 3), (stride, stride), "valid" if pad else "same", bias=False)
    pointwise = conv2d(filters, 1, padding="same", bias=False)
    return (*pad, *normalized(f"conv_dw_{place}", depthwise), *normalized(f"conv_pw_{place}", pointwise))


def normalized(name: str, layer: Conv2D | DepthwiseConv2D) -> tuple[Node, ...]:
    """A convolution, its batch normalization, and a rectifier that ends at 6."""
    return Node(name, layer), Node(f"{name}_bn", BatchNorm()), Node(f"{name}_relu", Activation("relu6"))
