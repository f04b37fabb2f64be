"""Writes a formula on one line of Unicode text: `⌊(28 − 3) / 2⌋ + 1`."""

from __future__ import annotations

import re

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
    stands_alone,
)

_SUPERSCRIPTS = dict(
    zip("0123456789+−=()′abcdefghijklmnoprstuvwxyzT", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾′ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᵀ", strict=True)
)
_SUBSCRIPTS = dict(zip("0123456789+−=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True))
_TWO_LETTERS = re.compile(r"[^\W\d_]{2}")
_ATOM = re.compile(r"[\w.,′\ue000\ue001]+")
_LOOSE_SCRIPT = re.compile(r"[_^][\w.,\ue000\ue001]+$")
_ROOTS = {"3": "∛", "4": "∜"}


def plain(node: Node) -> str:
    """The formula as text; one line, or as many as an aligned formula has."""
    return _write(node).strip()


def _write(node: Node) -> str:
    match node:
        case Number(digits=text) | Slot(mark=text) | Name(letters=text) | Text(words=text):
            return text
        case Operator():
            return _operator(node)
        case Space(mu=mu):
            return "   " if mu >= QUAD else " " if mu > 0 else ""
        case Row(items=items):
            return _row(items)
        case Fraction(over=over, under=under):
            return f"{_factors(over)} / {_factor(under)}"
        case Fenced(open=open, body=body, close=close):
            return f"{open}{_write(body).strip()}{close}"
        case Scripts():
            return _scripts(node)
        case Root(body=body, index=index):
            return _radical(index) + (f"({_write(body)})" if isinstance(body, Scripts) and body.sup else _factor(body))
        case Aligned(lines=lines):
            return "\n".join(" ".join(_write(cell).strip() for cell in cells).strip() for cells in lines)


def _row(items: tuple[Node, ...]) -> str:
    row = ""
    for index, item in enumerate(items):
        piece = _write(item)
        if isinstance(item, Fraction) and not stands_alone(items, index):
            piece = f"({piece})"
        if row.endswith(" "):
            piece = piece.lstrip(" ")
        elif _LOOSE_SCRIPT.search(row) and _ATOM.match(piece):
            row += " "
        row += piece
    return row


def _operator(operator: Operator) -> str:
    match operator.role:
        case "binary" | "relation":
            return f" {operator.symbol} "
        case "punctuation" | "large":
            return f"{operator.symbol} "
    return operator.symbol


def _factors(node: Node) -> str:
    """What a slash may follow: a product written side by side, or anything else in brackets."""
    match node:
        case Row(items=items) if all(_is_factor(item) for item in items):
            return _write(node)
    return _factor(node)


def _factor(node: Node) -> str:
    return _write(node) if _is_factor(node) else f"({_write(node)})"


def _is_factor(node: Node) -> bool:
    match node:
        case Operator(role=role):
            return role == "postfix"
        case Scripts(base=base):
            return _is_factor(base)
    return not isinstance(node, Row | Fraction)


def _radical(index: Node | None) -> str:
    if index is None:
        return "√"
    order = _write(index)
    return _ROOTS.get(order) or f"[{order}]√"


def _scripts(node: Scripts) -> str:
    base = _write(node.base).rstrip()
    if isinstance(node.base, Row | Fraction | Scripts | Root):
        base = f"({base})"
    sub = _lowered(node.sub) if node.sub is not None else ""
    sup = _raised(node.sup) if node.sup is not None else ""
    after = " " if isinstance(node.base, Operator) and node.base.role != "postfix" else ""
    return f"{base}{sub}{sup}{after}"


def _lowered(sub: Node) -> str:
    text = _write(sub)
    bare = _ATOM.fullmatch(text) and not isinstance(sub, Scripts)
    return _small(text, _SUBSCRIPTS) or (f"_{text}" if bare else f"_({text})")


def _raised(sup: Node) -> str:
    text = _write(sup)
    return _small(text, _SUPERSCRIPTS) or (f"^{text}" if isinstance(sup, Number | Slot | Name | Text) else f"^({text})")


def _small(text: str, alphabet: dict[str, str]) -> str:
    """The text in Unicode's small letters; empty where one is missing, or where a word would be hard to read."""
    tight = text.replace(" ", "")
    if _TWO_LETTERS.search(tight) or not all(character in alphabet for character in tight):
        return ""
    return "".join(alphabet[character] for character in tight)
