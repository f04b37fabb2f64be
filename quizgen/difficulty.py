"""How difficult a question is, and how long it takes: worked out from what has to be done, before anybody has tried it.

The weights are guesses by hand, to be fitted when there are answers; the features are those that predict the difficulty
of calculations best (number of steps, complexity of each, ways to go wrong).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from quizgen.counting import Counting
from quizgen.layers.graph import Row
from quizgen.prose import MARK, Prose
from quizgen.quantities import WHOLE, quantity
from quizgen.question import FillIn, Open, Question, Statements
from quizgen.remembering import Remembering
from quizgen.sampling.hand_cost import cost_of, leaves
from quizgen.views import convention
from quizgen.worked.expressions import every, is_atom
from quizgen.workings import Workings

COUNTS = ("trainable", "non_trainable", "macs")
CODE = ("keras", "torch")
HALF = 8.0
"""The sum of weights at which a question is half as difficult as one can be."""
HARDEST = 10
TO_READ = 0.4
"""Minutes for a question of which nothing has to be worked out, beside its words."""
WORDS_A_MINUTE = 120


@dataclass(frozen=True, slots=True)
class Difficulty:
    """value: from 0 up to 10, with one decimal. minutes: about how long it takes, in steps of a half."""

    value: float
    minutes: float
    features: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Work:
    """What has to be worked out for a question. rows: the layers on the way to what is asked for, that one last."""

    question: Question
    rows: Sequence[Row]

    @property
    def rule(self) -> str:
        """The rule of layers that is asked for; memory is that of the parameters."""
        return quantity(self.question.asks).rule or "trainable"

    @property
    def counted(self) -> list[Row]:
        """The layers whose own count is wanted."""
        rows = self.rows if self.question.of == WHOLE else self.rows[-1:]
        return [row for row in rows if self.rule in COUNTS and getattr(row, self.rule)]

    @property
    def resized(self) -> list[Row]:
        """The layers whose output shape has to be worked out on the way."""
        rows = self.rows if self.rule in ("output", "window", "macs") else self.rows[:-1]
        return [row for row in rows if row.output != row.inputs[0]]

    @property
    def worked(self) -> list[Row]:
        return list(dict.fromkeys([*self.resized, *self.counted])) or list(self.rows[-1:])


def layers(work: Work) -> int:
    return len({(row.layer, row.inputs) for row in work.worked})


def kinds(work: Work) -> int:
    return len({type(row.layer) for row in leaves(work.worked)})


def terms(work: Work) -> int:
    """Letters and numbers in the longest formula."""
    workings = Workings(work.rows)
    counts = [workings.rule(row, work.rule) for row in leaves(work.counted)]
    sizes = [size for row in leaves(work.resized) for size in workings.sizes(row)]
    formulas = (worked.formula.value for worked in (*counts, *sizes))
    return max((sum(map(is_atom, every(formula))) for formula in formulas), default=0)


def chain(work: Work) -> int:
    return len(work.resized) - (work.rule == "output" and bool(work.resized))


def floors(work: Work) -> int:
    """Layers whose windows move by more than one cell, so that a division has to be rounded."""
    windows = (row.layer.window(*row.inputs) for row in leaves(work.resized) if len(row.inputs) == 1)
    return sum(window is not None and max(window.stride) > 1 for window in windows)


def digits(work: Work) -> int:
    counts = cost_of(work.counted, (work.rule,)) if work.counted else 0
    return counts + cost_of(work.resized, ("output",))


def answers(work: Work) -> int:
    """How many answers are wanted beyond the first."""
    match work.question.answering:
        case Statements(options):
            return len(options) - 1
        case FillIn(blanks=blanks):
            return len(blanks) - 1
    return 0


def indirect(work: Work) -> bool:
    """Whether something else is wanted than what the network comes to: a setting, an order, a belief, a design."""
    question = work.question
    forward = isinstance(question.task, Counting | Remembering | None)
    return not forward or question.kind in ("ranking", "design", "formula") or isinstance(question.answer, Prose)


def in_words(work: Work) -> bool:
    return isinstance(work.question.answering, Open)


def reads_code(work: Work) -> bool:
    return work.question.view in CODE


def by_default(work: Work) -> bool:
    """Whether frameworks do not agree on it."""
    return bool(convention(work.question.network, work.question.asks))


class Feature(NamedTuple):
    """Something that makes a question difficult. weight, minutes: what one of it adds."""

    name: str
    says: str
    of: Callable[[Work], int]
    weight: float
    minutes: float


FEATURES: tuple[Feature, ...] = (
    Feature("layers", "layers to work out", layers, 0.5, 0.3),
    Feature("kinds", "different kinds of layers among them", kinds, 0.4, 0.1),
    Feature("terms", "letters and numbers in the longest formula", terms, 0.15, 0.05),
    Feature("chain", "shapes that have to be carried on to the next layer", chain, 0.4, 0.2),
    Feature("floors", "divisions that have to be rounded", floors, 0.5, 0.2),
    Feature("indirect", "asked backwards, compared or hidden in a mistake", indirect, 2.0, 1.0),
    Feature("words", "an answer in words", in_words, 2.0, 2.0),
    Feature("code", "the network has to be read from code", reads_code, 0.5, 0.3),
    Feature("defaults", "what the framework does if nothing is said plays a part", by_default, 0.5, 0.1),
    Feature("digits", "digits times digits over all multiplications", digits, 0.03, 0.04),
    Feature("answers", "answers beyond the first", answers, 0.05, 0.1),
)
"""What makes a question difficult, and by how much."""


def difficulty(question: Question) -> Difficulty:
    """How difficult a question is, from its features."""
    rows = question.network.rows
    on_the_way = rows if question.of == WHOLE else rows[: question.network.place(question.of) + 1]
    work = Work(question, on_the_way)
    found = {feature.name: int(feature.of(work)) for feature in FEATURES}
    total = sum(feature.weight * found[feature.name] for feature in FEATURES)
    minutes = TO_READ + words_in(question.stem) / WORDS_A_MINUTE
    minutes += sum(feature.minutes * found[feature.name] for feature in FEATURES)
    return Difficulty(round(HARDEST * total / (total + HALF), 1), max(0.5, round(2 * minutes) / 2), found)


def words_in(text: Prose) -> int:
    """How many words a text has, those of its values among them."""
    inner = sum(words_in(value) if isinstance(value, Prose) else 1 for value in text.values)
    return len(MARK.sub("", text.text).split()) + inner
