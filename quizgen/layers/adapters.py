"""Low-rank adapters: a frozen layer, and beside it two thin trained matrices (Hu et al. 2021, arXiv:2106.09685)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from quizgen.errors import LayerError
from quizgen.layers.attention import MultiHeadAttention
from quizgen.layers.base import Shape, check_sizes
from quizgen.layers.dense import Dense
from quizgen.layers.graph import Composite, Node
from quizgen.layers.merging import Add


@dataclass(frozen=True, slots=True)
class LoRA(Composite):
    """W x + b + B A x, where only A (rank × features) and B (units × rank) are trained (eq. 3).

    rank · (features + units) trainable parameters. The bias stays frozen with its weights, as in the paper and by
    default in PEFT; Keras's `Dense.enable_lora` leaves the bias trainable. MACs are those of training, with A and B
    apart; once they are added to W they cost nothing.
    """

    base: Dense
    rank: int

    def __post_init__(self) -> None:
        check_sizes(self, rank=self.rank)

    def nodes(self, *inputs: Shape) -> tuple[Node, ...]:
        return (
            Node("base", self.base, ("input",), frozen=True),
            Node("down", Dense(self.rank, bias=False), ("input",)),
            Node("up", Dense(self.base.units, bias=False)),
            Node("add", Add(), ("base", "up")),
        )


PROJECTIONS = ("query", "key", "value", "output")


@dataclass(frozen=True, slots=True)
class LoRAAttention(Composite):
    """Self-attention with adapters on some of its dense layers and the rest frozen.

    targets: the adapted ones among query, key, value and output; the paper adapts query and value (sec. 5.1).
    """

    base: MultiHeadAttention
    rank: int
    targets: tuple[str, ...] = ("query", "value")

    def __post_init__(self) -> None:
        check_sizes(self, rank=self.rank)
        if self.base.arity != 1:
            raise LayerError("LoRAAttention adapts self-attention, which reads one input.")
        if not self.targets or not set(self.targets) <= set(PROJECTIONS):
            raise LayerError(
                f"LoRAAttention: targets = {self.targets} are not dense layers of attention.",
                remedy=f"Choose among {', '.join(PROJECTIONS)}.",
            )

    def nodes(self, *inputs: Shape) -> tuple[Node, ...]:
        return tuple(self.adapted(node) for node in self.base.nodes(*inputs))

    def adapted(self, node: Node) -> Node:
        if node.name in self.targets and isinstance(node.layer, Dense):
            return replace(node, layer=LoRA(node.layer, self.rank))
        return replace(node, frozen=True)
