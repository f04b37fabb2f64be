"""Where in a user's code something stands, and errors about it."""

from __future__ import annotations

import ast
from dataclasses import dataclass

from quizgen.errors import Place
from quizgen.readers.reading import ReadError
from quizgen.readers.shapes import shortened


@dataclass(frozen=True, slots=True)
class Spot:
    """A construct of the code, and the name of the source that it stands in."""

    source: str
    node: ast.AST

    @property
    def line(self) -> int | None:
        return getattr(self.node, "lineno", None)

    @property
    def place(self) -> Place:
        return Place(self.source, self.line)

    def error(self, what: str, *, remedy: str = "") -> ReadError:
        """An error about this construct, which it shows as it's written."""
        shown = "" if isinstance(self.node, ast.Module) else f"`{written(self.node)}`: "
        return ReadError(f"{shown}{what}", place=self.place, remedy=remedy)


def written(node: ast.AST) -> str:
    """A construct as code, on one line, shortened."""
    if isinstance(node, ast.Constant) and isinstance(node.value, int) and node.value.bit_length() > 1_000:
        return "a number of hundreds of digits"
    try:
        return shortened(ast.unparse(node))
    except (RecursionError, ValueError):
        return type(node).__name__
