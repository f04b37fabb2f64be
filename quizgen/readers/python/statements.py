"""The statements of a user's code: what each does to the names around it, without running any of it."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

from quizgen.readers.python.expressions import operated
from quizgen.readers.python.operations import key
from quizgen.readers.python.undecided import forget
from quizgen.readers.python.values import Class, Function, Instance, Outside, Scope, Thing, Unreadable

if TYPE_CHECKING:
    from quizgen.readers.python.interpreter import Interpreter


class Signal(NamedTuple):
    """How a block ended before its end.

    undecided: it may have, and only running the code would tell; `value` says why.
    """

    kind: Literal["return", "break", "continue", "undecided"]
    value: Any = None


Execute: TypeAlias = Callable[["Interpreter", Any, Scope], Signal | None]


def expression(run: Interpreter, node: ast.Expr, scope: Scope) -> None:
    run.evaluate(node.value, scope)


def assign(run: Interpreter, node: ast.Assign, scope: Scope) -> None:
    value = run.evaluate(node.value, scope)
    for target in node.targets:
        run.bind(target, value, scope)


def annotated(run: Interpreter, node: ast.AnnAssign, scope: Scope) -> None:
    if node.value is not None:
        run.bind(node.target, run.evaluate(node.value, scope), scope)


def augmented(run: Interpreter, node: ast.AugAssign, scope: Scope) -> None:
    before = run.evaluate(node.target, scope)
    more = run.evaluate(node.value, scope)
    if isinstance(before, list) and isinstance(node.op, ast.Add) and isinstance(more, list | tuple):
        before.extend(more[: run.room(before, more, node)])
    else:
        run.bind(node.target, run.attempt(lambda: operated(run, type(node.op), before, more, node), node), scope)


def branch(run: Interpreter, node: ast.If, scope: Scope) -> Signal | None:
    truth = run.truth(run.evaluate(node.test, scope), node.test)
    if not isinstance(truth, Unreadable):
        return run.execute(node.body if truth else node.orelse, scope)
    if only_complains(node.body) and not node.orelse:
        return None
    return Signal("undecided", truth) if forget(run, node, scope, truth) else None


def only_complains(body: Sequence[ast.stmt]) -> bool:
    """Whether a branch does nothing but raise an error, which code that works never does."""
    return all(isinstance(node, ast.Raise | ast.Pass) for node in body)


def loop(run: Interpreter, node: ast.For, scope: Scope) -> Signal | None:
    values = run.elements(node.iter, scope)
    if not isinstance(values, Unreadable) and run.is_too_long(len(values), node):
        values = Unreadable(run.spot(node.iter), "the loop takes too many rounds to follow them all.")
    if isinstance(values, Unreadable):
        forget(run, node, scope, values)
        return None
    for value in values:
        run.bind(node.target, value, scope)
        signal = run.execute(node.body, scope)
        if signal and signal.kind == "undecided":
            return signal if forget(run, node, scope, signal.value) else None
        if signal and signal.kind == "return":
            return signal
        if signal and signal.kind == "break":
            return None
    return run.execute(node.orelse, scope)


def repeat(run: Interpreter, node: ast.While, scope: Scope) -> Signal | None:
    while True:
        truth = run.truth(run.evaluate(node.test, scope), node.test)
        if isinstance(truth, Unreadable):
            return Signal("undecided", truth) if forget(run, node, scope, truth) else None
        if not truth:
            return run.execute(node.orelse, scope)
        signal = run.execute(node.body, scope)
        if signal and signal.kind == "undecided":
            return signal if forget(run, node, scope, signal.value) else None
        if signal and signal.kind == "return":
            return signal
        if signal and signal.kind == "break":
            return None


def attempt(run: Interpreter, node: ast.Try, scope: Scope) -> Signal | None:
    """The code as it runs where nothing goes wrong."""
    return run.execute([*node.body, *node.orelse, *node.finalbody], scope)


def within(run: Interpreter, node: ast.With, scope: Scope) -> Signal | None:
    for item in node.items:
        value = run.evaluate(item.context_expr, scope)
        if item.optional_vars is not None:
            run.bind(item.optional_vars, value, scope)
    return run.execute(node.body, scope)


def definition(run: Interpreter, node: ast.FunctionDef, scope: Scope) -> None:
    scope.names[node.name] = run.function(node.name, node.args, node.body, scope, decorators(node))


def decorators(node: ast.FunctionDef | ast.ClassDef) -> tuple[str, ...]:
    """What stands above a definition, by the last name of each."""
    plain = (part.func if isinstance(part, ast.Call) else part for part in node.decorator_list)
    return tuple(part.attr if isinstance(part, ast.Attribute) else getattr(part, "id", "") for part in plain)


def class_definition(run: Interpreter, node: ast.ClassDef, scope: Scope) -> None:
    bases = [run.evaluate(base, scope) for base in node.bases]
    inside = Scope({}, scope)
    run.execute(node.body, inside)
    fields: list[str] = []
    if "dataclass" in decorators(node):
        fields = [
            part.target.id
            for part in node.body
            if isinstance(part, ast.AnnAssign) and isinstance(part.target, ast.Name)
        ]
    known = tuple(base for base in bases if isinstance(base, Class | Outside))
    kind = Class(node.name, known, inside.names, run.spot(node), tuple(fields))
    for name, value in inside.names.items():
        if isinstance(value, Function):
            inside.names[name] = run.owned(value, kind, scope)
    scope.names[node.name] = kind
    run.classes.append(kind)


def imported(run: Interpreter, node: ast.Import, scope: Scope) -> None:
    for alias in node.names:
        path = alias.name if alias.asname else alias.name.partition(".")[0]
        scope.names[alias.asname or path] = Outside(path)


def imported_from(run: Interpreter, node: ast.ImportFrom, scope: Scope) -> None:
    for alias in node.names:
        if alias.name != "*":
            scope.names[alias.asname or alias.name] = run.host.constant(
                f"{node.module or ''}.{alias.name}", run.spot(node)
            )


def finished(run: Interpreter, node: ast.Return, scope: Scope) -> Signal:
    return Signal("return", None if node.value is None else run.evaluate(node.value, scope))


def broken(run: Interpreter, node: ast.Break, scope: Scope) -> Signal:
    return Signal("break")


def continued(run: Interpreter, node: ast.Continue, scope: Scope) -> Signal:
    return Signal("continue")


def deleted(run: Interpreter, node: ast.Delete, scope: Scope) -> None:
    for target in node.targets:
        if isinstance(target, ast.Name):
            scope.names.pop(target.id, None)


def raised(run: Interpreter, node: ast.Raise, scope: Scope) -> None:
    raise run.spot(node).error("here the code stops with an error of its own.")


def nothing(run: Interpreter, node: ast.stmt, scope: Scope) -> None:
    """What changes no value."""


def bind(run: Interpreter, target: ast.AST, value: Any, scope: Scope) -> None:
    """`target = value`."""
    match target:
        case ast.Name(id=name):
            scope.names[name] = value
        case ast.Tuple(elts=targets) | ast.List(elts=targets):
            for part, element in zip(targets, dealt(run, targets, value, target), strict=True):
                bind(run, part.value if isinstance(part, ast.Starred) else part, element, scope)
        case ast.Attribute(value=owner, attr=name):
            holder = run.evaluate(owner, scope)
            if isinstance(holder, Instance | Class):
                holder.attributes[name] = value
            elif isinstance(holder, Thing):
                holder.assign(name, value, run.spot(target))
        case ast.Subscript(value=owner, slice=place):
            holder, index = run.evaluate(owner, scope), run.evaluate(place, scope)
            if isinstance(holder, Thing):
                holder.assign_item(index, value, run.spot(target))
            elif isinstance(holder, list | dict):
                run.attempt(lambda: store(holder, index, value), target)


def store(holder: Any, index: Any, value: Any) -> None:
    if isinstance(index, slice):
        raise TypeError("parts of a list are not replaced")
    holder[key(index)] = value


def dealt(run: Interpreter, targets: Sequence[ast.AST], value: Any, node: ast.AST) -> Iterable[Any]:
    """What each of several targets gets."""
    values = run.listed(value, node)
    if isinstance(values, Unreadable):
        return [values] * len(targets)
    starred = [place for place, target in enumerate(targets) if isinstance(target, ast.Starred)]
    if starred and len(values) >= len(targets) - 1:
        before, after = starred[0], len(targets) - starred[0] - 1
        end = len(values) - after
        return [*values[:before], values[before:end], *values[end:]]
    if len(values) != len(targets):
        raise run.spot(node).error(f"{len(values)} value(s) are given to {len(targets)} names.")
    return values


STATEMENTS: dict[type[ast.stmt], Execute] = {
    ast.Expr: expression,
    ast.Assign: assign,
    ast.AnnAssign: annotated,
    ast.AugAssign: augmented,
    ast.If: branch,
    ast.For: loop,
    ast.While: repeat,
    ast.Try: attempt,
    ast.With: within,
    ast.FunctionDef: definition,
    ast.ClassDef: class_definition,
    ast.Import: imported,
    ast.ImportFrom: imported_from,
    ast.Return: finished,
    ast.Break: broken,
    ast.Continue: continued,
    ast.Delete: deleted,
    ast.Raise: raised,
    ast.Pass: nothing,
    ast.Assert: nothing,
    ast.Global: nothing,
    ast.Nonlocal: nothing,
}
"""Every kind of statement that is read; of the others it's only kept that nothing is known of their names."""
