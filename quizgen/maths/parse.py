r"""Reads the LaTeX subset that SymPy prints and that templates write between dollar signs.

Stricter than TeX where TeX is a trap: `2^10` is refused, because LaTeX raises only the 1.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from difflib import get_close_matches

from quizgen.maths.scan import MathsError, Scanner
from quizgen.maths.spacing import ends_operand, runs_together
from quizgen.maths.symbols import CLOSERS, CLOSING, DELIMITERS, GREEK, OPENING, PRIMES, SYMBOLS, WRITE_INSTEAD
from quizgen.maths.tree import (
    THIN,
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
    is_function,
)

LONGEST = 10_000
DEEPEST = 50

_FRACTIONS: dict[str, Size] = {r"\frac": "fitting", r"\dfrac": "display", r"\tfrac": "text"}
_TEXTS = (r"\text", r"\textbf")
_NAMES: dict[str, Style] = {
    r"\mathrm": "upright",
    r"\mathbf": "bold",
    r"\mathit": "italic",
    r"\operatorname": "function",
}
_LETTERS = re.compile(r"(?:[A-Za-z0-9_]|\ue000[0-9]+\ue001)+")
_STOPS = {"", "}", "&", r"\\", r"\right", r"\end", *CLOSING}
_COMMANDS = [
    *(*_FRACTIONS, r"\sqrt", *_TEXTS, *_NAMES, r"\left", r"\right", r"\begin", r"\end"),
    *(source for source in (*OPENING, *CLOSING, *SYMBOLS) if source.startswith("\\")),
]
_UNDERSTOOD = " ".join(name for name in _COMMANDS if name[1:].isalpha() and name[1:] not in GREEK)
_EMPTY = Row(())


def parse(latex: str) -> Node:
    """The tree of a formula, given without its dollar signs.

    Raises MathsError for a command outside the subset, for brackets, braces or scripts that do not fit together, and
    for a formula that is empty, longer than `LONGEST` characters or nested deeper than `DEEPEST` levels.
    """
    if len(latex) > LONGEST:
        raise MathsError(f"{len(latex):,} characters are too many, at most {LONGEST:,} are read.", latex, 0)
    return _Parser(latex).formula()


class _Parser(Scanner):
    """Recursive descent: each method starts at the first token of its construct and stops after the last."""

    depth = 0

    def formula(self) -> Node:
        node = self._aligned() if self.token == r"\begin" else self._row()
        if self.token in ("&", r"\\"):
            raise self.error(f"“{self.token}” outside of \\begin{{aligned}} ... \\end{{aligned}}.")
        if self.token in CLOSING or self.token in ("}", r"\right", r"\end"):
            raise self.error(f"“{self.token}” closes nothing.")
        if self.token:
            raise self.error("nothing may follow \\end{aligned}.")
        if node == _EMPTY:
            raise self.error("the formula is empty.")
        return node

    def _row(self, *, until: str = "", after_operand: bool = False) -> Node:
        """Everything up to a closing token, which is left for the caller to judge."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise self.error(f"more than {DEEPEST} levels of brackets and braces.")
        items: list[Node] = []
        while self.token not in _STOPS and self.token != until:
            item = self._scripted(self._atom())
            if isinstance(item, Operator) and item.role == "binary" and not after_operand:
                item = Operator(item.symbol, "prefix")
            if items and runs_together(items[-1], item):
                items.append(Space(THIN))
            items.append(item)
            after_operand = ends_operand(item, after_operand)
        self.depth -= 1
        return items[0] if len(items) == 1 else Row(tuple(items))

    def _aligned(self) -> Node:
        begun = self.start
        self._environment()
        lines: list[tuple[Node, ...]] = []
        cells = [self._row()]
        while self.token in ("&", r"\\"):
            if self.take() == "&":
                cells.append(self._row(after_operand=True))
            else:
                lines.append(tuple(cells))
                cells = [self._row()]
        if self.token != r"\end":
            self._close(r"\begin{aligned}", begun, (r"\end{aligned}",))
        self._environment()
        if cells != [_EMPTY]:
            lines.append(tuple(cells))
        return Aligned(tuple(lines)) if lines else _EMPTY

    def _environment(self) -> None:
        start, command = self.start, self.take()
        if self.take_words(command) != "aligned":
            raise self.error("the only environment is aligned.", at=start)

    def _scripted(self, base: Node) -> Node:
        sub: Node | None = None
        sup: Node | None = None
        while self.token in ("^", "_", "'"):
            start, sign = self.start, self.take()
            if isinstance(base, Space):
                raise self.error(f"“{sign}” has nothing before it to stand on.", at=start)
            if (sub if sign == "_" else sup) is not None:
                what = "subscript" if sign == "_" else "superscript"
                raise self.error(f"a second {what}.", remedy="Put braces around what it belongs to.", at=start)
            if sign == "_":
                sub = self._argument(sign)
            else:
                sup = self._argument(sign) if sign == "^" else self._primes()
        return Scripts(base, sub, sup) if sub is not None or sup is not None else base

    def _primes(self) -> Node:
        count = 1
        while self.token == "'" and count < len(PRIMES):
            self.take()
            count += 1
        return PRIMES[count - 1]

    def _argument(self, command: str) -> Node:
        """A group; without braces only the single letter, digit or name that LaTeX would take as well."""
        token = self.token
        if token == "{":
            return self._group()
        if token in _NAMES or token in _TEXTS:
            return self._words()
        symbol = SYMBOLS.get(token)
        if (len(token) == 1 and _LETTERS.match(token)) or (isinstance(symbol, Name) and not is_function(symbol)):
            return self._atom()
        inside = "..." if token in _STOPS or command in _FRACTIONS else token
        more = "{...}" if command in _FRACTIONS else ""
        raise self.error(f"what belongs to {command} needs braces.", remedy=f"Write {command}{{{inside}}}{more}.")

    def _atom(self) -> Node:
        token = self.token
        if token in SYMBOLS:
            self.take()
            return SYMBOLS[token]
        if "0" <= token[0] <= "9":
            return Number(self.take().replace("{,}", ","))
        if token[0] == "\ue000" and len(token) > 1:
            return Slot(self.take())
        if token.isascii() and token.isalpha():
            return Name(self.take())
        if token == "{":
            return self._group()
        if token in CLOSERS:
            return self._brackets()
        if token == "|":
            return self._bars()
        return self._command()

    def _command(self) -> Node:
        command = self.token
        if command in _FRACTIONS:
            self.take()
            over = self._argument(command)
            return Fraction(over, self._argument(command), _FRACTIONS[command])
        if command == r"\sqrt":
            return self._root()
        if command == r"\left":
            return self._left_right()
        if command in _NAMES or command in _TEXTS:
            return self._words()
        raise self._refusal()

    def _refusal(self) -> MathsError:
        token = self.token
        if token == r"\begin":
            return self.error("\\begin{aligned} ... \\end{aligned} has to be the whole formula.")
        if token in ("^", "_", "'"):
            return self.error(f"“{token}” has nothing before it to stand on.")
        if len(token) > 1:
            return self.error(f"there is no command {token}.", remedy=_known(token))
        remedy = f"Write {WRITE_INSTEAD[token]}." if token in WRITE_INSTEAD else r"Put prose into \text{...}."
        return self.error(f"“{token}” is not understood.", remedy=remedy)

    def _group(self) -> Node:
        opened = self.start
        self.take()
        body = self._row()
        self._close("{", opened, ("}",))
        if body == _EMPTY:
            raise self.error("the braces are empty.", at=opened)
        return body

    def _brackets(self) -> Node:
        opened, opener = self.start, self.take()
        body = self._row()
        return Fenced(OPENING[opener], body, CLOSING[self._close(opener, opened, CLOSERS[opener])])

    def _bars(self) -> Node:
        opened, bar = self.start, self.take()
        body = self._row(until=bar)
        self._close(bar, opened, (bar,))
        return Fenced(bar, body, bar)

    def _left_right(self) -> Node:
        opened = self.start
        opener = self._delimiter()
        body = self._row()
        if self.token != r"\right":
            self._close(r"\left", opened, (r"\right",))
        return Fenced(opener, body, self._delimiter())

    def _delimiter(self) -> str:
        command = self.take()
        if self.token not in DELIMITERS:
            raise self.error(f"{command} needs a bracket after it.", remedy=f"Known: {' '.join(DELIMITERS)}")
        return DELIMITERS[self.take()]

    def _close(self, opener: str, opened: int, closers: Collection[str]) -> str:
        expected = f"Expected {' or '.join(closers)}"
        if not self.token:
            raise self.error(f"{opener} is never closed.", remedy=f"{expected} before the end.", at=opened)
        if self.token not in closers:
            raise self.error(
                f"{opener} from column {opened + 1} is still open.", remedy=f"{expected} before {self.token}."
            )
        return self.take()

    def _root(self) -> Node:
        command = self.take()
        if self.token != "[":
            return Root(self._argument(command))
        opened, opener = self.start, self.take()
        index = self._row()
        self._close(opener, opened, ("]",))
        return Root(self._argument(command), index)

    def _words(self) -> Node:
        command = self.take()
        start, words = self.start, self.take_words(command)
        if command in _TEXTS:
            return Text(words, bold=command == r"\textbf")
        letters = words.replace(" ", "")
        if not _LETTERS.fullmatch(letters):
            raise self.error(
                f"{command} takes letters, digits and \\_.", remedy=r"The rest goes into \text{...}.", at=start
            )
        return Name(letters, _NAMES[command])


def _known(command: str) -> str:
    close = get_close_matches(command, _COMMANDS, n=1, cutoff=0.75)
    return f"Did you mean {close[0]}?" if close else f"Known: {_UNDERSTOOD}, and Greek letters."
