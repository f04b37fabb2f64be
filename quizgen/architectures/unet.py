"""U-Net (Ronneberger, Fischer & Brox 2015, arXiv:1505.04597, fig. 1)."""

from __future__ import annotations

from quizgen.architectures.base import conv2d, relu
from quizgen.layers import Concatenate, ConvTranspose2D, Cropping2D, MaxPooling2D, Shape
from quizgen.layers.graph import Node
from quizgen.network import Network

WIDTHS = (64, 128, 256, 512, 1024)
CROPS = (88, 40, 16, 4)
"""Cells that each skip connection loses on every side to fit the map from below; convolutions here aren't padded."""


def unet(name: str) -> Network:
    """Down to 28 × 28 and up again, each level fed from the same level on the way down; two classes for each pixel."""
    down = [node for level in range(5) for node in descend(level)]
    up = [node for level in reversed(range(4)) for node in ascend(level)]
    return Network(name, (Shape((572, 572, 1)),), (*down, *up, Node("output", conv2d(2, 1))))


def descend(level: int) -> tuple[Node, ...]:
    """Half as large, with twice the channels."""
    pool = [Node(f"pool{level}", MaxPooling2D((2, 2)))] if level else []
    return (*pool, *twice(f"down{level}", level))


def ascend(level: int) -> tuple[Node, ...]:
    """Twice as large with half the channels, beside the cropped map from the way down."""
    margin = (CROPS[level], CROPS[level])
    return (
        Node(f"up{level}_transposed", ConvTranspose2D(WIDTHS[level], (2, 2), (2, 2))),
        Node(f"up{level}_skip", Cropping2D((margin, margin)), (f"down{level}_relu2",)),
        Node(f"up{level}_join", Concatenate(), (f"up{level}_skip", f"up{level}_transposed")),
        *twice(f"up{level}", level),
    )


def twice(name: str, level: int) -> tuple[Node, ...]:
    """Two convolutions of 3 × 3 with their rectifiers."""
    layer = conv2d(WIDTHS[level], 3)
    return Node(f"{name}_conv1", layer), relu(f"{name}_relu1"), Node(f"{name}_conv2", layer), relu(f"{name}_relu2")
