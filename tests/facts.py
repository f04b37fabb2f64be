"""Facts about single layers as Keras and PyTorch measured them: how they are written down, and how ours are read."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, NamedTuple

from quizgen.layers import LAYERS
from quizgen.layers.base import Layer, Shape
from quizgen.layers.graph import Node, input_name, walk

FOLDER = Path(__file__).parent / "cases" / "layers"


class Facts(NamedTuple):
    """What is compared of a layer. `macs` is None where no counter outside counts as we do."""

    output: Shape
    trainable: int
    non_trainable: int
    macs: int | None


@dataclass(frozen=True, slots=True)
class Case:
    """A layer, what it reads, and what the frameworks named in `by` found."""

    layer: Layer
    inputs: tuple[Shape, ...]
    facts: Facts
    by: tuple[str, ...]


def ours(layer: Layer, inputs: tuple[Shape, ...]) -> Facts:
    """The facts as our rules give them."""
    names = tuple(map(input_name, range(len(inputs))))
    (row,) = walk([Node("layer", layer, names)], inputs)
    return Facts(row.output, row.trainable, row.non_trainable, row.macs)


def read(path: Path) -> list[Case]:
    return [decode_case(case) for case in json.loads(path.read_text(encoding="utf-8"))["cases"]]


def write(path: Path, versions: dict[str, str], command: str, cases: list[Case]) -> None:
    """One case a line, so that a change shows as the lines that changed."""
    lines = ",\n".join(json.dumps(encode_case(case)) for case in cases)
    head = json.dumps({"recorded by": command, "versions": versions})[1:-1]
    path.write_text(f'{{{head}, "cases": [\n{lines}\n]}}\n', encoding="utf-8")


def encode_case(case: Case) -> dict[str, Any]:
    facts = {name: value for name, value in case.facts._asdict().items() if value is not None}
    return {"layer": encode(case.layer), "inputs": case.inputs, **facts, "by": case.by}


def decode_case(case: dict[str, Any]) -> Case:
    facts = Facts(Shape(case["output"]), case["trainable"], case["non_trainable"], case.get("macs"))
    return Case(decode(case["layer"]), tuple(map(Shape, case["inputs"])), facts, tuple(case["by"]))


def encode(layer: Layer) -> dict[str, Any]:
    """`{"kind": "Conv2D", "filters": 32, "kernel": [3, 3], ...}`; a layer inside a layer likewise."""
    settings = {field.name: getattr(layer, field.name) for field in fields(layer) if field.init}
    plain = {name: encode(value) if isinstance(value, Layer) else value for name, value in settings.items()}
    return {"kind": type(layer).__name__, **plain}


def decode(value: Any) -> Any:
    """The layer that `encode` wrote; lists inside it become tuples."""
    if isinstance(value, list):
        return tuple(map(decode, value))
    if not isinstance(value, dict):
        return value
    kinds = {kind.__name__: kind for kind in LAYERS}
    return kinds[value["kind"]](**{name: decode(setting) for name, setting in value.items() if name != "kind"})
