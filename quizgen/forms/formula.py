"""The form `formula`: the rule of a layer in letters, to be typed, or to be told from those of other beliefs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quizgen.authored import applied
from quizgen.counting import Counting
from quizgen.distractors import choose
from quizgen.errors import TemplateError
from quizgen.feedback import feedback
from quizgen.forms.answers import ids
from quizgen.forms.axes import on_all_axes
from quizgen.forms.count import target
from quizgen.kind import Form, Kind, Wish
from quizgen.layers.base import setting_names
from quizgen.layers.graph import Row
from quizgen.misconceptions import Misconception, rulebook
from quizgen.notation import FHW, Notation
from quizgen.prose import Maths, Prose, prose
from quizgen.quantities import Asked
from quizgen.question import Choice, Choices, Formula, ascending
from quizgen.stream import Stream
from quizgen.unknown import Lettered
from quizgen.views import phrase
from quizgen.worked import Worked, read
from quizgen.worked.expressions import Expression, Letter
from quizgen.workings import Workings


@dataclass(frozen=True, slots=True)
class Ruling(Counting):
    """A rule of one layer, which is asked for in letters. With this layer's numbers it counts, as anything does."""

    @property
    def row(self) -> Row:
        return self.network.row(self.asked.of)

    def worked(self, held: Sequence[Misconception], notation: Notation) -> Worked:
        """The rule under beliefs; of a shape, that of its first axis."""
        book = rulebook(*held)
        workings = Workings(self.network.under(book, self.asked.of), book, notation)
        rule = self.asked.quantity.rule
        return workings.rule(workings.rows[-1], rule, 0 if rule == "output" else None)

    def letters(self, notation: Notation) -> dict[str, str]:
        """The letter for each size of the layer and its input, by the size's name."""
        family = tuple(kind.__name__ for kind in type(self.row.layer).__mro__)
        return {name: notation.letter(family, name) for name in read(self.row.layer, self.row.inputs, None).numbers}

    def in_letters(self, worked: Worked, notation: Notation) -> Expression:
        """A rule with the letters that the question uses."""
        letters = self.letters(notation)
        return applied(worked.formula.value, {name: Letter(letter) for name, letter in letters.items()})

    def names(self, notation: Notation) -> Mapping[str, Any]:
        letters, worked = self.letters(notation), self.worked((), notation)
        used = {name: Lettered(letter) for name, letter in letters.items() if "\\" not in letter}
        return {
            "lettered": Prose(phrase(self.row.layer.but(**self.settings(used)), complete=self.counts_places)),
            "lettered_input": Prose(" × ".join(f"{used.get(name, size):,}" for name, size in self.input_sizes())),
            "formula": Maths(worked.formula.letters, display=True),
            "example": worked.inline,
        }

    @property
    def counts_places(self) -> bool:
        return self.asked.quantity.rule == "output"

    def input_sizes(self) -> Iterator[tuple[str, int]]:
        numbers = read(self.row.layer, self.row.inputs, None).numbers
        names = list(numbers)[-len(self.row.inputs[0]) :]
        yield from zip(names, self.row.inputs[0], strict=True)

    def settings(self, used: Mapping[str, Lettered]) -> dict[str, Any]:
        """The layer's settings with letters in place of the sizes that the formula uses."""
        found: dict[str, Any] = {}
        for name in setting_names(type(self.row.layer)):  # type: ignore[arg-type]
            value = getattr(self.row.layer, name)
            if name in used:
                found[name] = on_all_axes(value, used[name])
            elif isinstance(value, tuple) and any(other.startswith(f"{name}_") for other in used):
                by_axis = [used.get(f"{name}_{axis}") for axis in ("depth", "height", "width", "length")]
                sizes = [size for size in by_axis if size is not None]
                found[name] = tuple(sizes) if len(sizes) == len(value) else value
        return found


def pose(kind: Kind, level: int, stream: Stream) -> Ruling | None:
    """The rule of the layer that was drawn; raises TemplateError where it has none of its own."""
    drawn = kind.drawn(level, stream)
    task = Ruling(drawn.network, Asked(kind.asks, target(kind, drawn)))
    if task.row.parts or not kind.asks.rule or kind.asks.rule == "window":
        raise TemplateError(
            f"{type(task.row.layer).__name__} has no formula of its own for its {kind.asks.noun}.",
            place=kind.source.place("asks"),
            remedy="Ask about a layer that is not made of others, for a count or a shape.",
        )
    worked = task.worked((), FHW)
    typable = all("\\" not in task.letters(FHW)[name] for name in worked.formula.names)
    return task if typable and not worked.formula.trivial else None


def typed(kind: Kind, task: Ruling, wish: Wish) -> Formula:
    """The formula, and those of the beliefs that lead to others."""
    notation = wish.notation
    letters, right = task.letters(notation), task.worked((), notation)
    listed = [(letters[name], name.replace("_", " ")) for name in letters if "\\" not in letters[name]]
    return Formula(tuple(listed), right.letters, task.in_letters(right, notation), tuple(wrong(kind, task, notation)))


def wrong(kind: Kind, task: Ruling, notation: Notation) -> Iterator[tuple[Expression, str]]:
    """The formulas of single beliefs, as far as they can be written with the letters of the layer."""
    for held in task.relevant() if kind.offers is None else kind.offers:
        if task.believed((held,)) not in (None, task.key):
            try:
                yield task.in_letters(task.worked((held,), notation), notation), held.id
            except (KeyError, LookupError, ValueError):
                continue


def one_of(kind: Kind, task: Ruling, wish: Wish) -> Choices | None:
    """The formula among those of other beliefs; which differ, since their numbers do."""
    known = kind.offers if kind.offers is not None else [one for one in task.relevant() if one.rule in own_rules(task)]
    chosen = choose(task, known, wish.below, wish.above, wish.stream, wish.avoided)
    if chosen is None:
        return None
    options = [((), task.key), *((one.held, one.value) for one in chosen)]
    options.sort(key=lambda option: ascending(option[1]))
    by_value = {one.value: one for one in chosen}
    return Choices(
        tuple(
            Choice(
                prose("{}", task.worked(held, wish.notation).letters),
                not held,
                ids(by_value[value]) if held else (),
                feedback(task, held, wish.notation) if held else Prose(""),
            )
            for held, value in options
        )
    )


def own_rules(task: Ruling) -> tuple[Any, ...]:
    """The rule that is asked for: beliefs about another would leave its letters as they are."""
    return (getattr(type(task.row.layer), task.asked.quantity.rule),)


FORMULA = Form(
    name="formula",
    summary="the rule of a layer in letters",
    pose=pose,
    answers={"formula": typed, "choice": one_of},
)
