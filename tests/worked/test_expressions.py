"""A rule read with letters: the formula as its author wrote it, worth what the rule gives for numbers."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from quizgen import maths
from quizgen.arithmetic import ceil_div
from quizgen.notation import NML, NWHC, Notation
from quizgen.prose import mark
from quizgen.worked.algebra import symbolic
from quizgen.worked.expressions import Expression, Letter, lifted
from quizgen.worked.latex import latex
from quizgen.worked.rewriting import expanded, reordered, with_bias_named
from quizgen.worked.steps import brackets_worked
from tests.printed import value

NUMBERS = {"n": 29, "k": 5, "s": 3, "filters": 8, "channels": 6, "groups": 2}
LETTERS = {name: name[0] for name in NUMBERS} | {"bias": r"\text{1 bias}"}
N, K, S, FILTERS, CHANNELS, GROUPS = (Letter(name, number) for name, number in NUMBERS.items())

AS_WRITTEN: list[tuple[Expression, str]] = [
    (FILTERS * (CHANNELS * K * K + 1), r"f \left(c k k + 1\right)"),
    ((N * K) * S * 1, "n k s"),
    (K * (N * S), "k n s"),
    ((N + K) * 4, r"4 \left(n + k\right)"),
    (0 + N + 0 + (K + S), "n + k + s"),
    (N - K + 1 - 1, "n - k"),
    (N - 2 * K + 1, "n - 2 k + 1"),
    (N - (K - S), r"n - \left(k - s\right)"),
    (N - -K, "n + k"),
    (1 - N, "1 - n"),
    (-N * -K, "n k"),
    (-(N + K), r"- \left(n + k\right)"),
    (N**2 + (N + 1) ** 2, r"n^{2} + \left(n + 1\right)^{2}"),
    ((N - K) // S + 1, r"\left\lfloor{\frac{n - k}{s}}\right\rfloor + 1"),
    (9 // S, r"\left\lfloor{\frac{9}{s}}\right\rfloor"),
    (ceil_div(N, S), r"\left\lceil{\frac{n}{s}}\right\rceil"),
    (ceil_div(N - K, 2) + 1, r"\left\lceil{\frac{n - k}{2}}\right\rceil + 1"),
    (FILTERS * (CHANNELS / GROUPS * K + 1), r"f \left(\frac{c}{g} k + 1\right)"),
]  # fmt: skip


@pytest.mark.parametrize(("expression", "written"), AS_WRITTEN, ids=[written for _, written in AS_WRITTEN])
def test_a_formula_is_written_as_its_author_wrote_it(expression: Expression, written: str) -> None:
    assert latex(expression, LETTERS, times=False) == written


@pytest.mark.parametrize(
    ("change", "expression", "written"),
    [
        (lambda one: reordered(one, NML), FILTERS * (CHANNELS * K + 1), r"\left(c k + 1\right) f"),
        (
            lambda one: reordered(one, NML),
            FILTERS * (K * (CHANNELS / GROUPS) + 1) * 2,
            r"2 \left(\frac{c}{g} k + 1\right) f",
        ),
        (lambda one: expanded(one, NWHC), FILTERS * (K * CHANNELS + 1), "f c k + f"),
        (lambda one: expanded(one, NWHC), 4 * (K * (N + K) + K), "4 k n + 4 k^{2} + 4 k"),
        (lambda one: expanded(one, NWHC), (N - K) * (N + K), "n^{2} - k^{2}"),
        (lambda one: expanded(one, NWHC), (K - N) * (S - 1), "k s - n s + n - k"),
        (lambda one: expanded(one, NWHC), FILTERS * (CHANNELS / GROUPS * K + 1), r"f \frac{c}{g} k + f"),
        (with_bias_named, FILTERS * (CHANNELS * K + 1), r"f \left(c k + \text{1 bias}\right)"),
        (with_bias_named, FILTERS * (N - K + 1) * ((N - K) // S + 1), None),
    ],
)
def test_a_notation_puts_it_into_its_own_form(
    change: Callable[[Expression], Expression], expression: Expression, written: str | None
) -> None:
    assert latex(change(expression), LETTERS, times=False) == (written or latex(expression, LETTERS, times=False))


@pytest.mark.parametrize(
    ("expression", "step", "worked"),
    [
        (FILTERS * (CHANNELS * K + 1), r"{} \times {}", (8, 31)),
        (4 * (K + S), r"4 \times {}", (8,)),
        (FILTERS * K + FILTERS, "{} + {}", (40, 8)),
        ((N - K) // S + 1, r"\left\lfloor{{\frac{{{}}}{{{}}}}}\right\rfloor + 1", (24, 3)),
        ((N - K) // S + FILTERS * K, r"\left\lfloor{{\frac{{{}}}{{{}}}}}\right\rfloor + {}", (24, 3, 40)),
        ((N - K) // S + N // S + FILTERS, r"\left\lfloor{{\frac{{{}}}{{{}}}}}\right\rfloor + {} + {}", (24, 3, 9, 8)),
        (N // S + FILTERS, "", ()),
        (N - K + 1, "", ()),
        (N + K, "", ()),
        (FILTERS * CHANNELS, "", ()),
        (N // S + 1, "", ()),
    ],
)
def test_the_step_before_the_value_works_out_the_brackets(
    expression: Expression, step: str, worked: tuple[int, ...]
) -> None:
    text, parts = brackets_worked(expression)
    assert text == step.format(*map(mark, range(len(worked))))
    assert tuple(part.at(NUMBERS) for part in parts) == worked


def both(operation: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """An operation on pairs of a number and the expression for it."""
    return lambda one, other: (operation(one[0], other[0]), operation(one[1], other[1]))


OPERATIONS = [
    operator.add,
    operator.sub,
    operator.mul,
    lambda a, b: a // 7,
    lambda a, b: ceil_div(a, 3),
    lambda a, b: -a,
]
"""Divisors are numbers, so that none of them is 0."""

pairs = st.recursive(
    st.sampled_from([(number, Letter(name)) for name, number in NUMBERS.items()])
    | st.integers(0, 4).map(lambda number: (number, lifted(number))),
    lambda inner: st.builds(
        lambda operate, one, other: operate(one, other), st.sampled_from(list(map(both, OPERATIONS))), inner, inner
    ),
    max_leaves=12,
)


@given(pairs)
def test_a_formula_is_worth_what_the_rule_gives_for_numbers(pair: tuple[int, Expression]) -> None:
    number, expression = pair
    assert expression.at(NUMBERS) == number


@given(pairs)
def test_its_print_says_the_same(pair: tuple[int, Expression]) -> None:
    number, expression = pair
    digits = {name: f"{{{number}}}" for name, number in NUMBERS.items()}
    assert value(maths.parse(latex(expression, digits, times=True))) == number


@given(pairs, st.sampled_from([NML, NWHC]))
def test_no_notation_changes_it(pair: tuple[int, Expression], notation: Notation) -> None:
    number, expression = pair
    assert reordered(expression, notation).at(NUMBERS) == number
    assert expanded(expression, notation).at(NUMBERS) == number


@given(pairs)
def test_sympy_finds_no_difference_to_the_expanded_formula(pair: tuple[int, Expression]) -> None:
    _, expression = pair
    assert sympy.expand(symbolic(expression) - symbolic(expanded(expression, NWHC))) == 0
