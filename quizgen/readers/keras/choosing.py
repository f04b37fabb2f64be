"""Which network a text is about: its largest model, or what its fragments make together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from quizgen.errors import Place
from quizgen.readers.keras.building import reading
from quizgen.readers.keras.custom import LAYERS, MODELS, custom, derived
from quizgen.readers.keras.models import Model, Sequential
from quizgen.readers.keras.session import Session
from quizgen.readers.keras.tensors import Tensor
from quizgen.readers.python import Call, Class, Function, Instance, Outside, Spot
from quizgen.readers.reading import ReadError, Reading


def chosen(session: Session, spot: Spot) -> Reading:
    """The network of a text that has been followed to its end; raises ReadError where there is none."""
    for find in (models, objects, fragment, loose, defined):
        found = [model for model in find(session, spot) if model.steps()]
        if found:
            found = [model for model in found if not model.is_part] or found
            largest = max(reversed(found), key=lambda model: len(model.steps()))
            return reading(session, largest, remarks(largest, found))
    for stranger in session.strangers:
        if ".applications." in stranger.path:
            raise stranger.unread.error()
    raise ReadError(
        "there is no network in it that can be read.",
        place=Place(session.source),
        remedy="Paste the code that makes it: keras.Sequential([...]), or layers called on an Input.",
    )


def remarks(model: Model, found: list[Model]) -> tuple[str, ...]:
    """What had to be decided."""
    said = []
    names = list(dict.fromkeys(one.name for one in found))
    if len(names) > 1:
        listed = f"{', '.join(names[:-1])} and {names[-1]}" if len(names) <= 6 else ", ".join((*names[:5], "..."))
        said.append(f"The code makes {len(names)} models: {listed}. This is {model.name}, the largest.")
    if len(model.between()[1]) > 1:
        said.append(f"The model has {len(model.between()[1])} outputs.")
    return tuple(said)


def models(session: Session, spot: Spot) -> Iterator[Model]:
    """What the code calls models."""
    yield from list(session.models)


def objects(session: Session, spot: Spot) -> Iterator[Model]:
    """Models that are objects of the user's own classes, called by the code or now."""
    for instance in session.instances:
        if derived(instance, MODELS):
            yield from followed(session, instance, spot)


def followed(session: Session, instance: Instance, spot: Spot) -> Iterator[Model]:
    """An object of the user's as a model."""
    state = custom(session, instance)
    if not state.outputs:
        output = session.run.apply(instance, Call((session.input(state.input),), {}, spot))
        state.outputs = list(session.flat(output, spot))
    yield ending(session, state.name, state.outputs, spot)


def fragment(session: Session, spot: Spot) -> Iterator[Model]:
    """Layers that were called, without a model around them."""
    if session.tensors:
        yield ending(session, "model", session.tensors[-1:], spot)


def ending(session: Session, name: str, outputs: list[Tensor], spot: Spot) -> Model:
    """A model from wherever it starts to these outputs."""
    model = Model(session, name, spot)
    model.ends = (), tuple(outputs)
    model.ends = tuple(model.starts()), tuple(outputs)
    return model


def loose(session: Session, spot: Spot) -> Iterator[Model]:
    """Layers in their order, without anything that joins them."""
    inner = {id(layer.settings.get("layer")) for layer in session.layers}
    model = Sequential(session, "sequential", spot)
    for layer in session.layers:
        if id(layer) not in inner:
            model.add(layer, layer.spot)
    yield model


def defined(session: Session, spot: Spot) -> Iterator[Model]:
    """What the code only defines: the last function or class that makes a network, with what it needs left open."""
    names = session.run.scope.names.values()
    for definition in reversed([value for value in names if isinstance(value, Function | Class)]):
        before = len(session.models), len(session.tensors)
        if isinstance(definition, Class):
            if not any(path.rpartition(".")[2] in LAYERS for path in definition.outside):
                continue
            made = session.run.apply(definition, left_open(definition, spot))
            yield from followed(session, made, definition.spot)
            return
        made = session.run.apply(definition, left_open(definition, spot))
        if before != (len(session.models), len(session.tensors)):
            yield from result(session, made, spot)
            return


def result(session: Session, made: Any, spot: Spot) -> Iterator[Model]:
    """What a function has made."""
    if isinstance(made, Instance):
        yield from followed(session, made, spot)
    elif session.models:
        yield from list(session.models)
    else:
        yield from fragment(session, spot)


def left_open(definition: Function | Class, spot: Spot) -> Call:
    """A call with nothing but names for the arguments that it needs."""
    function: Any = definition
    if isinstance(definition, Class):
        try:
            function = definition.find("__init__")
        except KeyError:
            function = None
    if not isinstance(function, Function):
        return Call((), {}, spot)
    parameters = [one.arg for one in (*function.parameters.posonlyargs, *function.parameters.args)]
    needed = parameters[isinstance(definition, Class) : len(parameters) - len(function.defaults)]
    named = {
        one.arg: Outside(one.arg)
        for one, default in zip(function.parameters.kwonlyargs, function.parameters.kw_defaults, strict=True)
        if default is None
    }
    return Call(tuple(map(Outside, needed)), named, spot)
