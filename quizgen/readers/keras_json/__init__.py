"""What `model.to_json()` of Keras 2 and 3 writes: Sequential and functional models, nested ones, shared layers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from quizgen.errors import Place
from quizgen.layers.base import Shape
from quizgen.layers.graph import input_name
from quizgen.network import Network
from quizgen.readers.keras_json.building import (
    Builder,
    Tensor,
    Within,
    early_layers,
    input_layers,
    input_names,
    input_shape,
)
from quizgen.readers.keras_json.entries import Entry, entries, entry_of
from quizgen.readers.reading import ReadError, Reading
from quizgen.readers.shapes import shape_for, shortened, unknown_shape

CALL = "Write the model down with model.to_json()."


def read_keras_json(
    text: str, source: str = "", *, input_shape: Shape | None = None, assume: Mapping[str, int] | None = None
) -> Reading:
    """The network that the JSON describes; nothing in it is ever loaded or run.

    source: the file that the text is from; empty for one that was typed. input_shape: takes the place of the model's own.
    assume: parameters of layers that nobody knows, by name or kind. Raises ReadError, naming the layer.
    """
    place = Place(source) if source else None
    try:
        return read_model(parsed(text, place), source, input_shape, assume or {})
    except RecursionError:
        raise ReadError("the JSON nests too deeply.", place=place, remedy=CALL) from None


def looks_like_json(text: str) -> bool:
    """Whether a text is meant as JSON: an object, or a string of Python's or JSON's with an object in it."""
    return text.lstrip()[:1] == "{" or text.lstrip()[:2] in ('"{', "'{")


def parsed(text: str, place: Place | None) -> Any:
    """The JSON as values; raises ReadError."""
    bare = text.strip()
    try:
        value = json.loads(bare[1:-1] if bare[:1] == bare[-1:] == "'" else bare)
        return json.loads(value) if isinstance(value, str) else value
    except json.JSONDecodeError as error:
        where = place and Place(place.file, error.lineno)
        raise ReadError(f"this is no JSON: {error.msg} in line {error.lineno}.", place=where, remedy=CALL) from error
    except ValueError as error:
        raise ReadError("the JSON holds a number that is larger than any layer.", place=place) from error


def read_model(value: Any, source: str, given: Shape | None, assume: Mapping[str, int]) -> Reading:
    if not isinstance(value, dict) or "class_name" not in value:
        raise ReadError("this JSON is no model of Keras.", place=Place(source) if source else None, remedy=CALL)
    model = entry_of(value, source, "this JSON")
    if not model.is_model:
        raise model.error(f"a {shortened(model.kind)} is no model.", remedy=CALL)
    shapes = inputs_of_model(model, given)
    builder = Builder(assume)
    tensors = [Tensor(input_name(number), shape) for number, shape in enumerate(shapes)]
    outputs = builder.model(model, tensors, Within(frozen=model.is_frozen))
    if not builder.nodes:
        raise model.error("there is no layer in it.")
    if len(outputs) > 1:
        names = ", ".join(f"“{output.node}”" for output in outputs)
        builder.remarks.append(f"The model has {len(outputs)} outputs: {names}.")
    network = Network(model.name, shapes, builder.in_a_row(outputs[-1].node), "keras")
    return Reading(source or model.name, "keras", network, types=builder.types, remarks=tuple(builder.remarks))


def inputs_of_model(model: Entry, given: Shape | None) -> tuple[Shape, ...]:
    """The shapes that come in; sizes that the JSON leaves open are unknown."""
    if model.kind == "Sequential":
        said = (input_shape(entry) for entry in (model, *entries(model)))
        return (given or next(filter(None, said), None) or shape_for(early_layers(model)),)
    layers = {entry.name: entry for entry in input_layers(model)}
    names = input_names(model)
    if strange := next((name for name in names if name not in layers), None):
        raise model.error(f"its input “{shortened(strange)}” is no InputLayer.")
    if given is not None and len(names) > 1:
        raise model.error(f"it has {len(names)} inputs, and one input shape was given.")
    return tuple(given or input_shape(layers[name]) or unknown_shape(1) for name in names)
