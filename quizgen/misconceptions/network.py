"""How the totals of `network.py` are missed, and the code of a network as a whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from quizgen.layers.base import Shape
from quizgen.layers.convolution import Convolution
from quizgen.layers.graph import Row, counted, input_name
from quizgen.layers.merging import Add
from quizgen.misconceptions.base import Count, Misconception, Sizing
from quizgen.network import input_axes

Counting: TypeAlias = Callable[[Sequence[Row]], list[Row]]
"""The truth that a belief about which layers count stands over."""


def each_use_counted(truth: Counting, rows: Sequence[Row]) -> list[Row]:
    owners = {row.name: row.layer for row in rows}
    return truth([untied(row) if owners.get(row.node.tied_to or "") == row.layer else row for row in rows])


def tied_table_counted_again(truth: Counting, rows: Sequence[Row]) -> list[Row]:
    owners = {row.name: row.layer for row in rows}
    return truth([untied(row) if owners.get(row.node.tied_to or "") != row.layer else row for row in rows])


def untied(row: Row) -> Row:
    return row._replace(node=replace(row.node, tied_to=None))


def shortcuts_without_weights(truth: Counting, rows: Sequence[Row]) -> list[Row]:
    on_shortcuts = set(shortcuts(rows))
    return [row for row in truth(rows) if row.name not in on_shortcuts]


def shortcuts(rows: Sequence[Row]) -> Iterator[str]:
    """The layers on a branch that is added to another one with more layers that multiply."""
    previous = [input_name(0), *(row.name for row in rows)]
    sources = {row.name: row.node.inputs or (before,) for row, before in zip(rows, previous, strict=False)}
    multiplying = {row.name for row in rows if row.macs}
    for row in rows:
        if type(row.layer) is Add and len(row.inputs) == 2:
            one, other = (way_back(name, sources) for name in sources[row.name])
            shortcut, path = sorted((one - other, other - one), key=lambda way: len(way & multiplying))
            if len(shortcut & multiplying) < len(path & multiplying):
                yield from shortcut


def way_back(name: str, sources: Mapping[str, Sequence[str]]) -> set[str]:
    """The names from a node back to the last one in which branches join, or to the input."""
    way = {name}
    while len(before := sources.get(name, ())) == 1:
        (name,) = before
        way.add(name)
    return way


def read_as_channels_last(truth: Sizing, x: Shape, framework: str) -> Shape:
    printed = (x.channels, *x.spatial) if framework == "torch" and len(x) > 2 else x
    return truth(Shape(printed), framework)


def biases_by_default(truth: Count, conv: Convolution, x: Shape) -> int:
    return truth(conv.but(bias=True), x)


MISCONCEPTIONS = (
    Misconception(
        id="shortcut-projection-forgotten",
        topic="residual",
        rule=counted,
        wrong=shortcuts_without_weights,
        belief="A shortcut has no parameters.",
        mend="Where a block changes the shape, a 1 × 1 convolution brings the shortcut in line, and has weights.",
        grade="D",
    ),
    Misconception(
        id="shared-module-counted-per-use",
        topic="code",
        rule=counted,
        wrong=each_use_counted,
        belief="A layer that is called twice has its parameters twice.",
        mend="Both calls use one layer with one set of weights: it counts once.",
        grade="A",
    ),
    Misconception(
        id="tied-head-counted-twice",
        topic="embedding",
        rule=counted,
        wrong=tied_table_counted_again,
        belief="The output layer has weights of its own, also where it is tied to the embedding.",
        mend="Tied means that both use the one table of the embedding, which counts once.",
        grade="A",
    ),
    Misconception(
        id="data-format-swapped",
        topic="code",
        rule=input_axes,
        wrong=read_as_channels_last,
        belief="The last number of an image's shape is its channels, in every framework.",
        mend="PyTorch prints channels first, then height and width.",
        grade="C",
    ),
    Misconception(
        id="conv-bias-default-overlooked",
        topic="code",
        rule=Convolution.trainable,
        wrong=biases_by_default,
        belief="A convolution has biases, whatever its code says.",
        mend="Its bias is switched off: each of the {filters} filters is its weights only.",
        grade="A",
    ),
)
