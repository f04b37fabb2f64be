"""A formula as it stands on paper: rows of atoms, brackets, fractions, scripts and roots.

The tree keeps layout and leaves meaning alone, but whatever every writer would have to guess, the parser settles:
a minus sign knows whether it is unary, and words standing side by side have a space between them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Style = Literal["italic", "upright", "bold", "function"]
Role = Literal["binary", "relation", "prefix", "postfix", "punctuation", "tight", "large"]
Size = Literal["fitting", "display", "text"]

THIN = 3
QUAD = 18


@dataclass(frozen=True, slots=True)
class Number:
    """A numeral as it is read, its thousands separated by commas if the author separated them: `7,600`."""

    digits: str


@dataclass(frozen=True, slots=True)
class Slot:
    """A place that is filled after writing: a number, a shape or a name; every writer passes its mark on unchanged."""

    mark: str


@dataclass(frozen=True, slots=True)
class Name:
    """A variable, a constant or a function: `k`, `filters`, `max`, `∞`."""

    letters: str
    style: Style = "italic"


@dataclass(frozen=True, slots=True)
class Text:
    """Prose within a formula; its own spaces count."""

    words: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Operator:
    """A sign between, before or after other things; its role decides the space around it."""

    symbol: str
    role: Role


@dataclass(frozen=True, slots=True)
class Space:
    """A space `mu` eighteenths of an em wide; a negative one draws its neighbours together."""

    mu: int


@dataclass(frozen=True, slots=True)
class Row:
    """Things side by side; none at all in an empty cell or between empty brackets."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Fraction:
    """A numerator above a denominator; `size` is set where the author asked for one."""

    over: Node
    under: Node
    size: Size = "fitting"


@dataclass(frozen=True, slots=True)
class Fenced:
    """Something in brackets: parentheses, floor, ceiling, absolute value. An invisible bracket is an empty string."""

    open: str
    body: Node
    close: str


@dataclass(frozen=True, slots=True)
class Scripts:
    """A base with a subscript, a superscript or both; at least one of them is there."""

    base: Node
    sub: Node | None = None
    sup: Node | None = None


@dataclass(frozen=True, slots=True)
class Root:
    """A square root, or the root that `index` says."""

    body: Node
    index: Node | None = None


@dataclass(frozen=True, slots=True)
class Aligned:
    """Lines set under each other; the first, third ... cell of a line ends where the next one begins."""

    lines: tuple[tuple[Node, ...], ...]


Node = Number | Slot | Name | Text | Operator | Space | Row | Fraction | Fenced | Scripts | Root | Aligned


def items_of(node: Node) -> tuple[Node, ...]:
    """The node as the items of a row."""
    return node.items if isinstance(node, Row) else (node,)


def core_of(node: Node) -> Node:
    """What carries the scripts: `t` in `t²`."""
    return core_of(node.base) if isinstance(node, Scripts) else node


def is_function(node: Node) -> bool:
    """True for `max`, and for `max` with an index."""
    core = core_of(node)
    return isinstance(core, Name) and core.style == "function"


def takes_limits(node: Node) -> bool:
    """True for a base whose scripts stand below and above it in a displayed formula: a sum, a maximum."""
    match node:
        case Operator(role="large") | Name(letters="max" | "min", style="function"):
            return True
    return False


def is_tall(node: Node) -> bool:
    """True for what needs brackets taller than a line of text."""
    match node:
        case Fraction() | Operator(role="large"):
            return True
        case Row(items=items):
            return any(is_tall(item) for item in items)
        case Fenced(body=body) | Root(body=body) | Scripts(base=body):
            return is_tall(body)
    return False


def stands_alone(items: Sequence[Node], index: int) -> bool:
    """True for an item of a row that no neighbour multiplies, so that a fraction needs no brackets on one line."""
    before = next((item for item in reversed(items[:index]) if not _is_narrow(item)), None)
    after = next((item for item in items[index + 1 :] if not _is_narrow(item)), None)
    return _separates(before) and _separates(after)


def _is_narrow(node: Node) -> bool:
    return isinstance(node, Space) and node.mu < QUAD


def _separates(neighbour: Node | None) -> bool:
    match neighbour:
        case None | Text() | Space() | Operator(role="relation" | "punctuation" | "prefix") | Operator(symbol="."):
            return True
        case Operator(symbol="+" | "−" | "±"):
            return True
    return False
