"""Samples as text, and the file in which some are frozen. `python -m tests.sampling.frozen` writes it again, which is
right only where the sampler was meant to draw something else: it changes the questions that people have names of."""

from __future__ import annotations

from dataclasses import MISSING, fields
from pathlib import Path

from quizgen.layers.base import Layer
from quizgen.network import Network
from quizgen.sampling import FAMILIES, LAYER_KINDS
from tests.sampling.drawing import draw

FILE = Path(__file__).parent / "frozen.txt"

DRAWS: list[tuple[str, int, int, dict[str, object]]] = [
    *((kind.name, 9, 1, {}) for kind in LAYER_KINDS),
    *((family.name, level, seed, {}) for family in FAMILIES for level in (family.level, 16) for seed in (1, 2)),
    ("cnn2d", 7, 1, {"size": 28, "kernel": [3, 5], "head": "flatten", "filters": {"min": 6, "max": 20}}),
    ("Conv2D", 5, 1, {"framework": "torch", "padding": [0, 1, "same"], "kernel": [[3, 5]]}),
]


def frozen() -> str:
    """All of the draws as text."""
    return "\n".join(text(*drawn) for drawn in DRAWS)


def text(name: str, level: int, seed: int, fixed: dict[str, object]) -> str:
    network = draw(name, level, seed, **fixed)
    inputs = " and ".join(map(str, network.inputs))
    asked = "".join(f", {setting} = {value}" for setting, value in fixed.items())
    head = f"{name}{asked}, level {level:d}, seed {seed}: {inputs}, {network.framework}\n"
    return head + "".join(f"    {line}\n" for line in nodes(network))


def nodes(network: Network) -> list[str]:
    lines = []
    for node in network.nodes:
        reads = f" of {', '.join(node.inputs)}" if node.inputs else ""
        ties = f" tied to {node.tied_to}" if node.tied_to else ""
        lines.append(f"{node.name}{reads}{ties}: {described(node.layer)}")
    return lines


def described(layer: Layer) -> str:
    """The kind of layer, and its settings but those that have their default."""
    given = [
        f"{field.name}={described(value) if isinstance(value, Layer) else repr(value)}"
        for field in fields(layer)
        if (value := getattr(layer, field.name)) != field.default or field.default is MISSING
    ]
    return f"{type(layer).__name__}({', '.join(given)})"


if __name__ == "__main__":
    FILE.write_text(frozen(), encoding="utf-8")
