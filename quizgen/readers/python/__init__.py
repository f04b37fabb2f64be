"""Python code, read without running it: pasted text becomes a tree, and a tree is followed step by step.

A framework's reader is a `Host` and a few kinds of `Thing`; `Interpreter` follows everything between them.
"""

from quizgen.readers.python.interpreter import Host, Interpreter
from quizgen.readers.python.parsing import parsed
from quizgen.readers.python.spots import Spot, written
from quizgen.readers.python.values import (
    Builtin,
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

__all__ = [
    "Builtin",
    "Call",
    "Class",
    "Function",
    "Host",
    "Instance",
    "Interpreter",
    "Method",
    "Outside",
    "Scope",
    "Spot",
    "Thing",
    "Unreadable",
    "is_constant",
    "parsed",
    "unreadable",
    "written",
]
