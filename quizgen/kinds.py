"""A question kind: what one template file asks, about which networks, answered in which way."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, get_args

from quizgen.errors import TemplateError, UnknownNameError
from quizgen.misconceptions import Misconception, misconception
from quizgen.quantities import QUANTITIES, Quantity, quantity
from quizgen.question import View
from quizgen.templates import Source, locate, read_source, sources, unknown_field

TOPICS: dict[str, str] = {
    "dense": "dense layers and multilayer perceptrons",
    "conv": "convolutions: parameters",
    "shapes": "output shapes, stride and padding",
    "pooling": "pooling, flatten, and the first dense layer after them",
    "networks": "whole convolutional networks, layer by layer",
    "normalization": "batch, layer and group normalization",
    "blocks": "depthwise, separable, residual and concatenating blocks",
    "cost": "multiply-accumulates, memory, receptive field",
    "recurrent": "embedding, RNN, LSTM, GRU",
    "attention": "attention and transformer blocks",
}
"""The topics, in the order of the series."""

LEVELS = range(17)
ANSWERS = ("choice", "number", "statements", "table")
VIEWS: tuple[str, ...] = (*get_args(View), "hidden")


@dataclass(frozen=True, eq=False)
class Kind:
    """A template, read and checked.

    name: the file's stem. levels: those from which a question's level is drawn. about: what the sampler is asked for.
    asks: the quantity; of: `layer` (the one that the sampler is about), `network`, or such as `first Dense`.
    offers: the misconceptions that options may come from; None for all that apply.
    view: the way in which the network is shown; None leaves it to the style.
    """

    source: Source
    name: str
    title: str
    topic: str
    levels: tuple[int, ...]
    about: Mapping[str, object]
    asks: Quantity
    of: str
    answer: str
    offers: tuple[Misconception, ...] | None
    view: str | None
    points: int
    options: int

    @property
    def summary(self) -> str:
        low, high = self.levels[0], self.levels[-1]
        return f"{self.title} ({self.answer}, level {low if low == high else f'{low}-{high}'})"


FIELDS = ("title", "topic", "level", "about", "asks", "of", "answer", "misconceptions", "network", "points", "options")
REQUIRED = ("title", "topic", "level", "about", "asks", "answer")


def read_kind(path: Path) -> Kind:
    """A question kind from its template; raises TemplateError with file, line and field."""
    return _read(path, path.stat().st_mtime_ns if path.exists() else 0)


@lru_cache(maxsize=512)
def _read(path: Path, modified: int) -> Kind:
    source = read_source(path)
    front = source.front
    for name in front:
        if name not in FIELDS:
            raise unknown_field(source, name, FIELDS)
    for name in REQUIRED:
        if name not in front:
            raise TemplateError(f"the field “{name}” is missing.", place=source.place(name))
    answer = one_of(source, "answer", ANSWERS, "kind of answer")
    for block in ("question", "solution", *(["statement"] if answer == "statements" else [])):
        if not source.has(block):
            raise TemplateError(f"the block “{block}” is missing.", place=source.place(block))
    about = front["about"]
    if not isinstance(about, dict) or not {"layer", "family"} & about.keys():
        raise TemplateError("“about” names neither a layer nor a family.", place=source.place("about"))
    view = one_of(source, "network", VIEWS, "way to show a network") if "network" in front else None
    return Kind(
        source=source,
        name=path.stem,
        title=text(source, "title"),
        topic=one_of(source, "topic", tuple(TOPICS), "topic"),
        levels=levels(source),
        about=about,
        asks=named(source, "asks", quantity),
        of=text(source, "of") if "of" in front else "layer",
        answer=answer,
        offers=offers(source),
        view=view,
        points=number(source, "points", 1, 100) if "points" in front else 2,
        options=number(source, "options", 3, 5) if "options" in front else 4,
    )


def text(source: Source, name: str) -> str:
    value = source.front[name]
    if not isinstance(value, str) or not value.strip():
        raise TemplateError(f"“{name}” is not a text.", place=source.place(name), remedy=f'Write {name} = "...".')
    return value


def number(source: Source, name: str, low: int, high: int) -> int:
    value = source.front[name]
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        raise TemplateError(f"“{name}” is not a whole number from {low} to {high}.", place=source.place(name))
    return value


def one_of(source: Source, name: str, known: Sequence[str], what: str) -> str:
    value = text(source, name)
    if value not in known:
        raise UnknownNameError(what, value, known, place=source.place(name))
    return value


def named(source: Source, name: str, find: Callable[[str], Any]) -> Any:
    try:
        return find(text(source, name))
    except UnknownNameError as error:
        raise TemplateError(error.what, place=source.place(name), remedy=error.remedy) from None


def levels(source: Source) -> tuple[int, ...]:
    """`level = 3`, or `level = [3, 6]` for 3 to 6."""
    value = source.front["level"]
    bounds = value if isinstance(value, list) else [value, value]
    if len(bounds) != 2 or not all(isinstance(bound, int) and bound in LEVELS for bound in bounds) or bounds[0] > bounds[1]:
        raise TemplateError(
            "“level” is neither a level nor a pair of them.",
            place=source.place("level"),
            remedy=f"Levels go from {LEVELS[0]} to {LEVELS[-1]}: level = 3, or level = [3, 6].",
        )
    return tuple(range(bounds[0], bounds[1] + 1))


def offers(source: Source) -> tuple[Misconception, ...] | None:
    """`misconceptions = "auto"`, or a list of their ids."""
    value = source.front.get("misconceptions", "auto")
    if value == "auto":
        return None
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise TemplateError("“misconceptions” is neither “auto” nor a list of ids.", place=source.place("misconceptions"))
    try:
        return tuple(misconception(name) for name in value)
    except UnknownNameError as error:
        raise TemplateError(error.what, place=source.place("misconceptions"), remedy=error.remedy) from None


def find_kind(name: str, folders: Sequence[Path] = ()) -> Kind:
    """The question kind of that name; raises UnknownNameError or TemplateError."""
    return read_kind(locate("questions", name, folders))


def all_kinds(folders: Sequence[Path] = ()) -> tuple[Kind, ...]:
    """Every question kind in reach, in the order of topics and levels."""
    order = list(TOPICS)
    kinds = [read_kind(path) for path in sources("questions", folders).values()]
    return tuple(sorted(kinds, key=lambda kind: (order.index(kind.topic), kind.levels, kind.name)))


__all__ = ["ANSWERS", "LEVELS", "QUANTITIES", "TOPICS", "Kind", "all_kinds", "find_kind", "read_kind"]
