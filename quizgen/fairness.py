"""What a bank of questions gives away: the rules of docs/fairness.md, checked over many questions of one kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from time import process_time

from mpmath import gammainc

from quizgen.authored import FIELD
from quizgen.compose import composed
from quizgen.counting import Counting
from quizgen.errors import TemplateError
from quizgen.kind import Kind
from quizgen.layers.graph import input_name, walk
from quizgen.misconceptions import Misconception, misconception, rulebook
from quizgen.network import input_axes
from quizgen.prose import Prose
from quizgen.quantities import WHOLE, asked_by
from quizgen.question import Choices, Number, Question, Statements
from quizgen.strategies import STRATEGIES

MARGIN = 0.05
"""A blind strategy may beat chance by so much (R10, R11)."""

SIGNIFICANT = 0.01
"""Below this probability the places of the key are not uniform (R8)."""


@dataclass(slots=True)
class Report:
    """What was counted over the questions of one kind.

    refused: seeds for which no question could be made. redrawn: networks drawn beyond one for each question.
    places: how often the key stood at each place of full sets of options. hits: how many keys each strategy found.
    chance: how many keys a blind pick finds on average. hidden: options whose beliefs lead to the key.
    ambiguous: options whose value is not what their beliefs lead to.
    """

    kind: str
    questions: int = 0
    refused: int = 0
    redrawn: int = 0
    seconds: float = 0.0
    chance: float = 0.0
    hidden: int = 0
    ambiguous: int = 0
    equal: int = 0
    contents: set[int] = field(default_factory=set)
    options: Counter[int] = field(default_factory=Counter)
    places: Counter[int] = field(default_factory=Counter)
    hits: dict[str, float] = field(default_factory=dict)
    offered: Counter[str] = field(default_factory=Counter)
    true_statements: int = 0
    statements: int = 0

    @property
    def distinct(self) -> int:
        return len(self.contents)

    def rate(self, strategy: str) -> float:
        """The share of questions in which a strategy finds the key."""
        return self.hits.get(strategy, 0) / max(1, self.options.total())

    @property
    def chance_rate(self) -> float:
        return self.chance / max(1, self.options.total())

    @property
    def uniform(self) -> float:
        """The probability that places drawn uniformly differ at least so much from uniform (chi-square)."""
        counts = [self.places[place] for place in range(max(self.options, default=0))]
        total = sum(counts)
        if not total or len(counts) < 2:
            return 1.0
        expected = total / len(counts)
        statistic = sum((count - expected) ** 2 / expected for count in counts)
        return float(gammainc((len(counts) - 1) / 2, statistic / 2, regularized=True))

    def complaints(self) -> list[str]:
        """The rules that the bank breaks, in words; none for a fair one."""
        found = [f"{count} {what}" for what, count in self.broken().items() if count]
        found += [
            f"“{name}” finds the key in {self.rate(name):.1%}, chance is {self.chance_rate:.1%}"
            for name in STRATEGIES
            if self.options and self.rate(name) > self.chance_rate + MARGIN
        ]
        if self.uniform < SIGNIFICANT:
            found.append(f"the places of the key are not uniform (p = {self.uniform:.2g})")
        return found

    def broken(self) -> dict[str, int]:
        return {
            "seeds without a question": self.refused,
            "hidden options": self.hidden,
            "ambiguous options": self.ambiguous,
            "equal options": self.equal,
        }


def examine(kind: Kind, seeds: Iterable[int]) -> Report:
    """Make a question for each seed and count what the bank gives away."""
    report = Report(kind.name)
    for seed in seeds:
        start = process_time()
        try:
            question, networks = composed(kind, seed)
        except TemplateError:
            report.refused += 1
            continue
        report.seconds += process_time() - start
        report.questions += 1
        report.redrawn += networks - 1
        report.contents.add(hash((question.stem, question.network.inputs, question.network.nodes)))
        match question.answering:
            case Choices():
                count_choices(report, question, question.answering, {one.id: one for one in kind.own.get(FIELD, ())})
            case Statements(options):
                report.statements += len(options)
                report.true_statements += sum(one.correct for one in options)
                report.offered.update(name for one in options for name in one.misconceptions)
    return report


def count_choices(report: Report, question: Question, choices: Choices, own: Mapping[str, Misconception]) -> None:
    key = next(place for place, one in enumerate(choices.options) if one.correct)
    report.options[len(choices.options)] += 1
    report.chance += 1 / len(choices.options)
    if len(choices.options) == max(report.options):
        report.places[key] += 1
    report.equal += len(choices.options) - len({repr(one.value) for one in choices.options})
    report.offered.update(name for one in choices.options for name in one.misconceptions)
    values = [one.value for one in choices.options if not isinstance(one.value, Prose)]
    if len(values) == len(choices.options):
        count_numbers(report, question, choices, values, own)


def count_numbers(
    report: Report, question: Question, choices: Choices, values: Sequence[Number], own: Mapping[str, Misconception]
) -> None:
    """What options that are numbers give away; words have no size to go by. own: the mistakes of the template's author."""
    key = next(place for place, one in enumerate(choices.options) if one.correct)
    for name, strategy in STRATEGIES.items():
        picked = strategy(values)
        report.hits[name] = report.hits.get(name, 0) + (key in picked) / len(picked)
    for place, one in enumerate(choices.options):
        if place != key:
            held = tuple(own.get(name) or misconception(name) for name in one.misconceptions)
            led_to = believed_from_the_start(question, held)
            report.hidden += led_to == values[key]
            report.ambiguous += led_to != one.value


def believed_from_the_start(question: Question, held: tuple[Misconception, ...]) -> Number:
    """What beliefs lead to, walked anew from the input: by another way than the one that made the options, where the
    task is to count."""
    if not isinstance(question.task, Counting):
        return question.task.believed(held)  # type: ignore[union-attr, no-any-return]
    network, book = question.network, rulebook(*held)
    misread = network.misread(book) if input_axes in book else {}
    inputs = [misread.get(input_name(index), shape) for index, shape in enumerate(network.inputs)]
    nodes = network.nodes if question.of == WHOLE else network.nodes[: network.place(question.of) + 1]
    return asked_by(question).value(walk(nodes, inputs, book), book)
