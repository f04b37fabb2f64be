"""Small networks that tutorials and question sites count by hand."""

from __future__ import annotations

from quizgen.architectures.base import classifier, conv2d, relu
from quizgen.layers import Activation, Dense, Dropout, Flatten, MaxPooling2D, Shape, Subsampling2D
from quizgen.layers.graph import Node
from quizgen.layers.pooling import Pooling
from quizgen.network import Network

PLAIN_POOLING = MaxPooling2D((2, 2))

WEIGHTED_POOLING = Subsampling2D((2, 2))
"""What “the pooling layer has a weight” can mean: a coefficient and a bias for each map, as in LeNet-5 of 1998."""


def mnist_lasagne(name: str) -> Network:
    """Digits: two convolutions without padding, each with pooling, and two dense layers."""
    nodes = (
        Node("conv2d1", conv2d(32, 5)),
        relu("relu1"),
        Node("maxpool1", MaxPooling2D((2, 2))),
        Node("conv2d2", conv2d(32, 3)),
        relu("relu2"),
        Node("maxpool2", MaxPooling2D((2, 2))),
        Node("flatten", Flatten()),
        Node("dense", Dense(256)),
        relu("relu3"),
        *classifier("output", 10),
    )
    return Network(name, (Shape((28, 28, 1)),), nodes)


def mnist_keras(name: str) -> Network:
    """Digits: Keras's own first example of a convolutional network."""
    nodes = (
        Node("conv2d", conv2d(32, 3)),
        relu("relu1"),
        Node("max_pooling2d", MaxPooling2D((2, 2))),
        Node("conv2d_1", conv2d(64, 3)),
        relu("relu2"),
        Node("max_pooling2d_1", MaxPooling2D((2, 2))),
        Node("flatten", Flatten()),
        Node("dropout", Dropout(0.5)),
        *classifier("dense", 10),
    )
    return Network(name, (Shape((28, 28, 1)),), nodes)


def two_class(name: str, pooling: Pooling = PLAIN_POOLING) -> Network:
    """Gray images in two classes, as described in words: no padding, and dense layers on the flattened map."""
    nodes = (
        Node("conv1", conv2d(60, 7)),
        relu("relu1"),
        Node("conv2", conv2d(100, 5)),
        relu("relu2"),
        Node("pool", pooling),
        Node("flatten", Flatten()),
        Node("dense1", Dense(250)),
        Node("dense2", Dense(200)),
        Node("output", Dense(1)),
        Node("sigmoid", Activation("sigmoid")),
    )
    return Network(name, (Shape((100, 100, 1)),), nodes)


def two_class_in_code(name: str, pooling: Pooling = PLAIN_POOLING) -> Network:
    """The same network as its author wrote it in Keras: with padding, without a flatten and without an output unit, so
    that each dense layer acts on the channels at every position."""
    nodes = (
        Node("conv1", conv2d(60, 7, padding="same")),
        relu("relu1"),
        Node("conv2", conv2d(100, 5, padding="same")),
        relu("relu2"),
        Node("pool", pooling),
        Node("dense1", Dense(250)),
        Node("dense2", Dense(200)),
    )
    return Network(name, (Shape((100, 100, 1)),), nodes)
