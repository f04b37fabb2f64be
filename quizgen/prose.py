"""Text with values in it: what an author wrote once, and what each question puts into it.

The words of a template are the same in ten thousand questions; only the values differ. A Prose keeps the two apart:
`text` is Markdown with numbered marks, `values` are what stands at the marks. So a renderer reads the words once and
fills in the values as often as it likes, and a value can never be mistaken for markup.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeAlias

from quizgen.layers.base import Shape

MARK_OPENS, MARK_CLOSES = "\ue000", "\ue001"
MARK = re.compile(f"{MARK_OPENS}(\\d+){MARK_CLOSES}")
NUMBER = re.compile("[0-9]+")


DECIMALS = 2
"""The decimals of a number that is not whole; small ones get as many as show three digits."""


def spelled(number: int | Fraction) -> str:
    """`7,600`, `93.37`, `0.0153`: rounded half up where it does not come out."""
    if isinstance(number, int) or number.denominator == 1:
        return f"{int(number):,}"
    decimals = DECIMALS
    while abs(number) * 10**decimals < 100:
        decimals += 1
    scaled = int(abs(number) * 10**decimals + Fraction(1, 2))
    whole, rest = divmod(scaled, 10**decimals)
    sign = "-" if number < 0 else ""
    return f"{sign}{whole:,}.{rest:0{decimals}}".rstrip("0").rstrip(".")


def mark(index: int) -> str:
    """The mark at which the value of that index stands."""
    return f"{MARK_OPENS}{index}{MARK_CLOSES}"


@dataclass(frozen=True, slots=True)
class Maths:
    """A formula: LaTeX with marks, and the values at the marks. A display formula stands on a line of its own."""

    latex: str
    values: tuple[Value, ...] = ()
    display: bool = False


@dataclass(frozen=True, slots=True)
class Code:
    """A listing. language: `python`, or empty for plain text."""

    text: str
    language: str = "python"


@dataclass(frozen=True, slots=True)
class Blank:
    """A place to write one answer into."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under a header. align: one of `l`, `c`, `r` for each column. last_is_total: a rule before the last row."""

    header: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    align: str
    last_is_total: bool = False


@dataclass(frozen=True, slots=True)
class Items:
    """A list of items, numbered or not."""

    items: tuple[Prose, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture as SVG, with the words that stand for it and the same picture in characters."""

    svg: str
    alt: str
    characters: str
    width: float


@dataclass(frozen=True, slots=True)
class Prose:
    """Markdown with marks, and the values at the marks."""

    text: str
    values: tuple[Value, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.text)


Value: TypeAlias = "int | Fraction | str | Shape | Maths | Code | Blank | Table | Items | Drawing | Prose | Block"
"""What can stand at a mark. An int is written with thousands separators, a fraction as a decimal; a str is text and
never markup."""


@dataclass(frozen=True, slots=True)
class Block:
    """A value that only sheets know, such as the options of a question: renderers ask it for what it is made of."""


@dataclass(slots=True)
class Filling:
    """Collects the values of a text while it is being written: `filling(value)` notes the value and returns its mark."""

    values: list[Value] = field(default_factory=list)

    def __call__(self, value: Value) -> str:
        self.values.append(value)
        return mark(len(self.values) - 1)

    def prose(self, text: str) -> Prose:
        return Prose(text, tuple(self.values))


def prose(pattern: str, *values: Value) -> Prose:
    """A Prose from Markdown in which each `{}` stands for the next value; `$` maths with braces doubles them."""
    return Prose(pattern.format(*(mark(index) for index in range(len(values)))), values)


def joined(parts: Iterable[Prose], separator: str) -> Prose:
    """Several Proses one after the other."""
    filling = Filling()
    return filling.prose(separator.join(filled(part.text, part.values, filling) for part in parts))


def filled(text: str, values: tuple[Value, ...], write: Callable[[Value], str]) -> str:
    """The text with each mark replaced by what `write` makes of its value."""
    return MARK.sub(lambda match: write(values[int(match[1])]), text)


def numbers_in(text: Prose) -> Iterator[int | Fraction | Shape]:
    """Every number and shape that a text prints, and every size of such a shape."""
    yield from map(int, NUMBER.findall(MARK.sub(" ", text.text).replace(",", "")))
    for value in text.values:
        match value:
            case Shape():
                yield from (value, *value)
            case int() | Fraction():
                yield value
            case Prose():
                yield from numbers_in(value)
