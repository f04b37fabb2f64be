"""Facts about whole networks as Keras and PyTorch measured them, layer by layer, and how they are written down."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quizgen.layers.base import Shape
from quizgen.layers.graph import Node
from quizgen.network import Network, non_trainable_total, trainable_total
from tests.facts import Facts, decode, encode

FILE = Path(__file__).parent / "cases" / "networks.json"


@dataclass(frozen=True, slots=True)
class NetworkFacts:
    """What is compared of a network: each of its layers, and what the framework counts for all of them together."""

    layers: tuple[Facts, ...]
    trainable: int
    non_trainable: int


@dataclass(frozen=True, slots=True)
class NetworkCase:
    """A network, and what its framework found."""

    network: Network
    facts: NetworkFacts


def ours(case: NetworkCase) -> NetworkFacts:
    """The facts as our rules give them; MACs only where a counter outside counts as we do."""
    rows = case.network.rows
    layers = (
        Facts(row.output, row.trainable, row.non_trainable, None if theirs.macs is None else row.macs)
        for row, theirs in zip(rows, case.facts.layers, strict=True)
    )
    return NetworkFacts(tuple(layers), trainable_total(rows), non_trainable_total(rows))


def read() -> list[NetworkCase]:
    return [decode_case(case) for case in json.loads(FILE.read_text(encoding="utf-8"))["networks"]]


def write(versions: dict[str, str], command: str, cases: list[NetworkCase]) -> None:
    """One layer a line, so that a change shows as the lines that changed."""
    head = json.dumps({"recorded by": command, "versions": versions})[1:-1]
    networks = ",\n".join(map(written, cases))
    FILE.write_text(f'{{{head}, "networks": [\n{networks}\n]}}\n', encoding="utf-8")


def written(case: NetworkCase) -> str:
    network, facts = case.network, case.facts
    head = {
        "name": network.name,
        "framework": network.framework,
        "inputs": network.inputs,
        "trainable": facts.trainable,
        "non_trainable": facts.non_trainable,
    }
    lines = (json.dumps(encode_node(node, found)) for node, found in zip(network.nodes, facts.layers, strict=True))
    return f'{json.dumps(head)[:-1]}, "layers": [\n ' + ",\n ".join(lines) + "]}"


def encode_node(node: Node, facts: Facts) -> dict[str, Any]:
    settings = encode(node.layer)
    usual = {"inputs": (), "tied_to": None, "frozen": False}
    wiring = {name: getattr(node, name) for name, value in usual.items() if getattr(node, name) != value}
    found = {name: value for name, value in facts._asdict().items() if value is not None}
    return {"name": node.name, "layer": settings, **wiring, **found}


def decode_case(case: dict[str, Any]) -> NetworkCase:
    nodes = tuple(
        Node(
            layer["name"],
            decode(layer["layer"]),
            tuple(layer.get("inputs", ())),
            layer.get("tied_to"),
            layer.get("frozen", False),
        )
        for layer in case["layers"]
    )
    layers = (
        Facts(Shape(layer["output"]), layer["trainable"], layer["non_trainable"], layer.get("macs"))
        for layer in case["layers"]
    )
    network = Network(case["name"], tuple(map(Shape, case["inputs"])), nodes, case["framework"])
    return NetworkCase(network, NetworkFacts(tuple(layers), case["trainable"], case["non_trainable"]))
