"""Three hints to a question: a nudge, the formula in letters, the formula with numbers. None of them has the answer.

A template's own hints come first; those that it lacks are read from the workings.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from quizgen.counting import Counting
from quizgen.layers.graph import Row
from quizgen.notation import WORDS, Notation
from quizgen.prose import Items, Maths, Prose, joined, prose
from quizgen.quantities import WHOLE
from quizgen.question import Question
from quizgen.worked import Worked
from quizgen.workings import Workings

MOST_LINES = 8
"""How many formulas a hint holds."""

OF_WEIGHTS = (
    "Count what one unit learns, be it a kernel, a neuron or a gate: its weights, and its bias. Then take all of them."
)

NUDGES: Mapping[str, str] = {
    "trainable": OF_WEIGHTS,
    "params": OF_WEIGHTS,
    "non_trainable": "Look for what is stored and not learned, such as the moving statistics of each channel.",
    "output": "Count the places that a window has along each axis. The last axis has a rule of its own.",
    "features": "The last axis of the output is what counts.",
    "macs": "Each number that comes out costs a multiplication for every weight that has to do with it.",
    "flops": "Each number that comes out costs a multiplication for every weight that has to do with it, and an addition.",
    "receptive_field": "Go backwards from one cell: how many cells of the layer before does it see, and they in turn?",
}
"""Where to begin, for each quantity."""

COUNTS: Mapping[str, tuple[str, ...]] = {
    "params": ("trainable", "non_trainable"),
    "trainable": ("trainable",),
    "non_trainable": ("non_trainable",),
    "macs": ("macs",),
    "flops": ("macs",),
}
"""The rules that are added up."""


def hints(question: Question, notation: Notation) -> tuple[Prose, ...]:
    """Up to three, the gentlest first."""
    if question.hints:
        return question.hints
    task = question.task
    if not isinstance(task, Counting):
        return ()
    found = list(worked(task, notation))[:MOST_LINES]
    nudge = Prose(NUDGES[question.asks]) if question.asks in NUDGES else None
    formulas = (letters(found, notation), numbers(found)) if found else ()
    return tuple(hint for hint in (nudge, *formulas) if hint)


def worked(task: Counting, notation: Notation) -> Iterator[tuple[str, Row, Worked]]:
    """The formulas on the way to the answer, each with its layer, and the name of its line."""
    network, of, name = task.network, task.asked.of, task.asked.quantity.name
    workings = Workings(network.rows, notation=notation)
    for row in network.rows if of == WHOLE else (network.row(of),):
        for rule in COUNTS.get(name, ()):
            yield from ((label(row, part), row, one) for part, one in workings.counts(row, rule))
        if name == "output":
            yield from ((row.name, row, size) for size in workings.sizes(row))


def label(row: Row, part: str) -> str:
    return f"{row.name}, {part}" if part else row.name


def letters(found: Sequence[tuple[str, Row, Worked]], notation: Notation) -> Prose:
    """The formulas in letters, and what the letters stand for."""
    lines = [(name, one.letters) for name, _, one in found if not one.formula.trivial]
    meant = {} if notation is WORDS else meanings(found, notation)
    said = [prose("${}$ the {}", Maths(letter), words) for letter, words in meant.items()]
    with_them = [joined([Prose("with"), joined(said, ", ")], " ")] if said else []
    return joined([listed(lines), *with_them], ",\n" if len(lines) == 1 else "\n\n")


def meanings(found: Sequence[tuple[str, Row, Worked]], notation: Notation) -> dict[str, str]:
    """What each letter stands for, in words."""
    meant: dict[str, str] = {}
    for _, row, one in found:
        families = [tuple(kind.__name__ for kind in type(layer).__mro__) for layer in layers_of(row)]
        for name in one.formula.names if not one.formula.trivial else ():
            letter = next((notation.letter(family, name) for family in families), name)
            meant.setdefault(letter, in_words(name))
    return meant


def layers_of(row: Row) -> list[object]:
    return [row.layer, *(part.layer for part in row.parts)]


def in_words(name: str) -> str:
    """`input channels` for `channels`."""
    return WORDS.letters.get(name, name.replace("_", " ")).removeprefix(r"\text{").removesuffix("}")


def numbers(found: Sequence[tuple[str, Row, Worked]]) -> Prose:
    """The formulas with numbers for letters, not worked out."""
    return listed([(name, one.substitution) for name, _, one in found if not one.formula.trivial])


def listed(lines: Sequence[tuple[str, Maths]]) -> Prose:
    """One formula, or several with the names of their layers; the same one once."""
    distinct = list(dict.fromkeys(lines))
    if len({line for _, line in distinct}) == 1:
        return prose("${}$", distinct[0][1])
    return prose("{}", Items(tuple(prose("{}: ${}$", name, line) for name, line in distinct)))
