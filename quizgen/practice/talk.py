"""What a session says and asks: nothing here knows a screen, so that a session can be played by a test as by a person.

A talk is a generator: it yields what is to be said or asked, and is sent a line for each thing that it asks. `Left` is
thrown into it where the learner goes without a word.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from typing import Literal, TypeAlias, TypeVar

from quizgen.prose import Prose

Tone: TypeAlias = Literal["plain", "head", "score", "bars", "right", "wrong", "aside", "hint"]
"""How something is meant: the line above a question, the score and its bars, praise, a mistake, a word beside the matter,
a hint."""


class Left(Exception):
    """The learner has gone: Ctrl-C, Ctrl-D, or the end of what was piped in."""


class TimeUp(Exception):
    """The time of an exam is over."""


@dataclass(frozen=True, slots=True)
class Say:
    """Something to be shown. beside: what stands at the right edge of the same line, if there is room."""

    text: Prose
    tone: Tone = "plain"
    beside: str = ""


@dataclass(frozen=True, slots=True)
class Ask:
    """A line is wanted. prompt: what stands before the cursor. meanwhile: work that can be done until it comes.
    seconds: how long it may take."""

    prompt: str = ""
    meanwhile: Callable[[], None] | None = field(default=None, compare=False)
    seconds: float | None = None


T = TypeVar("T")
Talk: TypeAlias = Generator[Say | Ask, str, T]
