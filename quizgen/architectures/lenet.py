"""LeNet-5 (LeCun, Bottou, Bengio & Haffner 1998, "Gradient-based learning applied to document recognition").

What is called LeNet-5 today differs from the network of 1998 in three places, hence in its count.
"""

from __future__ import annotations

from quizgen.architectures.base import classifier, conv2d
from quizgen.layers import Activation, AveragePooling2D, Conv2D, Dense, Flatten, PartialConv2D, Shape, Subsampling2D
from quizgen.layers.graph import Node
from quizgen.layers.pooling import Pooling
from quizgen.network import Network

MODERN_C3 = conv2d(16, 5)
MODERN_POOLING = AveragePooling2D((2, 2))
MODERN_HEAD = classifier("output", 10)

C3_OF_1998 = PartialConv2D(filters=16, connections=60, kernel=(5, 5))
"""Table I: six filters read 3 of the 6 maps, nine read 4 and one reads all: 18 + 36 + 6 pairs."""

POOLING_OF_1998 = Subsampling2D((2, 2))

HEAD_OF_1998 = (Node("output", Dense(10, bias=False), frozen=True),)
"""Ten Euclidean radial basis units, whose 84 centres each are drawn by hand as a stylized digit and not trained. To
the counts they're a frozen dense layer without bias: one number, and one multiplication, for each input and unit."""


def lenet_5(
    name: str,
    c3: Conv2D | PartialConv2D = MODERN_C3,
    pooling: Pooling = MODERN_POOLING,
    head: tuple[Node, ...] = MODERN_HEAD,
) -> Network:
    """The common frame, with the three places open. The image of 28 × 28 comes padded to 32 × 32."""
    nodes = (
        Node("c1", conv2d(6, 5)),
        Node("tanh1", Activation("tanh")),
        Node("s2", pooling),
        Node("c3", c3),
        Node("tanh3", Activation("tanh")),
        Node("s4", pooling),
        Node("c5", conv2d(120, 5)),
        Node("tanh5", Activation("tanh")),
        Node("flatten", Flatten()),
        Node("f6", Dense(84)),
        Node("tanh6", Activation("tanh")),
        *head,
    )
    return Network(name, (Shape((32, 32, 1)),), nodes)


def lenet_5_of_1998(name: str) -> Network:
    """The figures of its section II.B: C1 156, S2 12, C3 1,516, S4 32, C5 48,120, F6 10,164: 60,000 trainable."""
    return lenet_5(name, C3_OF_1998, POOLING_OF_1998, HEAD_OF_1998)
