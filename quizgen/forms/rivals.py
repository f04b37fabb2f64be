"""A network changed, or another in its place: the same input under another setting, another kind of layer, a stack of them.

A template writes a rival as a table: `{ stride = 2 }` is the layer with another stride, `{ layer = "LSTM" }` an LSTM with
the settings that it shares with the layer, `{ repeat = 3, kernel = 3 }` three of them in a row, `{ input = "x16" }` the
layer on a longer input; `{ family = "block", ... }` is a network of its own, drawn as `about` draws one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import MISSING, fields, replace
from math import prod
from typing import Any

from quizgen.errors import LayerError, TemplateError, UnknownNameError, placed
from quizgen.forms.axes import on_all_axes
from quizgen.kind import Kind
from quizgen.layers import LAYERS, Flatten
from quizgen.layers.base import Layer, Shape, setting_names
from quizgen.layers.graph import Node
from quizgen.network import Network
from quizgen.sampling import Sample
from quizgen.sampling.sampler import read as read_about
from quizgen.stream import Stream
from quizgen.templates import Source

FACTOR = re.compile(r"[x×]\s?(\d{1,4})")
LAYER_KINDS: Mapping[str, type[Layer]] = {kind.__name__: kind for kind in LAYERS}
MOST_IN_A_ROW = 12


def stands_beside(
    kind: Kind, field: str, wanted: Mapping[str, Any], drawn: Sample, level: int, stream: Stream
) -> Network:
    """The network that a table of the front matter asks for, beside the one that was drawn.

    Raises ShapeError where its sizes do not fit, and QuizgenError, with the field's place, where it makes no sense.
    """
    if "family" in wanted:
        return kind.drawn(level, stream, wanted, field).network
    with placed(kind.source.place(field)):
        return changed(drawn, wanted)


def changed(drawn: Sample, wanted: Mapping[str, Any]) -> Network:
    """The drawn network with another layer, or several, in the place of the one that it is about."""
    settings = dict(wanted)
    kind, repeat, scale = settings.pop("layer", None), settings.pop("repeat", 1), settings.pop("input", None)
    network = drawn.network
    place = network.place(drawn.focus)
    row = network.rows[place]
    layer = row.layer if kind is None else like(LAYER_KINDS[kind], row.layer, settings, row.inputs[0], row.output)
    other = replaced(layer, {name: number_of(value, row.inputs[0], row.output) for name, value in settings.items()})
    before = [Node("flatten", Flatten())] if kind == "Dense" and len(row.inputs[0]) > 1 else []
    names = [row.name] if repeat == 1 else [f"{row.name}_{number}" for number in range(1, repeat + 1)]
    nodes = [*before, *(replace(network.nodes[place], name=name, layer=other, inputs=()) for name in names)]
    if len(network.inputs) > 1 or (place and network.nodes[place].inputs):
        nodes = [replace(network.nodes[place], layer=other)]
    inputs = network.inputs if scale is None else tuple(scaled(shape, scale) for shape in network.inputs)
    made = replace(network, inputs=inputs, nodes=(*network.nodes[:place], *nodes, *network.nodes[place + 1 :]))
    _ = made.rows
    return made


def like(kind: type[Layer], layer: Layer, settings: Mapping[str, Any], x: Shape, y: Shape) -> Layer:
    """A layer of another kind, with the settings that the two share; the rival's own ones must be given."""
    names = setting_names(kind)  # type: ignore[arg-type]
    shared = {name: getattr(layer, name) for name in names if hasattr(layer, name) and name not in settings}
    own = {name: number_of(settings[name], x, y) for name in names if name in settings}
    missing = [
        one.name
        for one in fields(kind)
        if one.default is MISSING and one.default_factory is MISSING and one.name not in {**shared, **own}
    ]
    if missing:
        raise LayerError(
            f"{kind.__name__} needs “{missing[0]}”.", remedy=f'Say it in the rival: {missing[0]} = "output".'
        )
    made: Layer = kind(**{**shared, **own})
    return made


def replaced(layer: Layer, settings: Mapping[str, Any]) -> Layer:
    """The layer with other settings; one number stands for all axes."""
    known = setting_names(type(layer))  # type: ignore[arg-type]
    for name in settings:
        if name not in known:
            raise UnknownNameError(f"setting of {type(layer).__name__}", name, known)
    return replace(layer, **{name: on_axes(getattr(layer, name), value) for name, value in settings.items()})


def on_axes(pattern: Any, value: Any) -> Any:
    """The setting's value: a list has one for each axis, a word stands for all of it, a number for each axis."""
    if isinstance(value, list):
        return tuple(value)
    return value if isinstance(value, str) else on_all_axes(pattern, value)


def number_of(value: Any, x: Shape, y: Shape) -> Any:
    """A setting's value; a word may stand for it: the channels that come in or go out, or all that goes out."""
    words = {"output": y.channels, "size": prod(y), "channels": x.channels}
    return words.get(value, value) if isinstance(value, str) else value


def scaled(shape: Shape, by: str) -> Shape:
    """An input so many times as long along each axis but its channels."""
    match = FACTOR.fullmatch(by)
    assert match
    return Shape((*(size * int(match[1]) for size in shape.spatial), shape.channels)) if shape.spatial else shape


def read_rival(source: Source, name: str) -> Mapping[str, Any]:
    """One rival from the front matter."""
    return checked(source, name, source.front.get(name))


def read_rivals(source: Source, name: str) -> tuple[Mapping[str, Any], ...]:
    """Several rivals from the front matter."""
    written = source.front.get(name)
    if not isinstance(written, list) or not 2 <= len(written) <= 5:
        raise TemplateError(f"“{name}” is not a list of 2 to 5 tables.", place=source.place(name))
    return tuple(checked(source, name, one) for one in written)


def checked(source: Source, name: str, written: object) -> Mapping[str, Any]:
    place = source.place(name)
    if not isinstance(written, dict):
        raise TemplateError(f"“{name}” is not a table.", place=place, remedy=f"Write {name} = {{ stride = 2 }}.")
    if "family" in written:
        with placed(place):
            read_about(written)
        return written
    kind, repeat, scale = written.get("layer"), written.get("repeat", 1), written.get("input", "x2")
    if kind is not None and kind not in LAYER_KINDS:
        raise UnknownNameError("layer", str(kind), LAYER_KINDS, place=place)
    if not isinstance(repeat, int) or not 1 <= repeat <= MOST_IN_A_ROW:
        raise TemplateError(f"“repeat” is not a number from 1 to {MOST_IN_A_ROW}.", place=place)
    if not isinstance(scale, str) or not FACTOR.fullmatch(scale):
        raise TemplateError("“input” is no factor.", place=place, remedy='Write input = "x2".')
    return written
