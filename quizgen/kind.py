"""A question kind and its form: what one template file asks, about which networks, and how that is put as a question."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol, TypeAlias

from quizgen.errors import TemplateError, placed
from quizgen.feedback import Worked
from quizgen.misconceptions import Misconception
from quizgen.network import Network
from quizgen.notation import Notation
from quizgen.quantities import Quantity
from quizgen.question import Answering, Task
from quizgen.sampling import Sample, sample
from quizgen.sampling.given import samples
from quizgen.strategies import Strategy
from quizgen.stream import Stream
from quizgen.templates import Source

HINTS = ("hint", "hint2", "hint3")
"""The blocks of a template that are hints, from a nudge to the formula."""


class Posed(Task, Worked, Protocol):
    """A task that a question can be made of. network: the one that is shown; asked: what is read of it."""

    def names(self, notation: Notation) -> Mapping[str, Any]:
        """What the template can name beside what every template can."""


@dataclass(frozen=True, slots=True)
class Wish:
    """How a question shall come out.

    below, above: how many options stand below and above the key. avoided: blind strategies that must not find it.
    """

    below: int
    above: int
    avoided: tuple[Strategy, ...]
    stream: Stream
    notation: Notation


Pose: TypeAlias = "Callable[[Kind, int, Stream], Posed | None]"
"""A task for a level, drawn at random; None where what was drawn makes no fair question, so that another is drawn."""

Answerer: TypeAlias = "Callable[[Kind, Any, Wish], Answering | None]"
"""What a task is answered with: options, statements, blanks, a line; None where it does not give enough of them."""


@dataclass(frozen=True, slots=True)
class Form:
    """How something countable is put as a question: asked for, asked backwards, compared, hidden in a mistake.

    answers: the ways of answering that it has, by the name in a template's `answer`, and how each is made.
    fields: the front matter of its own, by name, and how each is read and checked; `needs` names those that it must have.
    blocks: further blocks that its template must have.
    """

    name: str
    summary: str
    pose: Pose
    answers: Mapping[str, Answerer]
    fields: Mapping[str, Callable[[Source, str], Any]] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    blocks: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Kind:
    """A template, read and checked.

    name: the file's stem. levels: those from which a question's level is drawn; why: what makes it one of these.
    about: what the sampler is asked for. form: how the question is put; own: the fields of that form, as it read them.
    asks: the quantity; of: `layer` (the one that the sampler is about), `network`, or such as `first Dense`.
    offers: the misconceptions that options may come from; None for all that apply.
    view: the way in which the network is shown; None leaves it to the style.
    red_herrings: the settings whose numbers stand in the question and do not matter to the answer.
    given: a network that somebody has, in the place of those that are drawn.
    """

    source: Source
    name: str
    title: str
    topic: str
    levels: tuple[int, ...]
    why: str
    about: Mapping[str, object]
    form: Form
    own: Mapping[str, Any]
    asks: Quantity
    of: str
    answer: str
    offers: tuple[Misconception, ...] | None
    view: str | None
    points: int
    options: int
    red_herrings: tuple[str, ...]
    given: Network | None = None

    @cached_property
    def words(self) -> Source:
        """The template with its blocks, which are checked when they are first needed. Raises TemplateError."""
        required = ("question", "solution", *self.form.blocks)
        if self.answer == "statements" and "statement" not in required:
            required = (*required, "statement")
        self.source.check_blocks(known=(*required, *HINTS), required=required)
        return self.source

    @property
    def summary(self) -> str:
        low, high = self.levels[0], self.levels[-1]
        return f"{self.title} ({self.answer}, level {low if low == high else f'{low}-{high}'})"

    def drawn(
        self, level: int, stream: Stream, about: Mapping[str, object] | None = None, field: str = "about"
    ) -> Sample:
        """A network that the question can be about, or another one that a field asks for in the same words.

        Raises TemplateError, with the field's place.
        """
        wanted = self.about if about is None else about
        with placed(self.source.place(field)):
            return sample(wanted, level, stream) if self.given is None else stream.choice(self.fitting(wanted))

    def fitting(self, about: Mapping[str, object]) -> list[Sample]:
        """What of the given network can be asked about; raises TemplateError where nothing can."""
        assert self.given is not None
        found = list(samples(about, self.given))
        if not found:
            raise TemplateError(f"“{self.given.name}” has nothing that this asks about.")
        return found


__all__ = ["HINTS", "Answerer", "Form", "Kind", "Pose", "Posed", "Wish"]
