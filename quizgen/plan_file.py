"""Plans from TOML files, checked field by field."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from quizgen.errors import Place, PlanError, nearest, placed
from quizgen.plan import Plan, Section, levels_from
from quizgen.templates import locate


def read_plan(path: Path, folders: Sequence[Path] = ()) -> Plan:
    """A plan from its file; raises PlanError or UnknownNameError with file, line and field.

    folders: where its questions are looked for, before the built-in ones.
    """
    with placed(Place(path)):
        try:
            text = path.read_text(encoding="utf-8-sig")
            data = tomllib.loads(text)
        except OSError as error:
            raise PlanError(f"the plan can't be read: {error.strerror}.") from None
        except UnicodeDecodeError:
            raise PlanError("the plan is not UTF-8 text.") from None
        except tomllib.TOMLDecodeError as error:
            line = re.search(r"line (\d+)", str(error))
            place = Place(path, int(line[1]) if line else None)
            raise PlanError(f"the plan is not TOML: {error}.", place=place) from None
        except (RecursionError, ValueError):
            raise PlanError("the plan is not TOML that can be read.") from None
    return PlanFile(path, text, folders).plan(data)


# Each of these takes a value as it stands in the file, and gives what a plan makes of it.


def text(value: object) -> str:
    if not isinstance(value, str):
        raise PlanError(f"{value} is not a text.", remedy="A text stands in quotes.")
    return value


def whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise PlanError(f"{value} is not a whole number.")
    return value


def day(value: object) -> str:
    return str(value) if isinstance(value, date) else text(value)


def names(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise PlanError(f"{value} is not a list.", remedy='Write it as ["...", "..."].')
    return tuple(map(text, value))


def flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise PlanError(f"{value} is neither true nor false.")
    return value


def levels(value: object) -> dict[str, object]:
    found, aim = levels_from("-".join(map(str, value)) if isinstance(value, list) else str(value))
    return {"levels": found, "aim": aim}


def tables(value: object) -> list[Mapping[str, object]]:
    if not isinstance(value, list) or not value or not all(isinstance(one, dict) for one in value):
        raise PlanError("a section is a table of its own.", remedy="Begin each with [[section]].")
    return value


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a plan file: the name that the plan has for it, and what reads it; without a name, what is read is
    several of the plan's by their names."""

    name: str
    read: Callable[[object], Any]


PLAN_FIELDS: Mapping[str, Field] = {
    "title": Field("title", text),
    "course": Field("course", text),
    "instructions": Field("instructions", text),
    "date": Field("date", day),
    "minutes": Field("minutes", whole),
    "language": Field("language", text),
    "shuffle": Field("shuffle", flag),
    "section": Field("sections", tables),
}
SECTION_FIELDS: Mapping[str, Field] = {
    "topics": Field("topics", names),
    "questions": Field("questions", names),
    "level": Field("", levels),
    "count": Field("count", whole),
    "points": Field("points", whole),
    "minutes": Field("minutes", whole),
    "interleave": Field("interleave", flag),
}


@dataclass(frozen=True, slots=True)
class PlanFile:
    """A plan as it is written; it knows on which line each field stands."""

    path: Path
    text: str
    folders: Sequence[Path] = ()

    def plan(self, data: Mapping[str, object]) -> Plan:
        settings = self.read(data, PLAN_FIELDS, Plan)
        sections = settings.get("sections", [{}])
        settings["sections"] = tuple(self.section(section, index) for index, section in enumerate(sections))
        return Plan(**settings, file=str(self.path))

    def section(self, data: Mapping[str, object], index: int) -> Section:
        settings = self.read(data, SECTION_FIELDS, Section, index)
        with placed(self.place("questions", index)):
            for name in settings.get("questions", ()):
                locate("questions", name, self.folders)
        return Section(**settings, place=self.place("section", index))

    def read(
        self,
        data: Mapping[str, object],
        fields: Mapping[str, Field],
        kind: type[Plan | Section],
        section: int | None = None,
    ) -> dict[str, Any]:
        """The settings of a plan or a section, each tried on its own, so that an error names the field at fault."""
        settings: dict[str, Any] = {}
        for name, value in data.items():
            with placed(self.place(name, section)):
                if name not in fields:
                    raise PlanError(f"there is no field “{name}”.", remedy=nearest(name, fields))
                read = fields[name].read(value)
                setting = {fields[name].name: read} if fields[name].name else read
                if name != "section":
                    kind(**setting)
            settings |= setting
        return settings

    def place(self, name: str, section: int | None = None) -> Place:
        """The line of a field, searched within its section; of a section itself, its first line."""
        current = None
        for number, line in enumerate(self.text.splitlines(), 1):
            if re.match(r"\s*\[\[\s*section\s*\]\]", line):
                current = 0 if current is None else current + 1
            if current == section and re.match(rf"\s*(\[+\s*)?[\"']?{re.escape(name)}[\"']?\s*[=\]]", line):
                return Place(self.path, number, name)
        return Place(self.path, None, name)
