"""What a sheet shall hold, and the sheet that follows from it."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from quizgen.bank import Bank, span, spread
from quizgen.errors import Place, PlanError, UnknownNameError, placed
from quizgen.kinds import LEVELS, TOPICS, Kind, all_kinds, find_kind, in_order
from quizgen.notation import FHW, Notation
from quizgen.question import Question, Sheet
from quizgen.stream import Stream

TITLE = "Counting in neural networks"
COUNT = 10
"""How many questions a section has if nobody says."""

MOST = 200
"""A section has no more questions than this."""

MOST_POINTS = 100

SEEDS = range(10**12)
VARIANT = re.compile(r"[A-Z]{0,2}")
SENSELESS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff\ufeff\ufffe\uffff]")
"""Control characters, halves of characters, and those that Unicode leaves to each program, by which quizgen marks places."""


@dataclass(frozen=True, slots=True)
class Section:
    """Some places on a sheet: of which topics and question kinds (of all, if none is named), at which levels, how many,
    for how many points each (0: their own). place: where it stands in a plan file.

    Raises PlanError or UnknownNameError where one of them makes no sense.
    """

    topics: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    levels: range = LEVELS
    count: int = COUNT
    points: int = 0
    place: Place | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        for topic in self.topics:
            if topic not in TOPICS:
                raise UnknownNameError("topic", topic, TOPICS)
        for level in self.levels:
            if level not in LEVELS:
                raise PlanError(f"there is no level {level}.", remedy=f"Levels go from {LEVELS[0]} to {LEVELS[-1]}.")
        if not self.levels:
            raise PlanError("there is no level at all to choose from.")
        if not 1 <= self.count <= MOST:
            raise PlanError(f"there can't be {self.count} questions.", remedy=f"Ask for 1 to {MOST}.")
        if not 0 <= self.points <= MOST_POINTS:
            raise PlanError(f"a question can't give {self.points} points.", remedy=f"Use 1 to {MOST_POINTS}.")

    def draw(self, bank: Bank, folders: Sequence[Path]) -> Iterator[Question]:
        """Its questions. Raises QuizgenError where a name or a level does not fit, or there are not enough of them."""
        return bank.draw(spread(self.kinds(folders), self.levels, self.count, self.points, bank.stream))

    def kinds(self, folders: Sequence[Path]) -> tuple[Kind, ...]:
        """The question kinds that can fill its places, in order."""
        known = () if self.questions and not self.topics else all_kinds(folders)
        wanted: dict[str, Sequence[Kind]] = {name: [find_kind(name, folders)] for name in self.questions}
        wanted |= {topic: [kind for kind in known if kind.topic == topic] for topic in self.topics}
        fitting = {
            kind.name: kind for name, kinds in (wanted or {"": known}).items() for kind in self.fitting(name, kinds)
        }
        return in_order(fitting.values())

    def fitting(self, name: str, kinds: Sequence[Kind]) -> list[Kind]:
        """Those kinds that have one of the levels; raises PlanError where none has."""
        fitting = [kind for kind in kinds if not set(kind.levels).isdisjoint(self.levels)]
        if not fitting:
            has = sorted({level for kind in kinds for level in kind.levels})
            remedy = f"“{name}” has {', '.join(map(str, has))}." if name else "See `quizgen list questions`."
            of_it = f" of “{name}”" if name else ""
            raise PlanError(f"there is no question{of_it} at level {span(self.levels)}.", remedy=remedy)
        return fitting


@dataclass(frozen=True, slots=True)
class Plan:
    """A sheet before its questions are drawn. file: the name of the plan's file, if it has one."""

    title: str = TITLE
    course: str = ""
    instructions: str = ""
    date: str = ""
    minutes: int = 0
    sections: tuple[Section, ...] = (Section(),)
    file: str = ""

    def __post_init__(self) -> None:
        if not self.title.strip():
            raise PlanError("the title is empty.")
        for text in (self.title, self.course, self.instructions, self.date):
            for character in SENSELESS.findall(text):
                raise PlanError(f"the character U+{ord(character):04X} has no meaning in a text.")

    def sheet(
        self, seed: int, command: str = "", *, variant: str = "", folders: Sequence[Path] = (), notation: Notation = FHW
    ) -> Sheet:
        """The sheet of that seed and variant. command: what makes it again, if not the command line of this plan.

        Raises QuizgenError where a section can't be filled.
        """
        if seed not in SEEDS:
            raise PlanError(f"{seed} can't be a seed.", remedy=f"Use 0 to {SEEDS[-1]}.")
        if not VARIANT.fullmatch(variant):
            raise PlanError(f"there is no variant “{variant}”.", remedy="Variants are called A, B, ... Z, AA, AB, ...")
        bank = Bank(Stream("sheet", seed, variant), notation)
        questions: list[Question] = []
        for section in self.sections:
            with placed(section.place):
                questions += section.draw(bank, folders)
        return Sheet(
            title=self.title,
            questions=tuple(questions),
            seed=seed,
            command=command or shlex.join(self.words(seed, variant, folders, notation)),
            course=self.course,
            instructions=self.instructions,
            date=self.date,
            minutes=self.minutes,
            variant=variant,
        )

    def words(self, seed: int, variant: str, folders: Sequence[Path], notation: Notation) -> Iterator[str]:
        """The command line that makes that sheet again, word by word."""
        yield from ("quizgen", "sheet")
        yield from ("--plan", self.file) if self.file else self.options()
        yield from ("--seed", str(seed))
        if variant:
            yield from ("--variant", variant)
        if notation is not FHW:
            yield from ("--notation", notation.name)
        for folder in folders:
            yield from ("--templates", str(folder))

    def options(self) -> Iterator[str]:
        """The options that say what a plan of one section says."""
        section = self.sections[0]
        for topic in section.topics:
            yield from ("--topic", topic)
        for name in section.questions:
            yield from ("--question", name)
        if section.levels != LEVELS:
            yield from ("--level", span(section.levels))
        if section.count != COUNT:
            yield from ("--count", str(section.count))
        if self.title != TITLE:
            yield from ("--title", self.title)


def levels_from(text: str) -> range:
    """`3` or `3-6` as a range of levels; raises PlanError."""
    match = re.fullmatch(r"\s*([0-9]{1,3})\s*(?:-\s*([0-9]{1,3})\s*)?", text)
    low, high = (int(match[1]), int(match[2] or match[1])) if match else (1, 0)
    if low > high:
        raise PlanError(f"“{text}” is neither a level nor a range of levels.", remedy="Write 3, or 3-6.")
    return range(low, high + 1)
