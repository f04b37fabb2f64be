"""What the values of a user's code are while it's read: constants as they are, and the few kinds below.

Nothing of the user's code ever runs: its functions and classes are trees that `Interpreter` walks.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from quizgen.readers.python.spots import Spot
from quizgen.readers.reading import ReadError

Names: TypeAlias = dict[str, Any]


class Unreadable:
    """A value that only running the code would tell. An error where a network needs it, and nothing elsewhere."""

    __slots__ = ("remedy", "spot", "what")

    def __init__(self, spot: Spot, what: str = "only running the code would tell its value.", remedy: str = "") -> None:
        self.spot, self.what, self.remedy = spot, what, remedy

    def error(self) -> ReadError:
        remedy = self.remedy or "Write a number, or arithmetic on numbers, in its place."
        return self.spot.error(self.what, remedy=remedy)


@dataclass(frozen=True, slots=True)
class Outside:
    """What the code imports, or uses without a definition, by its dotted name: `keras.layers.Dense`."""

    path: str

    @property
    def name(self) -> str:
        """The last part: `Dense`."""
        return self.path.rpartition(".")[2]


class Thing:
    """A value that means something to a framework's reader: a layer, a tensor, a model.

    Each method gets the place at which it's used. What a thing doesn't know is `Unreadable`; what it must refuse is a
    ReadError. Things are equal only to themselves, unless they define it.
    """

    def called(self, call: Call) -> Any:
        """`thing(...)`."""
        return Unreadable(call.spot)

    def attribute(self, name: str, spot: Spot) -> Any:
        """`thing.name`; a method is a `Builtin`."""
        return Unreadable(spot)

    def assign(self, name: str, value: Any, spot: Spot) -> None:
        """`thing.name = value`."""

    def item(self, index: Any, spot: Spot) -> Any:
        """`thing[index]`; an index may be a slice, an Ellipsis, or a tuple of them."""
        return Unreadable(spot)

    def assign_item(self, index: Any, value: Any, spot: Spot) -> None:
        """`thing[index] = value`."""

    def operate(self, op: type[ast.operator], other: Any, spot: Spot, *, reflected: bool = False) -> Any:
        """`thing + other`, or `other + thing` where reflected; `op` is a class of `ast`, such as `ast.Add`."""
        return Unreadable(spot)

    def elements(self, spot: Spot) -> list[Any] | Unreadable:
        """What a loop over the thing goes through."""
        return Unreadable(spot)

    def length(self) -> Any:
        """`len(thing)`; None where it's not known."""
        return None

    def is_a(self, kind: Any) -> bool | None:
        """`isinstance(thing, kind)`; None where it's not known."""
        return None


@dataclass(frozen=True, slots=True)
class Call:
    """The arguments of a call, and where it stands."""

    arguments: tuple[Any, ...]
    keywords: Mapping[str, Any]
    spot: Spot

    @property
    def values(self) -> tuple[Any, ...]:
        """All arguments, keywords last."""
        return (*self.arguments, *self.keywords.values())

    def argument(self, place: int, name: str, default: Any = None) -> Any:
        """An argument by its place or its keyword, whatever it is."""
        return self.arguments[place] if place < len(self.arguments) else self.keywords.get(name, default)

    def error(self, what: str, *, remedy: str = "") -> ReadError:
        return self.spot.error(what, remedy=remedy)


@dataclass(frozen=True, slots=True)
class Builtin:
    """A function that the reader itself has: one of Python's, or a method of a constant or a thing."""

    name: str
    apply: Callable[[Call], Any]
    kind: type[Any] | None = None
    """The type that it stands for in `isinstance`, if it's one."""


@dataclass(eq=False, slots=True)
class Scope:
    """Names and their values; what isn't found here is looked for in the scope around it."""

    names: Names = field(default_factory=dict, repr=False)
    around: Scope | None = field(default=None, repr=False)

    def find(self, name: str) -> Any:
        """The value of a name; raises KeyError."""
        scope: Scope | None = self
        while scope is not None:
            if name in scope.names:
                return scope.names[name]
            scope = scope.around
        raise KeyError(name)


@dataclass(frozen=True, slots=True, eq=False)
class Function:
    """A function of the user's: its tree, where it was defined, and the values of its defaults."""

    name: str
    parameters: ast.arguments
    body: list[ast.stmt]
    scope: Scope
    defaults: tuple[Any, ...] = ()
    keyword_defaults: tuple[Any, ...] = ()
    decorators: tuple[str, ...] = ()
    owner: Class | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Class:
    """A class of the user's: its bases (classes of the user's, or outside names) and its attributes."""

    name: str
    bases: tuple[Any, ...]
    attributes: Names = field(repr=False)
    spot: Spot
    fields: tuple[str, ...] = ()
    """The annotated names of a dataclass, in their order."""

    @property
    def ancestry(self) -> tuple[Any, ...]:
        """The class, and what it's derived from, nearest first; the last ones are outside names."""
        lines = [base.ancestry if isinstance(base, Class) else (base,) for base in self.bases]
        return tuple(dict.fromkeys((self, *(ancestor for line in lines for ancestor in line))))

    @property
    def outside(self) -> tuple[str, ...]:
        """The dotted names of the classes of frameworks that it's derived from."""
        return tuple(base.path for base in self.ancestry if isinstance(base, Outside))

    def find(self, name: str, after: Class | None = None) -> Any:
        """An attribute of the class or of those it's derived from (behind one of them); raises KeyError."""
        line = [ancestor for ancestor in self.ancestry if isinstance(ancestor, Class)]
        for ancestor in line[line.index(after) + 1 if after in line else 0 :]:
            if name in ancestor.attributes:
                return ancestor.attributes[name]
        raise KeyError(name)


@dataclass(slots=True, eq=False)
class Instance:
    """An object of one of the user's classes. `state` is for the framework's reader."""

    kind: Class
    attributes: Names = field(default_factory=dict, repr=False)
    state: Any = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, eq=False)
class Method:
    """A function of the user's, bound to an object or a class."""

    function: Function
    instance: Any


@dataclass(frozen=True, slots=True, eq=False)
class Super:
    """`super()`: the object, seen from behind one of its classes."""

    instance: Instance
    after: Class | None


CONSTANTS = (bool, int, float, str, type(None), tuple, list, dict, slice, type(...))
"""The types of the values that are what they are."""


def is_constant(value: Any, most: int = 10_000) -> bool:
    """Whether a value is a constant through and through, and of no more than so many parts.

    Lists can hold each other many times over, so the parts are counted as often as they are met.
    """
    waiting = [value]
    while waiting:
        part = waiting.pop()
        most -= 1
        if most < 0 or not isinstance(part, CONSTANTS):
            return False
        waiting.extend(parts_of(part))
    return True


def unreadable(*values: Any) -> Unreadable | None:
    """The first value that can't be read, in lists, tuples and dicts too."""
    waiting, met = list(reversed(values)), set[int]()
    while waiting:
        part = waiting.pop()
        if isinstance(part, Unreadable):
            return part
        if isinstance(part, tuple | list | dict) and id(part) not in met:
            met.add(id(part))
            waiting.extend(reversed(parts_of(part)))
    return None


def parts_of(value: Any) -> list[Any]:
    """The elements of a list or tuple, and the values of a dict."""
    if isinstance(value, tuple | list):
        return list(value)
    return list(value.values()) if isinstance(value, dict) else []
