"""Answers as people type them: numbers with separators and suffixes, small calculations, shapes. Nothing is evaluated.

| typed | read as |
|---|---|
| `32,896` `32 896` `32'896` `32_896` `32.896` | 32896: a separator before each group of three digits |
| `13.5` `13,5` `0.125` | a decimal point or comma, where the digits behind it are no such groups |
| `32.9k` `1.2M` `3.29e4` | a rounded number: it stands for all that round to it, here 32,850 to 32,950 |
| `128*257` `128×257` `32(3*3+1)` `2^10` `5**2` `(28-3)/1+1` | what comes out, worked exactly |
| `26x26x32` `26 × 26 × 32` `(26, 26, 32)` `[26,26,32]` `(None, 26, 26, 32)` | a shape, without the batch axis |

`32.896` could be a decimal number; but answers are counts, and nobody types a count to the thousandth. With a suffix
it is one: `32.896k` is 32,896.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from quizgen.errors import QuizgenError
from quizgen.layers.base import Shape
from quizgen.question import Number

LONGEST = 200
"""Characters of an answer."""
MOST_DIGITS = 40
"""Digits of a number, and of anything that a calculation comes to."""
DEEPEST = 20
"""Brackets within brackets."""
MOST_AXES = 8

NUMBER = re.compile(
    r"(?P<whole>[1-9]\d{0,2}(?P<separator>[ ,.'_])\d{3}(?:(?P=separator)\d{3})*(?!\d)|\d+)"
    r"(?:[.,](?P<decimals>\d+))?(?:[eE]\+?(?P<exponent>\d{1,2})|\s?(?P<suffix>[kKmMbBgGtT]))?(?![\w.,])",
    re.ASCII,
)
SHAPE = re.compile(r"[(\[][^()\[\]]*[,;][^()\[\]]*[)\]]")
"""What can only be a shape."""

SUFFIXES = {"k": 3, "m": 6, "b": 9, "g": 9, "t": 12}
"""Powers of ten: thousands, millions, billions (also as giga), trillions."""

SPELLINGS = {
    **dict.fromkeys("×·⋅∗∙✕xX", "*"),
    **dict.fromkeys("−–—", "-"),
    **dict.fromkeys("÷∕", "/"),
    **dict.fromkeys("\u00a0\u2009\u202f\t\n\r", " "),
    "’": "'",
    "²": "^2",
    "³": "^3",
}
"""Other ways to write an operator or a separator."""

CLOSE = Fraction(1, 200)
"""How far a rounded answer may be from one that is not whole: half a percent, less than from KB to KiB."""

IN_WORDS = "Type a number (32,896 or 32.9k), a calculation (128*257) or a shape (26x26x32)."


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as it was read.

    value: an exact int, shape, or fraction. low, high: the least and the largest answer that it stands for, which differ
        for a rounded number only.
    """

    value: Number | Fraction
    low: Number
    high: Number

    def matches(self, value: Number) -> bool:
        """Whether it is this answer; one that is not whole need not be given to its last digit."""
        if isinstance(value, Fraction) and isinstance(self.value, int | Fraction):
            return abs(self.value - value) <= abs(value) * CLOSE
        return isinstance(value, tuple) is isinstance(self.low, tuple) and self.low <= value <= self.high  # type: ignore[operator]

    @property
    def rounded(self) -> bool:
        return self.low != self.high


def read(text: str, *, shape: bool = False) -> Given:
    """A typed answer; raises QuizgenError where it is none, or would not fit on a line.

    shape: whether a shape is asked for. If not, `26 × 26 × 32` is a product; `(26, 26, 32)` is a shape either way.
    """
    if len(text) > LONGEST:
        raise unreadable(f"{text[:12]}...", f"it has {len(text):,} characters.")
    plain = "".join(SPELLINGS.get(letter, letter) for letter in text).strip().lstrip("=≈~ ").rstrip(".")
    alone = NUMBER.fullmatch(re.sub(r"\((.*)\)", r"\1", plain))
    if shape or (not alone and SHAPE.fullmatch(plain)):
        return exact(read_shape(plain, text))
    if alone:
        return one_number(alone, text)
    return exact(Calculation(plain, text).result())


def exact(value: Number | Fraction) -> Given:
    """An answer that stands for itself alone; one that is not whole stands for none."""
    if isinstance(value, Fraction):
        return Given(whole(value), ceil(value), floor(value))
    return Given(value, value, value)


def whole(value: Fraction) -> int | Fraction:
    return int(value) if value.denominator == 1 else value


def one_number(match: re.Match[str], text: str) -> Given:
    """A number on its own: with a suffix or an exponent it stands for all that round to it."""
    value = scaled(match, text)
    if not (match["suffix"] or match["exponent"]):
        return exact(value)
    half = last_place(match) / 2
    return Given(whole(value), ceil(value - half), floor(value + half))


def scaled(match: re.Match[str], text: str) -> Fraction:
    digits, decimals = digits_of(match)
    if len(digits) + power(match) > MOST_DIGITS:
        raise unreadable(text, f"no answer has more than {MOST_DIGITS} digits.")
    return Fraction(int(digits) * 10 ** power(match), 10 ** len(decimals))


def last_place(match: re.Match[str]) -> Fraction:
    """What the last digit counts."""
    return Fraction(10 ** power(match), 10 ** len(digits_of(match)[1]))


def digits_of(match: re.Match[str]) -> tuple[str, str]:
    """All digits, and those behind the decimal point."""
    parts = re.split(r"\D", match["whole"])
    decimals = match["decimals"] or ""
    if power(match) and match["separator"] == "." and not decimals:
        decimals = parts.pop()
    return "".join(parts) + decimals, decimals


def power(match: re.Match[str]) -> int:
    return SUFFIXES[match["suffix"].lower()] if match["suffix"] else int(match["exponent"] or 0)


def read_shape(plain: str, text: str) -> Shape:
    """Sizes between multiplication signs, commas, semicolons or spaces; a leading `None` is the batch axis."""
    inside = re.fullmatch(r"([(\[])(.*)([)\]])", plain)
    inner = (inside[2] if inside else plain).strip().removesuffix(",")
    sizes = re.split(r"\*" if "*" in inner else r"[,;]" if re.search("[,;]", inner) else r"\s+", inner)
    if len(sizes) > 1 and sizes[0].strip().lower() in ("none", "n", "?", "-1", "batch"):
        del sizes[0]
    if len(sizes) > MOST_AXES:
        raise unreadable(text, f"no shape has more than {MOST_AXES} axes.")
    numbers = [whole(Calculation(size.strip(), text).result()) for size in sizes]
    if not all(isinstance(number, int) and number > 0 for number in numbers):
        raise unreadable(text, "the sizes of a shape are whole numbers from 1.")
    return Shape(numbers)  # type: ignore[arg-type]


class Calculation:
    """A sum of products of powers, read from left to right, each rule a method.

    sum: product (("+" | "-") product)*
    product: signed (("*" | "/") signed | bracket)*
    signed: "-" signed | power
    power: atom (("^" | "**") signed)?
    atom: number | bracket
    """

    def __init__(self, plain: str, text: str) -> None:
        self.plain, self.text, self.at, self.depth = plain, text, 0, 0

    def result(self) -> Fraction:
        value = self.sum()
        if self.next():
            raise self.wrong(f"“{self.plain[self.at :][:12]}” is out of place.")
        return value

    def sum(self) -> Fraction:
        value = self.product()
        while sign := self.take("+", "-"):
            value = self.bounded(value + self.product() if sign == "+" else value - self.product())
        return value

    def product(self) -> Fraction:
        value = self.signed()
        while sign := self.take("*", "/") or ("(" if self.next() == "(" else ""):
            factor = self.signed()
            if sign == "/" and not factor:
                raise self.wrong("nothing can be divided by 0.")
            value = self.bounded(value / factor if sign == "/" else value * factor)
        return value

    def signed(self) -> Fraction:
        return -self.nested(self.signed) if self.take("-") else self.power()

    def power(self) -> Fraction:
        base = self.atom()
        if not self.take("^", "**"):
            return base
        exponent = self.nested(self.signed)
        if exponent.denominator != 1 or not 0 <= exponent <= 4 * MOST_DIGITS:
            raise self.wrong("it is too large a power, or none.")
        return self.bounded(base ** int(exponent))

    def atom(self) -> Fraction:
        if self.take("("):
            value = self.nested(self.sum)
            if not self.take(")"):
                raise self.wrong("a bracket is not closed.")
            return value
        self.next()
        match = NUMBER.match(self.plain, self.at)
        if not match:
            raise self.wrong(f"“{self.plain[self.at :][:12]}” is no number." if self.next() else "")
        self.at = match.end()
        return scaled(match, self.text)

    def nested(self, rule: Callable[[], Fraction]) -> Fraction:
        self.depth += 1
        if self.depth > DEEPEST:
            raise self.wrong("it is nested too deeply.")
        value = rule()
        self.depth -= 1
        return value

    def next(self) -> str:
        """The next character that is not a space, or none."""
        while self.plain[self.at : self.at + 1] == " ":
            self.at += 1
        return self.plain[self.at : self.at + 1]

    def take(self, *signs: str) -> str:
        """The sign that comes next, if it is one of these."""
        self.next()
        for sign in signs:
            if self.plain.startswith(sign, self.at) and not (sign == "*" and self.plain.startswith("**", self.at)):
                self.at += len(sign)
                return sign
        return ""

    def bounded(self, value: Fraction) -> Fraction:
        if max(abs(value.numerator), value.denominator) >= 10**MOST_DIGITS:
            raise self.wrong(f"it comes to more than {MOST_DIGITS} digits.")
        return value

    def wrong(self, why: str) -> QuizgenError:
        return unreadable(self.text, why)


def unreadable(text: str, why: str) -> QuizgenError:
    shown = " ".join(text.split())
    shown = shown if len(shown) <= 40 else f"{shown[:40]}..."
    return QuizgenError(f"“{shown}” can't be read as an answer{': ' + why if why else '.'}", remedy=IN_WORDS)
