"""Which numbers of a question matter: change one, and see whether the answer changes, and whether the question did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from quizgen.counting import Counting
from quizgen.errors import QuizgenError
from quizgen.forms.inverse import Inverse
from quizgen.kind import Kind
from quizgen.network import Network
from quizgen.notation import FHW
from quizgen.prose import Prose
from quizgen.quantities import asked_by
from quizgen.question import FillIn, Question, Statements
from quizgen.reach import names_in_reach
from quizgen.worked.instances import with_sizes

CHANGES: tuple[Callable[[int], int], ...] = (lambda n: n + 1, lambda n: n * 2, lambda n: n + 7, lambda n: n - 1)
"""What is tried: not all of these fit (groups divide channels), and rounding can hide some."""

SIZE = ("height", "width", "depth", "length")
"""The letters that `size` stands for."""


@dataclass(slots=True)
class Numbers:
    """How often each number stood in a question, and how often it mattered to the answer, by the name of its letter."""

    shown: Counter[str] = field(default_factory=Counter)
    mattered: Counter[str] = field(default_factory=Counter)

    def idle(self, declared: Iterable[str] = ()) -> list[str]:
        """Those that never matter, without those that the author declares to be red herrings."""
        return [
            name for name in self.shown if not self.mattered[name] and not any(covers(one, name) for one in declared)
        ]


def covers(declared: str, name: str) -> bool:
    """Whether a setting, such as `kernel` or `size`, is what a letter stands for: `kernel_height`, `height`."""
    return name == declared or name.startswith(f"{declared}_") or (declared == "size" and name in SIZE)


def look(kind: Kind, question: Question, numbers: Numbers) -> None:
    """Note which numbers of a question are shown, and which of them matter.

    Only of questions whose answer is read from the network that they show, or whose network has what they give.
    """
    network = question.network
    before = value(question, network)
    if not is_read_off(question, before):
        return
    stem = words(kind, question, network) if question.view == "hidden" else None
    for name in letters(network):
        others = list(changes(network, name))
        if any(value(question, other) != before for other in others):
            numbers.shown[plain(name)] += 1
            numbers.mattered[plain(name)] += 1
        elif others and (stem is None or any(words(kind, question, other) != stem for other in others)):
            numbers.shown[plain(name)] += 1


def is_read_off(question: Question, answer: Any) -> bool:
    """Whether the network that is shown settles all of a question: that it is counted, and nothing else, or has what is given."""
    task = question.task
    if isinstance(question.answering, FillIn | Statements):
        return True
    return type(task) is Counting or (isinstance(task, Inverse) and task.given == answer)


def plain(name: str) -> str:
    """The name of a letter, without that of the layer."""
    return name.rpartition(".")[2]


def letters(network: Network) -> Iterator[str]:
    """The letters of a network's sizes, those of one layer among several with its name."""
    found: dict[str, None] = {}

    def note(name: str, number: int) -> int:
        found[name] = None
        return number

    with_sizes(network, note)
    yield from found


def changes(network: Network, name: str) -> Iterator[Network]:
    """The network with another number for one letter, in the ways that fit."""
    for change in CHANGES:
        with suppress(QuizgenError, ValueError, ArithmeticError):
            other = with_sizes(network, partial(changed, name, change))
            _ = other.rows
            yield other


def changed(name: str, change: Callable[[int], int], letter: str, number: int) -> int:
    return change(number) if letter == name else number


def value(question: Question, network: Network) -> Any:
    """What a question asks of a network: of every layer, where it asks for a table or for statements."""
    try:
        if isinstance(question.answering, FillIn | Statements):
            return tuple((row.output, row.params, row.macs) for row in network.rows)
        return asked_by(question).value(network.rows)
    except (LookupError, ValueError):
        return None


def words(kind: Kind, question: Question, network: Network) -> Prose | None:
    """The stem, said of another network; None where it can't be."""
    with suppress(QuizgenError):
        names = names_in_reach(network, asked_by(question), None, FHW, kind.words.blocks.mentioned)
        task: Any = question.task
        moved = replace(task, network=network) if "network" in getattr(task, "__dataclass_fields__", ()) else task
        return kind.words.render("question", {**names, **(moved.names(FHW) if moved else {})})
    return None
