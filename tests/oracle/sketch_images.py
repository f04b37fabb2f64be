"""Random networks over features and images."""

from __future__ import annotations

from typing import Any

from quizgen import layers as all_layers
from quizgen.layers import (
    Add,
    Concatenate,
    Conv2D,
    ConvTranspose2D,
    Dense,
    DepthwiseConv2D,
    Dropout,
    Flatten,
    GlobalAveragePooling2D,
    MaxPooling2D,
    PReLU,
    SeparableConv2D,
    UpSampling2D,
)
from quizgen.layers.sliding import Padding
from tests.oracle.drawing import coin
from tests.oracle.sketch import Sketch


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
        sketch.add(MaxPooling2D((3, 3), (1, 1), sketch.keeping(3, 2)), source)
        ends.append(sketch.add(Conv2D(sketch.number(2, 6), (1, 1))))
        sketch.add(Concatenate(), *ends)
        source = sketch.activation()
    sketch.add(MaxPooling2D((2, 2)))
    sketch.add(Flatten())
    sketch.add(Dense(sketch.number(2, 10)))


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
        sketch.add(ConvTranspose2D(width, (2, 2), (2, 2), padding))
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
