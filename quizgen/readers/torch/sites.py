"""A step of the program as its reader finds it, and the errors that start there."""

from __future__ import annotations

from dataclasses import dataclass, replace

from quizgen.errors import QuizgenError
from quizgen.readers.python.spots import Spot, written
from quizgen.readers.reading import ReadError


@dataclass(frozen=True, slots=True)
class Site:
    """Where a step stands, and what it's called.

    name: what its node is called: PyTorch's dotted name, or that of a function. type: what the source calls it: `Conv2d`,
    `F.relu`. spot: the code that makes it. tied_to, frozen: as in a `Node`.
    """

    name: str
    type: str
    spot: Spot
    tied_to: str | None = None
    frozen: bool = False

    @property
    def line(self) -> int | None:
        return self.spot.line

    def part(self, name: str, type: str) -> Site:
        """A step within this one."""
        tied = self.tied_to and f"{self.tied_to}.{name}"
        return replace(self, name=f"{self.name}.{name}" if self.name else name, type=type, tied_to=tied)

    def beside(self, name: str, type: str = "") -> Site:
        """A step that has no parameters, at the same place."""
        return replace(self, name=name, type=type or name, tied_to=None, frozen=False)

    def error(self, what: str, *, remedy: str = "") -> ReadError:
        """What is wrong with this step."""
        return ReadError(f"{self.subject}: {what}", place=self.spot.place, remedy=remedy)

    def wrapped(self, error: QuizgenError) -> ReadError:
        """An error of the engine, with the step that caused it."""
        return ReadError(f"{self.subject}: {error.what}", place=error.place or self.spot.place, remedy=error.remedy)

    @property
    def subject(self) -> str:
        """`conv1 = nn.Conv2d(3, 8, 5)`, or the code alone where nothing was named."""
        code = written(self.spot.node)
        return (
            f"`{code}`"
            if self.name.partition("_")[0] in code and not self.name.isdigit()
            else f"{called(self.name)}, `{code}`"
        )


def called(name: str) -> str:
    """A node in a sentence: `conv1`, but `layer 3`."""
    return f"layer {name}" if name.rpartition(".")[2].isdigit() else name
