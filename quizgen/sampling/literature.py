"""Networks from the literature as something that a question can be about: one of their layers, a block, or all of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import ClassVar

from quizgen.errors import TemplateError, nearest
from quizgen.layers.graph import Row
from quizgen.network import Network
from quizgen.sampling.conventions import FRAMEWORKS
from quizgen.sampling.cutting import block_alone, layer_alone
from quizgen.sampling.fitting import fits
from quizgen.sampling.request import Request
from quizgen.sampling.series import Level
from quizgen.sampling.subject import LayerKind


@dataclass(frozen=True, slots=True)
class Literature:
    """Networks of which one is drawn.

    names: theirs. kinds: the kinds of layers of which one is drawn in it, with the settings that `fixed` asks for;
    blocks: the blocks of which one is drawn. With neither of them it is the whole network.
    """

    names: tuple[str, ...]
    kinds: tuple[LayerKind, ...]
    blocks: tuple[str, ...]
    fixed: Mapping[str, object]

    level: ClassVar[Level] = Level.VOCABULARY
    frameworks: ClassVar[tuple[str, ...]] = FRAMEWORKS

    @property
    def name(self) -> str:
        return " or ".join(self.names)

    @property
    def settings(self) -> tuple[str, ...]:
        """Those by which its layer is chosen: what all of the kinds have."""
        first, *others = self.kinds or (None,)
        common = first.settings if first else ("framework",)
        return tuple(name for name in common if all(kind and name in kind.settings for kind in others))

    def draw(self, request: Request) -> Network:
        """A network whose last layer the question is about. Raises TemplateError where none has such a layer."""
        networks = [built(name) for name in self.names]
        if self.blocks:
            return block_alone(request.stream.choice(networks), request.stream.choice(self.blocks))
        if not self.kinds:
            return request.stream.choice(networks)
        found = [(network, rows) for network in networks if (rows := self.layers(network))]
        if not found:
            raise TemplateError(
                f"{self.name} has no such layer.", remedy="Fix fewer settings, or name another network."
            )
        network, rows = request.stream.choice(found)
        return layer_alone(network, request.stream.choice(rows))

    def layers(self, network: Network) -> list[Row]:
        """The layers of the kinds that have the settings."""
        return [row for row in network.rows if any(is_of(kind, row, network, self.fixed) for kind in self.kinds)]


def is_of(kind: LayerKind, row: Row, network: Network, fixed: Mapping[str, object]) -> bool:
    """Whether a layer is of that very kind and has the settings."""
    return type(row.layer) is kind.kind and fits(row, network.framework, fixed)


@cache
def built(name: str) -> Network:
    """A network from the literature, walked once."""
    from quizgen.architectures import architecture

    return architecture(name)


def read_literature(about: Mapping[str, object], kinds: Mapping[str, LayerKind]) -> Literature:
    """What `{ architecture = ["vgg-16", "alexnet"], layer = "Conv2D", kernel = 3 }` names.

    Raises TemplateError where there is no such network, layer or block.
    """
    from quizgen.architectures import ARCHITECTURES

    fixed = dict(about)
    names = listed(fixed.pop("architecture"), "architecture", ARCHITECTURES)
    block = listed(fixed.pop("block"), "block") if "block" in fixed else ()
    if block and "layer" in fixed:
        raise TemplateError("“about” names a layer and a block.", remedy="Name one of them.")
    for name in names:
        for part in block:
            block_alone(built(name), part)
    if "layer" not in fixed:
        return Literature(names, (), block, fixed)
    layers = listed(fixed.pop("layer"), "layer", kinds)
    return Literature(names, tuple(kinds[layer] for layer in layers), (), fixed)


def listed(written: object, field: str, known: Mapping[str, object] | None = None) -> tuple[str, ...]:
    """A name or a list of names."""
    names = written if isinstance(written, list) else [written]
    for name in names:
        if not isinstance(name, str) or (known is not None and name not in known):
            raise TemplateError(f"there is no {field} “{name}”.", remedy=nearest(str(name), known or ()))
    if not names:
        raise TemplateError(f"“{field}” is an empty list.", remedy=f'Write {field} = "...".')
    return tuple(names)
