"""VGG (Simonyan & Zisserman 2015, arXiv:1409.1556, table 1): nothing but convolutions of 3 × 3 and pooling of 2 × 2."""

from __future__ import annotations

from quizgen.architectures.base import classifier, conv2d, relu
from quizgen.layers import Dense, Flatten, MaxPooling2D, Shape
from quizgen.layers.graph import Node
from quizgen.network import Network

FILTERS = (64, 128, 256, 512, 512)
"""Of each block; pooling halves the map after each."""


def vgg(name: str, depths: tuple[int, ...]) -> Network:
    """VGG with so many convolutions in each block, as Keras builds it: without dropout."""
    head = (
        Node("flatten", Flatten()),
        Node("fc1", Dense(4096)),
        relu("fc1_relu"),
        Node("fc2", Dense(4096)),
        relu("fc2_relu"),
        *classifier("predictions", 1000),
    )
    blocks = enumerate(zip(FILTERS, depths, strict=True), start=1)
    features = (node for block, (filters, depth) in blocks for node in vgg_block(block, filters, depth))
    return Network(name, (Shape((224, 224, 3)),), (*features, *head))


def vgg_block(block: int, filters: int, depth: int) -> tuple[Node, ...]:
    """So many convolutions that keep the size of the map, and a pooling that halves it."""
    nodes: list[Node] = []
    for place in range(1, depth + 1):
        name = f"block{block}_conv{place}"
        nodes += [Node(name, conv2d(filters, 3, padding="same")), relu(f"{name}_relu")]
    return (*nodes, Node(f"block{block}_pool", MaxPooling2D((2, 2))))
