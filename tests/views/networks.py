"""Networks that the tests of the views share."""

from quizgen.layers import (
    Activation,
    Add,
    BatchNorm,
    Concatenate,
    Conv1D,
    Conv2D,
    Dense,
    Dropout,
    Embedding,
    EncoderBlock,
    Flatten,
    GlobalAveragePooling2D,
    GlobalMaxPooling1D,
    MaxPooling2D,
    Shape,
)
from quizgen.layers.graph import Node
from quizgen.network import Network, stack

DIGITS = stack(
    "digits",
    (28, 28, 1),
    (
        Conv2D(32, (3, 3)),
        Activation("relu"),
        MaxPooling2D((2, 2)),
        Conv2D(64, (5, 3), padding="same", stride=(2, 2), bias=False),
        Activation("relu"),
        Flatten(),
        Dropout(0.5),
        Dense(10),
        Activation("softmax"),
    ),
)
RESIDUAL = Network(
    "residual",
    (Shape((32, 32, 3)),),
    (
        Node("conv1", Conv2D(16, (3, 3), padding="same")),
        Node("relu1", Activation("relu")),
        Node("conv2", Conv2D(16, (3, 3), padding="same")),
        Node("add", Add(), ("conv2", "relu1")),
        Node("pool", GlobalAveragePooling2D()),
        Node("fc", Dense(10)),
    ),
)
NORMALIZED = stack("normalized", (8, 8, 3), (Conv2D(4, (3, 3)), BatchNorm(statistics="buffers")), framework="torch")
WORDS = Network(
    "words",
    (Shape((100,)),),
    (
        Node("embedding", Embedding(5000, 64)),
        Node("conv", Conv1D(32, (5,))),
        Node("pool", GlobalMaxPooling1D()),
        Node("out", Dense(2)),
    ),
)
ENCODER = stack("encoder", (10, 64), (EncoderBlock(8, 256),))
SHARED = Network(
    "shared",
    (Shape((16,)), Shape((16,))),
    (
        Node("left", Dense(8), ("input",)),
        Node("right", Dense(8), ("input_2",), tied_to="left"),
        Node("both", Concatenate(), ("left", "right")),
        Node("out", Dense(1), frozen=True),
    ),
)
TIED = Network(
    "tied",
    (Shape((12,)),),
    (
        Node("tokens", Embedding(500, 16)),
        Node("block", EncoderBlock(4, 32, causal=True, pre_norm=True)),
        Node("logits", Dense(500, bias=False), tied_to="tokens"),
    ),
)
