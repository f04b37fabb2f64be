"""What a named network is, and the parts that networks of several families share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from quizgen.layers import Activation, Conv2D, Dense
from quizgen.layers.graph import Node
from quizgen.network import Network


@dataclass(frozen=True, slots=True)
class Architecture:
    """A network that has a name in the literature, built when it is asked for.

    title: what a sentence calls it. source: where it's described, and where its number of parameters is stated.
    published: that number, trainable or not; None where the source states none, or only a rounded one.
    make: the network, given its name.
    """

    name: str
    title: str
    summary: str
    source: str
    published: int | None
    make: Callable[[str], Network]

    def build(self) -> Network:
        return self.make(self.name)


def conv2d(
    filters: int,
    kernel: int,
    stride: int = 1,
    padding: int | Literal["valid", "same"] = "valid",
    *,
    groups: int = 1,
    bias: bool = True,
) -> Conv2D:
    """A convolution that treats height and width alike; a padding in numbers goes on all four sides."""
    sides = padding if isinstance(padding, str) else ((padding, padding),) * 2
    return Conv2D(filters, (kernel, kernel), (stride, stride), sides, groups=groups, bias=bias)


def relu(name: str) -> Node:
    """A rectifier of that name."""
    return Node(name, Activation("relu"))


def classifier(name: str, classes: int) -> tuple[Node, ...]:
    """The last dense layer and its softmax."""
    return Node(name, Dense(classes)), Node("softmax", Activation("softmax"))
