"""Formulas too long for a line: where they are broken."""

import pytest

from quizgen import maths
from quizgen.maths.tree import Aligned
from quizgen.render.html import HtmlWriter
from quizgen.render.stacked import LINE, stacked
from tests.render.sample import LINE as SHORT_FORMULA
from tests.render.sample import LONG

FACTORS = r" \times ".join(rf"\text{{factor number {number}}}" for number in range(1, 7))


@pytest.mark.parametrize("latex", ["x", "k = 3", SHORT_FORMULA.latex, r"\begin{aligned} a &= b \end{aligned}"])
def test_a_formula_that_fits_stays_as_it_is(latex: str) -> None:
    assert stacked(maths.parse(latex)) == maths.parse(latex)


def test_a_chain_of_equations_has_a_line_for_each() -> None:
    latex = (
        rf"\text{{a name of several words}} \times \left(b + 1\right) = {'12345 + ' * 3} 1 = 37036 = \text{{the total}}"
    )
    assert maths.plain(stacked(maths.parse(latex))).split("\n") == [
        "a name of several words × (b + 1)",
        "= 12345 + 12345 + 12345 + 1",
        "= 37036",
        "= the total",
    ]


def test_a_line_that_is_still_too_long_is_broken_before_an_operator() -> None:
    assert maths.plain(stacked(maths.parse(f"{FACTORS} = 7"))).split("\n") == [
        "factor number 1 × factor number 2 × factor number 3 × factor number 4",
        "× factor number 5 × factor number 6",
        "= 7",
    ]


def test_its_lines_fit() -> None:
    node = stacked(maths.parse(rf"{FACTORS} = {FACTORS.replace('6', '7')}"))
    assert isinstance(node, Aligned)
    assert all(len(line) <= LINE for line in maths.plain(node).split("\n"))


def test_only_displayed_formulas_are_stacked() -> None:
    assert "<mtable" in HtmlWriter().formula(LONG.latex, display=True)
    assert "<mtable" not in HtmlWriter().formula(LONG.latex, display=False)
