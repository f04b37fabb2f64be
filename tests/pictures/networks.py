"""The networks that the tests of the pictures draw."""

from collections.abc import Sequence

import pytest

from quizgen.layers import (
    LSTM,
    Activation,
    Add,
    BatchNorm,
    Concatenate,
    Conv2D,
    Conv3D,
    Dense,
    Embedding,
    EncoderBlock,
    Flatten,
    GlobalAveragePooling2D,
    MaxPooling2D,
    MaxPooling3D,
)
from quizgen.layers.base import Layer, Shape
from quizgen.layers.graph import Node, walk
from quizgen.pictures import Picture, characters, picture
from quizgen.pictures.diagram import Diagram, diagram
from quizgen.pictures.page import Page, page


class Drawn:
    """A network as the pictures take it: rows, input shape, labels."""

    def __init__(self, *nodes: tuple[Node, str], inputs: Sequence[Shape]) -> None:
        self.rows = walk([node for node, _ in nodes], inputs)
        self.input = inputs[0]
        self.labels = [label for _, label in nodes]

    def picture(self, *, show_shapes: bool = False, to_scale: bool = True, identifier: str = "net:1") -> Picture:
        return picture(
            self.rows,
            self.input,
            title="A network",
            identifier=identifier,
            labels=self.labels,
            show_shapes=show_shapes,
            to_scale=to_scale,
        )

    def characters(self, *, show_shapes: bool = False) -> str:
        return characters(self.rows, self.input, self.labels, show_shapes=show_shapes)

    def diagram(self) -> Diagram:
        return diagram(self.rows, self.input, self.labels)

    def page(self, *, show_shapes: bool = True, to_scale: bool = True) -> Page:
        return page(self.diagram(), show_shapes=show_shapes, to_scale=to_scale)


def at(name: str, layer: Layer, label: str = "", *sources: str) -> tuple[Node, str]:
    return Node(name, layer, sources), label


def conv(name: str, filters: int, size: int, *sources: str, stride: int = 1) -> tuple[Node, str]:
    layer = Conv2D(filters, (size, size), (stride, stride), "same")
    return at(name, layer, f"{filters}, {size} × {size}" + (f", stride {stride}" if stride > 1 else ""), *sources)


def mlp() -> Drawn:
    return Drawn(
        at("hidden", Dense(256), "256 units"), at("out", Dense(10, bias=False), "10, no bias"), inputs=[Shape((784,))]
    )


def lenet() -> Drawn:
    return Drawn(
        at("c1", Conv2D(6, (5, 5)), "6, 5 × 5"),
        at("s2", MaxPooling2D((2, 2)), "2 × 2"),
        at("c3", Conv2D(16, (5, 5)), "16, 5 × 5"),
        at("s4", MaxPooling2D((2, 2)), "2 × 2"),
        at("flat", Flatten()),
        at("f5", Dense(120), "120 units"),
        at("f6", Dense(84), "84 units"),
        at("out", Dense(10), "10 units"),
        inputs=[Shape((32, 32, 1))],
    )


def identity_block() -> Drawn:
    return Drawn(
        conv("stem", 64, 3),
        conv("first", 64, 3),
        at("relu", Activation("relu"), "relu"),
        conv("second", 64, 3),
        at("sum", Add(), "", "second", "stem"),
        inputs=[Shape((32, 32, 3))],
    )


def projection_block() -> Drawn:
    return Drawn(
        conv("stem", 64, 7, stride=2),
        conv("first", 128, 3, stride=2),
        at("norm_1", BatchNorm()),
        at("relu", Activation("relu"), "relu"),
        conv("second", 128, 3),
        at("norm_2", BatchNorm()),
        conv("projection", 128, 1, "stem", stride=2),
        at("sum", Add(), "", "norm_2", "projection"),
        at("pool", GlobalAveragePooling2D()),
        at("out", Dense(10), "10 units"),
        inputs=[Shape((224, 224, 3))],
    )


def inception() -> Drawn:
    return Drawn(
        conv("stem", 192, 3),
        conv("one", 64, 1, "stem"),
        conv("three_in", 96, 1, "stem"),
        conv("three", 128, 3),
        conv("five_in", 16, 1, "stem"),
        conv("five", 32, 5),
        at("pool", MaxPooling2D((3, 3), (1, 1), "same"), "3 × 3, stride 1", "stem"),
        conv("pooled", 32, 1),
        at("join", Concatenate(), "", "one", "three", "five", "pooled"),
        at("out", GlobalAveragePooling2D()),
        inputs=[Shape((28, 28, 64))],
    )


def volumes() -> Drawn:
    return Drawn(
        at("c1", Conv3D(32, (3, 3, 3)), "32, 3 × 3 × 3"),
        at("p1", MaxPooling3D((2, 2, 2)), "2 × 2 × 2"),
        at("flat", Flatten()),
        at("out", Dense(10), "10 units"),
        inputs=[Shape((16, 64, 64, 1))],
    )


def recurrent() -> Drawn:
    return Drawn(
        at("low", LSTM(128, sequences=True), "128 units, every step"),
        at("high", LSTM(32), "32 units, last step"),
        at("out", Dense(5), "5 units"),
        inputs=[Shape((20, 64))],
    )


def two_inputs() -> Drawn:
    return Drawn(
        at("a", Dense(8), "8 units", "input"),
        at("b", Dense(8), "8 units", "input_2"),
        at("c", Dense(8), "8 units", "a"),
        at("join", Concatenate(), "", "c", "b"),
        inputs=[Shape((4,)), Shape((6,))],
    )


def encoder(blocks: int = 24) -> Drawn:
    stack = [
        at(f"block_{number}", EncoderBlock(heads=4, key_dim=16, hidden=128), "4 heads")
        for number in range(1, blocks + 1)
    ]
    return Drawn(
        at("words", Embedding(1000, 64), "1,000 words"), *stack, at("out", Dense(2), "2 units"), inputs=[Shape((128,))]
    )


def residual_stack() -> Drawn:
    """20 blocks alike: conv, relu, sum."""
    nodes = [conv("stem", 16, 3)]
    for number in range(20):
        before = nodes[-1][0].name
        nodes += [
            conv(f"conv_{number}", 16, 3),
            at(f"relu_{number}", Activation("relu"), "relu"),
            at(f"sum_{number}", Add(), "", f"relu_{number}", before),
        ]
    return Drawn(*nodes, inputs=[Shape((32, 32, 3))])


def deep() -> Drawn:
    """40 layers of which no two neighbours are alike."""
    return Drawn(*(at(f"d{units}", Dense(units), f"{units} units") for units in range(1, 41)), inputs=[Shape((50,))])


SMALL = (mlp, lenet, identity_block, projection_block, inception, volumes, recurrent, two_inputs)
ALL = (*SMALL, encoder, residual_stack, deep)

every = pytest.mark.parametrize("network", ALL, ids=lambda network: network.__name__)
every_small = pytest.mark.parametrize("network", SMALL, ids=lambda network: network.__name__)
