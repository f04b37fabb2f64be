"""Outputs made of lines: where one breaks and how wide a column is depend on the values, so they are put in first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from quizgen.prose import MARK, Maths, Prose, Value
from quizgen.render.markdown_tree import tree
from quizgen.render.writer import Place, Writer


class LineWriter(Writer):
    """A writer that fills each mark as it walks, instead of keeping a skeleton."""

    def __init__(self) -> None:
        super().__init__()
        self._fillings: list[Sequence[Value]] = []

    def prose(self, text: Prose) -> str:
        with self._filling(text.values):
            return self._blocks(tree(text.text))

    def inline(self, text: Prose) -> str:
        with self._filling(text.values):
            return self._inlines(tree(text.text))

    def maths(self, formula: Maths) -> str:
        with self._filling(formula.values):
            return self.filled_formula(formula.latex, display=formula.display)

    def placed(self, text: str, place: Place) -> str:
        values = self._fillings[-1]
        return MARK.sub(lambda match: self.written(values[int(match[1])], place), text)

    def in_listing(self, text: str) -> str:
        return text

    def in_code(self, text: str) -> str:
        return text

    @contextmanager
    def _filling(self, values: Sequence[Value]) -> Iterator[None]:
        self._fillings.append(values)
        try:
            yield
        finally:
            self._fillings.pop()
