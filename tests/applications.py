"""Facts about the models of keras.applications as Keras measured them, and how they are written down."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from quizgen.network import non_trainable_total, trainable_total
from quizgen.readers.reading import Reading
from quizgen.unknown import known

FOLDER = Path(__file__).parent / "cases" / "applications"
FILE = FOLDER / "facts.json"
KEPT = ("ConvNeXtTiny", "EfficientNetB0", "MobileNet", "MobileNetV3Small")
"""Models whose JSON is kept: one with models in it and a layer of its own, one with gates, a plain one, and one whose
input has no size."""


class LayerFacts(NamedTuple):
    """A layer by its path through nested models, and its output, None for a size that is open."""

    name: str
    kind: str
    output: tuple[int | None, ...]
    trainable: int
    non_trainable: int


class ModelFacts(NamedTuple):
    """The totals of a model, how many layers it has, and a digest of what is known of each."""

    trainable: int
    non_trainable: int
    layers: int
    digest: str


def model_facts(trainable: int, non_trainable: int, layers: Iterable[LayerFacts]) -> ModelFacts:
    lines = sorted(json.dumps(layer) for layer in layers)
    return ModelFacts(trainable, non_trainable, len(lines), sha256("\n".join(lines).encode()).hexdigest()[:16])


def our_layers(reading: Reading) -> list[LayerFacts]:
    """The layers as they were read and counted; one that is used again counts nothing there."""
    return [
        LayerFacts(row.name, reading.types[row.name], tuple(map(known, row.output)), row.trainable, row.non_trainable)
        for row in reading.network.rows
    ]


def ours(reading: Reading) -> ModelFacts:
    rows = reading.network.rows
    return model_facts(trainable_total(rows), non_trainable_total(rows), our_layers(reading))


def recorded() -> dict[str, ModelFacts]:
    return {name: ModelFacts(**facts) for name, facts in json.loads(FILE.read_text(encoding="utf-8"))["models"].items()}


def kept_json(name: str) -> str:
    return gzip.decompress((FOLDER / f"{name}.json.gz").read_bytes()).decode("utf-8")


def keep(name: str, text: str) -> None:
    """Write a model's JSON down, the same bytes every time."""
    (FOLDER / f"{name}.json.gz").write_bytes(gzip.compress(text.encode("utf-8"), mtime=0))


def write(versions: dict[str, str], command: str, models: dict[str, ModelFacts]) -> None:
    """One model a line, so that a change shows as the lines that changed."""
    head = json.dumps({"recorded by": command, "versions": versions})[1:-1]
    lines = ",\n".join(f"{json.dumps(name)}: {json.dumps(facts._asdict())}" for name, facts in models.items())
    FILE.write_text(f'{{{head}, "models": {{\n{lines}\n}}}}\n', encoding="utf-8")
