"""Writes a formula as MathML Core, which browsers set without help."""

from __future__ import annotations

from html import escape
from string import ascii_lowercase, ascii_uppercase

from quizgen.maths.spoken import spoken
from quizgen.maths.symbols import PRIMES
from quizgen.maths.tree import (
    Aligned,
    Fenced,
    Fraction,
    Name,
    Node,
    Number,
    Operator,
    Role,
    Root,
    Row,
    Scripts,
    Size,
    Slot,
    Space,
    Style,
    Text,
    is_tall,
    items_of,
    takes_limits,
)

_NAMESPACE = "http://www.w3.org/1998/Math/MathML"
_NO_BREAK = "\u00a0"

_SPACING: dict[Role, str] = {
    "prefix": ' form="prefix"',
    "postfix": ' form="postfix" lspace="0" rspace="0"',
    "tight": ' lspace="0" rspace="0"',
}
_FRACTION: dict[Size, str] = {"fitting": "", "display": ' displaystyle="true"', "text": ' displaystyle="false"'}
_BOLD_TEXT = ' style="font-weight: bold"'


def _alphabet(first: int) -> dict[int, int]:
    """MathML Core has no styles for letters: bold and slanted ones are characters of their own, capitals first."""
    return str.maketrans(ascii_uppercase + ascii_lowercase, "".join(map(chr, range(first, first + 52))))


_BOLD = _alphabet(0x1D400)
_ITALIC = _alphabet(0x1D434) | {ord("h"): ord("ℎ")}


def mathml(node: Node, display: bool = False) -> str:
    """The whole `<math>` element, with the spoken formula as its alternative text."""
    block = ' display="block"' if display else ""
    return f'<math xmlns="{_NAMESPACE}"{block} alttext="{escape(spoken(node))}">{_write(node)}</math>'


def _write(node: Node) -> str:
    match node:
        case Number(digits=value) | Slot(mark=value):
            return f"<mn>{value}</mn>"
        case Name(letters=letters, style=style):
            return _name(letters, style)
        case Text(words=words, bold=bold):
            return f"<mtext{_BOLD_TEXT if bold else ''}>{_prose(words)}</mtext>"
        case Operator(symbol=symbol, role=role):
            return f"<mo{_SPACING.get(role, '')}>{escape(symbol)}</mo>"
        case Space(mu=mu):
            return f'<mspace width="{mu / 18:.3f}em"/>'
        case Row(items=items):
            return "".join(map(_write, items))
        case Fraction(over=over, under=under, size=size):
            return f"<mfrac{_FRACTION[size]}>{_one(over)}{_one(under)}</mfrac>"
        case Fenced():
            return _fenced(node)
        case Scripts():
            return _scripts(node)
        case Root(body=body, index=index) if index is not None:
            return f"<mroot>{_one(body)}{_one(index)}</mroot>"
        case Root(body=body):
            return f"<msqrt>{_write(body)}</msqrt>"
        case Aligned(lines=lines):
            return f'<mtable displaystyle="true">{"".join(map(_line, lines))}</mtable>'


def _one(node: Node) -> str:
    """The node as a single element, for parents that count their children."""
    return f"<mrow>{_write(node)}</mrow>" if isinstance(node, Row) else _write(node)


def _name(letters: str, style: Style) -> str:
    """Single letters are slanted and words upright, unless something else is said."""
    if style == "bold":
        return f"<mi>{letters.translate(_BOLD)}</mi>"
    if len(letters) == 1:
        slanted = style == "italic" or not letters.isalpha()
        return f"<mi>{letters}</mi>" if slanted else f'<mi mathvariant="normal">{letters}</mi>'
    return f"<mi>{letters.translate(_ITALIC) if style == 'italic' else letters}</mi>"


def _prose(words: str) -> str:
    """White space at the ends of a token is dropped by browsers unless it does not break."""
    inner = words.strip(" ")
    before = len(words) - len(words.lstrip(" "))
    after = len(words) - before - len(inner)
    return _NO_BREAK * before + escape(inner) + _NO_BREAK * after


def _fenced(node: Fenced) -> str:
    """Brackets grow of their own accord, around a superscript already: around flat content they are told not to."""
    start = "<mo>" if is_tall(node.body) else '<mo stretchy="false">'
    opening, closing = (f"{start}{bracket}</mo>" if bracket else "" for bracket in (node.open, node.close))
    return f"<mrow>{opening}{_write(node.body)}{closing}</mrow>"


def _scripts(node: Scripts) -> str:
    if node.sub is None and node.sup in PRIMES:
        return f"<mrow>{_write(node.base)}{_write(node.sup)}</mrow>"  # the glyph is raised already
    below, above = ("under", "over") if takes_limits(node.base) else ("sub", "sup")
    tag = f"m{below if node.sub is not None else ''}{above if node.sup is not None else ''}"
    base = _limits(node.base) if takes_limits(node.base) else _one(node.base)
    scripts = "".join(_one(script) for script in (node.sub, node.sup) if script is not None)
    return f"<{tag}>{base}{scripts}</{tag}>"


def _limits(base: Node) -> str:
    """Within a line of text the limits move beside their base: a sum knows that, a name has to be told."""
    if isinstance(base, Name):
        return f'<mo movablelimits="true" lspace="0" rspace="0">{base.letters}</mo>'
    return _write(base)


def _line(cells: tuple[Node, ...]) -> str:
    return f"<mtr>{''.join(_cell(cell, column) for column, cell in enumerate(cells))}</mtr>"


def _cell(cell: Node, column: int) -> str:
    """A sign at the start of a cell would be taken for a prefix."""
    first, *rest = items_of(cell) or (Row(()),)
    content = _write(first).replace("<mo>", '<mo form="infix">', 1) if isinstance(first, Operator) else _write(first)
    side = "left" if column % 2 else "right"
    return f'<mtd style="text-align: {side}; padding-inline: 0">{content}{"".join(map(_write, rest))}</mtd>'
