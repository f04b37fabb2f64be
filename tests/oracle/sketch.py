"""A random network in the making: a neutral description, in terms of layers and their wiring only."""

from __future__ import annotations

from collections import Counter
from random import Random

from quizgen.layers import GRU, LSTM, Activation, BatchNorm, Layer, Shape, SimpleRNN
from quizgen.layers.graph import Node
from quizgen.layers.recurrent import RecurrentLayer
from quizgen.layers.sliding import Padding
from quizgen.network import Network

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
