"""Answers as people type them."""

from __future__ import annotations

import operator
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.errors import QuizgenError
from quizgen.layers import Shape
from quizgen.typed import LONGEST, MOST_DIGITS, read

SEPARATED = (
    "32896", "32,896", "32 896", "32.896", "32'896", "32’896", "32_896", "32\u00a0896", "32\u202f896", " 32,896 ",
    "= 32,896", "32,896.", "(32,896)",
)  # fmt: skip


@pytest.mark.parametrize("text", SEPARATED)
def test_thousands_may_be_separated(text: str) -> None:
    assert read(text).value == 32_896


NUMBERS = {
    "0": 0,
    "007": 7,
    "1,234,567": 1_234_567,
    "1.234.567": 1_234_567,
    "1 234 567": 1_234_567,
    "-5": -5,
    "−5": -5,
    # a point or a comma with anything but groups of three behind it
    "13.5": Fraction(27, 2),
    "13,5": Fraction(27, 2),
    "0.125": Fraction(1, 8),
    "1,234.5": Fraction(2469, 2),
    "1.234,5": Fraction(2469, 2),
    "13.0": 13,
}


@pytest.mark.parametrize(("text", "number"), NUMBERS.items())
def test_numbers(text: str, number: int | Fraction) -> None:
    assert read(text).value == number


CALCULATIONS = {
    "128*257": 32_896,
    "128×257": 32_896,
    "128 x 257": 32_896,
    "128·257": 32_896,
    "26x26x32": 21_632,
    "100*(5*5+1)": 2_600,
    "32(3*3+1)": 320,
    "32 (3 × 3 + 1)": 320,
    "(2)(3)": 6,
    "2,600 + 1": 2_601,
    "2 600+1": 2_601,
    "2^10": 1_024,
    "2**10": 1_024,
    "5²": 25,
    "2^3^2": 512,
    "-2^2": -4,
    "2*-3": -6,
    "10 - 2 - 3": 5,
    "12/2/3": 2,
    "2 + 3 * 4": 14,
    "(28 - 3)/2 + 1": Fraction(27, 2),
    "28/4": 7,
    "5k*3": 15_000,
    "((((7))))": 7,
}


@pytest.mark.parametrize(("text", "number"), CALCULATIONS.items())
def test_calculations(text: str, number: int | Fraction) -> None:
    assert read(text).value == number


ROUNDED = {
    "32.9k": (32_850, 32_950),
    "32.9 K": (32_850, 32_950),
    "32,9k": (32_850, 32_950),
    "33k": (32_500, 33_500),
    "~33k": (32_500, 33_500),
    "1.2M": (1_150_000, 1_250_000),
    "1,234k": (1_233_500, 1_234_500),
    "7.1B": (7_050_000_000, 7_150_000_000),
    "3.29e4": (32_850, 32_950),
}


@pytest.mark.parametrize(("text", "bounds"), ROUNDED.items())
def test_a_rounded_number_stands_for_all_that_round_to_it(text: str, bounds: tuple[int, int]) -> None:
    low, high = bounds
    typed = read(text)
    assert typed.rounded
    assert typed.matches(low)
    assert typed.matches(high)
    assert not typed.matches(low - 1)
    assert not typed.matches(high + 1)


@pytest.mark.parametrize("text", ["32.896k", "32896", "128*257"])
def test_an_exact_number_stands_for_itself(text: str) -> None:
    typed = read(text)
    assert typed.matches(32_896)
    assert not typed.rounded
    assert not any(map(typed.matches, (32_895, 32_897)))


def test_what_is_not_whole_stands_for_no_answer() -> None:
    assert not any(map(read("13.5").matches, (13, 14)))


SHAPES = (
    "26x26x32", "26 × 26 × 32", "26*26*32", "26X26X32", "(26, 26, 32)", "[26,26,32]", "(26,26,32,)", "26, 26, 32",
    "26 26 32", "26;26;32", "(26x26x32)", "(None, 26, 26, 32)", "(28-3+1)x26x32", "None × 26 × 26 × 32",
)  # fmt: skip


@pytest.mark.parametrize("text", SHAPES)
def test_shapes(text: str) -> None:
    assert read(text, shape=True).value == Shape((26, 26, 32))


def test_a_shape_with_thousands() -> None:
    assert read("1,024 × 512", shape=True).value == Shape((1024, 512))


@pytest.mark.parametrize("text", ["1600", "(1600,)", "[1600]", "(None, 1600)"])
def test_a_shape_of_one_axis(text: str) -> None:
    assert read(text, shape=True).value == Shape((1600,))


@pytest.mark.parametrize("text", ["(26, 26, 32)", "[26,26,32]"])
def test_what_can_only_be_a_shape_is_one(text: str) -> None:
    assert read(text).value == Shape((26, 26, 32))


UNREADABLE = (
    "", " ", "abc", "nan", "inf", "k", "0b1", "1__0", "1.2.3", "7 * 8 9", "7k8", "2600;rm", "3*",
    "*3", "()", "(1", "1)", "1/0", "1/(2-2)", "2^-1", "2^0.5", "٣", "２", "__import__('os')", "lambda: 0", "1 if 1",
    "1e99", "1" * 41, "1" * 10_000, "9**9**9", "9^9^9", "10**40", "9^9^9x3", "2^2^2^2^2^2", "(" * 60 + "1" + ")" * 60,
    "-" * 150 + "1", "2^" * 60 + "2", "((((((((((((((((((((((((((", "\ud800", "\x00", "1\u0000",
)  # fmt: skip


@pytest.mark.parametrize("text", UNREADABLE, ids=lambda text: ascii(text[:20]))
@pytest.mark.parametrize("shape", [False, True])
def test_what_is_no_answer_gets_a_clear_error(text: str, shape: bool) -> None:
    with pytest.raises(QuizgenError, match=r"can't be read as an answer.* Type a number"):
        read(text, shape=shape)


@pytest.mark.parametrize("text", ["12,34,567", "32 89", "(1,024", "1.23.456"])
def test_separators_stand_before_three_digits(text: str) -> None:
    with pytest.raises(QuizgenError, match="can't be read as an answer"):
        read(text)


NO_SHAPES = ("26x26x13.5", "26,,26", "(26,26", "0x3", "-3x4", "1x" * 9 + "1", "26xx26", "(,)")


@pytest.mark.parametrize("text", NO_SHAPES)
def test_what_is_no_shape_gets_a_clear_error(text: str) -> None:
    with pytest.raises(QuizgenError, match="can't be read as an answer"):
        read(text, shape=True)


@given(st.text(max_size=LONGEST + 20), st.booleans())
def test_any_text_is_read_or_refused(text: str, shape: bool) -> None:
    try:
        value = read(text, shape=shape).value
    except QuizgenError:
        return
    sizes = value if isinstance(value, tuple) else (value,)
    assert all(abs(size) < 10**MOST_DIGITS for size in sizes)


@given(st.text(alphabet="0123456789+-*/^() .,xkM", max_size=30), st.booleans())
def test_any_calculation_is_read_or_refused(text: str, shape: bool) -> None:
    test_any_text_is_read_or_refused.hypothesis.inner_test(text, shape)  # type: ignore[attr-defined]


@given(st.integers(0, 10**15))
def test_a_printed_number_is_read_again(number: int) -> None:
    assert read(f"{number:,}").value == number


@given(st.lists(st.integers(1, 10**6), min_size=2, max_size=5))
def test_a_printed_shape_is_read_again(sizes: list[int]) -> None:
    assert read(str(Shape(sizes)), shape=True).value == Shape(sizes)


OPERATIONS = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv}
Worked = tuple[str, Fraction | None]


def worked(one: Worked, sign: str, other: Worked) -> Worked:
    """A calculation in brackets, and what it comes to; None where something is divided by 0."""
    text = f"({one[0]} {sign} {other[0]})"
    if one[1] is None or other[1] is None or (sign == "/" and not other[1]):
        return text, None
    return text, OPERATIONS[sign](one[1], other[1])


numbers = st.integers(0, 99).map(lambda number: (str(number), Fraction(number)))
calculations = st.recursive(
    numbers, lambda inner: st.builds(worked, inner, st.sampled_from("+-*/"), inner), max_leaves=8
)


@given(calculations)
def test_calculations_come_out_exactly(calculation: Worked) -> None:
    text, number = calculation
    if number is None:
        with pytest.raises(QuizgenError, match="divided by 0"):
            read(text)
    else:
        assert read(text).value == number
