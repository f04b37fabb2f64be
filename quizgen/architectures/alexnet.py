"""AlexNet, the network of 2012 and the one that goes by its name today. Local response normalization, which has no
parameters and keeps the shape, is left out."""

from __future__ import annotations

from quizgen.architectures.base import conv2d, relu
from quizgen.layers import AdaptiveAveragePooling2D, Dense, Dropout, Flatten, MaxPooling2D, Shape
from quizgen.layers.graph import Node
from quizgen.network import Network


def convolution(
    place: int, filters: int, kernel: int, stride: int = 1, padding: int = 0, groups: int = 1
) -> tuple[Node, ...]:
    """A convolution and its rectifier."""
    layer = conv2d(filters, kernel, stride, padding or "valid", groups=groups)
    return Node(f"conv{place}", layer), relu(f"relu{place}")


def pooling(place: int) -> Node:
    """Windows of 3 × 3 that overlap, since they go 2 cells at a time."""
    return Node(f"pool{place}", MaxPooling2D((3, 3), (2, 2)))


HEAD: tuple[Node, ...] = (
    Node("flatten", Flatten()),
    Node("dropout6", Dropout(0.5)),
    Node("fc6", Dense(4096)),
    relu("relu6"),
    Node("dropout7", Dropout(0.5)),
    Node("fc7", Dense(4096)),
    relu("relu7"),
    Node("fc8", Dense(1000)),
)


def alexnet_of_2012(name: str, groups: int = 2) -> Network:
    """Two towers on two graphics cards: conv2, conv4 and conv5 read the maps on their own card only.

    The paper says 224 × 224, but 55 × 55 cells of the first layer without padding come out of 227 × 227.
    """
    nodes = (
        *convolution(1, 96, 11, stride=4),
        pooling(1),
        *convolution(2, 256, 5, padding=2, groups=groups),
        pooling(2),
        *convolution(3, 384, 3, padding=1),
        *convolution(4, 384, 3, padding=1, groups=groups),
        *convolution(5, 256, 3, padding=1, groups=groups),
        pooling(5),
        *HEAD,
    )
    return Network(name, (Shape((227, 227, 3)),), nodes, "torch")


def single_tower(name: str) -> Network:
    """Fewer filters, in one tower (Krizhevsky 2014, arXiv:1404.5997), as torchvision builds it."""
    nodes = (
        *convolution(1, 64, 11, stride=4, padding=2),
        pooling(1),
        *convolution(2, 192, 5, padding=2),
        pooling(2),
        *convolution(3, 384, 3, padding=1),
        *convolution(4, 256, 3, padding=1),
        *convolution(5, 256, 3, padding=1),
        pooling(5),
        Node("avgpool", AdaptiveAveragePooling2D((6, 6))),
        *HEAD,
    )
    return Network(name, (Shape((224, 224, 3)),), nodes, "torch")
