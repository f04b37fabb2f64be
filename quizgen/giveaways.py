"""What one question of a sheet gives away of another: a number that is printed here and asked for there (R17)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from typing import Any

from quizgen.layers.base import Layer, Shape
from quizgen.prose import numbers_in
from quizgen.question import Question

COMMON = 100
"""A number below this stands on every sheet, and tells nothing."""


def tells(number: object) -> bool:
    """Whether somebody who sees it elsewhere would know it again: a number that is large enough, or a whole shape."""
    return len(number) > 1 if isinstance(number, tuple) else isinstance(number, int) and number >= COMMON


def keys(question: Question) -> Iterator[Any]:
    """The numbers and shapes that are asked for; the numbers of right statements and of ranked items are none."""
    if question.kind in ("statements", "ranking"):
        return
    answer = question.answer
    parts = answer if isinstance(answer, tuple) and not isinstance(answer, Shape) else (answer,)
    yield from filter(tells, parts)


def printed(question: Question) -> Iterator[Any]:
    """The numbers and shapes of its stem and of the network beside it."""
    yield from filter(tells, numbers_in(question.stem))
    if question.view != "hidden":
        for shape in question.network.inputs:
            yield from filter(tells, (shape, *shape))
        for node in question.network.nodes:
            yield from filter(tells, settings(node.layer))


def settings(value: Any) -> Iterator[Any]:
    """The numbers of a layer's settings, those of layers inside it too."""
    if isinstance(value, Layer):
        for setting in fields(value):
            yield from settings(getattr(value, setting.name))
    elif isinstance(value, tuple):
        for part in value:
            yield from settings(part)
    elif isinstance(value, int) and not isinstance(value, bool):
        yield value


@dataclass(slots=True)
class Told:
    """What the questions of a sheet print and ask for so far."""

    keys: set[Any] = field(default_factory=set)
    printed: set[Any] = field(default_factory=set)

    def takes(self, question: Question) -> bool:
        """Whether the question and those before it give nothing of each other away."""
        return self.keys.isdisjoint(printed(question)) and self.printed.isdisjoint(keys(question))

    def note(self, question: Question) -> None:
        self.keys.update(keys(question))
        self.printed.update(printed(question))
