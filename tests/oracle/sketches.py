"""Random networks of many families: a neutral description, in terms of layers and their wiring only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from random import Random
from typing import Any

from quizgen import layers as all_layers
from quizgen.layers import (
    GRU,
    LSTM,
    Activation,
    Add,
    BatchNorm,
    Bidirectional,
    ClassToken,
    Concatenate,
    Conv1D,
    Conv2D,
    DecoderBlock,
    Dense,
    DepthwiseConv2D,
    Dropout,
    Embedding,
    EncoderBlock,
    Flatten,
    GlobalAveragePooling1D,
    GlobalAveragePooling2D,
    GlobalMaxPooling1D,
    Layer,
    LayerNorm,
    MaxPooling1D,
    MaxPooling2D,
    MultiHeadAttention,
    PositionEmbedding,
    PReLU,
    SeparableConv2D,
    Shape,
    SimpleRNN,
    UpSampling2D,
)
from quizgen.layers.graph import Node
from quizgen.layers.recurrent import RecurrentLayer
from quizgen.layers.sliding import Padding
from quizgen.network import Network
from tests.oracle.drawing import coin

ACTIVATIONS = ("relu", "tanh", "sigmoid", "gelu", "silu", "elu")


class Sketch:
    """A network in the making, under the conventions of one framework."""

    def __init__(self, random: Random, framework: str) -> None:
        self.random, self.framework = random, framework
        self.inputs: list[Shape] = []
        self.nodes: list[Node] = []
        self.counts: Counter[str] = Counter()

    def input(self, *sizes: int) -> None:
        self.inputs.append(Shape(sizes))

    def add(self, layer: Layer, *inputs: str, tied_to: str | None = None, frozen: bool = False) -> str:
        """The layer behind the last one, or behind those named; its name."""
        kind = type(layer).__name__.lower()
        self.counts[kind] += 1
        self.nodes.append(Node(f"{kind}_{self.counts[kind]}", layer, inputs, tied_to, frozen))
        return self.last

    @property
    def last(self) -> str:
        return self.nodes[-1].name

    def number(self, least: int, most: int) -> int:
        return self.random.randint(least, most)

    def activation(self) -> str:
        return self.add(Activation(self.random.choice(ACTIVATIONS)))

    def batch_norm(self) -> str:
        return self.add(BatchNorm(statistics="parameters" if self.framework == "keras" else "buffers"))

    def padding(self, kernel: tuple[int, ...]) -> Padding:
        """Some padding that both frameworks take; it keeps a map's size where the stride is 1 and the kernel odd."""
        if self.framework == "keras":
            return self.random.choice(("valid", "same"))
        return tuple((self.number(0, k // 2),) * 2 for k in kernel)

    def keeping(self, kernel: int, rank: int) -> Padding:
        """Padding of an odd kernel that keeps the size, up to the stride."""
        return "same" if self.framework == "keras" else ((kernel // 2,) * 2,) * rank

    def recurrent(self, sequences: bool) -> RecurrentLayer:
        kind = self.random.choice((SimpleRNN, LSTM, GRU))
        biases = self.random.choice((0, 2)) if self.framework == "torch" else self.number(0, 1)
        if self.framework == "keras" and kind is GRU:
            biases = self.number(0, 2)
        return kind(self.number(3, 20), biases, sequences)

    def network(self, name: str) -> Network:
        return Network(name, tuple(self.inputs), tuple(self.nodes), self.framework)


def mlp(sketch: Sketch) -> None:
    sketch.input(sketch.number(4, 60))
    for _ in range(sketch.number(1, 4)):
        sketch.add(Dense(sketch.number(3, 40), bias=coin(sketch.random)))
        if coin(sketch.random):
            sketch.batch_norm()
        sketch.activation()
        if coin(sketch.random):
            sketch.add(Dropout(0.25))
    sketch.add(Dense(sketch.number(1, 10)))


def cnn(sketch: Sketch) -> None:
    """Convolutions with strides, dilations and groups, and pooling, in one, two or three dimensions."""
    rank = sketch.number(1, 3)
    layer = {name: getattr(all_layers, f"{name}{rank}D") for name in ("Conv", "MaxPooling", "AveragePooling")}
    sketch.input(*(sketch.number(20, 32 - 4 * rank) for _ in range(rank)), sketch.number(1, 4))
    for place in range(1 if rank == 3 else sketch.number(1, 2)):
        convolve(sketch, layer["Conv"], rank, rate=1 if place else sketch.number(1, 2))
        pool = tuple(sketch.number(1, 2) for _ in range(rank))
        stride = () if coin(sketch.random) else tuple(sketch.number(1, 2) for _ in range(rank))
        sketch.add(sketch.random.choice((layer["MaxPooling"], layer["AveragePooling"]))(pool, stride))
    if coin(sketch.random):
        sketch.add(getattr(all_layers, f"Global{sketch.random.choice(('Max', 'Average'))}Pooling{rank}D")())
    else:
        sketch.add(Flatten())
    sketch.add(Dense(sketch.number(2, 10)))


def convolve(sketch: Sketch, conv: Any, rank: int, rate: int) -> None:
    """A pointwise convolution and one that slides, with a stride or a dilation of that rate."""
    kernel, groups = tuple(sketch.number(1, 3) for _ in range(rank)), sketch.number(1, 3)
    stride, dilation = (rate, 1) if coin(sketch.random) else (1, rate)
    window = kernel, (stride,) * rank, sketch.padding(kernel), (dilation,) * rank
    sketch.add(conv(groups * sketch.number(1, 5), (1,) * rank, bias=coin(sketch.random)))
    sketch.add(conv(groups * sketch.number(1, 5), *window, groups))
    if coin(sketch.random):
        sketch.batch_norm()
    sketch.activation()


def separable(sketch: Sketch) -> None:
    sketch.input(sketch.number(16, 30), sketch.number(16, 30), sketch.number(2, 5))
    for _ in range(sketch.number(2, 4)):
        size, stride, multiplier = sketch.random.choice((3, 5)), sketch.number(1, 2), sketch.number(1, 2)
        window = (size, size), (stride, stride), sketch.keeping(size, 2)
        if coin(sketch.random):
            sketch.add(SeparableConv2D(sketch.number(3, 16), *window, multiplier=multiplier, bias=coin(sketch.random)))
        else:
            sketch.add(DepthwiseConv2D(*window, multiplier=multiplier, bias=False))
            sketch.batch_norm()
            sketch.activation()
            sketch.add(Conv2D(sketch.number(3, 16), (1, 1), bias=False))
        sketch.batch_norm()
        sketch.activation()
    sketch.add(GlobalAveragePooling2D())
    sketch.add(Dense(sketch.number(2, 10)))


def residual(sketch: Sketch) -> None:
    sketch.input(sketch.number(12, 24), sketch.number(12, 24), 3)
    width = sketch.number(4, 10)
    source = sketch.add(Conv2D(width, (3, 3), padding=sketch.keeping(3, 2)))
    for _ in range(sketch.number(2, 3)):
        stride = sketch.number(1, 2)
        project = stride > 1 or coin(sketch.random)
        width = sketch.number(4, 12) if project else width
        sketch.add(Conv2D(width, (3, 3), (stride, stride), sketch.keeping(3, 2), bias=False), source)
        sketch.batch_norm()
        sketch.activation()
        sketch.add(Conv2D(width, (3, 3), padding=sketch.keeping(3, 2), bias=False))
        branch = sketch.batch_norm()
        if project:
            source = sketch.add(Conv2D(width, (1, 1), (stride, stride)), source)
        sketch.add(Add(), branch, source)
        source = sketch.activation()
    sketch.add(GlobalAveragePooling2D())
    sketch.add(Dense(sketch.number(2, 10)))


def branches(sketch: Sketch) -> None:
    """Convolutions of several sizes side by side, joined channel by channel."""
    sketch.input(sketch.number(10, 20), sketch.number(10, 20), sketch.number(1, 4))
    source = sketch.add(Conv2D(sketch.number(3, 8), (3, 3)))
    for _ in range(sketch.number(1, 3)):
        ends = [
            sketch.add(Conv2D(sketch.number(2, 9), (size, size), padding=sketch.keeping(size, 2)), source)
            for size in (1, 3, 5)
        ]
        pad = "same" if sketch.framework == "keras" else ((1, 1), (1, 1))
        sketch.add(MaxPooling2D((3, 3), (1, 1), pad), source)
        ends.append(sketch.add(Conv2D(sketch.number(2, 6), (1, 1))))
        sketch.add(Concatenate(), *ends)
        source = sketch.activation()
    sketch.add(MaxPooling2D((2, 2)))
    sketch.add(Flatten())
    sketch.add(Dense(sketch.number(2, 10)))


def recurrent(sketch: Sketch) -> None:
    if coin(sketch.random):
        sketch.input(sketch.number(5, 12))
        sketch.add(Embedding(sketch.number(30, 300), sketch.number(4, 24)))
    else:
        sketch.input(sketch.number(5, 12), sketch.number(2, 9))
    depth = sketch.number(1, 3)
    for place in range(depth):
        layer = sketch.recurrent(sequences=place < depth - 1 or coin(sketch.random))
        merge = "concat" if sketch.framework == "torch" else sketch.random.choice(("concat", "sum", "ave", "mul"))
        sketch.add(Bidirectional(layer, merge) if coin(sketch.random) else layer)
        if coin(sketch.random):
            sketch.add(Dropout(0.3))
    sketch.add(Dense(sketch.number(2, 12)))


def text_cnn(sketch: Sketch) -> None:
    sketch.input(sketch.number(12, 30))
    source = sketch.add(Embedding(sketch.number(50, 400), sketch.number(6, 20)))
    ends = []
    for size in (2, 3, 4):
        sketch.add(Conv1D(sketch.number(3, 10), (size,)), source)
        sketch.activation()
        if coin(sketch.random):
            sketch.add(MaxPooling1D((2,)))
        ends.append(sketch.add(GlobalMaxPooling1D()))
    sketch.add(Concatenate(), *ends)
    sketch.add(Dense(sketch.number(2, 6)))


def encoder(sketch: Sketch) -> None:
    heads = sketch.number(1, 4)
    sketch.input(sketch.number(6, 16))
    sketch.add(Embedding(sketch.number(40, 300), heads * sketch.number(2, 8)))
    if sketch.framework == "torch":
        sketch.add(PositionEmbedding(sketch.number(16, 40)))
    for _ in range(sketch.number(1, 3)):
        sketch.add(EncoderBlock(heads, sketch.number(6, 60), pre_norm=coin(sketch.random), bias=coin(sketch.random)))
    sketch.add(LayerNorm())
    sketch.add(GlobalAveragePooling1D())
    sketch.add(Dense(sketch.number(2, 8)))


def language_model(sketch: Sketch) -> None:
    """A small GPT; in PyTorch its head is the table of its tokens."""
    heads, vocabulary, length = sketch.number(2, 4), sketch.number(40, 300), sketch.number(6, 14)
    tied = sketch.framework == "torch"
    sketch.input(length)
    tokens = sketch.add(Embedding(vocabulary, heads * sketch.number(2, 8)))
    if tied:
        sketch.add(PositionEmbedding(length + sketch.number(0, 9)))
    for _ in range(sketch.number(1, 3)):
        sketch.add(EncoderBlock(heads, sketch.number(6, 60), pre_norm=True))
    sketch.add(LayerNorm())
    sketch.add(Dense(vocabulary, bias=False), tied_to=tokens if tied else None)


def translator(sketch: Sketch) -> None:
    """Two inputs: an encoder's output is read by each block of the decoder."""
    heads, vocabulary = sketch.number(1, 3), sketch.number(40, 200)
    table = Embedding(vocabulary, heads * sketch.number(2, 6))
    sketch.input(sketch.number(4, 12))
    sketch.input(sketch.number(4, 12))
    source = sketch.add(table, "input")
    memory = sketch.add(EncoderBlock(heads, sketch.number(6, 40)))
    block = sketch.add(table, "input_2", tied_to=source if coin(sketch.random) else None)
    for _ in range(sketch.number(1, 2)):
        block = sketch.add(DecoderBlock(heads, sketch.number(6, 40), bias=coin(sketch.random)), block, memory)
    sketch.add(Dense(vocabulary))


def attention(sketch: Sketch) -> None:
    """A transformer's first half, put together by hand, on a sequence of features."""
    heads = sketch.number(2, 4)
    width = heads * sketch.number(2, 6)
    sketch.input(sketch.number(5, 12), sketch.number(3, 9))
    source = sketch.add(Dense(width))
    for _ in range(sketch.number(1, 2)):
        branch = sketch.add(MultiHeadAttention(heads, width // heads, bias=coin(sketch.random)), source)
        sketch.add(Add(), branch, source)
        source = sketch.add(LayerNorm())
    sketch.add(Flatten())
    sketch.add(Dense(sketch.number(2, 8)))


def twins(sketch: Sketch) -> None:
    """Two images through one set of layers."""
    sketch.input(20, 16, 1)
    sketch.input(20, 16, 1)
    conv, dense = Conv2D(sketch.number(3, 8), (3, 5), (2, 1)), Dense(sketch.number(5, 20))
    first = [sketch.add(conv, "input")]
    sketch.add(Flatten())
    first.append(sketch.add(dense))
    sketch.add(conv, "input_2", tied_to=first[0])
    sketch.add(Flatten())
    second = sketch.add(dense, tied_to=first[1])
    sketch.add(sketch.random.choice((Add(), Concatenate())), first[1], second)
    sketch.add(Dense(1))


def hourglass(sketch: Sketch) -> None:
    """Down and up again, with a connection across."""
    size, width = 8 * sketch.number(2, 3), sketch.number(3, 7)
    sketch.input(size, 2 * size, sketch.number(1, 3))
    across = sketch.add(Conv2D(width, (3, 3), padding=sketch.keeping(3, 2)))
    sketch.add(MaxPooling2D((2, 2)))
    sketch.add(Conv2D(2 * width, (3, 3), padding=sketch.keeping(3, 2)))
    sketch.add(PReLU("channel" if coin(sketch.random) else "layer"))
    if coin(sketch.random):
        sketch.add(UpSampling2D((2, 2)))
    else:
        padding: Padding = "same" if sketch.framework == "keras" else ((0, 0), (0, 0))
        sketch.add(all_layers.ConvTranspose2D(width, (2, 2), (2, 2), padding))
    sketch.add(Concatenate(), across, sketch.last)
    sketch.add(Conv2D(sketch.number(1, 4), (1, 1)))


def fine_tuned(sketch: Sketch) -> None:
    """Frozen convolutions under a head that is trained."""
    sketch.input(sketch.number(16, 28), sketch.number(16, 28), 3)
    for _ in range(sketch.number(1, 3)):
        sketch.add(Conv2D(sketch.number(4, 12), (3, 3), bias=coin(sketch.random)), frozen=True)
        sketch.activation()
    sketch.add(GlobalAveragePooling2D())
    sketch.add(Dense(sketch.number(6, 20)))
    sketch.activation()
    sketch.add(Dense(sketch.number(2, 6)))


def patches(sketch: Sketch) -> None:
    """Patches of an image as words; the class token of a ViT only PyTorch can be given."""
    heads, size = sketch.number(1, 3), sketch.random.choice((4, 5))
    width, grid = heads * sketch.number(3, 8), sketch.number(2, 4)
    sketch.input(size * grid, size * grid, 3)
    sketch.add(Conv2D(width, (size, size), (size, size)))
    if sketch.framework == "torch":
        sketch.add(Flatten())
        sketch.add(all_layers.Reshape((grid * grid, width)))
        sketch.add(ClassToken())
        sketch.add(PositionEmbedding(grid * grid + 1))
    else:
        sketch.add(all_layers.Reshape((None, width)))
    for _ in range(sketch.number(1, 2)):
        sketch.add(EncoderBlock(heads, sketch.number(6, 40), pre_norm=True))
    sketch.add(LayerNorm())
    sketch.add(GlobalAveragePooling1D())
    sketch.add(Dense(sketch.number(2, 10)))


FAMILIES: tuple[Callable[[Sketch], None], ...] = (
    mlp, cnn, separable, residual, branches, recurrent, text_cnn, encoder, language_model, translator, attention, twins,
    hourglass, fine_tuned, patches,
)  # fmt: skip


def draw_network(random: Random, place: int) -> Network:
    """A network of the family whose turn it is."""
    family, framework = FAMILIES[place % len(FAMILIES)], random.choice(("keras", "torch"))
    sketch = Sketch(random, framework)
    family(sketch)
    return sketch.network(f"{family.__name__}_{place // len(FAMILIES) + 1}")
