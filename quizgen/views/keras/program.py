"""A network as a Keras program: a `Sequential` where it's a plain stack, else the functional API."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quizgen.layers.activation import Activation
from quizgen.layers.base import Shape
from quizgen.layers.embedding import Embedding
from quizgen.network import Network
from quizgen.views.keras.layers import WITH_ACTIVATION, piece
from quizgen.views.piece import CALLED, Piece
from quizgen.views.source import also, broken, call, identifier, one_each
from quizgen.views.steps import Step, input_names, is_chain, reads_table_back, steps, unlike, variables

IMPORTS = "import keras\nfrom keras import layers"
TAKEN = frozenset({"keras", "layers", "model", "PositionEmbedding", "ClassToken"})


def keras_code(network: Network, *, names: bool = False) -> str:
    """A program for Keras 3 that builds the network as `model`.

    names: whether each layer is given its name.
    Raises ViewError where Keras has no such layer or convention.
    """
    run = fused(steps(network, piece))
    pieces = [named(here, piece(here)) if names else piece(here) for here in run]
    classes = dict.fromkeys(written.needs for written in pieces if written.needs)
    if is_chain(run) and not any(written.use for written in pieces):
        body = sequential(network, run, pieces)
    else:
        body = functional(network, run, pieces)
    return ("\n\n\n" if classes else "\n\n").join((IMPORTS, *classes, "\n".join(body)))


def named(here: Step, written: Piece) -> Piece:
    """With the step's name on the last of its layers."""
    return written._replace(
        makes=(*written.makes[:-1], also(written.makes[-1], name=identifier(here.name, frozenset())))
    )


def fused(run: Sequence[Step]) -> list[Step]:
    """Activations moved into the layer before them, as everybody writes them, where nothing else reads that layer."""
    tied = {here.tied_to for here in run}
    readers = [source for here in run for source in here.sources]
    merged: list[Step] = []
    instead: dict[str, str] = {}
    for here in run:
        here = here._replace(sources=tuple(instead.get(source, source) for source in here.sources))
        before = merged[-1] if merged else None
        if (
            before
            and isinstance(here.layer, Activation)
            and isinstance(before.layer, WITH_ACTIVATION)
            and here.sources == (before.name,)
            and readers.count(before.name) == 1
            and not before.activation
            and not before.tied_to
            and before.name not in tied
        ):
            merged[-1] = before._replace(activation=here.layer.name)
            instead[here.name] = before.name
        else:
            merged.append(here)
    return merged


def entrance(shape: Shape, run: Sequence[Step], name: str) -> str:
    """Where a shape comes in; token ids are no floats."""
    ids = any(name in here.sources and isinstance(here.layer, Embedding) for here in run)
    return call("keras.Input", shape=tuple(shape), dtype="int32" if ids else None)


def sequential(network: Network, run: Sequence[Step], pieces: Sequence[Piece]) -> list[str]:
    """The lines of a plain stack."""
    makes = [make for written in pieces for make in written.makes]
    return ["model = keras.Sequential([", *one_each([entrance(network.input, run, run[0].sources[0]), *makes]), "])"]


def functional(network: Network, run: Sequence[Step], pieces: Sequence[Piece]) -> list[str]:
    """The lines of a graph."""
    inputs = input_names(network)
    variable = variables(run, inputs, TAKEN) | {run[-1].name: "outputs"}
    lines = [
        f"{variable[name]} = {entrance(shape, run, name)}" for name, shape in zip(inputs, network.inputs, strict=True)
    ]
    for here, written, kept in shared(run, pieces):
        lines.extend(kept)
        *before, layer = written.makes
        read = [variable[source] for source in here.sources]
        for first in before:
            lines.append(f"x = {first}({read[0]})")
            read[0] = "x"
        lines.extend(use.format(*read, layer=layer, y=variable[here.name]) for use in written.use or CALLED)
    ends = ", ".join(variable[name] for name in inputs)
    lines.append(f"model = keras.Model({f'[{ends}]' if len(inputs) > 1 else ends}, outputs)")
    return [piece for line in lines for piece in broken(line)]


def shared(run: Sequence[Step], pieces: Sequence[Piece]) -> Iterator[tuple[Step, Piece, list[str]]]:
    """Each step with its code, in which a layer that several use is a variable, and with the line that sets it."""
    named_steps = {here.name: here for here in run}
    users = {here.tied_to: here for here in run if here.tied_to}
    for here, written in zip(run, pieces, strict=True):
        *before, layer = written.makes
        kept = f"{identifier(here.tied_to or here.name, TAKEN)}_layer"
        if here.tied_to and here.layer == named_steps[here.tied_to].layer:
            yield here, written._replace(makes=(*before, kept)), []
        elif here.tied_to and reads_table_back(here, named_steps[here.tied_to]):
            yield here, Piece((kept,), ("{y} = {layer}({0}, reverse=True)",)), []
        elif here.tied_to:
            raise unlike(here)
        elif here.name in users:
            if reads_table_back(users[here.name], here):
                layer = layer.replace(".Embedding(", ".ReversibleEmbedding(")
            yield here, written._replace(makes=(*before, kept)), [f"{kept} = {layer}"]
        else:
            yield here, written, []
