"""One layer in Keras's JSON: its class, its name and its settings, whatever the format."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from quizgen.errors import Place, QuizgenError
from quizgen.layers.base import Shape
from quizgen.readers.reading import ReadError
from quizgen.readers.shapes import LARGEST, shortened
from quizgen.unknown import UNKNOWN

MODELS = frozenset({"Sequential", "Functional", "Model"})
FUNCTIONS = {"sub": "Subtract", "mul": "Multiply", "truediv": "Divide", "concat": "Concatenate"}
"""What Keras 2 writes down for operations on tensors, as far as Keras 3 has other names for them."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An object with `class_name` and `config`. source: the file that it's from."""

    values: Mapping[str, Any]
    source: str

    @property
    def kind(self) -> str:
        """Keras's name of the layer, without the package of one that was registered: `Custom>Scale`."""
        kind = str(self.values["class_name"]).rpartition(">")[2]
        if kind == "TFOpLambda":
            function = str(self.config.get("function")).rpartition(".")[2]
            return FUNCTIONS.get(function, function.capitalize())
        return kind

    @property
    def config(self) -> Mapping[str, Any]:
        config = self.values.get("config")
        return config if isinstance(config, dict) else {"layers": config if isinstance(config, list) else []}

    @property
    def name(self) -> str:
        return str(self.config.get("name") or self.values.get("name") or self.kind.lower())

    @property
    def is_model(self) -> bool:
        return self.kind in MODELS or isinstance(self.config.get("layers"), list)

    @property
    def is_frozen(self) -> bool:
        return self.config.get("trainable") is False

    def listed(self, key: str) -> list[Any]:
        """A list beside the configuration or in it; empty where there is none."""
        value = self.values.get(key, self.config.get(key))
        if value is None:
            return []
        if not isinstance(value, list):
            raise self.error(f"{key} is no list.")
        return value

    @property
    def place(self) -> Place | None:
        return Place(self.source) if self.source else None

    @contextmanager
    def blamed(self) -> Iterator[None]:
        """Errors that come up in here are about this layer."""
        try:
            yield
        except QuizgenError as error:
            raise self.error(error.what, remedy=error.remedy) from error

    def error(self, what: str, *, remedy: str = "") -> ReadError:
        return ReadError(f"layer “{shortened(self.name)}”: {what}", place=self.place, remedy=remedy)


def entry_of(value: Any, source: str, where: str) -> Entry:
    """An object of the JSON as a layer; raises ReadError, saying where it stands, for anything else."""
    place = Place(source) if source else None
    if not isinstance(value, dict) or not isinstance(value.get("class_name"), str):
        raise ReadError(f"{where} is no layer: it has no class_name.", place=place)
    if not isinstance(value.get("config", {}), dict | list):
        raise ReadError(f"{where} has a config that is no object.", place=place)
    return Entry(value, source)


def entries(model: Entry) -> Iterator[Entry]:
    """The layers of a model, in the order of the JSON. Raises ReadError where one is none, or two have one name."""
    names = set[str]()
    for number, value in enumerate(model.listed("layers"), start=1):
        entry = entry_of(value, model.source, f"layer {number} of “{shortened(model.name)}”")
        if entry.name in names:
            raise entry.error("another layer has its name.")
        names.add(entry.name)
        yield entry


def shape_of(batched: Any) -> Shape | None:
    """A shape with its batch axis, as Keras writes it; None for what is none."""
    if not isinstance(batched, list) or not all(size is None or type(size) is int for size in batched):
        return None
    sizes = batched[1:]
    if not sizes or not all(size is None or 1 <= size <= LARGEST for size in sizes):
        return None
    return Shape(UNKNOWN if size is None else size for size in sizes)
