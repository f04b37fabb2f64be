"""Cuts a formula into tokens, one ahead, and says where it went wrong."""

from __future__ import annotations

import re

from quizgen.errors import QuizgenError
from quizgen.maths.symbols import TEXT_ESCAPES

_TOKEN = re.compile(
    r"""\ue000[0-9]+\ue001                                # the mark of a slot
    | [0-9]+ (?:\{,\}[0-9]+)* (?:\.[0-9]+)?               # 7600, 7{,}600, 0.5
    | \\(?:[A-Za-z]+|.)                                   # \frac, \,
    | .""",
    re.VERBOSE | re.DOTALL,
)
_WHITE = re.compile(r"\s+")
_BRACED = re.compile(r"\{((?:[^{}\\]|\\.)*)\}", re.DOTALL)
_CHARACTER = re.compile(r"\\.|.", re.DOTALL)
_SHOWN = 20


class MathsError(QuizgenError):
    """A formula outside the LaTeX subset; `column` counts its characters from 1."""

    def __init__(self, what: str, latex: str, position: int, *, remedy: str = "") -> None:
        self.latex, self.column = latex, position + 1
        rest = latex[position : position + _SHOWN].strip()
        where = f"at “{rest}”" if rest else "at its end"
        super().__init__(f"formula, column {self.column}, {where}: {what}", remedy=remedy)


class Scanner:
    """A formula read from left to right: `token` is what comes next, empty at the end, and `start` its position."""

    def __init__(self, latex: str) -> None:
        self.latex = latex
        self._go_to(0)

    def _go_to(self, position: int) -> None:
        white = _WHITE.match(self.latex, position)
        self.start = white.end() if white else position
        token = _TOKEN.match(self.latex, self.start)
        self.token = token[0] if token else ""

    def take(self) -> str:
        token = self.token
        self._go_to(self.start + len(token))
        return token

    def error(self, what: str, *, remedy: str = "", at: int | None = None) -> MathsError:
        return MathsError(what, self.latex, self.start if at is None else at, remedy=remedy)

    def take_words(self, command: str) -> str:
        """The words in the braces after `command`, LaTeX's escapes undone, white space made single."""
        braced = _BRACED.match(self.latex, self.start)
        if not braced:
            raise self.error(
                f"{command} needs words in braces.", remedy=f"Write {command}{{words}}, without braces inside."
            )
        words = ""
        for character in _CHARACTER.finditer(braced[1]):
            sign, at = character[0], braced.start(1) + character.start()
            if sign in "_^#$%&":
                raise self.error(f"a bare {sign} among the words of {command}.", remedy=f"Write \\{sign}.", at=at)
            if sign[0] == "\\" and sign not in TEXT_ESCAPES:
                raise self.error(f"{command} takes words, no commands.", remedy="Put the formula outside it.", at=at)
            words += TEXT_ESCAPES.get(sign, sign)
        if not words:
            raise self.error(f"{command} is empty.")
        self._go_to(braced.end())
        return _WHITE.sub(" ", words)
