"""The value objects of a quiz: what a question is, once it has been made. Nothing here computes."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from hashlib import sha256
from math import prod
from typing import Any, Literal, Protocol, TypeAlias

from quizgen.layers.base import Shape
from quizgen.network import Network
from quizgen.prose import Maths, Prose, Table

Number: TypeAlias = int | Shape | Fraction
"""What can be worked out: a count, a shape without the batch axis, or a measure that does not come out whole."""


def ascending(value: Number) -> tuple[Any, Number]:
    """The order of options: numbers by size, shapes by their volume and then by their axes."""
    return (prod(value), value) if isinstance(value, tuple) else (value, value)


@dataclass(frozen=True, slots=True)
class Choice:
    """One option: a number, or words. A wrong one names the misconceptions that lead to it and says what mends them."""

    value: Number | Prose
    correct: bool
    misconceptions: tuple[str, ...] = ()
    feedback: Prose = Prose("")


@dataclass(frozen=True, slots=True)
class Choices:
    """One of n; numbers in ascending order."""

    options: tuple[Choice, ...]
    unit: str = ""

    kind: Literal["choice"] = "choice"


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence that is true or false of the network, with what makes it so."""

    text: Prose
    correct: bool
    misconceptions: tuple[str, ...] = ()
    feedback: Prose = Prose("")


@dataclass(frozen=True, slots=True)
class Statements:
    """Several of n, each scored on its own."""

    options: tuple[Statement, ...]

    kind: Literal["statements"] = "statements"


@dataclass(frozen=True, slots=True)
class Typed:
    """A number or a shape, typed or written by the learner."""

    unit: str = ""

    kind: Literal["number"] = "number"


@dataclass(frozen=True, slots=True)
class FillIn:
    """A table with blanks; `blanks` holds what belongs into them, row by row."""

    table: Table
    blanks: tuple[Number, ...]

    kind: Literal["table"] = "table"


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula, typed in letters.

    letters: each with what it stands for. shown: the right formula, as it is printed; value: the same as the engine's
    expression, with these letters. wrong: the formulas that misconceptions lead to, with the name of each.
    """

    letters: tuple[tuple[str, str], ...]
    shown: Maths
    value: Any
    wrong: tuple[tuple[Any, str], ...] = ()

    kind: Literal["formula"] = "formula"


@dataclass(frozen=True, slots=True)
class Ranking:
    """Items to be put in order, those with the smallest value first; the values are all different."""

    items: tuple[Prose, ...]
    values: tuple[Number, ...]

    kind: Literal["ranking"] = "ranking"


@dataclass(frozen=True, slots=True)
class Need:
    """Something that a design must keep to. says: in words. quantity, of: what is measured; bound: a limit, or the value."""

    says: Prose
    quantity: str
    bound: Number
    is_limit: Literal["most", "least", "exactly"]


@dataclass(frozen=True, slots=True)
class Design:
    """A network of one's own, in the compact notation, for a given input: right if it keeps to all that is needed.

    example: one that does.
    """

    input: Shape
    needs: tuple[Need, ...]
    example: str

    kind: Literal["design"] = "design"


@dataclass(frozen=True, slots=True)
class Open:
    """An answer in words, to be compared with the worked one."""

    kind: Literal["open"] = "open"


Answering: TypeAlias = Choices | Statements | Typed | FillIn | Formula | Ranking | Design | Open
"""How a question is answered."""


class Task(Protocol):
    """What a question asks for, as a calculation that anybody can carry out under his own beliefs."""

    @property
    def key(self) -> Any:
        """The right answer."""

    def believed(self, held: Any) -> Any:
        """The answer of somebody who holds these misconceptions; None where his sizes do not fit."""

    def relevant(self) -> Any:
        """The misconceptions that can change the answer."""


View: TypeAlias = Literal["list", "table", "keras", "torch", "picture"]
"""The ways in which a network can be shown."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question with everything that a sheet, a terminal or a program needs of it.

    template, seed: its name, `template:seed`; the same on every machine.
    topic, level, kind: for choosing it (level: 0 to 16, the series in docs/writing-a-question.md).
    network: the network that it is about; `view`: the way it must be shown, or None for the style's own way, or
        `hidden` where the stem says it all. hides_shapes: whether showing shapes would give the answer away.
        names_layers: whether the question speaks of layers by name, so that code must show the names.
    asks, of: the name of the quantity asked for, and of the layer that it is asked of (`network` for all of them).
    answer: the value asked for; the correct option's words, or a tuple of correct option numbers for statements; the
        blanks of a table; the order of a ranking, as numbers of items; empty words for a design or an open answer.
    hints: up to three, from a nudge to the formula.
    about: the name of the network that somebody gave for it, if it is not one that was drawn.
    canonical: the version of the same question in the default notation, if it is written in another one.
    task: the calculation that is asked for, for whoever has to say what is behind a wrong answer.
    """

    template: str
    seed: int
    topic: str
    level: int
    title: str
    stem: Prose
    network: Network
    asks: str
    of: str
    view: View | Literal["hidden"] | None
    hides_shapes: bool
    names_layers: bool
    answering: Answering
    answer: Number | tuple[Number, ...] | Prose
    solution: Prose
    points: int
    hints: tuple[Prose, ...] = ()
    about: str = ""
    canonical: str = ""
    task: Task | None = field(default=None, compare=False, repr=False)

    @property
    def name(self) -> str:
        return f"{self.template}:{self.seed}" + (f"+{self.about}" if self.about else "")

    @property
    def version(self) -> str:
        """A short digest of what it asks and of all words around it, the same in every notation: it changes when a rule
        or the template changes the question."""
        if self.canonical:
            return self.canonical
        options = getattr(self.answering, "options", ())
        told = [replace(option, feedback=Prose(option.feedback.text)) for option in options]
        content = (self.stem, self.network, told or self.answering, self.answer, self.solution.text)
        return sha256(repr(content).encode()).hexdigest()[:6]

    @property
    def kind(self) -> str:
        return self.answering.kind


@dataclass(frozen=True, slots=True)
class Sheet:
    """Questions in their order, with what stands above them.

    command: what a person types to make this very sheet again.
    variant: `A`, `B`, ... where several sheets share a plan, else empty.
    """

    title: str
    questions: tuple[Question, ...]
    seed: int
    command: str
    course: str = ""
    instructions: str = ""
    date: str = ""
    minutes: int = 0
    variant: str = ""

    @property
    def points(self) -> int:
        return sum(question.points for question in self.questions)
