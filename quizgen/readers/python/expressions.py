"""The expressions of a user's code: what each kind is worth, without running any of it."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, TypeAlias

from quizgen.readers.python.functions import FUNCTIONS, method
from quizgen.readers.python.operations import UNARY, Refused, binary, checked, compare, formatted, key
from quizgen.readers.python.values import (
    Builtin,
    Call,
    Class,
    Function,
    Instance,
    Method,
    Outside,
    Scope,
    Super,
    Thing,
    Unreadable,
    unreadable,
)

if TYPE_CHECKING:
    from quizgen.readers.python.interpreter import Interpreter

Evaluate: TypeAlias = Callable[["Interpreter", Any, Scope], Any]


def constant(run: Interpreter, node: ast.Constant, scope: Scope) -> Any:
    return node.value if isinstance(node.value, type(...)) else checked(node.value)


def name(run: Interpreter, node: ast.Name, scope: Scope) -> Any:
    try:
        return scope.find(node.id)
    except KeyError:
        return FUNCTIONS.get(node.id) or run.host.constant(node.id, run.spot(node))


def sequence(run: Interpreter, node: ast.List | ast.Tuple | ast.Set, scope: Scope) -> Any:
    values: list[Any] = []
    for element in node.elts:
        if not isinstance(element, ast.Starred):
            values.append(run.evaluate(element, scope))
            continue
        spread = run.elements(element.value, scope)
        if isinstance(spread, Unreadable):
            return spread
        values.extend(spread)
    return tuple(values) if isinstance(node, ast.Tuple) else values


def mapping(run: Interpreter, node: ast.Dict, scope: Scope) -> Any:
    values: dict[Any, Any] = {}
    for part, value in zip(node.keys, node.values, strict=True):
        if part is None:
            more = run.evaluate(value, scope)
            if not isinstance(more, dict):
                return Unreadable(run.spot(value))
            values |= more
        else:
            values[key(run.evaluate(part, scope))] = run.evaluate(value, scope)
    return values


def binary_operation(run: Interpreter, node: ast.BinOp, scope: Scope) -> Any:
    return operated(run, type(node.op), run.evaluate(node.left, scope), run.evaluate(node.right, scope), node)


def operated(run: Interpreter, op: type[ast.operator], left: Any, right: Any, node: ast.AST) -> Any:
    """`left op right`; things know themselves what it means."""
    if isinstance(left, Thing):
        return left.operate(op, right, run.spot(node))
    if isinstance(right, Thing):
        return right.operate(op, left, run.spot(node), reflected=True)
    if op is ast.Add and isinstance(left, list | tuple) and type(left) is type(right):
        return checked(left + right)  # type: ignore[operator]
    if unread := unreadable(left, right):
        return unread
    for value in (left, right):
        if isinstance(value, Outside):
            return run.undefined(value, node)
    return binary(op, left, right)


def unary_operation(run: Interpreter, node: ast.UnaryOp, scope: Scope) -> Any:
    value = run.evaluate(node.operand, scope)
    if isinstance(node.op, ast.Not):
        truth = run.truth(value, node)
        return truth if isinstance(truth, Unreadable) else not truth
    if isinstance(value, Unreadable):
        return value
    if not isinstance(value, int | float):
        raise Refused("only numbers have a sign.")
    return checked(UNARY[type(node.op)](value))


def both_or_either(run: Interpreter, node: ast.BoolOp, scope: Scope) -> Any:
    value: Any = None
    for part in node.values:
        value = run.evaluate(part, scope)
        truth = run.truth(value, part)
        if isinstance(truth, Unreadable):
            return truth
        if truth == isinstance(node.op, ast.Or):
            return value
    return value


def comparison(run: Interpreter, node: ast.Compare, scope: Scope) -> Any:
    left = run.evaluate(node.left, scope)
    for op, part in zip(node.ops, node.comparators, strict=True):
        right = run.evaluate(part, scope)
        if unread := unreadable(left, right):
            return unread
        if not compare(type(op), left, right):
            return False
        left = right
    return True


def choice(run: Interpreter, node: ast.IfExp, scope: Scope) -> Any:
    truth = run.truth(run.evaluate(node.test, scope), node.test)
    return truth if isinstance(truth, Unreadable) else run.evaluate(node.body if truth else node.orelse, scope)


def attribute(run: Interpreter, node: ast.Attribute, scope: Scope) -> Any:
    return run.attribute(run.evaluate(node.value, scope), node.attr, node)


def subscript(run: Interpreter, node: ast.Subscript, scope: Scope) -> Any:
    value, index = run.evaluate(node.value, scope), run.evaluate(node.slice, scope)
    if isinstance(value, Thing):
        return value.item(index, run.spot(node))
    if isinstance(value, Unreadable):
        return value
    if unread := unreadable(index):
        return unread
    if not isinstance(value, str | list | tuple | dict):
        return Unreadable(run.spot(node))
    try:
        return value[key(index)]
    except (LookupError, TypeError, ValueError) as error:
        raise Refused(f"there is no such element ({error}).") from error


def section(run: Interpreter, node: ast.Slice, scope: Scope) -> Any:
    bounds = [bound and run.evaluate(bound, scope) for bound in (node.lower, node.upper, node.step)]
    return unreadable(*bounds) or slice(*bounds)


def text(run: Interpreter, node: ast.JoinedStr, scope: Scope) -> Any:
    pieces = []
    for piece in node.values:
        value = run.evaluate(piece, scope)
        if isinstance(value, Unreadable):
            return value
        pieces.append(value)
    return checked("".join(pieces))


def field(run: Interpreter, node: ast.FormattedValue, scope: Scope) -> Any:
    value = run.evaluate(node.value, scope)
    spec = run.evaluate(node.format_spec, scope) if node.format_spec else ""
    return unreadable(value, spec) or formatted(value, spec)


def call(run: Interpreter, node: ast.Call, scope: Scope) -> Any:
    if isinstance(node.func, ast.Name) and node.func.id == "super":
        return run.parent(scope, node)
    function = run.evaluate(node.func, scope)
    arguments = sequence(run, ast.Tuple(node.args, ast.Load()), scope)
    keywords: dict[str, Any] = {}
    for keyword in node.keywords:
        value = run.evaluate(keyword.value, scope)
        if keyword.arg is not None:
            keywords[keyword.arg] = value
        elif isinstance(value, dict) and all(isinstance(key, str) for key in value):
            keywords |= value
        else:
            return value if isinstance(value, Unreadable) else Unreadable(run.spot(keyword.value))
    if isinstance(arguments, Unreadable):
        return run.apply(function, Call((arguments,), keywords, run.spot(node)))
    return run.apply(function, Call(arguments, keywords, run.spot(node)))


def comprehension(run: Interpreter, node: ast.ListComp | ast.GeneratorExp | ast.SetComp, scope: Scope) -> Any:
    inner, found = Scope({}, scope), []
    for reached in rounds(run, node.generators, inner):
        if isinstance(reached, Unreadable):
            return reached
        found.append(run.evaluate(node.elt, inner))
    return found


def mapping_comprehension(run: Interpreter, node: ast.DictComp, scope: Scope) -> Any:
    inner, found = Scope({}, scope), dict[Any, Any]()
    for reached in rounds(run, node.generators, inner):
        if isinstance(reached, Unreadable):
            return reached
        found[key(run.evaluate(node.key, inner))] = run.evaluate(node.value, inner)
    return found


def rounds(run: Interpreter, loops: list[ast.comprehension], scope: Scope) -> Iterator[Unreadable | None]:
    """Each round of the loops in a comprehension, with its names set; or why there is no telling."""
    if not loops:
        yield None
        return
    first, *rest = loops
    values = run.elements(first.iter, scope)
    if isinstance(values, Unreadable):
        yield values
        return
    for value in values:
        run.bind(first.target, value, scope)
        truths = [run.truth(run.evaluate(test, scope), test) for test in first.ifs]
        if unread := unreadable(*truths):
            yield unread
            return
        if all(truths):
            yield from rounds(run, rest, scope)


def assignment(run: Interpreter, node: ast.NamedExpr, scope: Scope) -> Any:
    value = run.evaluate(node.value, scope)
    run.bind(node.target, value, scope)
    return value


def function(run: Interpreter, node: ast.Lambda, scope: Scope) -> Any:
    body: list[ast.stmt] = [ast.copy_location(ast.Return(node.body), node)]
    return run.function("lambda", node.args, body, scope)


def attribute_of(run: Interpreter, value: Any, attr: str, node: ast.AST) -> Any:
    """`value.attr`."""
    spot = run.spot(node)
    match value:
        case Unreadable():
            return value
        case Thing():
            return value.attribute(attr, spot)
        case Outside():
            return run.host.constant(f"{value.path}.{attr}", spot)
        case Instance():
            return run.attribute_of_instance(value, attr, spot)
        case Super():
            try:
                return run.bound(value.instance.kind.find(attr, value.after), value.instance, spot)
            except KeyError:
                return run.host.inherited(value.instance, attr, spot)
        case Class():
            return run.attribute_of_class(value, attr, spot)
        case Function() | Method() | Builtin():
            return Unreadable(spot)
        case _:
            return method(value, attr) or Unreadable(spot)


EXPRESSIONS: dict[type[ast.expr], Evaluate] = {
    ast.Constant: constant,
    ast.Name: name,
    ast.List: sequence,
    ast.Tuple: sequence,
    ast.Set: sequence,
    ast.Dict: mapping,
    ast.BinOp: binary_operation,
    ast.UnaryOp: unary_operation,
    ast.BoolOp: both_or_either,
    ast.Compare: comparison,
    ast.IfExp: choice,
    ast.Attribute: attribute,
    ast.Subscript: subscript,
    ast.Slice: section,
    ast.JoinedStr: text,
    ast.FormattedValue: field,
    ast.Call: call,
    ast.ListComp: comprehension,
    ast.SetComp: comprehension,
    ast.GeneratorExp: comprehension,
    ast.DictComp: mapping_comprehension,
    ast.NamedExpr: assignment,
    ast.Lambda: function,
}
"""Every kind of expression that is read; the others are unreadable."""
