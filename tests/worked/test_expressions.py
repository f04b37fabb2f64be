"""Formulas keep the order in which an author writes them, and say what they are worth."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from quizgen.arithmetic import ceil_div
from quizgen.notation import FHW, NWHC, WORDS
from quizgen.worked.algebra import symbolic
from quizgen.worked.expressions import Expression, Letter, lifted
from quizgen.worked.latex import latex
from quizgen.worked.rewriting import expanded, reordered, with_bias_named
from quizgen.worked.steps import brackets_worked

NUMBERS = {"a": 7, "b": 3, "c": 2}
LETTERS = {name: name for name in (*NUMBERS, "bias")}
A, B, C = map(Letter, NUMBERS)

WRITTEN: dict[str, Callable[[Any, Any, Any], Any]] = {
    "a (b c + 1)": lambda a, b, c: a * (b * c + 1),
    "a b c": lambda a, b, c: (a * b) * c * 1,
    "4 (a + b)": lambda a, b, c: (a + b) * 4,
    "a + b": lambda a, b, c: 0 + a + 0 + b,
    "a - b": lambda a, b, c: a - b + 1 - 1,
    "a - 2 b + 1": lambda a, b, c: a - 2 * b + 1,
    "a - (b - c)": lambda a, b, c: a - (b - c),
    "a - (- 1) b": lambda a, b, c: lifted(a) - Fixed(b),
    "⌊{{a - b}/{c}}⌋ + 1": lambda a, b, c: (a - b) // c + 1,
    "⌈{{a}/{c}}⌉": lambda a, b, c: ceil_div(a, c),
    "⌈{{a - b}/{2}}⌉": lambda a, b, c: ceil_div(a - b, 2),
}
