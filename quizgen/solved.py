"""Networks from outside, for Python programs: read, counted, and shown in every way that the command line knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from quizgen import notation as notations
from quizgen.errors import QuizgenError
from quizgen.layers.base import Shape
from quizgen.readers.detect import read
from quizgen.readers.shapes import parse_shape
from quizgen.render.network import solution_object
from quizgen.render.screen import screen
from quizgen.render.solution import rendered
from quizgen.solving import Solution as Counted

if TYPE_CHECKING:
    from quizgen.claims import Claim

NOTHING: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True)
class Solution(Counted):
    """A network with everything counted; `print` shows it as `quizgen solve` does.

    claim: what is behind the answer that was given, if one was.
    """

    claim: Claim | None = None

    def to_dict(self) -> dict[str, Any]:
        """The object that `quizgen solve --json` prints; docs/json.md describes its fields."""
        return solution_object(self, self.claim)

    def text(self, *, width: int = 80, notation: str = "fhw") -> str:
        """What `quizgen solve` prints in a terminal of that width."""
        return screen(self, self.claim, width=width, notation=notations.notation(notation))

    def render(self, format: str = "html", *, notation: str = "fhw") -> bytes:
        """The document that `quizgen solve --format` writes: pdf, html, md, tex or txt. Raises UnknownNameError."""
        return rendered(self, format, f"quizgen solve {self.source}", self.claim, notations.notation(notation))

    def __str__(self) -> str:
        return self.text()


def solve(
    source: str | Path,
    *,
    input_shape: Sequence[int] | str | None = None,
    answer: int | str | None = None,
    layer: str | None = None,
    assume: Mapping[str, int] = NOTHING,
) -> Solution:
    """The network of a source, counted: Keras or PyTorch code, Keras's JSON, the compact notation, or a known name.

    source: a path, or the text itself. Nothing of it is ever run.
    input_shape: what comes in, without the batch axis, such as `(224, 224, 3)` or `"224x224x3"`; needed only where the
        source does not say it and something depends on it. What stays unknown is None in `to_dict()`.
    answer: a total, or the count or output shape of one `layer`, that somebody has: `to_dict()["diagnosis"]` says which
        mistake leads there.
    assume: the parameters of layers that no reader knows, by the name of the layer or of its kind.
    Raises QuizgenError with the place in the source where it can't be read or its shapes do not fit.
    """
    reading = read(source, input_shape=None if input_shape is None else shape(input_shape), assume=assume)
    solution = Solution(reading)
    solution.rows  # noqa: B018 (shapes that do not fit are told here)
    if answer is None:
        return solution
    from quizgen.claims import claim  # which needs all that knows of misconceptions

    return Solution(reading, claim(solution, str(answer), layer))


def shape(given: Sequence[int] | str) -> Shape:
    """A shape as Python programs give it; raises QuizgenError."""
    if isinstance(given, str):
        return parse_shape(given)
    if not all(isinstance(size, int) and not isinstance(size, bool) for size in given):
        raise QuizgenError(f"{given!r} is no shape.", remedy="Give whole numbers, without the batch axis: (28, 28, 1).")
    return parse_shape(",".join(map(str, given)))
