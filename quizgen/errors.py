"""The errors that a user can cause: each says what is wrong, where, and what would be right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a user's text something stands: a file (or a name for it), and within it a line and a field."""

    file: str | Path
    line: int | None = None
    field: str | None = None

    def __str__(self) -> str:
        line = "" if self.line is None else f":{self.line}"
        field = "" if self.field is None else f", field “{self.field}”"
        return f"{self.file}{line}{field}"


class QuizgenError(Exception):
    """What is wrong, where, and what would be right, in one line for the person who can mend it."""

    def __init__(self, what: str, *, place: Place | None = None, remedy: str = "") -> None:
        self.what, self.place, self.remedy = what, place, remedy
        super().__init__(what)

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place else ""
        remedy = f" {self.remedy}" if self.remedy else ""
        return f"{where}{self.what}{remedy}"


class LayerError(QuizgenError):
    """A layer whose own settings make no sense: no units, a kernel of the wrong rank, groups that do not divide."""


class ShapeError(QuizgenError):
    """A layer that cannot take the shape that reaches it."""


class ViewError(QuizgenError):
    """A network that cannot be shown in the way that was asked for: its framework has no such layer or convention."""


class TemplateError(QuizgenError):
    """A question template or a sheet skin that cannot be read or rendered."""


class PlanError(QuizgenError):
    """A plan, or a request on the command line, that cannot be carried out as it stands."""


class UnknownNameError(QuizgenError):
    """A name that nothing carries: a topic, a template, a style, a format, a layer, an architecture."""

    def __init__(self, kind: str, name: str, known: Iterable[str], *, place: Place | None = None) -> None:
        super().__init__(f"there is no {kind} “{name}”.", place=place, remedy=nearest(name, known))


@contextmanager
def placed(place: Place | None) -> Iterator[None]:
    """Errors that come up in here and do not say where they are from are from this place."""
    try:
        yield
    except QuizgenError as error:
        error.place = error.place or place
        raise


def nearest(name: str, known: Iterable[str]) -> str:
    """The sentence that offers the names closest to a mistyped one, or all of them when there are few."""
    names = sorted(known)
    close = get_close_matches(name, names, n=3, cutoff=0.5)
    if close:
        return f"Did you mean {' or '.join(f'“{other}”' for other in close)}?"
    return f"Known: {', '.join(names)}." if len(names) <= 24 else ""
