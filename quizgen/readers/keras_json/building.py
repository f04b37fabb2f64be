"""The engine's network out of the layers of Keras's JSON: nested models are laid open, shared layers stay shared."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from quizgen.errors import QuizgenError, nearest
from quizgen.layers.base import Layer, Shape
from quizgen.layers.given import Given
from quizgen.layers.graph import TEXTBOOK, Node, input_name, visit
from quizgen.readers.keras_json.calls import Ref, calls_of, recorded_shapes, refs
from quizgen.readers.keras_json.entries import Entry, entries, entry_of, shape_of
from quizgen.readers.keras_layers import KNOWN, Settings, inputs_of, keras_layer
from quizgen.readers.reading import ReadError
from quizgen.readers.shapes import shortened

MOST_LAYERS = 5_000
"""Models within models can call each other more often than anybody could wait for."""


class Tensor(NamedTuple):
    """What a node, or an input of the network, puts out."""

    node: str
    shape: Shape


@dataclass(frozen=True, slots=True)
class Within:
    """The model that a layer stands in: the path to it, and whether it's kept from training."""

    path: str = ""
    frozen: bool = False

    def inside(self, model: Entry) -> Within:
        return Within(f"{self.path}{model.name}/", self.frozen or model.is_frozen)


@dataclass
class Builder:
    """The nodes so far. assume: parameters of layers that nobody knows, by their name or their kind."""

    assume: Mapping[str, int]
    nodes: list[Node] = field(default_factory=list)
    types: dict[str, str] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
    uses: dict[str, int] = field(default_factory=dict)

    def model(self, model: Entry, given: Sequence[Tensor], within: Within) -> list[Tensor]:
        """A model called on these tensors: what comes out of it."""
        if model.kind == "Sequential":
            return self.sequential(model, given, within)
        return self.functional(model, given, within)

    def sequential(self, model: Entry, given: Sequence[Tensor], within: Within) -> list[Tensor]:
        tensors = list(given)
        for entry in entries(model):
            if entry.kind != "InputLayer":
                tensors = self.call(entry, tensors, within, None)
        return tensors

    def functional(self, model: Entry, given: Sequence[Tensor], within: Within) -> list[Tensor]:
        calls = calls_of(model)
        inputs = input_names(model)
        if len(inputs) != len(given):
            raise model.error(f"it has {len(inputs)} inputs, but {len(given)} reach it.")
        made = {(name, 0): [tensor] for name, tensor in zip(inputs, given, strict=True)}
        recorded = recorded_shapes(model) if self.assume else {}

        def found(ref: Ref) -> Tensor:
            outputs = made.get((ref.layer, ref.call)) or made.get((ref.layer, 0))
            if outputs is None:
                raise model.error(f"nothing reaches its layer “{ref.layer}”.")
            return outputs[ref.output] if 0 <= ref.output < len(outputs) else outputs[0]

        for call in calls:
            with call.entry.blamed():
                read = inputs_of(call.entry.kind, call.arguments, call.keywords)
                tensors = [found(ref) for ref in read]
            result = recorded.get(Ref(call.entry.name, call.number, 0))
            made[call.entry.name, call.number] = self.call(call.entry, tensors, within, result)
        outputs = [found(ref) for ref in refs(model.config.get("output_layers"))]
        return outputs or [Tensor(self.nodes[-1].name, Shape())] if self.nodes else list(given)

    def call(self, entry: Entry, tensors: Sequence[Tensor], within: Within, result: Shape | None) -> list[Tensor]:
        """One call of a layer or a model; `result` is the shape that Keras wrote down for it, if it did."""
        if entry.is_model:
            return self.model(entry, tensors, within.inside(entry))
        if not tensors:
            raise entry.error("nothing reaches it.", remedy="Its inbound_nodes say what it is called on.")
        if len(self.nodes) == MOST_LAYERS:
            raise entry.error(f"{MOST_LAYERS:,} layers stand before it.", remedy="Give a part of the model.")
        with entry.blamed():
            shapes = tuple(tensor.shape for tensor in tensors)
            layer = self.layer(entry, shapes, within.path + entry.name, result)
            name, tied_to = self.named(within.path + entry.name)
            sources = tuple(tensor.node for tensor in tensors)
            node = Node(name, layer, sources, tied_to, within.frozen or entry.is_frozen)
            row = visit(node, shapes, TEXTBOOK)
        self.nodes.append(node)
        self.types[name] = entry.kind
        return [Tensor(name, row.output)]

    def layer(self, entry: Entry, shapes: tuple[Shape, ...], path: str, result: Shape | None) -> Layer:
        found = keras_layer(settings_of(entry, shapes))
        if found is not None:
            return found
        params = next((self.assume[name] for name in (path, entry.name, entry.kind) if name in self.assume), None)
        if params is None:
            kind = shortened(entry.kind)
            remedy = f"Say how many parameters it has: --assume {kind}=PARAMS. {nearest(kind, KNOWN)}"
            raise ReadError(f"{kind} is no layer of Keras that can be read.", remedy=remedy.strip())
        self.remarks.append(f"“{path}” ({entry.kind}) is taken to have {params:,} parameters, as you said.")
        return Given(result or shapes[0], params, joins=len(shapes))

    def named(self, path: str) -> tuple[str, str | None]:
        """A name for this use of a layer, and that of its first use where this is another one."""
        first = f"{path}_layer" if re.fullmatch(r"input(_\d+)?", path) else path
        self.uses[path] = use = self.uses.get(path, 0) + 1
        return (first, None) if use == 1 else (f"{first}#{use}", first)

    def in_a_row(self, last: str) -> tuple[Node, ...]:
        """The nodes, the network's output last, and no inputs named where a node reads the one before it."""
        read = {name for node in self.nodes for name in node.inputs}
        nodes = self.nodes
        if last not in read:
            nodes = [node for node in nodes if node.name != last] + [node for node in nodes if node.name == last]
        before = [input_name(0), *(node.name for node in nodes)]
        return tuple(
            replace(node, inputs=()) if node.inputs == (previous,) else node
            for node, previous in zip(nodes, before, strict=False)
        )


def settings_of(entry: Entry, shapes: tuple[Shape, ...]) -> Settings:
    """A layer's settings; a layer within it is read too."""
    values = dict(entry.config)
    if isinstance(values.get("layer"), dict):
        inner = entry_of(values["layer"], entry.source, f"what is in {entry.kind}")
        inside = tuple(Shape(x[1:]) for x in shapes) if entry.kind == "TimeDistributed" else shapes
        values["layer"] = None if inner.is_model else keras_layer(settings_of(inner, inside))
    return Settings(entry.kind, values, shapes)


def input_names(model: Entry) -> list[str]:
    """The names of the layers at which a functional model begins, in the order of its inputs."""
    said = [ref.layer for ref in refs(model.config.get("input_layers"))]
    return said or [entry.name for entry in input_layers(model)]


def input_layers(model: Entry) -> Iterator[Entry]:
    return (entry for entry in entries(model) if entry.kind == "InputLayer")


def input_shape(entry: Entry) -> Shape | None:
    """The shape that a layer or a model says that it reads, if it does."""
    config, built = entry.config, entry.values.get("build_config")
    said = [config.get(key) for key in ("batch_shape", "batch_input_shape", "build_input_shape")]
    said.append(built.get("input_shape") if isinstance(built, dict) else None)
    return next((shape for shape in map(shape_of, said) if shape is not None), None)


def early_layers(model: Entry) -> Iterator[Layer]:
    """The layers of a Sequential as far as they can be read without an input, to see what input they want."""
    for entry in entries(model):
        if entry.is_model:
            yield from early_layers(entry)
            continue
        try:
            layer = keras_layer(settings_of(entry, ()))
        except QuizgenError:
            return
        if layer is not None:
            yield layer
