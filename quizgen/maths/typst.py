"""Writes a formula as Typst maths, for between the dollar signs.

Whatever Typst could take for a command, a name or a call is quoted or escaped; a slot becomes a string, whose commas
and spaces Typst leaves alone.
"""

from __future__ import annotations

from quizgen.maths.tree import (
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
    Size,
    Slot,
    Space,
    Style,
    Text,
    items_of,
    takes_limits,
)

_SIZED: dict[Size, str] = {"fitting": "{}", "display": "display({})", "text": "inline({})"}
_SIGNS = {"mod": 'class("binary", "mod")', "?": '"?"'}
_NOTHING = '""'


def typst(node: Node) -> str:
    """The formula without its dollar signs."""
    return _write(node).strip()


def _write(node: Node) -> str:
    match node:
        case Number(digits=digits):
            return _quoted(digits) if "," in digits else digits
        case Slot(mark=mark):
            return _quoted(mark)
        case Name():
            return _name(node.letters, node.style)
        case Text(words=words, bold=bold):
            return f"bold({_quoted(words)})" if bold else _quoted(words)
        case Operator():
            return _operator(node)
        case Space(mu=mu):
            return f"#h({mu / 18:.3f}em)"
        case Row(items=items):
            return _row(items)
        case Fraction(over=over, under=under, size=size):
            return _SIZED[size].format(f"frac({_write(over)}, {_write(under)})")
        case Fenced(open=open, body=body, close=close):
            return f"lr({_bracket(open)}{_write(body)}{_bracket(close)})"
        case Scripts():
            return _scripts(node)
        case Root(body=body, index=index) if index is not None:
            return f"root({_write(index)}, {_write(body)})"
        case Root(body=body):
            return f"sqrt({_write(body)})"
        case Aligned(lines=lines):
            return " \\\n".join(" &".join(_cell(cell, column) for column, cell in enumerate(line)) for line in lines)


def _row(items: tuple[Node, ...]) -> str:
    """A space between letters keeps them apart and is not seen; beside a string it would be."""
    row = ""
    for item in items:
        piece = _write(item)
        row += f" {piece}" if row[-1:].isalnum() and piece[:1].isalnum() else piece
    return row


def _operator(operator: Operator) -> str:
    symbol = operator.symbol
    sign = _SIGNS.get(symbol) or (f"\\{symbol}" if symbol in "/,;!.#$&_" else symbol)
    match operator.role:
        case "binary" | "relation":
            return f" {sign} "
        case "punctuation":
            return f"{sign} "
    return sign


def _name(letters: str, style: Style) -> str:
    single = len(letters) == 1
    if style == "italic":
        return letters if single else f"italic({_quoted(letters)})"
    if single and letters.isascii() and letters.isalpha():
        return f"upright(bold({letters}))" if style == "bold" else f"upright({letters})"
    return f"bold({_quoted(letters)})" if style == "bold" else letters if single else _quoted(letters)


def _quoted(words: str) -> str:
    escaped = words.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _bracket(bracket: str) -> str:
    return f"\\{bracket}" if bracket else ""


def _scripts(node: Scripts) -> str:
    base = _write(node.base)
    if takes_limits(node.base) and isinstance(node.base, Name):
        base = f"limits({base}, inline: #false)"
    elif isinstance(node.base, Row | Scripts):
        base = f"attach({base})"
    sub = f"_({_write(node.sub)})" if node.sub is not None else ""
    sup = f"^({_write(node.sup)})" if node.sup is not None else ""
    return f"{base}{sub}{sup}"


def _cell(cell: Node, column: int) -> str:
    """Typst takes a sign at the start of a cell for a prefix, unless something stands before it."""
    first = items_of(cell)[:1]
    stand_in = _NOTHING if column and first and isinstance(first[0], Operator) and first[0].role == "binary" else ""
    return stand_in + _write(cell).strip()
