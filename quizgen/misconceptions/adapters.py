"""How the rules of `layers/adapters.py` are missed."""

from __future__ import annotations

from quizgen.layers.adapters import LoRA
from quizgen.layers.base import Shape
from quizgen.layers.graph import Node
from quizgen.misconceptions.base import Assembly, Misconception


def only_the_frozen_layer(truth: Assembly, lora: LoRA, x: Shape) -> tuple[Node, ...]:
    return truth(lora, x)[:1]


MISCONCEPTIONS = (
    Misconception(
        id="lora-adds-nothing",
        topic="transformer",
        rule=LoRA.nodes,
        wrong=only_the_frozen_layer,
        belief="An adapter only changes the weights that are there, and adds none.",
        mend="Beside the frozen layer two matrices of rank {rank} are trained, until they are added to its weights.",
        grade="A",
    ),
)
