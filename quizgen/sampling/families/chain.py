"""A network in the making: nodes one after the other, named as people name them."""

from __future__ import annotations

from collections import Counter

from quizgen.layers.base import Layer, Shape
from quizgen.layers.graph import Node, input_name
from quizgen.network import Network


class Chain:
    """Layers in the order in which they are added: `conv1`, `pool1`, `conv2`, `flatten`, `output`."""

    def __init__(self, *inputs: Shape) -> None:
        self.last = input_name(0)
        self._inputs = inputs
        self._shapes = {input_name(index): x for index, x in enumerate(inputs)}
        self._nodes: dict[str, Node] = {}
        self._sources: dict[str, tuple[str, ...]] = {}
        self._numbers: Counter[str] = Counter()

    @property
    def shape(self) -> Shape:
        """What the last layer puts out."""
        return self.shape_of(self.last)

    def shape_of(self, name: str) -> Shape:
        """What a layer puts out; worked out when somebody needs it."""
        if name not in self._shapes:
            self._shapes[name] = self._nodes[name].layer.output(*map(self.shape_of, self._sources[name]))
        return self._shapes[name]

    def add(self, role: str, layer: Layer, *sources: str) -> str:
        """One more layer of this role, counted: its name. It reads the layer before it, or the sources."""
        self._numbers[role] += 1
        return self.once(f"{role}{self._numbers[role]}", layer, *sources)

    def once(self, name: str, layer: Layer, *sources: str, tied_to: str | None = None) -> str:
        """A layer whose role occurs once, under its own name."""
        # A layer that reads the one before it needs not say so.
        self._nodes[name] = Node(name, layer, () if sources == (self.last,) else sources, tied_to)
        self._sources[name] = sources or (self.last,)
        self.last = name
        return name

    def network(self, name: str, framework: str) -> Network:
        return Network(name, self._inputs, tuple(self._nodes.values()), framework)
