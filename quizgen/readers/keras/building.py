"""The engine's network out of a model's steps."""

from __future__ import annotations

import re
from collections.abc import Sequence

from quizgen.layers.graph import Node, input_name
from quizgen.network import Network
from quizgen.readers.keras.layer import LayerThing
from quizgen.readers.keras.models import Model
from quizgen.readers.keras.session import Session
from quizgen.readers.keras.tensors import Step, Tensor
from quizgen.readers.keras.weights import Weight
from quizgen.readers.reading import Reading


def reading(session: Session, model: Model, remarks: tuple[str, ...]) -> Reading:
    """The network of a model."""
    inputs, outputs = model.between()
    steps = output_last(model.steps(), outputs[-1])
    plain = unique_names([step.name.removeprefix(f"{model.name}/") for step in steps])
    names = dict(zip([step.number for step in steps], plain, strict=True))
    sources = {id(tensor): input_name(place) for place, tensor in enumerate(inputs)}
    owners: dict[int, str] = {}
    nodes: list[Node] = []
    for step in steps:
        name = names[step.number]
        reads = tuple(sources.get(id(one)) or names[step_of(one).number] for one in step.inputs)
        before = nodes[-1].name if nodes else input_name(0)
        owner = owners.setdefault(id(step.owner), name)
        tied_to = None if owner == name else owner
        nodes.append(Node(name, step.layer, () if reads == (before,) else reads, tied_to, is_frozen(step)))
    return Reading(
        session.source,
        "keras",
        Network(model.name, tuple(tensor.shape for tensor in inputs), tuple(nodes)),
        types={names[step.number]: step.kind for step in steps},
        lines={names[step.number]: step.spot.line for step in steps if step.spot.line is not None},
        assumed={names[step.number]: params for step in steps if (params := assumed(session, step)) is not None},
        remarks=(*session.remarks, *remarks),
    )


def step_of(tensor: Tensor) -> Step:
    """The step that makes a tensor, which is no input."""
    assert tensor.step is not None
    return tensor.step


def is_frozen(step: Step) -> bool:
    return isinstance(step.owner, LayerThing | Weight) and step.owner.frozen


def assumed(session: Session, step: Step) -> int | None:
    """The parameters that the user gave for a step's layer, if that is where they are from."""
    return session.assumed.get(step.owner.name) if isinstance(step.owner, LayerThing) else None


def output_last(steps: list[Step], output: Tensor) -> list[Step]:
    """The steps with the model's (last) output at the end, where nothing reads it."""
    last = output.step
    if last is None or any(one.step is last for step in steps for one in step.inputs):
        return steps
    return [*(step for step in steps if step is not last), last]


def unique_names(names: Sequence[str]) -> list[str]:
    """Each step's name; `dense#2` for the second use of a layer, as for networks that are read from JSON."""
    uses: dict[str, int] = {}
    unique: list[str] = []
    for name in names:
        first = f"{name}_layer" if re.fullmatch(r"input(_\d+)?", name) else name
        uses[first] = use = uses.get(first, 0) + 1
        unique.append(first if use == 1 else f"{first}#{use}")
    return unique
