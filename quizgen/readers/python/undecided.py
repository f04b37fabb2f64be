"""Code of which only running it would tell whether it runs: what can't be known after it."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quizgen.readers.python.values import Instance, Scope, Thing, Unreadable

if TYPE_CHECKING:
    from quizgen.readers.python.interpreter import Interpreter

CHANGING = frozenset(
    {"add", "append", "insert", "extend", "pop", "remove", "clear", "update", "setdefault", "add_module"}
)
"""The methods that change what they are called on."""


def forget(run: Interpreter, node: ast.stmt, scope: Scope, why: Unreadable) -> bool:
    """Make unreadable whatever the statement may have changed, and say whether it may have left its block.

    Raises the error that `why` stands for, where it may have changed a layer or a model.
    """
    leaves = False
    for part in walk(node):
        leaves = leaves or isinstance(part, ast.Return | ast.Break | ast.Continue)
        if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store):
            scope.names[part.id] = why
        elif isinstance(part, ast.Attribute) and isinstance(part.ctx, ast.Store):
            holder = run.evaluate(part.value, scope)
            if isinstance(holder, Instance):
                holder.attributes[part.attr] = why
        elif isinstance(part, ast.Call) and isinstance(part.func, ast.Attribute) and part.func.attr in CHANGING:
            change(run, part.func.value, scope, why)
    return leaves and not (isinstance(node, ast.For | ast.While) and not returns(node))


def walk(node: ast.AST) -> list[ast.AST]:
    """All that is in a statement, but nothing of the functions and classes that it defines."""
    found, waiting = [], [node]
    while waiting:
        part = waiting.pop()
        found.append(part)
        inner = isinstance(part, ast.FunctionDef | ast.ClassDef | ast.Lambda)
        waiting.extend([] if inner else ast.iter_child_nodes(part))
    return found


def returns(node: ast.stmt) -> bool:
    return any(isinstance(part, ast.Return) for part in walk(node))


def change(run: Interpreter, holder: ast.expr, scope: Scope, why: Unreadable) -> None:
    """Forget what a method may have changed."""
    value = run.evaluate(holder, scope)
    if isinstance(value, Thing | Instance):
        raise why.error()
    if isinstance(value, list):
        value[:] = [why]
    elif isinstance(value, dict):
        value.clear()
        value[None] = why
