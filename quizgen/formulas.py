"""Formulas as learners and authors type them, read into an expression. Nothing is evaluated but what was read here.

| typed | read as |
|---|---|
| `k*(f*h*w+1)` `k(fhw+1)` `k × (f·h·w + 1)` | letters side by side are multiplied, where their names are known |
| `4h(d+h+1)` `filters * kernel_height` | a number before a letter; names of several letters |
| `floor((n+2p-k)/s)+1` `⌊(n+2p-k)/s⌋+1` | rounded down; `ceil` and `⌈ ⌉` round up |
| `n^2` `n**2` `n²` | powers with a whole number |
| `min(a, b)` `max(a, b, 1)` | the least and the largest |

`1/2k` can be meant in two ways, and is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import NamedTuple

from quizgen.errors import QuizgenError, nearest
from quizgen.worked.exact import equal, value
from quizgen.worked.expressions import (
    Ceiling,
    Expression,
    Floor,
    Largest,
    Least,
    Letter,
    Negative,
    Number,
    Power,
    Quotient,
    multiplied,
    summed,
)

LONGEST = 300
"""Characters of a formula."""
DEEPEST = 20
"""Brackets within brackets."""
MOST_DIGITS = 15
"""Digits of a number that is typed."""
HIGHEST_POWER = 12

ROUNDING: Mapping[str, type[Expression]] = {"floor": Floor, "ceil": Ceiling, "ceiling": Ceiling}
CHOOSING: Mapping[str, type[Expression]] = {"min": Least, "max": Largest}
BRACKETS = {"(": ")", "⌊": "⌋", "⌈": "⌉"}
SPELLINGS = str.maketrans(
    {**dict.fromkeys("×·⋅∗∙✕", "*"), **dict.fromkeys("−–—", "-"), **dict.fromkeys("÷∕", "/"), "’": "'", "′": "'"}
    | dict.fromkeys("\u00a0\u2009\u202f\t\n\r", " ")
)
"""Other ways to write a sign, each of one character, so that a place in the one text is a place in the other."""

TOKEN = re.compile(
    r" *(?:(?P<number>[0-9]+(?:\.[0-9]+)?)|(?P<run>[^\W\d²³][^\W²³]*'*)|(?P<sign>\*\*|[-+*/^(),⌊⌋⌈⌉²³]))"
)


class FormulaError(QuizgenError):
    """A formula that can't be read or worked out. text, at: what was typed, and the place in it that is at fault."""

    def __init__(self, what: str, text: str, at: int, *, remedy: str = "") -> None:
        self.text, self.at = text, at
        start = max(0, at - 15)
        shown = ("..." if start else "") + text[start : at + 15] + ("..." if len(text) > at + 15 else "")
        super().__init__(f"in “{' '.join(shown.split())}”, at character {at + 1}: {what}", remedy=remedy)

    @property
    def pointed(self) -> str:
        """The formula with a caret below the place that is at fault, on two lines."""
        return f"{self.text.translate(SPELLINGS)}\n{' ' * self.at}^"


class Token(NamedTuple):
    """A number, a name (its own, not as it was typed), a function or a sign; the end is an empty sign."""

    kind: str
    text: str
    at: int


def parse(text: str, names: Mapping[str, str] | Collection[str]) -> Expression:
    """The expression that a formula says.

    names: what can stand in it: the names, or from each spelling (`k`, `filters`) to the name of its letter.
    Raises FormulaError, which says where and what would be right.
    """
    known = names if isinstance(names, Mapping) else {name: name for name in names}
    if len(text) > LONGEST:
        raise FormulaError(f"it has {len(text):,} characters, {LONGEST} at most.", text[:LONGEST], LONGEST - 1)
    return Parser(text, list(tokens(text, known))).whole()


def tokens(text: str, known: Mapping[str, str]) -> Iterator[Token]:
    plain, at = text.translate(SPELLINGS).rstrip(), 0
    while at < len(plain):
        match = TOKEN.match(plain, at)
        if not match:
            at += len(plain[at:]) - len(plain[at:].lstrip())
            raise FormulaError(f"“{plain[at]}” has no meaning in a formula.", text, at, remedy=remedy_for(plain[at]))
        kind, at = str(match.lastgroup), match.end()
        if kind == "run":
            yield from words(match["run"], match.start("run"), known, text)
        else:
            yield Token(kind, match[kind], match.start(kind))
    yield Token("sign", "", len(plain))


def remedy_for(character: str) -> str:
    if character in "[{":
        return "Use round brackets, or floor(...) to round down."
    return {"=": "Type one side only.", "%": "Use floor(a / b)."}.get(character, "")


def words(run: str, at: int, known: Mapping[str, str], text: str) -> Iterator[Token]:
    """The names in a run of letters: the fewest that make it up."""
    if run in known:
        yield Token("name", known[run], at)
    elif run in ROUNDING or run in CHOOSING:
        yield Token("function", run, at)
    elif run in ("x", "X"):
        yield Token("sign", "*", at)
    else:
        pieces = split(run, known) or split(run, folded(known))
        if pieces is None:
            raise FormulaError(f"there is no “{run}” here.", text, at, remedy=nearest(run, known))
        for piece, name in pieces:
            yield Token("name", name, at)
            at += len(piece)


def folded(known: Mapping[str, str]) -> dict[str, str]:
    """The names in the other case too, where that leaves no doubt."""
    other = {spelled.swapcase(): name for spelled, name in known.items() if spelled.swapcase() not in known}
    return {**other, **known}


def split(run: str, known: Mapping[str, str]) -> list[tuple[str, str]] | None:
    """A run of letters as names, the fewest, the longest first; None where it can't be."""
    best: list[tuple[str, ...] | None] = [*(None for _ in run), ()]
    """The names from each place on."""
    for at in reversed(range(len(run))):
        ways = ((run[at:end], best[end]) for end in range(len(run), at, -1) if run[at:end] in known)
        best[at] = min(((name, *rest) for name, rest in ways if rest is not None), key=len, default=None)
    return None if best[0] is None else [(piece, known[piece]) for piece in best[0]]


class Parser:
    """A sum of products of powers, read from left to right, each rule a method.

    sum: product (("+" | "-") product)*
    product: signed (("*" | "/")? signed)*
    signed: ("-" | "+") signed | power
    power: atom (("^" | "**") number)?
    atom: number | name | function "(" sum ("," sum)* ")" | a sum in brackets
    """

    def __init__(self, text: str, found: list[Token]) -> None:
        self.text, self.tokens, self.place, self.depth = text, found, 0, 0

    @property
    def next(self) -> Token:
        return self.tokens[self.place]

    def whole(self) -> Expression:
        read = self.sum()
        if self.next.text:
            brackets = "There is one bracket too many." if self.next.text in BRACKETS.values() else ""
            raise self.wrong(f"“{self.next.text}” is out of place.", remedy=brackets)
        return read

    def sum(self) -> Expression:
        terms = [self.product()]
        while sign := self.take("+", "-"):
            term = self.product()
            terms.append(negative(term) if sign == "-" else term)
        return summed(*terms) if len(terms) > 1 else terms[0]

    def product(self) -> Expression:
        read, divided = self.signed(), False
        while (sign := self.take("*", "/")) or self.begins_factor():
            if not sign and divided:
                raise self.wrong("this can be meant in two ways.", remedy="Write a/(b*c), or (a/b)*c.")
            factor, divided = self.signed(), sign == "/"
            read = Quotient(read, factor) if divided else multiplied(read, factor)
        return read

    def begins_factor(self) -> bool:
        """Whether a factor follows without a sign."""
        if self.next.kind == "number":
            raise self.wrong("a sign is missing before the number.", remedy="Write k*3, 3k or k^3.")
        return self.next.kind in ("name", "function") or self.next.text in BRACKETS

    def signed(self) -> Expression:
        if self.take("-"):
            return negative(self.nested(self.signed))
        return self.nested(self.signed) if self.take("+") else self.power()

    def power(self) -> Expression:
        base = self.atom()
        if square := self.take("²", "³"):
            return Power(base, Number("²³".index(square) + 2))
        if not self.take("^", "**"):
            return base
        exponent = self.next
        if exponent.kind != "number" or "." in exponent.text or int(exponent.text) > HIGHEST_POWER:
            raise self.wrong("a power takes a whole number.", remedy=f"Write n^2; {HIGHEST_POWER} is the highest.")
        self.place += 1
        return Power(base, Number(int(exponent.text)))

    def atom(self) -> Expression:
        token = self.next
        self.place += token.text != "" and (token.kind != "sign" or token.text in BRACKETS)
        if token.kind == "number":
            return self.number(token)
        if token.kind == "name":
            return Letter(token.text)
        if token.kind == "function":
            return self.function(token)
        if token.text in BRACKETS:
            inside = self.nested(self.sum)
            self.close(token)
            return {"(": inside, "⌊": Floor(inside), "⌈": Ceiling(inside)}[token.text]
        if token.text:
            raise self.wrong(f"“{token.text}” is out of place.", remedy="A number, a name or a bracket belongs here.")
        raise self.wrong("the formula ends too early." if self.text.strip() else "the formula is empty.")

    def number(self, token: Token) -> Expression:
        whole, _, decimals = token.text.partition(".")
        if len(whole + decimals) > MOST_DIGITS:
            raise self.wrong(f"a number has {MOST_DIGITS} digits at most.", token)
        if not decimals:
            return Number(int(whole))
        return Quotient(Number(int(whole + decimals)), Number(10 ** len(decimals)))

    def function(self, token: Token) -> Expression:
        opened = self.next
        if not self.take("("):
            raise self.wrong(f"“{token.text}” needs brackets.", remedy=f"Write {token.text}(...).")
        inside = [self.nested(self.sum)]
        while self.take(","):
            inside.append(self.nested(self.sum))
        self.close(opened)
        if token.text in CHOOSING:
            return CHOOSING[token.text](*inside)
        if len(inside) > 1:
            raise self.wrong(f"“{token.text}” takes one value.", token)
        return ROUNDING[token.text](inside[0])

    def close(self, opened: Token) -> None:
        if not self.take(BRACKETS[opened.text]):
            raise self.wrong(f"this bracket is not closed: “{opened.text}”.", opened, remedy=BRACKETS[opened.text])

    def nested(self, rule: Callable[[], Expression]) -> Expression:
        self.depth += 1
        if self.depth > DEEPEST:
            raise self.wrong("it is nested too deeply.")
        read = rule()
        self.depth -= 1
        return read

    def take(self, *signs: str) -> str:
        """The sign that comes next, if it is one of these."""
        if self.next.kind == "sign" and self.next.text in signs:
            self.place += 1
            return self.tokens[self.place - 1].text
        return ""

    def wrong(self, what: str, token: Token | None = None, *, remedy: str = "") -> FormulaError:
        return FormulaError(what, self.text, (token or self.next).at, remedy=remedy)


def negative(expression: Expression) -> Expression:
    return Number(-expression.number) if isinstance(expression, Number) else Negative(expression)


__all__ = ["FormulaError", "equal", "parse", "value"]
