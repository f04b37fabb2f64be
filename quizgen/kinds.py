"""Question kinds from their templates: found, read, checked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import get_args

from quizgen.errors import Place, TemplateError, placed
from quizgen.forms import FORMS, find_form
from quizgen.kind import Form, Kind
from quizgen.misconceptions import Misconception, misconception
from quizgen.quantities import QUANTITIES, quantity
from quizgen.question import View
from quizgen.sampling.request import Request
from quizgen.sampling.sampler import read as read_about
from quizgen.stream import Stream
from quizgen.templates import Source, locate, read_source, sources

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
VIEWS: tuple[str, ...] = (*get_args(View), "hidden")


FIELDS = (
    "title",
    "topic",
    "level",
    "why",
    "about",
    "form",
    "asks",
    "of",
    "answer",
    "misconceptions",
    "network",
    "points",
    "options",
    "red_herrings",
)
"""The fields of front matter that every form has; `quizgen.forms` has those of each form."""
REQUIRED = ("title", "topic", "level", "about", "asks", "answer")
NAME = re.compile(r"[a-z0-9][a-z0-9_.-]*")
"""What a template can be called, so that the names of its questions can be typed."""


def read_kind(path: Path) -> Kind:
    """A question kind from its template; raises TemplateError or UnknownNameError with file, line and field."""
    return _read(path, path.stat().st_mtime_ns if path.exists() else 0)


@lru_cache(maxsize=512)
def _read(path: Path, modified: int) -> Kind:
    if not NAME.fullmatch(path.stem):
        remedy = "Small letters, digits, “-” and “_” make a name that can be typed: my-question.md."
        raise TemplateError("a question template can't be called so.", place=Place(path), remedy=remedy)
    source = read_source(path)
    form = find_form(source.word("form", [known.name for known in FORMS], "form of question", default=FORMS[0].name))
    source.check_fields((*FIELDS, *form.fields), (*REQUIRED, *form.needs))
    chosen = levels(source)
    return Kind(
        source=source,
        name=path.stem,
        title=source.word("title"),
        topic=source.word("topic", TOPICS, "topic"),
        levels=chosen,
        why=source.word("why", default="-").strip("-"),
        about=about(source, chosen),
        form=form,
        own={name: read(source, name) for name, read in form.fields.items()},
        asks=quantity(source.word("asks", [known.name for known in QUANTITIES], "quantity")),
        of=source.word("of", default="layer"),
        answer=answer(source, form),
        offers=offers(source),
        view=source.word("network", VIEWS, "way to show a network") if "network" in source.front else None,
        points=source.number("points", 1, 100, default=2),
        options=source.number("options", 3, 5, default=4),
        red_herrings=tuple(source.words("red_herrings")),
    )


def answer(source: Source, form: Form) -> str:
    """The way of answering; one that the form has."""
    return source.word(
        "answer", tuple(form.answers), "kind of answer" if form is FORMS[0] else f"answer to “{form.name}”"
    )


def levels(source: Source) -> tuple[int, ...]:
    """`level = 3`, or `level = [3, 6]` for 3 to 6."""
    value = source.front["level"]
    bounds = value if isinstance(value, list) else [value, value]
    if len(bounds) != 2 or not all(type(bound) is int and bound in LEVELS for bound in bounds) or bounds[0] > bounds[1]:
        raise TemplateError(
            "“level” is neither a level nor a pair of them.",
            place=source.place("level"),
            remedy=f"Levels go from {LEVELS[0]} to {LEVELS[-1]}: level = 3, or level = [3, 6].",
        )
    return tuple(range(bounds[0], bounds[1] + 1))


def about(source: Source, levels: Sequence[int]) -> Mapping[str, object]:
    """What the sampler is asked for: every name and value in it, checked one by one."""
    value = source.front["about"]
    with placed(source.place("about")):
        if not isinstance(value, dict):
            raise TemplateError("“about” is not a table.", remedy='Write about = { layer = "Conv2D" }.')
        subject, settings = read_about(value)
    for name, setting in settings.items():
        with placed(source.place(name)):
            Request({name: setting}, subject.settings, levels[0], Stream(source.path.stem), subject.frameworks)
    if levels[0] < subject.level:
        remedy = f"It comes at level {subject.level:d}."
        raise TemplateError(f"“{subject.name}” has no level {levels[0]}.", place=source.place("level"), remedy=remedy)
    return value


def offers(source: Source) -> tuple[Misconception, ...] | None:
    """`misconceptions = "auto"`, or a list of their ids."""
    value = source.front.get("misconceptions", "auto")
    if value == "auto":
        return None
    with placed(source.place("misconceptions")):
        if not isinstance(value, list) or not value or not all(isinstance(name, str) for name in value):
            raise TemplateError("“misconceptions” is neither “auto” nor a list of ids.")
        return tuple(misconception(name) for name in value)


def find_kind(name: str, folders: Sequence[Path] = ()) -> Kind:
    """The question kind of that name; raises UnknownNameError or TemplateError."""
    return read_kind(locate("questions", name, folders))


def all_kinds(folders: Sequence[Path] = ()) -> tuple[Kind, ...]:
    """Every question kind in reach, in order. The words of a template are read when a question is made of it."""
    return in_order(read_kind(path) for path in sources("questions", folders).values())


def in_order(kinds: Iterable[Kind]) -> tuple[Kind, ...]:
    """Question kinds in the order of topics and levels."""
    order = list(TOPICS)
    return tuple(sorted(kinds, key=lambda kind: (order.index(kind.topic), kind.levels, kind.name)))


__all__ = ["LEVELS", "TOPICS", "Kind", "all_kinds", "find_kind", "in_order", "read_kind"]
