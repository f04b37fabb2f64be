"""Calls in a user's code: of its own functions and classes, of Python's, and of a framework's."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from quizgen.readers.python.functions import OUTSIDE
from quizgen.readers.python.values import (
    Builtin,
    Call,
    Class,
    Function,
    Instance,
    Method,
    Names,
    Outside,
    Scope,
    Super,
    Thing,
    Unreadable,
)

if TYPE_CHECKING:
    from quizgen.readers.python.interpreter import Interpreter


def applied(run: Interpreter, function: Any, call: Call) -> Any:
    """`function(...)`."""
    match function:
        case Unreadable():
            return function
        case Thing():
            return function.called(call)
        case Builtin():
            return function.apply(call)
        case Outside(path=path):
            return OUTSIDE[path].apply(call) if path in OUTSIDE else run.host.call(path, call)
        case Function():
            return followed(run, function, call)
        case Method():
            with_self = Call((function.instance, *call.arguments), call.keywords, call.spot)
            return followed(run, function.function, with_self)
        case Class():
            return made(run, function, call)
        case Instance():
            return called(run, function, call)
        case _:
            return Unreadable(call.spot)


def followed(run: Interpreter, function: Function, call: Call) -> Any:
    """What a function of the user's returns."""
    scope = Scope(bound(function, call), function.scope)
    if function.owner is not None:
        scope.names["__class__"] = function.owner
    signal = run.execute(function.body, scope)
    return None if signal is None else signal.value


def bound(function: Function, call: Call) -> Names:
    """The values of a function's parameters; raises ReadError where the arguments don't fit."""
    parameters = function.parameters
    positional = [one.arg for one in (*parameters.posonlyargs, *parameters.args)]
    named = [one.arg for one in parameters.kwonlyargs]
    names: Names = dict(zip(positional[len(positional) - len(function.defaults) :], function.defaults, strict=True))
    names |= {
        name: value
        for name, value, default in zip(named, function.keyword_defaults, parameters.kw_defaults, strict=True)
        if default is not None
    }
    names |= dict(zip(positional, call.arguments, strict=False))
    rest = call.arguments[len(positional) :]
    if rest and parameters.vararg is None:
        raise call.error(f"{function.name} takes {len(positional)} argument(s), but {len(call.arguments)} are given.")
    if parameters.vararg is not None:
        names[parameters.vararg.arg] = rest
    more = {name: value for name, value in call.keywords.items() if name not in (*positional, *named)}
    names |= {name: value for name, value in call.keywords.items() if name not in more}
    if parameters.kwarg is not None:
        names[parameters.kwarg.arg] = more
    elif more:
        raise call.error(f"{function.name} has no parameter “{next(iter(more))}”.")
    missing = [name for name in (*positional, *named) if name not in names]
    if missing:
        raise call.error(f"{function.name} lacks its argument “{missing[0]}”.")
    return names


def made(run: Interpreter, kind: Class, call: Call) -> Instance:
    """An object of a class of the user's."""
    instance = Instance(kind)
    try:
        initialize = kind.find("__init__")
    except KeyError:
        fill_fields(instance, call)
        if kind.outside:
            run.apply(run.host.inherited(instance, "__init__", call.spot), call)
    else:
        if isinstance(initialize, Function):
            followed(run, initialize, Call((instance, *call.arguments), call.keywords, call.spot))
    run.host.instance(instance)
    return instance


def fill_fields(instance: Instance, call: Call) -> None:
    """What the `__init__` of a dataclass does; what a framework's own does is the host's business."""
    fields = [name for ancestor in instance.kind.ancestry if isinstance(ancestor, Class) for name in ancestor.fields]
    instance.attributes |= dict(zip(fields, call.arguments, strict=False))
    instance.attributes |= {name: value for name, value in call.keywords.items() if name in fields}


def called(run: Interpreter, instance: Instance, call: Call) -> Any:
    """`instance(...)`."""
    try:
        method = instance.kind.find("__call__")
    except KeyError:
        return run.host.called(instance, call)
    return run.apply(Method(method, instance) if isinstance(method, Function) else method, call)


def parent(run: Interpreter, scope: Scope, node: ast.Call) -> Any:
    """`super()` and `super(Net, self)` within a method."""
    try:
        instance, owner = scope.find("self"), scope.find("__class__")
    except KeyError:
        return Unreadable(run.spot(node))
    if node.args:
        named = run.evaluate(node.args[0], scope)
        owner = named if isinstance(named, Class) else owner
    return Super(instance, owner) if isinstance(instance, Instance) else Unreadable(run.spot(node))
