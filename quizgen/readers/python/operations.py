"""Arithmetic, comparisons and text on constants, none of which can take long or grow large."""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Mapping
from string import Formatter
from typing import Any

from quizgen.readers.python.values import is_constant

LARGEST = 10**18
"""Beyond any size that a network has."""
LONGEST = 10_000
"""The most elements of a list, and characters of a text."""


class Refused(Exception):
    """A calculation that isn't done: what is wrong with it."""


def binary(op: type[ast.operator], left: Any, right: Any) -> Any:
    """`left op right` for constants; raises Refused."""
    if not (is_constant(left) and is_constant(right)):
        raise Refused("this is no arithmetic on constants.")
    if op is ast.Mod and isinstance(left, str):
        return percent(left, right)
    if op is ast.Pow:
        check_power(left, right)
    if op is ast.Mult:
        check_repeat(left, right)
    if op is ast.LShift and not (isinstance(right, int) and 0 <= right < 64):
        raise Refused("the number is too large.")
    try:
        return checked(BINARY[op](left, right))
    except (TypeError, ValueError, ArithmeticError, KeyError) as error:
        raise Refused(f"this can't be calculated ({error}).") from error


def check_power(base: Any, exponent: Any) -> None:
    """Raise Refused before a power is worked that would be too large."""
    if isinstance(base, int) and isinstance(exponent, int) and abs(base) > 1 and exponent * base.bit_length() > 128:
        raise Refused("the number is too large.")


def check_repeat(left: Any, right: Any) -> None:
    """Raise Refused before something is repeated too often."""
    for text, times in ((left, right), (right, left)):
        if isinstance(text, str | list | tuple) and isinstance(times, int) and len(text) * times > LONGEST:
            raise Refused("the result is too long.")


def checked(value: Any) -> Any:
    """The value, where it's of a size that code for networks has; raises Refused."""
    if isinstance(value, int) and abs(value) > LARGEST:
        raise Refused("the number is too large.")
    if isinstance(value, complex):
        raise Refused("this is no real number.")
    if isinstance(value, str | list | tuple | dict) and len(value) > LONGEST:
        raise Refused("the result is too long.")
    return value


def key(value: Any) -> Any:
    """A key of a dict; raises Refused for anything that isn't soon looked up."""
    if not is_constant(value, most=100):
        raise Refused("only numbers and texts are keys.")
    return value


def compare(op: type[ast.cmpop], left: Any, right: Any) -> bool:
    """`left op right`; raises Refused where only running would tell."""
    if op in IDENTITIES:
        return (left is right or (is_constant(left) and left == right)) == IDENTITIES[op]
    if not (is_constant(left) and is_constant(right)):
        raise Refused("only constants can be compared.")
    try:
        return bool(COMPARISONS[op](left, right))
    except (TypeError, KeyError) as error:
        raise Refused(f"this can't be compared ({error}).") from error


def formatted(value: Any, spec: str = "") -> str:
    """A number or a text in a text; raises Refused."""
    if not isinstance(value, str | int | float | None):
        raise Refused("only numbers and texts can be put into a text.")
    if any(int(width) > 99 for width in re.findall(r"\d+", spec)):
        raise Refused("the result is too long.")
    try:
        return str(checked(format(value, spec)))
    except (TypeError, ValueError, OverflowError) as error:
        raise Refused(f"this can't be formatted ({error}).") from error


def percent(template: str, values: Any) -> str:
    """`"conv_%d" % 3`; raises Refused."""
    if "*" in template or any(int(width) > 99 for width in re.findall(r"%[^a-zA-Z%\d]*(\d+)", template)):
        raise Refused("the result is too long.")
    try:
        return str(checked(template % values))
    except (TypeError, ValueError, OverflowError) as error:
        raise Refused(f"this can't be formatted ({error}).") from error


def filled(template: str, arguments: tuple[Any, ...], keywords: Mapping[str, Any]) -> str:
    """`"conv_{}".format(3)`, without attributes and indices of what is filled in; raises Refused."""
    pieces, number = [], 0
    try:
        for text, name, spec, conversion in Formatter().parse(template):
            pieces.append(text)
            if name is None:
                continue
            if conversion or "{" in (spec or "") or not re.fullmatch(r"\w*", name):
                raise Refused("only plain fields are filled in.")
            key = name or str(number)
            number += not name
            pieces.append(formatted(arguments[int(key)] if key.isdigit() else keywords[key], spec or ""))
    except (ValueError, LookupError) as error:
        raise Refused(f"this can't be formatted ({error}).") from error
    return str(checked("".join(pieces)))


BINARY: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.Pow: operator.pow,
    ast.LShift: operator.lshift,
    ast.RShift: operator.rshift,
    ast.BitAnd: operator.and_,
    ast.BitOr: operator.or_,
    ast.BitXor: operator.xor,
}
UNARY: dict[type[ast.unaryop], Callable[[Any], Any]] = {
    ast.UAdd: operator.pos,
    ast.USub: operator.neg,
    ast.Invert: operator.invert,
}
IDENTITIES: dict[type[ast.cmpop], bool] = {ast.Is: True, ast.IsNot: False}
COMPARISONS: dict[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.In: lambda left, right: left in right,
    ast.NotIn: lambda left, right: left not in right,
}
