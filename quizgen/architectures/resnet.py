"""Residual networks (He, Zhang, Ren & Sun 2016, arXiv:1512.03385)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from quizgen.architectures.base import classifier, conv2d, relu
from quizgen.layers import Add, BatchNorm, GlobalAveragePooling2D, MaxPooling2D, Shape
from quizgen.layers.graph import Node
from quizgen.layers.normalization import Statistics
from quizgen.network import Network


@dataclass(frozen=True, slots=True)
class Recipe:
    """In what the frameworks' versions of the same network differ.

    statistics: how batch normalization's moving statistics are counted.
    bias: whether convolutions have one, although the normalization behind them takes it away again.
    early_stride: whether a bottleneck halves the map in its first 1 × 1 convolution (v1, the paper) or in its 3 × 3
        (v1.5, torchvision): the same parameters, other MACs and receptive fields.
    """

    framework: str
    statistics: Statistics
    bias: bool
    early_stride: bool


TORCHVISION = Recipe("torch", statistics="buffers", bias=False, early_stride=False)
KERAS = Recipe("keras", statistics="parameters", bias=True, early_stride=True)


@dataclass(frozen=True, slots=True)
class Residual:
    """A residual block: the filters of its convolutions, their kernels, and which of them takes the stride."""

    filters: tuple[int, ...]
    kernels: tuple[int, ...]
    stride_at: int = 0

    def nodes(self, name: str, source: str, stride: int, project: bool, recipe: Recipe) -> tuple[Node, ...]:
        """The branch, the shortcut (through a 1 × 1 convolution where it has to change its shape), and their sum."""
        branch: list[Node] = []
        for place, (filters, kernel) in enumerate(zip(self.filters, self.kernels, strict=True)):
            if place:
                branch.append(relu(f"{name}_relu{place}"))
            step = stride if place == self.stride_at else 1
            inputs = () if place else (source,)
            branch += normalized(f"{name}_{place + 1}", filters, kernel, step, recipe, inputs)
        end = branch[-1].name
        if project:
            branch += normalized(f"{name}_shortcut", self.filters[-1], 1, stride, recipe, (source,))
            source = branch[-1].name
        return (*branch, Node(f"{name}_add", Add(), (end, source)), relu(f"{name}_out"))


def basic(filters: int, recipe: Recipe) -> Residual:
    """Two convolutions of 3 × 3 (fig. 5, left)."""
    return Residual((filters, filters), (3, 3))


def bottleneck(filters: int, recipe: Recipe) -> Residual:
    """Down to fewer channels, a convolution of 3 × 3 there, and up to four times as many (fig. 5, right)."""
    return Residual((filters, filters, 4 * filters), (1, 3, 1), stride_at=0 if recipe.early_stride else 1)


Block: TypeAlias = Callable[[int, Recipe], Residual]


def normalized(
    name: str, filters: int, kernel: int, stride: int, recipe: Recipe, inputs: tuple[str, ...] = ()
) -> tuple[Node, ...]:
    """A convolution that keeps the size of the map, stride apart, and its batch normalization."""
    layer = conv2d(filters, kernel, stride, kernel // 2 or "valid", bias=recipe.bias)
    return Node(f"{name}_conv", layer, inputs), Node(f"{name}_bn", BatchNorm(statistics=recipe.statistics))


def stages(
    block: Block,
    filters: tuple[int, ...],
    depths: tuple[int, ...],
    stem: tuple[Node, ...],
    channels: int,
    recipe: Recipe,
) -> tuple[Node, ...]:
    """So many blocks of each width behind a stem of so many channels; each stage but the first halves the map."""
    nodes = list(stem)
    for stage, (width, depth) in enumerate(zip(filters, depths, strict=True), start=1):
        residual = block(width, recipe)
        for place in range(1, depth + 1):
            stride = 2 if stage > 1 and place == 1 else 1
            project = stride > 1 or channels != residual.filters[-1]
            nodes += residual.nodes(f"stage{stage}_block{place}", nodes[-1].name, stride, project, recipe)
            channels = residual.filters[-1]
    return tuple(nodes)


def resnet(name: str, block: Block, depths: tuple[int, ...], recipe: Recipe = TORCHVISION) -> Network:
    """A ResNet for ImageNet (table 1)."""
    stem = (
        *normalized("stem", 64, 7, 2, recipe),
        relu("stem_relu"),
        Node("stem_pool", MaxPooling2D((3, 3), (2, 2), ((1, 1), (1, 1)))),
    )
    body = stages(block, (64, 128, 256, 512), depths, stem, 64, recipe)
    return assembled(name, Shape((224, 224, 3)), body, 1000, recipe)


def resnet_20(name: str) -> Network:
    """The ResNet with 20 layers for CIFAR-10 (section 4.2), with projections on the shortcuts that change their shape.

    The paper pads these with zeros instead, which saves 2,752 parameters: 269,722.
    """
    stem = (*normalized("stem", 16, 3, 1, TORCHVISION), relu("stem_relu"))
    body = stages(basic, (16, 32, 64), (3, 3, 3), stem, 16, TORCHVISION)
    return assembled(name, Shape((32, 32, 3)), body, 10, TORCHVISION)


def assembled(name: str, image: Shape, body: tuple[Node, ...], classes: int, recipe: Recipe) -> Network:
    """Stem and stages, and the mean of each map for the classifier."""
    head = (Node("avgpool", GlobalAveragePooling2D()), *classifier("fc", classes))
    return Network(name, (image,), (*body, *head), recipe.framework)
