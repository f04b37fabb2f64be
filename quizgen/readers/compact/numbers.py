"""The numbers of the compact notation: `3x3` for the axes of a kernel, `0+1` for cells before and after, `?` for open."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from quizgen.readers.reading import ReadError
from quizgen.readers.shapes import parse_number

PER_AXIS = frozenset({"kernel", "pool", "size", "factor", "stride", "dilation", "output_padding"})
PAIRS = frozenset({"padding", "crop"})
TUPLES = PER_AXIS | PAIRS | {"target", "order"}
"""Settings that hold a number, or a pair of them, for each axis."""


def read_number(setting: str, text: str, rank: int) -> Any:
    """The value of a setting, on an input with so many spatial axes; raises ReadError."""
    if setting == "rate":
        return read_share(text)
    if setting not in TUPLES:
        return parse_number(text)
    if setting in ("target", "order"):
        return tuple(None if part == "?" else parse_number(part) for part in text.split("x"))
    values = tuple(read_pair(part) if setting in PAIRS else parse_number(part) for part in text.split("x"))
    if len(values) == 1:
        return values * rank
    if len(values) != rank:
        raise ReadError(f"{setting} {text} is for {len(values)} axes, but there are {rank}.")
    return values


def write_number(setting: str, value: Any) -> str:
    """The shortest text from which `read_number` reads the value; a kernel has a number for each axis all the same."""
    if setting == "rate":
        return format(Decimal(repr(float(value))), "f")
    if not isinstance(value, tuple):
        return str(value)
    parts = [write_pair(one) if isinstance(one, tuple) else "?" if one is None else str(one) for one in value]
    alike = setting in PER_AXIS | PAIRS and setting != "kernel" and len(set(parts)) == 1
    return parts[0] if alike else "x".join(parts)


def read_pair(text: str) -> tuple[int, int]:
    before, plus, after = text.partition("+")
    return parse_number(before), parse_number(after if plus else before)


def write_pair(pair: tuple[int, int]) -> str:
    before, after = pair
    return str(before) if before == after else f"{before}+{after}"


def read_share(text: str) -> float:
    whole, _, fraction = text.partition(".")
    if not (whole + fraction).isdigit() or len(text) > 30:
        raise ReadError(f"“{text[:30]}” is no share.", remedy="It lies between 0 and 1, such as 0.5.")
    return float(text)
