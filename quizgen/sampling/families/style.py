"""What all layers of a network have in common, and what stands behind each of them."""

from __future__ import annotations

from typing import NamedTuple

from quizgen.layers import Activation, Dropout, GroupNorm, LayerNorm
from quizgen.layers.base import Layer
from quizgen.sampling.conventions import batch_norm
from quizgen.sampling.families.chain import Chain
from quizgen.sampling.layers.normalization import RATES
from quizgen.sampling.request import Request
from quizgen.sampling.series import Level

ROLES = {"batch": "bn", "layer": "ln", "group": "gn"}
GROUPS = (4, 2, 3, 5, 1)


class Style(NamedTuple):
    """Whether layers have biases, which normalization follows them, and which activation."""

    bias: bool
    normalization: str
    activation: str
    framework: str

    def finish(self, chain: Chain) -> None:
        """What stands behind a layer: its normalization, its activation."""
        if self.normalization != "none":
            chain.add(ROLES[self.normalization], self.norm(chain.shape.channels))
        if self.activation != "none":
            chain.add("activation", Activation(self.activation))

    def norm(self, channels: int) -> Layer:
        if self.normalization == "batch":
            return batch_norm(self.framework)
        if self.normalization == "group":
            return GroupNorm(next(groups for groups in GROUPS if channels % groups == 0))
        return LayerNorm()


def draw_style(request: Request, *, normalized: float = 0.5, activated: float = 0.0) -> Style:
    """A style; where it is left open it has batch normalization, or an activation as a layer of its own, this often."""
    normalizes = request.level >= Level.NORMALIZATION and request.stream.chance(normalized)
    activates = request.level >= Level.DENSE_STACKS and request.stream.chance(activated)
    return Style(
        request.flag("bias", True),
        request.draw("normalization", ("batch",) if normalizes else ("none",)),
        request.draw("activation", ("relu", "relu", "tanh") if activates else ("none",)),
        request.framework,
    )


def add_dropout(request: Request, chain: Chain) -> None:
    """Dropout, which changes neither shapes nor counts."""
    chain.once("dropout", Dropout(request.stream.choice(RATES)))
