"""What a sheet shall hold: from a plan file, or from the options of one command."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quizgen.bank import Wanted, draw, span, spread
from quizgen.errors import Place, PlanError, UnknownNameError, nearest
from quizgen.kinds import LEVELS, TOPICS, Kind, all_kinds, find_kind
from quizgen.notation import FHW, Notation
from quizgen.question import Sheet
from quizgen.stream import Stream

MOST = 200
"""A sheet holds no more questions than this."""


@dataclass(frozen=True, slots=True)
class Section:
    """Some places on a sheet: topics or question kinds, levels, how many, for how many points each (0: their own)."""

    topics: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    levels: range = LEVELS
    count: int = 10
    points: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """A sheet before its questions are drawn."""

    title: str = "Counting in neural networks"
    course: str = ""
    instructions: str = ""
    date: str = ""
    minutes: int = 0
    sections: tuple[Section, ...] = (Section(),)

    def sheet(
        self, seed: int, command: str, *, variant: str = "", folders: Sequence[Path] = (), notation: Notation = FHW
    ) -> Sheet:
        """The sheet of that seed and variant. Raises PlanError where there are not enough distinct questions."""
        stream = Stream("sheet", seed, variant)
        wanted = [place for section in self.sections for place in places(section, stream, folders)]
        questions = tuple(draw(wanted, stream, notation))
        return Sheet(
            title=self.title,
            questions=questions,
            seed=seed,
            command=command,
            course=self.course,
            instructions=self.instructions,
            date=self.date,
            minutes=self.minutes,
            variant=variant,
        )


def places(section: Section, stream: Stream, folders: Sequence[Path]) -> list[Wanted]:
    """The places of a section. Raises UnknownNameError for a topic or a question kind that nothing carries."""
    for topic in section.topics:
        if topic not in TOPICS:
            raise UnknownNameError("topic", topic, TOPICS)
    kinds: Sequence[Kind]
    if section.questions:
        kinds = [find_kind(name, folders) for name in section.questions]
    else:
        kinds = [kind for kind in all_kinds(folders) if not section.topics or kind.topic in section.topics]
    return [
        Wanted(place.kinds, place.levels, section.points)
        for place in spread(kinds, section.levels, section.count, stream)
    ]


def levels_from(text: str) -> range:
    """`3` or `3-6` as a range of levels; raises PlanError."""
    match = re.fullmatch(r"\s*(\d{1,3})\s*(?:-\s*(\d{1,3})\s*)?", text)
    low, high = (int(match[1]), int(match[2] or match[1])) if match else (1, 0)
    if low > high or low not in LEVELS or high not in LEVELS:
        raise PlanError(f"“{text}” is not a level or a range of levels.", remedy=f"Levels go from {span(LEVELS)}: 3, or 3-6.")
    return range(low, high + 1)


# Reading a plan file.

PLAN_FIELDS: Mapping[str, type] = {
    "title": str, "course": str, "instructions": str, "date": str, "minutes": int, "section": list,
}  # fmt: skip
SECTION_FIELDS: Mapping[str, type] = {"topics": list, "questions": list, "level": object, "count": int, "points": int}


def read_plan(path: Path) -> Plan:
    """A plan from its TOML file; raises PlanError with file, line and field."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise PlanError(f"the plan can't be read: {error.strerror}.", place=Place(path)) from None
    except UnicodeDecodeError:
        raise PlanError("the plan is not UTF-8 text.", place=Place(path)) from None
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        place = Place(path, int(line[1]) if line else None)
        raise PlanError(f"the plan is not TOML: {error}.", place=place) from None
    return PlanReader(path, text).plan(data)


@dataclass(frozen=True, slots=True)
class PlanReader:
    """Checks a plan's fields and says where each one stands."""

    path: Path
    text: str

    def place(self, name: str, section: int | None = None) -> Place:
        """The line of a field, searched within its section."""
        current = None
        for number, line in enumerate(self.text.splitlines(), 1):
            if re.match(r"\s*\[\[\s*section\s*\]\]", line):
                current = 0 if current is None else current + 1
            if current == section and re.match(rf"\s*(\[+\s*)?[\"']?{re.escape(name)}[\"']?\s*[=\]]", line):
                return Place(self.path, number, name)
        return Place(self.path, None, name)

    def check(self, data: Mapping[str, Any], fields: Mapping[str, type], section: int | None = None) -> None:
        for name, value in data.items():
            place = self.place(name, section)
            if name not in fields:
                raise PlanError(f"there is no field “{name}”.", place=place, remedy=nearest(name, fields))
            if not isinstance(value, fields[name]) or isinstance(value, bool):
                wants = {str: "a text", int: "a whole number", list: "a list"}.get(fields[name], "a value")
                raise PlanError(f"“{name}” is not {wants}.", place=place)
            if isinstance(value, int) and not 0 <= value <= 1000:
                raise PlanError(f"“{name}” = {value} is out of range.", place=place, remedy="Use 0 to 1000.")

    def plan(self, data: Mapping[str, Any]) -> Plan:
        self.check(data, PLAN_FIELDS)
        sections = data.get("section", [{}])
        if not all(isinstance(section, dict) for section in sections) or not sections:
            raise PlanError("“section” is not a table.", place=self.place("section"), remedy="Begin each with [[section]].")
        settings = {name: data[name] for name in PLAN_FIELDS if name in data and name != "section"}
        return Plan(**settings, sections=tuple(self.section(section, index) for index, section in enumerate(sections)))

    def section(self, data: Mapping[str, Any], index: int) -> Section:
        self.check(data, SECTION_FIELDS, index)
        for name in ("topics", "questions"):
            if not all(isinstance(entry, str) for entry in data.get(name, [])):
                raise PlanError(f"“{name}” is not a list of names.", place=self.place(name, index))
        for topic in data.get("topics", []):
            if topic not in TOPICS:
                raise UnknownNameError("topic", topic, TOPICS, place=self.place("topics", index))
        level = data.get("level", span(LEVELS))
        if isinstance(level, list):
            level = "-".join(map(str, level))
        try:
            levels = levels_from(str(level))
        except PlanError as error:
            raise PlanError(error.what, place=self.place("level", index), remedy=error.remedy) from None
        count = data.get("count", 10)
        if not 1 <= count <= MOST:
            raise PlanError(f"“count” = {count} is out of range.", place=self.place("count", index), remedy=f"Use 1 to {MOST}.")
        return Section(
            tuple(data.get("topics", [])), tuple(data.get("questions", [])), levels, count, data.get("points", 0)
        )
