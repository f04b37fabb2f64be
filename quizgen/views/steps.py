"""A network as the steps of a program: one layer after the other, each with what it reads.

Composite layers that a framework has no class for are replaced by their parts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from quizgen.errors import ViewError
from quizgen.layers.activation import Activation
from quizgen.layers.base import Layer, Shape
from quizgen.layers.dense import Dense
from quizgen.layers.embedding import Embedding
from quizgen.layers.graph import Row, input_name
from quizgen.layers.recurrent import Bidirectional
from quizgen.layers.transformer import FeedForward
from quizgen.network import Network
from quizgen.views.source import identifier


class Step(NamedTuple):
    """One layer of the program.

    sources: the names of the steps (or of the network's inputs) that it reads.
    part: its name within the composite layer that it's a part of, if it is one.
    tied_to, frozen: as in a `Node`.
    activation: the name of one that the framework applies within the layer.
    """

    name: str
    layer: Layer
    sources: tuple[str, ...]
    inputs: tuple[Shape, ...]
    output: Shape
    tied_to: str | None = None
    frozen: bool = False
    part: str = ""
    activation: str = ""


Check: TypeAlias = Callable[[Step], object]
"""Raises ViewError where a framework lacks a step's layer or its convention, NoSuchLayer where it's the layer."""


class NoSuchLayer(ViewError):
    """A kind of layer that a framework has no class for."""

    def __init__(self, framework: str, layer: Layer) -> None:
        super().__init__(f"{framework} has no layer like {type(layer).__name__}.")


INSEPARABLE = Bidirectional
"""One of its parts reads backwards, which the part itself does not say."""


def steps(network: Network, check: Check) -> list[Step]:
    """The steps of a network, in the order in which they run; raises ViewError where a layer's parts are lacking."""
    names = input_names(network)
    return list(unfolded(network.rows, dict(zip(names, names, strict=True)), check))


def input_names(network: Network) -> tuple[str, ...]:
    return tuple(input_name(index) for index in range(len(network.inputs)))


def unfolded(
    rows: Sequence[Row], outside: Mapping[str, str], check: Check, prefix: str = "", within: Step | None = None
) -> Iterator[Step]:
    """The steps of some rows.

    outside: for each of the rows' inputs the step that stands for it.
    within: the composite layer that the rows are parts of; they share its ties and are frozen with it.
    """
    known, previous = dict(outside), outside[input_name(0)]
    for row in rows:
        node = row.node
        sources = tuple(known[name] for name in node.inputs) or (previous,)
        tied, frozen = node.tied_to and prefix + node.tied_to, node.frozen
        if within:
            tied, frozen = within.tied_to and f"{within.tied_to}_{node.name}", frozen or within.frozen
        part = node.name if within else ""
        step = Step(prefix + node.name, node.layer, sources, row.inputs, row.output, tied, frozen, part)
        found = whole_or_parts(step, row, check)
        if within and (function := activation_within(within.layer, part)):
            found.append(activation(step, function))
        yield from found
        known[node.name] = previous = found[-1].name


def whole_or_parts(step: Step, row: Row, check: Check) -> list[Step]:
    """The step where the framework has its layer, else the steps of its parts.

    A layer that's neither made of parts nor a part itself has no way out, and is left to whoever writes it.
    """
    if not row.parts and not step.part:
        return [step]
    try:
        check(step)
    except ViewError as error:
        if not row.parts or isinstance(step.layer, INSEPARABLE):
            raise
        inside = {input_name(index): source for index, source in enumerate(step.sources)}
        try:
            return list(unfolded(row.parts, inside, check, f"{step.name}_", step))
        except ViewError:
            if isinstance(error, NoSuchLayer):
                raise
            raise error from None
    return [step]


def activation(step: Step, function: str) -> Step:
    """A step that applies a function to another's output."""
    y = step.output
    return Step(f"{step.name}_{function}", Activation(function), (step.name,), (y,), y, part=step.part)


def activation_within(layer: Layer, part: str) -> str:
    """The activation behind a part, which costs no parameter and so is none of the parts (arXiv:1706.03762, eq. 2;
    arXiv:2002.05202, eq. 5)."""
    if not isinstance(layer, FeedForward):
        return ""
    return {"gate": "silu"}.get(part, "") if layer.gated else {"up": "relu"}.get(part, "")


def reads_table_back(step: Step, owner: Step) -> bool:
    """Whether all that a layer has is an embedding's table: an output layer with tied weights (arXiv:1608.05859)."""
    return isinstance(owner.layer, Embedding) and isinstance(step.layer, Dense) and not step.layer.bias


def unlike(step: Step) -> ViewError:
    """For a step that shares parameters with another kind of layer, which no framework lets it do."""
    return ViewError(f"in code, {step.name} cannot share the parameters of {step.tied_to}, which is another kind.")


def is_chain(steps: Sequence[Step]) -> bool:
    """Whether each step reads the one before it, and nothing else."""
    before = [input_name(0), *(step.name for step in steps)]
    return all(step.sources == (name,) and not step.tied_to for step, name in zip(steps, before, strict=False))


def variables(steps: Sequence[Step], inputs: Sequence[str], taken: frozenset[str]) -> dict[str, str]:
    """A variable for the output of each step.

    `x` where only the next step reads it; else one with the step's name, for a part that of the part where it's free.
    """
    chosen = {name: name.replace("input", "inputs", 1) for name in inputs}
    taken |= {"x", "inputs", "outputs", *chosen.values()}
    readers = {step.name: [place for place, other in enumerate(steps) if step.name in other.sources] for step in steps}
    needed_until: dict[str, int] = {}
    for place, step in enumerate(steps):
        variable = "x"
        if set(readers[step.name]) - {place + 1}:
            names = (identifier(name, taken) for name in (step.part, step.name, f"{step.name}_{place}") if name)
            variable = next(name for name in names if needed_until.get(name, -1) < place)
            needed_until[variable] = max(readers[step.name])
        chosen[step.name] = variable
    return chosen
