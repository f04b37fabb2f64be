"""Question templates: find them, read them, check them.

A template is one Markdown file: TOML between two lines of `+++` says what is asked about which network, and Jinja
blocks hold the words (see `quizgen.sandbox`).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import Any

from quizgen.errors import Place, TemplateError, UnknownNameError, nearest, placed
from quizgen.prose import MARK_CLOSES, MARK_OPENS, Prose, mark
from quizgen.sandbox import CODE, FORMULA, Blocks

FENCE = "+++"


@dataclass(frozen=True)
class Source:
    """A file of front matter and Jinja blocks, as templates and skins are.

    Raises TemplateError, with file and line, where it can't be read or rendered.
    """

    path: Path
    text: str
    front: Mapping[str, Any] = field(init=False)
    places: dict[str, Place] = field(init=False, default_factory=dict)
    body: str = field(init=False)
    ends: int = field(init=False)

    def __post_init__(self) -> None:
        if MARK_OPENS in self.text or MARK_CLOSES in self.text:
            raise TemplateError("the characters U+E000 and U+E001 are quizgen's own.", place=Place(self.path))
        lines = self.text.splitlines()
        if not lines or lines[0].strip() != FENCE or FENCE not in (line.strip() for line in lines[1:]):
            raise TemplateError(
                f"the file does not begin with TOML between two lines of {FENCE}.", place=Place(self.path, 1)
            )
        end = next(number for number, line in enumerate(lines[1:], 1) if line.strip() == FENCE)
        object.__setattr__(self, "ends", end)
        try:
            front = tomllib.loads("\n" + "\n".join(lines[1:end]))
        except tomllib.TOMLDecodeError as error:
            line = re.search(r"line (\d+)", str(error))
            place = Place(self.path, int(line[1]) if line else 1)
            raise TemplateError(f"the front matter is not TOML: {error}.", place=place) from None
        except (RecursionError, ValueError):
            raise TemplateError("the front matter is not TOML that can be read.", place=Place(self.path, 1)) from None
        object.__setattr__(self, "front", front)
        object.__setattr__(self, "body", "\n" * (end + 1) + "\n".join(lines[end + 1 :]))

    @cached_property
    def blocks(self) -> Blocks:
        return Blocks(self.path, self.body)

    def render(self, block: str, names: Mapping[str, Any]) -> Prose:
        """The Prose of one block, with these names in reach."""
        return self.blocks.fill(block, names)

    def line_of(self, name: str) -> int | None:
        """The line of the front matter on which a field stands."""
        pattern = re.compile(rf"\s*(\[+\s*)?[\"']?{re.escape(name)}[\"']?\s*[=\].]|.*[{{,]\s*{re.escape(name)}\s*=")
        lines = self.text.splitlines()[: self.ends]
        return next((number for number, line in enumerate(lines, 1) if pattern.match(line)), None)

    def place(self, name: str) -> Place:
        """Where a field of the front matter stands."""
        if name not in self.places:
            self.places[name] = Place(self.path, self.line_of(name), name)
        return self.places[name]

    def place_of(self, value: str) -> Place:
        """Where a value of the front matter stands, for fields of which there are several."""
        lines = self.text.splitlines()[: self.ends]
        return Place(self.path, next((number for number, line in enumerate(lines, 1) if value in line), None))

    def check_fields(self, known: Collection[str], required: Collection[str] = ()) -> None:
        """Raise TemplateError where a field has a name that is none, or a required one is missing."""
        for name in self.front:
            if name not in known:
                raise TemplateError(f"there is no field “{name}”.", place=self.place(name), remedy=nearest(name, known))
        for name in required:
            if name not in self.front:
                raise TemplateError(f"the field “{name}” is missing.", place=Place(self.path, 1))

    def check_blocks(self, known: Collection[str], required: Collection[str]) -> None:
        """Raise TemplateError where a block has no right name, a required one is missing, or a formula is wrong."""
        blocks = self.blocks.jinja.blocks
        for name in blocks:
            if name not in known:
                raise TemplateError(f"there is no block “{name}”.", place=Place(self.path), remedy=nearest(name, known))
        for name in required:
            if name not in blocks:
                remedy = f"Write {{% block {name} %}} ... {{% endblock %}}."
                raise TemplateError(f"the block “{name}” is missing.", place=Place(self.path), remedy=remedy)
        for line, latex in self.formulas():
            from quizgen import maths  # most templates have no formula of their own

            try:
                maths.parse(latex)
            except maths.MathsError as error:
                raise TemplateError(error.what, place=Place(self.path, line), remedy=error.remedy) from None

    def formulas(self) -> Iterator[tuple[int, str]]:
        """The formulas in the blocks, each with its line, and with marks where values will stand."""
        text = CODE.sub(lambda code: re.sub(r"[^\n]", " ", code[0]), self.body)
        for formula in FORMULA.finditer(text):
            latex = formula["display"] or formula["inline"]
            if "{%" not in latex and not re.search(r"\n\s*\n", latex):
                slots = count()
                line = text.count("\n", 0, formula.start()) + 1
                yield line, re.sub(r"{{.*?}}", lambda _, slots=slots: mark(next(slots)), latex)

    def word(self, name: str, known: Collection[str] = (), what: str = "", *, default: str | None = None) -> str:
        """A field that holds a text; one of the `known` ones if there are such, which are called `what`."""
        value = self.front.get(name, default)
        with placed(self.place(name)):
            if not isinstance(value, str) or not value.strip():
                raise TemplateError(f"“{name}” is not a text.", remedy=f'Write {name} = "...".')
            if known and value not in known:
                raise UnknownNameError(what, value, known)
        return value

    def words(self, name: str) -> list[str]:
        """A field that holds a list of texts; empty if it isn't there."""
        value = self.front.get(name, [])
        if not isinstance(value, list) or not all(isinstance(one, str) and one.strip() for one in value):
            raise TemplateError(f"“{name}” is not a list of texts.", place=self.place(name))
        return value

    def words_of(self, name: str, known: Collection[str], what: str) -> list[str]:
        """A field that holds a list of some of the `known` texts, which are called `what`; at least one."""
        found = self.words(name)
        with placed(self.place(name)):
            for one in found:
                if one not in known:
                    raise UnknownNameError(what, one, known)
            if not found:
                raise TemplateError(f"“{name}” is empty.", remedy=f"Known: {', '.join(known)}.")
        return found

    def number(self, name: str, low: int, high: int, *, default: int) -> int:
        """A field that holds an int."""
        value = self.front.get(name, default)
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            raise TemplateError(f"“{name}” is not a whole number from {low} to {high}.", place=self.place(name))
        return value

    def flag(self, name: str, *, default: bool) -> bool:
        """A field that holds true or false."""
        value = self.front.get(name, default)
        if not isinstance(value, bool):
            raise TemplateError(f"“{name}” is neither true nor false.", place=self.place(name))
        return value


def read_source(path: Path) -> Source:
    """A template or skin from its file; raises TemplateError where it can't be read."""
    try:
        return Source(path, path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise TemplateError(f"the file can't be read: {error.strerror}.", place=Place(path)) from None
    except UnicodeDecodeError:
        raise TemplateError("the file is not UTF-8 text.", place=Place(path)) from None


def built_in() -> Path:
    """The folder of the templates that come with quizgen: inside the package, or beside it in a checkout."""
    package = Path(__file__).parent
    inside = package / "question_templates"
    return inside if inside.is_dir() else package.parent / "question_templates"


def sources(kind: str, folders: Sequence[Path] = ()) -> dict[str, Path]:
    """The files of a kind (`questions`, `sheets`) by name; those of the instructor's folders come first.

    A folder holds them in a subfolder named after the kind; questions may also stand in the folder itself.
    Raises TemplateError where there is no such folder.
    """
    found: dict[str, Path] = {}
    for folder in (*folders, built_in()):
        if not folder.is_dir():
            raise TemplateError(
                "there is no folder of that name.", place=Place(folder), remedy="--templates takes a folder."
            )
        inner = folder / kind
        own = inner if inner.is_dir() or kind != "questions" else folder
        for path in sorted(own.glob("*.md")):
            if path.name != "README.md":
                found.setdefault(path.stem, path)
    return dict(sorted(found.items()))


def locate(kind: str, name: str, folders: Sequence[Path] = ()) -> Path:
    """The file of that name; raises UnknownNameError, which offers the nearest names."""
    known = sources(kind, folders)
    if name not in known:
        raise UnknownNameError({"questions": "question template", "sheets": "style"}.get(kind, kind), name, known)
    return known[name]
