"""Formulas as they are typed: what they are read as, what is refused and where, and which of them are equal."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.formulas import FormulaError, equal, parse, value
from quizgen.worked.expressions import Expression, Letter, every

NUMBERS = {"f": 3, "h": 5, "w": 7, "k": 11, "n": 28, "p": 2, "s": 3, "d": 4, "d_model": 64, "kernel_height": 9}
NAMES = {name: name for name in NUMBERS} | {"filters": "k", "H'": "n"}

READ = {
    "k*(f*h*w+1)": 11 * (3 * 5 * 7 + 1),
    "k(fhw+1)": 11 * (3 * 5 * 7 + 1),
    "k × (f·h·w + 1)": 11 * (3 * 5 * 7 + 1),
    "k x (f x h x w + 1)": 11 * (3 * 5 * 7 + 1),
    "K(FHW+1)": 11 * (3 * 5 * 7 + 1),
    "filters * kernel_height": 11 * 9,
    "4h(d+h+1)": 4 * 5 * (4 + 5 + 1),
    "2d_model": 128,
    "H'f": 28 * 3,
    "floor((n+2p-k)/s)+1": (28 + 4 - 11) // 3 + 1,
    "⌊(n+2p-k)/s⌋ + 1": (28 + 4 - 11) // 3 + 1,
    "ceil(n/s)": 10,
    "⌈n / s⌉": 10,
    "floor(-n/s)": -10,
    "min(n, p) + max(n, p, 100)": 102,
    "n^2": 784,
    "n**2": 784,
    "n²": 784,
    "fhw^2": 3 * 5 * 49,
    "-n^2": -784,
    "2^3": 8,
    "n - p - s": 23,
    "n - (p - s)": 29,
    "n/p/2": 7,
    "n/p*2": 28,
    "n / 8": Fraction(7, 2),
    "0.5n": 14,
    "(n)(p)": 56,
    "+n": 28,
    "3-(-k)": 14,
    "k*1 + 0": 11,
    " ( ( n ) ) ": 28,
}


@pytest.mark.parametrize(("typed", "comes_to"), READ.items(), ids=list(READ))
def test_a_formula_is_read(typed: str, comes_to: int | Fraction) -> None:
    assert value(parse(typed, NAMES), NUMBERS) == comes_to


REFUSED = {
    "": (0, "the formula is empty."),
    "k +": (3, "the formula ends too early."),
    "k(f+1": (1, "this bracket is not closed"),
    "⌊n/s)": (0, "this bracket is not closed"),
    "k(f+1))": (6, "one bracket too many"),
    "k * * f": (4, "out of place"),
    "filtrs * f": (0, "there is no “filtrs” here. Did you mean “filters”?"),
    "k(fqw+1)": (2, "there is no “fqw” here."),
    "k3": (0, "there is no “k3” here."),
    "k 3": (2, "a sign is missing before the number."),
    "(k+1)3": (5, "a sign is missing before the number."),
    "1/2k": (3, "this can be meant in two ways. Write a/(b*c), or (a/b)*c."),
    "[n/2]": (0, "Use round brackets, or floor(...) to round down."),
    "k = 3": (2, "Type one side only."),
    "n % 2": (2, "Use floor(a / b)."),
    "n^p": (2, "a power takes a whole number."),
    "n^13": (2, "12 is the highest."),
    "n^1.5": (2, "a power takes a whole number."),
    "floor n": (6, "“floor” needs brackets. Write floor(...)."),
    "floor(n, p)": (0, "“floor” takes one value."),
    "min()": (4, "out of place"),
    "n, p": (1, "out of place"),
    "1234567890123456": (0, "a number has 15 digits at most."),
    "(" * 21 + "n" + ")" * 21: (21, "nested too deeply"),
    "-" * 30 + "n": (21, "nested too deeply"),
    "n+" * 200 + "n": (299, "it has 401 characters, 300 at most."),
    "__import__('os')": (0, "there is no “__import__” here."),
    "n.__class__": (1, "“.” has no meaning in a formula."),
    "n if n else p": (2, "there is no “if” here."),
    "lambda: n": (0, "there is no “lambda” here."),
    "\x00": (0, "has no meaning in a formula."),
}


@pytest.mark.parametrize(("typed", "refusal"), REFUSED.items(), ids=[repr(typed)[:30] for typed in REFUSED])
def test_what_can_t_be_read_is_refused_at_its_place(typed: str, refusal: tuple[int, str]) -> None:
    at, said = refusal
    with pytest.raises(FormulaError) as caught:
        parse(typed, NAMES)
    assert said in str(caught.value)
    assert caught.value.at == at
    assert caught.value.pointed.splitlines()[-1] == " " * at + "^"


EQUAL = {
    ("k(fhw+1)", "kfhw + k"): True,
    ("k(fhw+1)", "(w*h*f + 1) * k"): True,
    ("k(fhw+1)", "kfhw + 1"): False,
    ("k(fhw+1)", "k(fhw+1) + 0*n"): True,
    ("(n^2 - p^2)/(n - p)", "n + p"): True,
    ("floor((n-k)/s) + 1", "ceil((n-k+1)/s)"): True,
    ("floor((n-k)/s) + 1", "floor((n-k)/s + 1)"): True,
    ("floor((n-k)/s) + 1", "floor((n-k+1)/s)"): False,
    ("floor(n/2)", "n/2"): False,
    ("min(n, p) + max(n, p)", "n + p"): True,
    ("3*n", "2n + p"): False,
    ("1/(n-n)", "1/(p-p)"): False,
    ("n/n", "1"): True,
    ("12", "3*4"): True,
    ("(n+p+s)^9", "(n+p+s)^8 (n+p+s)"): True,
    ("((((n+p+s+d+k)^12)^12)^12)^12", "1"): False,
    ("((n+p+s+d+k)^12)^6", "((n+p+s+d+k)^6)^12"): True,
    ("((((9^12)^12)^12)^12)^12", "((((9^12)^12)^12)^12)^12"): False,  # too large to be worked out at all
}


@pytest.mark.parametrize(("pair", "same"), EQUAL.items(), ids=[" and ".join(pair)[:60] for pair in EQUAL])
def test_two_formulas_are_the_same_or_not(pair: tuple[str, str], same: bool) -> None:
    one, other = (parse(typed, NAMES) for typed in pair)
    assert equal(one, other) is same
    assert equal(other, one) is same


@pytest.mark.parametrize("symbolic", [True, False])
def test_values_and_algebra_agree(symbolic: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where algebra is asked at all; long formulas are told apart by their values alone."""
    monkeypatch.setattr("quizgen.worked.exact.MOST_TERMS", 300 if symbolic else 0)
    assert equal(parse("k(fhw+1)", NAMES), parse("kfhw+k", NAMES))


def test_names_can_be_a_mere_list() -> None:
    assert value(parse("ab", ["a", "b"]), {"a": 6, "b": 7}) == 42


def test_the_fewest_names_make_up_a_run_of_letters() -> None:
    assert value(parse("dm", ["d", "m", "dm"]), {"d": 2, "m": 3, "dm": 100}) == 100


@pytest.mark.parametrize("typed", ["1/(n-n)", "((((9^12)^12)^12)^12)^12"])
def test_what_comes_to_nothing_says_so(typed: str) -> None:
    with pytest.raises(ArithmeticError):
        value(parse(typed, NAMES), NUMBERS)


TYPED = st.text(st.sampled_from("kfhwn0123+-*/^()⌊⌋⌈⌉., xfloormin'²_%="), max_size=60)


def read(typed: str) -> Expression | FormulaError:
    try:
        return parse(typed, NAMES)
    except FormulaError as error:
        return error


@given(st.one_of(TYPED, st.text(max_size=60)))
def test_any_text_is_read_or_refused(typed: str) -> None:
    found = read(typed)
    if isinstance(found, FormulaError):
        assert 0 <= found.at <= len(typed)
    else:
        assert all(part.name in NUMBERS for part in every(found) if isinstance(part, Letter))


@given(TYPED)
def test_what_is_read_is_equal_to_itself_unless_it_comes_to_nothing(typed: str) -> None:
    found = read(typed)
    if isinstance(found, Expression):
        assert equal(found, found) or any(sign in typed for sign in "/^*²")


OPERANDS = st.sampled_from([("n", 28), ("p", 2), ("s", 3), ("3", 3), ("12", 12)])
FORMULAS = st.recursive(
    OPERANDS,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda two: (f"({two[0][0]} + {two[1][0]})", two[0][1] + two[1][1])),
        st.tuples(inner, inner).map(lambda two: (f"({two[0][0]} - {two[1][0]})", two[0][1] - two[1][1])),
        st.tuples(inner, inner).map(lambda two: (f"({two[0][0]})*({two[1][0]})", two[0][1] * two[1][1])),
        st.tuples(inner, inner).map(
            lambda two: (f"(floor(({two[0][0]})/3) + {two[1][0]})", two[0][1] // 3 + two[1][1])
        ),
        st.tuples(inner, inner).map(
            lambda two: (f"(ceil(({two[0][0]})/4)*({two[1][0]}))", -(-two[0][1] // 4) * two[1][1])
        ),
        st.tuples(inner, inner).map(lambda two: (f"(({two[0][0]})^2 + {two[1][0]})", two[0][1] ** 2 + two[1][1])),
    ),
    max_leaves=5,
)
"""Formulas, and what Python's own arithmetic makes of them."""


@given(FORMULAS)
def test_python_works_out_the_same(formula: tuple[str, int]) -> None:
    assert value(parse(formula[0], NAMES), NUMBERS) == formula[1]


@given(FORMULAS, FORMULAS)
def test_order_does_not_matter(one: tuple[str, int], other: tuple[str, int]) -> None:
    assert equal(parse(f"{one[0]} + {other[0]}", NAMES), parse(f"{other[0]} + {one[0]}", NAMES))
