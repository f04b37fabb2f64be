from __future__ import annotations

import pytest

from quizgen.errors import QuizgenError
from quizgen.maths import MathsError, parse

DEEP = 51

WRONG = [
    # LaTeX, column, what is said
    (r"k \foo 2", 3, r"there is no command \foo"),
    (r"\frca{1}{2}", 1, r"Did you mean \frac?"),
    (r"\binom{n}{k}", 1, r"Known: \frac"),
    (r"\begin{cases} n \end{cases}", 1, "the only environment is aligned"),
    (r"x = \begin{aligned} a \end{aligned}", 5, "has to be the whole formula"),
    (r"\begin{aligned} a \end{aligned} = x", 33, "nothing may follow"),
    (r"\begin{aligned} a &= b", 1, r"Expected \end{aligned}"),
    ("a & b", 3, r"outside of \begin{aligned}"),
    (r"a \\ b", 3, r"outside of \begin{aligned}"),
    ("", 1, "the formula is empty"),
    ("  ", 3, "the formula is empty"),
    (r"\frac{}{2}", 6, "the braces are empty"),
    (r"\text{}", 6, "is empty"),
    ("(n + 1", 1, "( is never closed"),
    ("n + 1)", 6, "“)” closes nothing"),
    ("n}", 2, "“}” closes nothing"),
    (r"n \right)", 3, "closes nothing"),
    (r"(n \rfloor", 4, "( from column 1 is still open"),
    (r"\left(n)", 8, r"Expected \right"),
    (r"\left x", 7, r"\left needs a bracket"),
    ("|n", 1, "| is never closed"),
    (r"\sqrt[3{x}", 6, "[ is never closed"),
    ("2^10", 3, "Write ^{10}"),
    (r"\frac1 2 3^{n}_", 16, "Write _{...}"),
    (r"\frac12", 6, r"Write \frac{...}{...}"),
    ("2^\ue0001\ue001", 3, "needs braces"),
    ("x^2^3", 4, "a second superscript"),
    ("x_1_2", 4, "a second subscript"),
    ("k'^2", 3, "a second superscript"),
    ("^2", 1, "nothing before it to stand on"),
    (r"a + \, ^2", 8, "nothing before it to stand on"),
    ("2 * 3", 3, r"Write \times"),
    ("3 × 4", 3, r"Write \times"),
    ("n ≤ k", 3, r"Write \leq"),
    ("α", 1, r"Write \alpha"),
    ("50%", 3, r"Write \%"),
    ("größe", 3, r"Put prose into \text{...}"),
    ("a \\", 3, "is not understood"),
    ("\ue000", 1, "is not understood"),
    (r"\text{channels_in}", 15, r"Write \_"),
    (r"\text{a \frac b}", 9, "takes words, no commands"),
    (r"\text{a {b}}", 6, "without braces inside"),
    (r"\text x", 7, "needs words in braces"),
    (r"\mathrm{a+b}", 8, r"The rest goes into \text"),
    ("{" * DEEP + "n" + "}" * DEEP, 51, "more than 50 levels"),
    (r"\sqrt{" * DEEP + "n" + "}" * DEEP, 301, "more than 50 levels"),
    (r"\left(" * 5_000, 1, "30,000 characters are too many"),
]


@pytest.mark.parametrize(("latex", "column", "said"), WRONG, ids=[latex[:24] for latex, _, _ in WRONG])
def test_wrong_formula_is_refused_where_it_goes_wrong(latex, column, said):
    with pytest.raises(MathsError) as refusal:
        parse(latex)
    assert said in str(refusal.value)
    assert refusal.value.column == column
    assert f"column {column}" in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_refusal_is_an_error_of_the_user():
    assert issubclass(MathsError, QuizgenError)


@pytest.mark.parametrize("latex", ["{" * 49 + "n" + "}" * 49, r"\sqrt{" * 49 + "n" + "}" * 49, "n+" * 4_999 + "n"])
def test_long_and_deep_formulas_within_the_bounds_are_read(latex):
    assert parse(latex) is not None
