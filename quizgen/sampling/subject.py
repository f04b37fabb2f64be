"""What a template can be about: a kind of layer, or a family of networks."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar, TypeAlias

from quizgen.layers.base import Layer, Shape
from quizgen.layers.graph import Node, input_name
from quizgen.network import Network
from quizgen.sampling.conventions import FRAMEWORKS
from quizgen.sampling.request import Request
from quizgen.sampling.series import Level

Drawn: TypeAlias = tuple[Layer, tuple[Shape, ...]]
"""A layer and the shapes that it reads."""


@dataclass(frozen=True, slots=True)
class LayerKind:
    """A kind of layer that can be drawn on an input of its own.

    role: what the layer is called in a network. own: the settings of `about` that it has, beside `framework`.
    frameworks: those that have such a layer.
    """

    kind: type[Layer]
    role: str
    drawn_by: Callable[[Request, Any], Drawn]
    own: tuple[str, ...]
    frameworks: tuple[str, ...] = FRAMEWORKS

    level: ClassVar[Level] = Level.VOCABULARY
    """A layer that is asked for by name is drawn at any level."""

    @property
    def name(self) -> str:
        return self.kind.__name__

    @property
    def summary(self) -> str:
        """One line on what it is."""
        return first_paragraph(self.kind)

    @property
    def settings(self) -> tuple[str, ...]:
        return ("framework", *self.own)

    def draw(self, request: Request) -> Network:
        layer, inputs = self.drawn_by(request, self.kind)
        sources = tuple(map(input_name, range(len(inputs)))) if len(inputs) > 1 else ()
        return Network(self.name, inputs, (Node(self.role, layer, sources),), request.framework)


@dataclass(frozen=True, slots=True)
class Family:
    """A family of networks.

    level: the first at which it occurs. own: the settings of `about` that it has, beside `framework`.
    """

    name: str
    level: Level
    draw: Callable[[Request], Network]
    own: tuple[str, ...]
    frameworks: tuple[str, ...] = FRAMEWORKS

    @property
    def summary(self) -> str:
        """One line on what it is."""
        return first_paragraph(self.draw)

    @property
    def settings(self) -> tuple[str, ...]:
        return ("framework", *self.own)


def first_paragraph(described: object) -> str:
    """The first sentence of the documentation, in one line."""
    text = inspect.getdoc(described) or ""
    return " ".join(text.split("\n\n")[0].split())
