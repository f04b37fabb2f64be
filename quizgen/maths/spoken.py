"""Says a formula in English, for alternative text: short, with an end said wherever the ear could lose it."""

from __future__ import annotations

import re

from quizgen.maths.symbols import GREEK
from quizgen.maths.tree import (
    QUAD,
    Aligned,
    Fenced,
    Fraction,
    Name,
    Node,
    Number,
    Operator,
    Root,
    Row,
    Scripts,
    Slot,
    Space,
    Text,
    core_of,
    is_function,
    stands_alone,
    takes_limits,
)

_SIGNS = {
    "+": "plus", "−": "minus", "×": "times", "·": "times", "÷": "divided by", "±": "plus or minus", "mod": "modulo",
    "=": "equals", "<": "is less than", ">": "is greater than", "≤": "is at most", "≥": "is at least",
    "≠": "is not equal to", "≈": "is approximately", "≡": "is equivalent to", "→": "to", "⇒": "implies",
    ":": "colon", "∈": "in", "∣": "given", "/": "divided by", "!": "factorial", "%": "percent", "#": "number of",
    "&": "and", "$": "dollar", "_": "blank", "?": "what", "∑": "the sum", "∏": "the product",
}  # fmt: skip
_NAMES = {
    **{letter: name.removeprefix("var").lower() for name, letter in GREEK.items()},
    "…": "and so on", "⋯": "and so on", "∞": "infinity",
    "max": "maximum", "min": "minimum", "ln": "natural log", "exp": "exponential",
}  # fmt: skip
_BRACKETS = {
    "(": "bracket", "[": "square bracket", "{": "brace", "⌊": "floor", "⌈": "ceiling", "|": "bar",
    ")": "bracket", "]": "square bracket", "}": "brace", "⌋": "floor", "⌉": "ceiling",
}  # fmt: skip
_PAIRS = {"⌊⌋": "floor", "⌈⌉": "ceiling", "||": "absolute value"}
_POWERS = {"2": "squared", "3": "cubed", "T": "transposed", "′": "prime", "′′": "double prime", "′′′": "triple prime"}
_ROOTS = {"2": "square root", "3": "cube root"}
_LOGARITHM = Name("log", "function")
_PRONOUNCEABLE = re.compile(r"in|(?=.*[aeou])[a-z]{3,}")
_BEFORE_COMMA = re.compile(r" (?=[,;.])")


def spoken(node: Node) -> str:
    """The formula in words; the lines of an aligned formula are parted by semicolons."""
    return _BEFORE_COMMA.sub("", _say(node))


def _say(node: Node) -> str:
    match node:
        case Number(digits=words) | Slot(mark=words):
            return words
        case Text(words=words):
            return words.strip().replace("_", " ")
        case Name(letters=letters):
            return _name(letters)
        case Operator(symbol=symbol):
            return _SIGNS.get(symbol, symbol)
        case Space(mu=mu):
            return "," if mu >= QUAD else ""
        case Row(items=items):
            return _row(items)
        case Fraction():
            return _fraction(node, alone=True)
        case Fenced():
            return _fenced(node)
        case Scripts():
            return _scripts(node)
        case Root():
            return _root(node)
        case Aligned(lines=lines):
            return " ; ".join(_words(*map(_say, cells)) for cells in lines)


def _words(*phrases: str) -> str:
    return " ".join(filter(None, phrases))


def _name(letters: str) -> str:
    words = _NAMES.get(letters, letters).replace("_", " ")
    return f"capital {words}" if len(letters) == 1 and letters.isupper() else words


# --- rows ---


def _row(items: tuple[Node, ...]) -> str:
    phrases: list[str] = []
    before: Node | None = None
    for index, item in enumerate(items):
        if before is not None and _multiplies(before, item):
            phrases.append("times")
        if isinstance(item, Fraction):
            phrases.append(_fraction(item, alone=stands_alone(items, index)))
        else:
            phrases.append(_say(item))
        if _reaches_on(item) and index + 1 < len(items):
            phrases.append("of")
        if not (isinstance(item, Space) and item.mu < QUAD):
            before = item
    return _words(*phrases)


def _multiplies(left: Node, right: Node) -> bool:
    """True where print leaves a times sign out and the ear would miss it; `f h w` is said letter by letter."""
    if not (_is_factor(left) and _is_factor(right)):
        return False
    return not (_is_short(left) and isinstance(core_of(right), Name))


def _is_factor(node: Node) -> bool:
    match core_of(node):
        case Name(letters=letters):
            return len(letters) == 1 and letters.isalpha()
        case Operator() | Space() | Text():
            return False
    return True


def _reaches_on(node: Node) -> bool:
    """True for what acts on whatever follows: a function, a sum."""
    core = core_of(node)
    return is_function(core) or (isinstance(core, Operator) and core.role == "large")


# --- what has to say where it ends ---


def _is_atom(node: Node) -> bool:
    match node:
        case Number() | Slot() | Name():
            return True
        case Text(words=words):
            return " " not in words
        case Scripts(base=base, sub=sub, sup=None) if sub is not None:
            return _is_atom(base) and _is_atom(sub)
    return False


def _is_short(node: Node) -> bool:
    """True for what the next word cannot be taken into: an atom, or an atom squared."""
    match node:
        case Scripts(base=base, sub=None, sup=sup) if sup is not None:
            return _is_atom(base) and _letters(sup) in _POWERS
    return _is_atom(node)


def _fraction(node: Fraction, *, alone: bool) -> str:
    over, under = (
        _fraction(part, alone=False) if isinstance(part, Fraction) else _say(part) for part in (node.over, node.under)
    )
    phrase = f"{over} over {under}"
    if alone and _is_short(node.over) and _is_short(node.under):
        return phrase
    return f"the fraction {phrase} end fraction"


def _enclosed(node: Node) -> str:
    """The content of something that says its own end: a fraction inside need not say its own."""
    return _say(node).removesuffix(" end fraction") if isinstance(node, Fraction) else _say(node)


def _fenced(node: Fenced, *, ended: bool = False) -> str:
    pair = _PAIRS.get(node.open + node.close)
    if pair and _is_atom(node.body) and not ended:
        return f"the {pair} of {_say(node.body)}"
    if pair:
        return f"the {pair} of {_enclosed(node.body)} end {pair}"
    start = f"open {_BRACKETS[node.open]}" if node.open else ""
    end = f"close {_BRACKETS[node.close]}" if node.close else ""
    return _words(start, _enclosed(node.body) if end else _say(node.body), end)


def _root(node: Root) -> str:
    order = "2" if node.index is None else _say(node.index)
    root = _ROOTS.get(order, f"root of order {order}")
    if _is_atom(node.body):
        return f"the {root} of {_say(node.body)}"
    return f"the {root} of {_enclosed(node.body)} end root"


# --- scripts ---


def _scripts(node: Scripts) -> str:
    base, sub, sup = node.base, node.sub, node.sup
    if takes_limits(base):
        return _words(_say(base), _limits(sub, sup))
    if sub is not None and base == _LOGARITHM:
        return _words("log base", _say(sub), _power(sup))
    return _words(_base(base), _index(sub), _power(sup))


def _base(node: Node) -> str:
    match node:
        case Fenced():
            return _fenced(node, ended=True)
        case Fraction():
            return _fraction(node, alone=False)
        case Row() | Scripts() | Root():
            return f"the group {_say(node)} end group"
    return _say(node)


def _limits(sub: Node | None, sup: Node | None) -> str:
    if sub is None or sup is None:
        return f"over {_say(sub)}" if sub is not None else f"to {_say(sup)}" if sup is not None else ""
    return f"from {_say(sub)} to {_say(sup)}"


def _index(sub: Node | None) -> str:
    if sub is None:
        return ""
    letters = _letters(sub)
    if _PRONOUNCEABLE.fullmatch(letters):
        return f"sub {letters}"
    return f"sub {_say(sub)}" if isinstance(sub, Number | Slot | Name | Text) else f"sub {_say(sub)} end sub"


def _power(sup: Node | None) -> str:
    if sup is None:
        return ""
    named = _POWERS.get(_letters(sup))
    if named:
        return named
    return f"to the power {_say(sup)}" if _is_atom(sup) else f"to the power {_say(sup)} end power"


def _letters(node: Node) -> str:
    """The word in `d_{model}`, which LaTeX reads letter by letter; empty for anything but letters and digits."""
    match node:
        case Number(digits=letters) | Name(letters=letters) | Operator(symbol=letters, role="postfix"):
            return letters
        case Row(items=items):
            parts = [_letters(item) for item in items]
            return "".join(parts) if all(parts) else ""
    return ""
