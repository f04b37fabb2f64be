"""Layers joined into a graph, and the one walk that carries shapes through it under a rulebook.

Everything that is shown of a network is read from the rows of this walk. A composite layer (attention, a transformer
block) is a small graph of its own parts, walked under the same rulebook, so that a belief about dense layers acts
inside a transformer block too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple, TypeAlias

from quizgen.arithmetic import total
from quizgen.errors import ShapeError
from quizgen.layers.base import Layer, Rule, Shape

Rulebook: TypeAlias = Mapping[Rule, Rule]
"""The rules that are bent: from a rule of a layer class (`Conv2D.trainable`) to what stands in its place."""

TEXTBOOK: Rulebook = {}
"""No rule is bent."""


@dataclass(frozen=True, slots=True)
class Node:
    """A layer in its place in a graph.

    inputs: the names of the nodes it reads; empty for the node before it (or the graph's input, for the first).
        The graph's own inputs are called `input`, or `input`, `input_2`, ... where there are several.
    tied_to: the name of the node whose parameters it uses, where two places share one set; they count once.
    frozen: whether its parameters are kept from training, and so count as non-trainable.
    """

    name: str
    layer: Layer
    inputs: tuple[str, ...] = ()
    tied_to: str | None = None
    frozen: bool = False


class Row(NamedTuple):
    """What the walk found at one node: shapes in and out, its own counts, and the rows of its parts if it has any."""

    node: Node
    inputs: tuple[Shape, ...]
    output: Shape
    trainable: int
    non_trainable: int
    macs: int
    parts: tuple[Row, ...] = ()

    @property
    def name(self) -> str:
        return self.node.name

    @property
    def layer(self) -> Layer:
        return self.node.layer

    @property
    def params(self) -> int:
        """Trainable and non-trainable parameters together, as Keras prints them."""
        return self.trainable + self.non_trainable


class Composite(Layer):
    """A layer made of layers: its rules are the sums of its parts' rules, and its output is its last part's.

    The walk hands each rule the rows of the `parts` that it has walked, so that beliefs about them are in the sum.
    """

    __slots__ = ()

    def nodes(self, *inputs: Shape) -> tuple[Node, ...]:
        """The parts, in the order of the walk; they read `input`, `input_2`, ... and each other by name."""
        raise NotImplementedError

    def output(self, *inputs: Shape, parts: Sequence[Row] = ()) -> Shape:
        return (parts or self.rows(*inputs))[-1].output

    def trainable(self, *inputs: Shape, parts: Sequence[Row] = ()) -> int:
        return total(row.trainable for row in counted(parts or self.rows(*inputs)))

    def non_trainable(self, *inputs: Shape, parts: Sequence[Row] = ()) -> int:
        return total(row.non_trainable for row in counted(parts or self.rows(*inputs)))

    def macs(self, *inputs: Shape, y: Shape, parts: Sequence[Row] = ()) -> int:
        return total(row.macs for row in parts or self.rows(*inputs))

    def window(self, *inputs: Shape) -> None:
        return None

    def check(self, *inputs: Shape) -> None:
        self.rows(*inputs)

    def rows(self, *inputs: Shape) -> tuple[Row, ...]:
        """The walk through the parts under the textbook's rules."""
        return walk(self.nodes(*inputs), inputs)


def counted(rows: Iterable[Row]) -> list[Row]:
    """The rows whose parameters count: a set that several places share counts once."""
    return [row for row in rows if row.node.tied_to is None]


def walk(nodes: Sequence[Node], inputs: Sequence[Shape], rulebook: Rulebook = TEXTBOOK) -> tuple[Row, ...]:
    """Carry the input shapes through the nodes in order and read each one's rules out of the rulebook.

    Raises ShapeError, naming the node, where a layer can't take what reaches it or nothing would come out.
    """
    shapes: dict[str, Shape] = {input_name(index): shape for index, shape in enumerate(inputs)}
    rows: list[Row] = []
    previous = input_name(0)
    for node in nodes:
        sources = tuple(shapes[name] for name in node.inputs or (previous,))
        try:
            row = visit(node, sources, rulebook)
        except ShapeError as error:
            raise ShapeError(f"{node.name}: {error.what}", place=error.place, remedy=error.remedy) from error
        rows.append(row)
        shapes[node.name] = row.output
        previous = node.name
    return tuple(rows)


def visit(node: Node, inputs: tuple[Shape, ...], rulebook: Rulebook) -> Row:
    """One node of the walk."""
    layer, kind = node.layer, type(node.layer)
    check_arity(layer, len(inputs))

    def reading(rule: Rule) -> Rule:
        return rulebook.get(rule, rule)

    given: dict[str, Any] = {}
    if not isinstance(layer, Composite):
        layer.check(*inputs)
    else:  # its parts are checked as they are walked
        given["parts"] = walk(reading(type(layer).nodes)(layer, *inputs), inputs, rulebook)
    output = checked_output(layer, inputs, reading(kind.output)(layer, *inputs, **given))
    trainable = reading(kind.trainable)(layer, *inputs, **given)
    fixed = reading(kind.non_trainable)(layer, *inputs, **given)
    macs = reading(kind.macs)(layer, *inputs, y=output, **given)
    if node.frozen:
        trainable, fixed = 0, trainable + fixed
    return Row(node, inputs, output, trainable, fixed, macs, **given)


def check_arity(layer: Layer, given: int) -> None:
    """Raise ShapeError where a layer that reads one input is given two, or one that joins is given one."""
    if layer.arity is None and given < 2:
        raise ShapeError(f"{type(layer).__name__} joins two inputs or more, but one reaches it.")
    if layer.arity is not None and given != layer.arity:
        raise ShapeError(f"{type(layer).__name__} takes {layer.arity} input(s), but {given} reach it.")


def input_name(index: int) -> str:
    """`input`, `input_2`, `input_3`, ..."""
    return "input" if index == 0 else f"input_{index + 1}"


def rewalk(rows: Sequence[Row], rulebook: Rulebook, misread: Mapping[str, Shape] | None = None) -> tuple[Row, ...]:
    """The walk under a rulebook, given the walk under the textbook: only what a bent rule can change is worked again.

    Equal to `walk(nodes, inputs, rulebook)`, and many times faster where few rules are bent.

    misread: the inputs, by name, that are taken to have another shape.
    """
    again, bent = list(rows), rulebook.keys()
    changed = dict(misread or {})
    previous = input_name(0)
    for place, row in enumerate(rows):
        node = row.node
        sources = node.inputs or (previous,)
        previous = node.name
        if changed and not changed.keys().isdisjoint(sources):
            inputs = tuple(changed.get(name, shape) for name, shape in zip(sources, row.inputs, strict=True))
            again[place] = visit(node, inputs, rulebook)
        elif bent.isdisjoint(rules_within(row)):
            continue
        else:
            again[place] = visit(node, row.inputs, rulebook) if row.parts or node.frozen else revisit(row, rulebook)
        if again[place].output != row.output:
            changed[node.name] = again[place].output
    return tuple(again)


def revisit(row: Row, rulebook: Rulebook) -> Row:
    """One node without parts again, with the inputs that it had."""
    layer, kind = row.layer, type(row.layer)
    output, macs = row.output, row.macs
    if kind.output in rulebook:
        output = checked_output(layer, row.inputs, rulebook[kind.output](layer, *row.inputs))
    if kind.macs in rulebook or output != row.output:
        macs = rulebook.get(kind.macs, kind.macs)(layer, *row.inputs, y=output)
    trainable, fixed = row.trainable, row.non_trainable
    if kind.trainable in rulebook:
        trainable = rulebook[kind.trainable](layer, *row.inputs)
    if kind.non_trainable in rulebook:
        fixed = rulebook[kind.non_trainable](layer, *row.inputs)
    return Row(row.node, row.inputs, output, trainable, fixed, macs)


@cache
def rules_of(kind: type[Any]) -> frozenset[Rule]:
    """The rules under which a kind of layer can be looked up in a rulebook."""
    rules = (kind.output, kind.trainable, kind.non_trainable, kind.macs)
    return frozenset((*rules, kind.nodes) if issubclass(kind, Composite) else rules)


def rules_within(row: Row) -> frozenset[Rule]:
    """The rules of a layer and of its parts."""
    kind: Any = type(row.layer)
    return rules_of(kind).union(*map(rules_within, row.parts)) if row.parts else rules_of(kind)


def checked_output(layer: Layer, inputs: Sequence[Shape], sizes: Iterable[int]) -> Shape:
    """The output shape; raises ShapeError where a size would be below 1."""
    output = Shape(sizes)
    if min(output) < 1:
        raise ShapeError(f"{type(layer).__name__} would put out {output} for an input of {inputs[0]}.")
    return output
