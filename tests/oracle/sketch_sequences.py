"""Random networks over sequences: recurrent, convolutional, and transformers."""

from __future__ import annotations

from quizgen.layers import (
    Add,
    Bidirectional,
    ClassToken,
    Concatenate,
    Conv1D,
    Conv2D,
    DecoderBlock,
    Dense,
    Dropout,
    Embedding,
    EncoderBlock,
    Flatten,
    GlobalAveragePooling1D,
    GlobalMaxPooling1D,
    LayerNorm,
    MaxPooling1D,
    MultiHeadAttention,
    PositionEmbedding,
    Reshape,
)
from quizgen.layers.recurrent import Merge
from tests.oracle.drawing import coin
from tests.oracle.sketch import Sketch


def recurrent(sketch: Sketch) -> None:
    if coin(sketch.random):
        sketch.input(sketch.number(5, 12))
        sketch.add(Embedding(sketch.number(30, 300), sketch.number(4, 24)))
    else:
        sketch.input(sketch.number(5, 12), sketch.number(2, 9))
    depth = sketch.number(1, 3)
    for place in range(depth):
        layer = sketch.recurrent(sequences=place < depth - 1 or coin(sketch.random))
        merges: tuple[Merge, ...] = ("concat", "sum", "ave", "mul") if sketch.framework == "keras" else ("concat",)
        sketch.add(Bidirectional(layer, sketch.random.choice(merges)) if coin(sketch.random) else layer)
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


def patches(sketch: Sketch) -> None:
    """Patches of an image as words; the class token of a ViT only PyTorch can be given."""
    heads, size = sketch.number(1, 3), sketch.random.choice((4, 5))
    width, grid = heads * sketch.number(3, 8), sketch.number(2, 4)
    sketch.input(size * grid, size * grid, 3)
    sketch.add(Conv2D(width, (size, size), (size, size)))
    if sketch.framework == "torch":
        sketch.add(Flatten())
        sketch.add(Reshape((grid * grid, width)))
        sketch.add(ClassToken())
        sketch.add(PositionEmbedding(grid * grid + 1))
    else:
        sketch.add(Reshape((None, width)))
    for _ in range(sketch.number(1, 2)):
        sketch.add(EncoderBlock(heads, sketch.number(6, 40), pre_norm=True))
    sketch.add(LayerNorm())
    sketch.add(GlobalAveragePooling1D())
    sketch.add(Dense(sketch.number(2, 10)))
