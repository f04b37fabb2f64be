"""Displayed formulas that are too long for a line, for outputs that break no formula of their own accord."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quizgen import maths
from quizgen.maths.tree import QUAD, Aligned, Fenced, Fraction, Node, Operator, Row, Space

LINE = 72
"""The characters of a line, as plain text counts them."""


def stacked(node: Node) -> Node:
    """A formula with each of its equals signs on a line of its own, if it is too long for one line."""
    if not isinstance(node, Row) or width(node.items) <= LINE:
        return node
    lines = [line for step in split(node.items, "relation") for line in filled(list(split(step, "binary")))]
    first, *others = (Row(tuple(line)) for line in lines)
    return Aligned(((Row(()), first), *((Row(()), Row((Space(QUAD), *line.items))) for line in others)))


def split(items: Sequence[Node], role: str) -> Iterator[Sequence[Node]]:
    """The items in parts, each but the first beginning with an operator of that role."""
    first = 0
    for index, item in enumerate(items):
        if index and isinstance(item, Operator) and item.role == role:
            yield items[first:index]
            first = index
    yield items[first:]


def filled(parts: Sequence[Sequence[Node]]) -> Iterator[Sequence[Node]]:
    """The parts joined to lines, as many to each as fit."""
    line: tuple[Node, ...] = ()
    for part in parts:
        if line and width((*line, *part)) > LINE:
            yield line
            line = (Space(QUAD),)
        line = (*line, *part)
    yield line


def width(items: Sequence[Node]) -> int:
    """The characters that things take side by side; a fraction takes those of its longer half."""
    return sum(map(extent, items))


def extent(node: Node) -> int:
    match node:
        case Row(items):
            return width(items)
        case Fraction(over, under):
            return max(extent(over), extent(under))
        case Fenced(opening, body, closing):
            return len(opening) + extent(body) + len(closing)
        case Operator():
            return 3
    return len(maths.plain(node))
