"""What a sheet is made of on its way to paper or screen: a document, its items, and the blocks that only sheets have.

A skin (question_templates/sheets) decides what stands in a document; a writer (one a file in this folder) decides how.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from quizgen.layers.base import Shape
from quizgen.prose import Block, Prose, Value

SHORT = 14
"""The length of options that may stand in one row."""


def is_short(value: Value) -> bool:
    return isinstance(value, int | str | Shape) and len(str(value)) <= SHORT


@dataclass(frozen=True, slots=True)
class Fields(Block):
    """A line to write names into: `Name ____ Date ____`."""

    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OptionList(Block):
    """The options of a question, each with its letter; `tick` adds a circle to mark."""

    options: tuple[tuple[str, Value], ...]
    tick: bool = True

    @property
    def in_one_row(self) -> bool:
        """Whether all options are short enough to stand beside each other."""
        return all(isinstance(value, Fraction) or is_short(value) for _, value in self.options)


@dataclass(frozen=True, slots=True)
class TrueFalseList(Block):
    """Statements to be marked true or false, numbered from 1."""

    statements: tuple[Prose, ...]


@dataclass(frozen=True, slots=True)
class AnswerLine(Block):
    """A line for one short answer."""

    label: str = "Answer"


@dataclass(frozen=True, slots=True)
class WorkingSpace(Block):
    """Free space for so many lines of handwriting."""

    lines: int


@dataclass(frozen=True, slots=True)
class Reasons(Block):
    """Why the other options are wrong: for each its label (a letter, or a number), its value and the feedback."""

    title: str
    reasons: tuple[tuple[str, Value, Prose], ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One question, or one solution, with what stands around it. Its body is never torn from its options."""

    number: int
    name: str
    body: Prose
    points: int = 0
    title: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A sheet that is ready to be written. command: what makes it again. label: the variant, or empty."""

    kind: Literal["questions", "solutions", "key"]
    title: str
    head: Prose
    items: tuple[Item, ...]
    command: str
    label: str = ""
    language: str = "en"
    numbered: bool = True
    foot: Prose = Prose("")
