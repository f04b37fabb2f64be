"""The functions of Python that code for networks calls on constants, and the methods of constants."""

from __future__ import annotations

import ast
import math
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeAlias

from quizgen.readers.python.operations import LONGEST, Refused, checked, filled, formatted, key
from quizgen.readers.python.spots import Spot
from quizgen.readers.python.values import (
    Builtin,
    Call,
    Class,
    Instance,
    Outside,
    Thing,
    Unreadable,
    is_constant,
    unreadable,
)

Applied: TypeAlias = Callable[..., Any]

NOWHERE = Spot("", ast.Pass())
"""For what a thing is asked without a place in the code."""


def builtin(name: str, function: Applied, kind: type[Any] | None = None) -> Builtin:
    """A function of constants as the code calls it; it raises Refused, or what Python raises."""

    def apply(call: Call) -> Any:
        if unread := unreadable(*call.values):
            return unread
        try:
            return checked(function(*call.arguments, **call.keywords))
        except Refused as error:
            return Unreadable(call.spot, str(error))
        except (TypeError, ValueError, ArithmeticError, LookupError) as error:
            return Unreadable(call.spot, f"this can't be worked out ({error}).")

    return Builtin(name, apply, kind)


def of_constants(function: Applied) -> Applied:
    """A function that takes nothing but constants."""

    def apply(*arguments: Any, **keywords: Any) -> Any:
        if not all(map(is_constant, (*arguments, *keywords.values()))):
            raise Refused("only constants can be read here.")
        return function(*arguments, **keywords)

    return apply


def span(*bounds: int) -> list[int]:
    """`range(...)`, which is a list here."""
    numbers = range(*bounds)
    if len(numbers) > LONGEST:
        raise Refused("the range is too long.")
    return list(numbers)


def integer(value: Any = 0) -> int:
    """`int(...)`; texts only in decimal, and not for long."""
    if isinstance(value, str) and len(value) > 20:
        raise Refused("the number is too large.")
    return int(value)


def length(value: Any) -> Any:
    if isinstance(value, Thing):
        return value.length()
    if not isinstance(value, str | list | tuple | dict):
        raise Refused("only the length of a constant can be read.")
    return len(value)


def elements(values: Any) -> list[Any]:
    """What a loop goes through; raises Refused."""
    if isinstance(values, str | list | tuple | dict):
        return list(values)
    found = values.elements(NOWHERE) if isinstance(values, Thing) else None
    if not isinstance(found, list):
        raise Refused("only running the code would tell what is in it.")
    return found


def together(*columns: Any) -> list[tuple[Any, ...]]:
    return list(zip(*map(elements, columns), strict=False))


def numbered(values: Any, start: int = 0) -> list[tuple[int, Any]]:
    return list(enumerate(elements(values), start))


def backwards(values: Any) -> list[Any]:
    return elements(values)[::-1]


def is_instance(value: Any, kinds: Any) -> bool:
    """`isinstance(...)` with the types of constants, and with classes of the user's."""
    for kind in kinds if isinstance(kinds, tuple) else (kinds,):
        known = value.is_a(kind) if isinstance(value, Thing) else None if isinstance(kind, Outside) else False
        if known is None:
            raise Refused("only running the code would tell what it is.")
        if known:
            return True
        if isinstance(kind, Builtin) and kind.kind and isinstance(value, kind.kind):
            return True
        if isinstance(kind, Class) and isinstance(value, Instance) and kind in value.kind.ancestry:
            return True
    return False


def mapping(pairs: Any = (), /, **named: Any) -> dict[Any, Any]:
    """`dict(...)`."""
    given = pairs.items() if isinstance(pairs, dict) else elements(pairs)
    return {**{key(name): value for name, value in given}, **named}


TYPES: tuple[Builtin, ...] = (
    builtin("int", of_constants(integer), int),
    builtin("float", of_constants(float), float),
    builtin("bool", of_constants(bool), bool),
    builtin("str", lambda value="": formatted(value), str),
    builtin("list", lambda values=(): elements(values), list),
    builtin("tuple", lambda values=(): tuple(elements(values)), tuple),
    builtin("dict", mapping, dict),
)
FUNCTIONS: dict[str, Builtin] = {
    **{function.name: function for function in TYPES},
    **{
        name: builtin(name, of_constants(function))
        for name, function in dict[str, Applied]({
            "range": span, "xrange": span, "min": min, "max": max, "sum": sum, "abs": abs,
            "round": round, "sorted": sorted, "all": all, "any": any, "divmod": divmod,
        }).items()
    },
    **{
        name: builtin(name, function)
        for name, function in dict[str, Applied]({
            "len": length, "zip": together, "enumerate": numbered, "reversed": backwards, "isinstance": is_instance,
        }).items()
    },
}  # fmt: skip
"""Python's own functions, by name."""


def product(values: Any, *_: Any, **__: Any) -> Any:
    """`numpy.prod`; of a number that number."""
    result = 1
    for value in values if isinstance(values, list | tuple) else [values]:
        result = checked(result * value)
    return result


MATHS: dict[str, Applied] = {
    "ceil": math.ceil, "floor": math.floor, "sqrt": math.sqrt, "log2": math.log2, "log": math.log, "prod": product,
    "exp": math.exp,
}  # fmt: skip
OUTSIDE: dict[str, Builtin] = {
    f"{module}.{name}": builtin(f"{module}.{name}", of_constants(function))
    for module in ("math", "numpy", "np")
    for name, function in MATHS.items()
}
"""The functions of `math` and NumPy that code for networks calls on constants."""

TEXT_METHODS = ("lower", "upper", "strip", "split", "startswith", "endswith", "capitalize")


def methods(value: str | list[Any] | dict[Any, Any] | tuple[Any, ...]) -> Iterator[tuple[str, Applied]]:
    """The methods of a constant, by name."""
    if isinstance(value, str):
        yield "format", lambda *arguments, **keywords: filled(value, arguments, keywords)
        yield "join", of_constants(lambda texts: joined(value, texts))
        for name in TEXT_METHODS:
            yield name, of_constants(getattr(value, name))
    elif isinstance(value, dict):
        yield "items", lambda: list(value.items())
        yield "keys", lambda: list(value)
        yield "values", lambda: list(value.values())
        yield "get", lambda name, default=None: value.get(key(name), default)
        yield "pop", lambda name, *default: value.pop(key(name), *default)
        yield "setdefault", lambda name, default=None: value.setdefault(key(name), default)
        yield "update", lambda more=(), **named: value.update(mapping(more, **named))
        yield "copy", value.copy
    elif isinstance(value, list):
        for name in ("append", "insert", "pop", "reverse", "clear", "copy"):
            yield name, getattr(value, name)
        yield "extend", lambda more: extend(value, more)
        yield "index", lambda element: of_constants(list.index)(value, element)


def joined(between: str, texts: list[str]) -> str:
    """`between.join(texts)`, within limits; raises Refused."""
    if sum(len(text) + len(between) for text in texts) > LONGEST:
        raise Refused("the text is too long.")
    return between.join(texts)


def extend(values: list[Any], more: Iterable[Any]) -> None:
    """`values.extend(more)`, within limits; raises Refused."""
    found = elements(more)
    if len(values) + len(found) > LONGEST:
        raise Refused("the list is too long.")
    values.extend(found)


def method(value: Any, name: str) -> Builtin | None:
    """The method of a constant; None where it isn't known."""
    if not isinstance(value, str | list | dict | tuple):
        return None
    found = dict(methods(value)).get(name)
    return None if found is None else storing(name, found) if name in STORING else builtin(name, found)


STORING = frozenset({"append", "insert", "setdefault", "update", "extend"})


def storing(name: str, function: Applied) -> Builtin:
    """A method that keeps what it's given, which may be unreadable: it's an error only where it's needed."""

    def apply(call: Call) -> Any:
        try:
            return function(*call.arguments, **call.keywords)
        except (Refused, TypeError, ValueError, LookupError) as error:
            return Unreadable(call.spot, f"this can't be worked out ({error}).")

    return Builtin(name, apply)
