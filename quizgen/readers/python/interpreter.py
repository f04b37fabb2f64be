"""A user's code, followed step by step as far as networks need it, and never run.

Constants are worked out, names are kept, loops over constants and calls of the code's own functions are followed; what
belongs to a framework is handed to that framework's reader, the host.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Protocol

from quizgen.readers.python.calls import applied, parent
from quizgen.readers.python.expressions import EXPRESSIONS, attribute_of
from quizgen.readers.python.operations import LONGEST, Refused
from quizgen.readers.python.spots import Spot
from quizgen.readers.python.statements import STATEMENTS, Signal, bind
from quizgen.readers.python.undecided import forget
from quizgen.readers.python.values import (
    Call,
    Class,
    Function,
    Instance,
    Method,
    Outside,
    Scope,
    Thing,
    Unreadable,
    is_constant,
    unreadable,
)

MOST_STEPS = 100_000
"""Expressions and statements, each time that they are met."""
DEEPEST = 60
"""Calls of the code's own functions within each other."""


class Host(Protocol):
    """What a framework's reader makes of what isn't plain Python."""

    def constant(self, path: str, spot: Spot) -> Any:
        """What an outside name stands for: a value, or `Outside(path)` where it isn't known."""

    def call(self, path: str, call: Call) -> Any:
        """A call of an outside name: `keras.layers.Dense(10)`."""

    def instance(self, instance: Instance) -> None:
        """An object of the user's was made: its `__init__` has been followed."""

    def called(self, instance: Instance, call: Call) -> Any:
        """A call of an object of the user's that has no `__call__` of its own."""

    def inherited(self, instance: Instance, name: str, spot: Spot) -> Any:
        """An attribute that an object has from outside: `self.add_weight`, `super().__init__`."""


class Interpreter:
    """Follows one text. Its `scope` holds the names on the outermost level, `classes` the classes in their order."""

    def __init__(self, source: str, host: Host) -> None:
        self.source, self.host = source, host
        self.scope = Scope({"__name__": "__main__"})
        self.classes: list[Class] = []
        self.steps = self.depth = 0
        self.last: ast.stmt | None = None

    def run(self, module: ast.Module) -> Scope:
        """Follow a whole text; raises ReadError."""
        self.guarded(lambda: self.execute(module.body, self.scope), module)
        return self.scope

    def guarded(self, follow: Callable[[], Any], node: ast.AST) -> Any:
        """Follow something; raises ReadError where the code is nested too deeply."""
        try:
            return follow()
        except RecursionError as error:
            raise self.spot(self.last or node).error("the code is nested too deeply to be read.") from error

    def spot(self, node: ast.AST) -> Spot:
        return Spot(self.source, node)

    def execute(self, body: Sequence[ast.stmt], scope: Scope) -> Signal | None:
        """Follow a block, and say how it ended if that was before its end."""
        for node in body:
            self.charge(1, node)
            self.last = node
            execute = STATEMENTS.get(type(node))
            if execute is None:
                forget(self, node, scope, Unreadable(self.spot(node)))
            elif signal := execute(self, node, scope):
                return signal
        return None

    def evaluate(self, node: ast.expr, scope: Scope) -> Any:
        """The value of an expression, which is `Unreadable` where only running the code would tell it.

        Raises ReadError for what a framework's reader refuses, and where the code takes too long.
        """
        self.charge(1, node)
        evaluate = EXPRESSIONS.get(type(node))
        if evaluate is None:
            return Unreadable(self.spot(node))
        value = self.attempt(lambda: evaluate(self, node, scope), node)
        if isinstance(value, str | list | tuple | dict):
            self.charge(len(value) // 8, node)
        return value

    def value(self, node: ast.expr, scope: Scope | None = None) -> Any:
        """The constant that an expression is worth; raises ReadError where it isn't one."""
        value = self.guarded(lambda: self.evaluate(node, scope or self.scope), node)
        if unread := unreadable(value):
            raise unread.error()
        if isinstance(value, Outside):
            raise self.undefined(value, node).error()
        if not is_constant(value):
            raise self.spot(node).error("this is no constant.", remedy="Numbers, texts, and lists of them are.")
        return value

    def attempt(self, calculate: Callable[[], Any], node: ast.AST) -> Any:
        """What a calculation gives, or why it's refused."""
        try:
            return calculate()
        except Refused as error:
            return Unreadable(self.spot(node), str(error))
        except (TypeError, ValueError, ArithmeticError, LookupError) as error:
            return Unreadable(self.spot(node), f"this can't be worked out ({error}).")

    def charge(self, steps: int, node: ast.AST) -> None:
        """Count what was done; raises ReadError where it's too much."""
        self.steps += steps
        if self.steps > MOST_STEPS:
            raise self.spot(node).error("the code takes too many steps to be read.", remedy="Paste the network alone.")

    def is_too_long(self, rounds: int, node: ast.For) -> bool:
        """Whether a loop would take more than its share of steps: a training loop, most often."""
        return rounds > 16 and rounds * sum(1 for _ in ast.walk(node)) > MOST_STEPS // 2

    def room(self, values: list[Any], more: Sequence[Any], node: ast.AST) -> int:
        """How many of some values still fit into a list; raises ReadError where not all do."""
        if len(values) + len(more) > LONGEST:
            raise self.spot(node).error("the list is too long.")
        return len(more)

    def truth(self, value: Any, node: ast.AST) -> bool | Unreadable:
        """Whether a value counts as true."""
        if isinstance(value, Unreadable):
            return value
        if isinstance(value, Outside):
            return self.undefined(value, node)
        return bool(value) if isinstance(value, str | int | float | list | tuple | dict | None) else True

    def undefined(self, value: Outside, node: ast.AST) -> Unreadable:
        """For a name without a value."""
        remedy = f"Set it before it's used: {value.name} = 10." if "." not in value.path else ""
        return Unreadable(self.spot(node), f"nothing in this code says what “{value.path}” is.", remedy)

    def elements(self, node: ast.expr, scope: Scope) -> list[Any] | Unreadable:
        """What a loop over an expression goes through."""
        return self.listed(self.evaluate(node, scope), node)

    def listed(self, value: Any, node: ast.AST) -> list[Any] | Unreadable:
        """The elements of a value."""
        if isinstance(value, str | list | tuple | dict):
            return list(value)
        if isinstance(value, Thing):
            return value.elements(self.spot(node))
        return value if isinstance(value, Unreadable) else Unreadable(self.spot(node))

    def bind(self, target: ast.AST, value: Any, scope: Scope) -> None:
        """`target = value`."""
        bind(self, target, value, scope)

    def function(
        self, name: str, parameters: ast.arguments, body: list[ast.stmt], scope: Scope, decorators: tuple[str, ...] = ()
    ) -> Function:
        """A function that the code defines."""
        defaults = tuple(self.evaluate(default, scope) for default in parameters.defaults)
        named = tuple(default and self.evaluate(default, scope) for default in parameters.kw_defaults)
        return Function(name, parameters, body, scope, defaults, named, decorators)

    def owned(self, function: Function, kind: Class, scope: Scope) -> Function:
        """A function as a method: the names of its class are not in its scope."""
        return replace(function, owner=kind, scope=scope)

    def apply(self, function: Any, call: Call) -> Any:
        """`function(...)`."""
        if self.depth >= DEEPEST:
            raise call.error("the functions call each other too deeply.")
        self.depth += 1
        try:
            return applied(self, function, call)
        finally:
            self.depth -= 1

    def parent(self, scope: Scope, node: ast.Call) -> Any:
        """`super()`."""
        return parent(self, scope, node)

    def attribute(self, value: Any, name: str, node: ast.AST) -> Any:
        """`value.name`."""
        return attribute_of(self, value, name, node)

    def attribute_of_instance(self, instance: Instance, name: str, spot: Spot) -> Any:
        if name in instance.attributes:
            return instance.attributes[name]
        try:
            found = instance.kind.find(name)
        except KeyError:
            return self.host.inherited(instance, name, spot)
        return self.bound(found, instance, spot)

    def attribute_of_class(self, kind: Class, name: str, spot: Spot) -> Any:
        try:
            found = kind.find(name)
        except KeyError:
            return Unreadable(spot)
        return Method(found, kind) if isinstance(found, Function) and "classmethod" in found.decorators else found

    def bound(self, found: Any, instance: Instance, spot: Spot) -> Any:
        """An attribute of a class, as its object has it."""
        if not isinstance(found, Function) or "staticmethod" in found.decorators:
            return found
        if {"property", "cached_property"} & set(found.decorators):
            return self.apply(Method(found, instance), Call((), {}, spot))
        return Method(found, instance.kind if "classmethod" in found.decorators else instance)
