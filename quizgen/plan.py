"""What a sheet shall hold, and the sheet that follows from it."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from quizgen.bank import AIMS, LANGUAGES, Bank, Wanted, span, spread
from quizgen.errors import Place, PlanError, UnknownNameError, nearest, placed
from quizgen.kinds import LEVELS, TOPICS, Kind, all_kinds, find_kind, in_order
from quizgen.network import Network
from quizgen.notation import FHW, Notation
from quizgen.question import Question, Sheet
from quizgen.sampling.given import samples
from quizgen.stream import Stream

TITLE = "Counting in neural networks"
COUNT = 10
"""How many questions a section has if nobody says."""

MOST = 200
"""A section has no more questions than this."""

MOST_POINTS = 100

EARLIER = 3
"""One of so many questions is from earlier levels, where a section interleaves them."""

SEEDS = range(10**12)
VARIANT = re.compile(r"[A-Z]{0,2}")
SENSELESS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff\ufeff\ufffe\uffff]")
"""Control characters, halves of characters, and those that Unicode leaves to each program, by which quizgen marks places."""


@dataclass(frozen=True, slots=True)
class Section:
    """Some places on a sheet: of which topics and question kinds (of all, if none is named), at which levels, how many,
    for how many points each (0: their own).

    aim: one of `AIMS`, the third of each kind by difficulty, or anything. interleave: whether a third of the questions
    are from earlier levels, of any topic, mixed among the others. minutes: how long they may take, 0 if nobody says.
    place: where it stands in a plan file.

    Raises PlanError or UnknownNameError where one of them makes no sense.
    """

    topics: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    levels: range = LEVELS
    count: int = COUNT
    points: int = 0
    aim: str = ""
    interleave: bool = False
    minutes: int = 0
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
        if self.aim and self.aim not in AIMS:
            raise UnknownNameError("difficulty", self.aim, AIMS)

    def draw(self, bank: Bank, folders: Sequence[Path], *, shuffle: bool = False) -> Iterator[Question]:
        """Its questions. Raises QuizgenError where a name or a level does not fit, or there are not enough of them."""
        places = self.places(bank.stream, folders, bank.given)
        return bank.draw(bank.stream.shuffled(places) if shuffle or self.interleave else places)

    def places(self, stream: Stream, folders: Sequence[Path], given: Network | None = None) -> list[Wanted]:
        """Its places in the order of their kinds, those from earlier levels last."""
        earlier = round(self.count / EARLIER) if self.interleave else 0
        kinds = self.kinds(folders) if given is None else about(given, self.kinds(folders))
        now = spread(kinds, self.levels, self.count - earlier, self.points, stream, self.aim)
        if not earlier:
            return now
        before = range(LEVELS[0], self.levels[0])
        known = in_order(kind for kind in all_kinds(folders) if not set(kind.levels).isdisjoint(before))
        if not known:
            raise PlanError(f"there is nothing below level {self.levels[0]} to interleave.", remedy="Begin higher.")
        return now + spread(known, before, earlier, self.points, stream)

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


def about(network: Network, kinds: Sequence[Kind]) -> list[Kind]:
    """Those kinds that can ask about a network, each with it; raises PlanError where none can."""
    found = [replace(kind, given=network) for kind in kinds if any(samples(kind.about, network))]
    if not found:
        raise PlanError(
            f"none of these kinds can ask about “{network.name}”.", remedy="Leave out topics and questions."
        )
    return found


@dataclass(frozen=True, slots=True)
class Plan:
    """A sheet before its questions are drawn.

    language: how networks are written, one of `LANGUAGES`, or whatever the style and the question say. shuffle: whether
    the questions of a section stand in any order, and not in that of their topics. file: the plan's file, if it has one.
    given: a network that all questions are about; about: what it was read from, as it was typed.
    """

    title: str = TITLE
    course: str = ""
    instructions: str = ""
    date: str = ""
    minutes: int = 0
    language: str = ""
    shuffle: bool = False
    sections: tuple[Section, ...] = (Section(),)
    file: str = ""
    given: Network | None = None
    about: str = ""

    def __post_init__(self) -> None:
        if not self.title.strip():
            raise PlanError("the title is empty.")
        for text in (self.title, self.course, self.instructions, self.date):
            for character in SENSELESS.findall(text):
                raise PlanError(f"the character U+{ord(character):04X} has no meaning in a text.")
        if self.language and self.language not in LANGUAGES:
            remedy = nearest(self.language, LANGUAGES)
            raise PlanError(f"networks can't be written in “{self.language}”.", remedy=remedy)

    def sheet(
        self, seed: int, command: str = "", *, variant: str = "", folders: Sequence[Path] = (), notation: Notation = FHW
    ) -> Sheet:
        """The sheet of that seed and variant. command: what makes it again, if not the command line of this plan.

        Raises QuizgenError where a section can't be filled.
        """
        drawn = self.drawn(seed, variant=variant, folders=folders, notation=notation)
        return Sheet(
            title=self.title,
            questions=tuple(question for section in drawn for question in section),
            seed=seed,
            command=command or shlex.join(self.words(seed, variant, folders, notation)),
            course=self.course,
            instructions=self.instructions,
            date=self.date,
            minutes=self.minutes,
            variant=variant,
        )

    def drawn(
        self, seed: int, *, variant: str = "", folders: Sequence[Path] = (), notation: Notation = FHW
    ) -> list[list[Question]]:
        """The questions of that seed and variant, section by section."""
        if seed not in SEEDS:
            raise PlanError(f"{seed} can't be a seed.", remedy=f"Use 0 to {SEEDS[-1]}.")
        if not VARIANT.fullmatch(variant):
            raise PlanError(f"there is no variant “{variant}”.", remedy="Variants are called A, B, ... Z, AA, AB, ...")
        bank = Bank(Stream("sheet", seed, variant), notation, self.language, self.given)
        questions = []
        for section in self.sections:
            with placed(section.place):
                questions.append(list(section.draw(bank, folders, shuffle=self.shuffle)))
        return questions

    def words(self, seed: int, variant: str, folders: Sequence[Path], notation: Notation) -> Iterator[str]:
        """The command line that makes that sheet again, word by word."""
        yield from ("quizgen", "sheet")
        if self.about:
            yield from ("--about", self.about)
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
        if section.levels != LEVELS or section.aim:
            yield from ("--level", ":".join(filter(None, (span(section.levels), section.aim))))
        if section.count != COUNT:
            yield from ("--count", str(section.count))
        if self.title != TITLE:
            yield from ("--title", self.title)


def levels_from(text: str) -> tuple[range, str]:
    """`3`, `3-6` or `3-6:hard` as a range of levels and a difficulty, if one is named; raises PlanError."""
    match = re.fullmatch(r"\s*([0-9]{1,3})\s*(?:-\s*([0-9]{1,3})\s*)?(?::\s*(\w+)\s*)?", text)
    low, high = (int(match[1]), int(match[2] or match[1])) if match else (1, 0)
    if not match or low > high:
        raise PlanError(f"“{text}” is neither a level nor a range of levels.", remedy="Write 3, or 3-6, or 3-6:hard.")
    return range(low, high + 1), match[3] or ""
