"""Python source as a person would write it: calls from values, long lines broken at their brackets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from json import dumps
from keyword import iskeyword
from re import sub
from typing import Any

WIDTH = 72
"""The longest line that fits a printed column."""

INDENT = " " * 4

OPENING, CLOSING = "([{", ")]}"


def call(name: str, *arguments: Any, **keywords: Any) -> str:
    """`name(1, "a", key=(2, 3))`. A keyword that is None is left out: the default stands."""
    return f"{name}({', '.join(written(arguments, keywords))})"


def also(call: str, **keywords: Any) -> str:
    """The call with more keyword arguments."""
    head, more = call.removesuffix(")"), ", ".join(written((), keywords))
    return f"{head}{', ' if more and not head.endswith('(') else ''}{more})"


def written(arguments: Sequence[Any], keywords: dict[str, Any]) -> list[str]:
    """The arguments as source."""
    given = [f"{name}={literal(value)}" for name, value in keywords.items() if value is not None]
    return [*map(literal, arguments), *given]


class Source(str):
    """An expression that stands as it is, and not as a text in quotes."""

    __slots__ = ()


def literal(value: Any) -> str:
    """A value as source, texts in double quotes."""
    if isinstance(value, Source):
        return value
    return dumps(value, ensure_ascii=False) if isinstance(value, str) else repr(value)


def identifier(name: str, taken: frozenset[str]) -> str:
    """The name as a variable that is no keyword and not among those taken."""
    plain = sub(r"\W", "_", name) or "_"
    if plain[0].isdigit():
        plain = f"_{plain}"
    return f"{plain}_" if plain in taken or iskeyword(plain) else plain


def broken(line: str, indent: str = "") -> list[str]:
    """A statement on as few lines as it needs.

    What doesn't fit goes on a line of its own inside the first brackets, or else one argument a line.
    """
    whole = indent + line
    bounds = None if len(whole) <= WIDTH else brackets(line)
    if bounds is None:
        return [whole]
    start, end = bounds
    inside, deeper = line[start:end], indent + INDENT
    middle = [deeper + inside] if len(deeper + inside) <= WIDTH else one_each(split(inside), deeper)
    return [indent + line[:start], *middle, indent + line[end:]]


def one_each(arguments: Iterable[str], indent: str = INDENT) -> list[str]:
    """Each argument on a line of its own, or on several."""
    return [line for argument in arguments for line in broken(f"{argument},", indent)]


def brackets(line: str) -> tuple[int, int] | None:
    """What the first brackets with anything in them hold; two pairs that open and close together are taken as one."""
    for start, character in enumerate(line):
        if character in OPENING:
            end = closing(line, start)
            if end == start + 1:
                continue
            if line[start + 1] in OPENING and closing(line, start + 1) == end - 1:
                return start + 2, end - 1
            return start + 1, end
    return None


def closing(line: str, start: int) -> int:
    """Where the bracket that opens at `start` closes."""
    depth = 0
    for place in range(start, len(line)):
        depth += (line[place] in OPENING) - (line[place] in CLOSING)
        if depth == 0:
            return place
    raise ValueError(f"a bracket is left open in {line!r}")


def split(inside: str) -> list[str]:
    """The arguments between the brackets."""
    parts, depth, start = [], 0, 0
    for place, character in enumerate(inside):
        depth += (character in OPENING) - (character in CLOSING)
        if character == "," and depth == 0:
            parts.append(inside[start:place])
            start = place + 2
    return [*parts, inside[start:]]
