"""Question templates: find them, read them, check them.

A template is one Markdown file: TOML between two lines of `+++` says what is asked about which network, and Jinja
blocks hold the words. It is rendered in Jinja's immutable sandbox, and every value that it prints leaves a mark (see
`quizgen.prose`), so that no value can be mistaken for markup.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2 import StrictUndefined, TemplateSyntaxError, UndefinedError, pass_context
from jinja2 import Template as JinjaTemplate
from jinja2.exceptions import TemplateError as JinjaError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from quizgen.errors import Place, QuizgenError, TemplateError, UnknownNameError, nearest
from quizgen.layers.base import Shape
from quizgen.prose import MARK_CLOSES, MARK_OPENS, Block, Blank, Code, Drawing, Filling, Items, Maths, Prose, Table

NOTHING = Prose("")
FENCE = "+++"
PRINTABLE = (int, str, Shape, Maths, Code, Table, Items, Drawing, Prose, Blank, Block)


@pass_context
def leave_mark(context: Context, value: Any) -> str:
    """What Jinja prints for a value: the mark at which the value will stand."""
    if value is None or value == "" or value == NOTHING:
        return ""
    if isinstance(value, bool) or not isinstance(value, PRINTABLE):
        raise TemplateError(f"a {type(value).__name__} can't be printed.", remedy="Name one of its fields.")
    filling: Filling = context["__filling__"]
    return filling(value)


def environment() -> ImmutableSandboxedEnvironment:
    """The sandbox in which all templates and skins are rendered."""
    return ImmutableSandboxedEnvironment(
        trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined, finalize=leave_mark, autoescape=False
    )


ENVIRONMENT = environment()


@dataclass(frozen=True)
class Source:
    """A file of front matter and Jinja blocks, as templates and skins are.

    Raises TemplateError, with file and line, where it can't be read or rendered.
    """

    path: Path
    text: str
    front: Mapping[str, Any] = field(init=False)
    body: str = field(init=False)

    def __post_init__(self) -> None:
        if MARK_OPENS in self.text or MARK_CLOSES in self.text:
            raise TemplateError("the characters U+E000 and U+E001 are quizgen's own.", place=Place(self.path))
        lines = self.text.splitlines()
        if not lines or lines[0].strip() != FENCE or FENCE not in (line.strip() for line in lines[1:]):
            raise TemplateError(
                f"the file does not begin with TOML between two lines of {FENCE}.", place=Place(self.path, 1)
            )
        end = next(number for number, line in enumerate(lines[1:], 1) if line.strip() == FENCE)
        try:
            front = tomllib.loads("\n" + "\n".join(lines[1:end]))
        except tomllib.TOMLDecodeError as error:
            line = re.search(r"line (\d+)", str(error))
            place = Place(self.path, int(line[1]) if line else 1)
            raise TemplateError(f"the front matter is not TOML: {error}.", place=place) from None
        object.__setattr__(self, "front", front)
        object.__setattr__(self, "body", "\n" * (end + 1) + "\n".join(lines[end + 1 :]))

    @cached_property
    def jinja(self) -> JinjaTemplate:
        try:
            return ENVIRONMENT.from_string(self.body)
        except TemplateSyntaxError as error:
            raise TemplateError(str(error.message), place=Place(self.path, error.lineno)) from None

    def line_of(self, name: str) -> int | None:
        """The line of the front matter on which a field stands."""
        pattern = re.compile(rf"\s*(\[+\s*)?[\"']?{re.escape(name)}[\"']?\s*[=\].]|.*[{{,]\s*{re.escape(name)}\s*=")
        return next((number for number, line in enumerate(self.text.splitlines(), 1) if pattern.match(line)), None)

    def place(self, name: str) -> Place:
        return Place(self.path, self.line_of(name), name)

    def has(self, block: str) -> bool:
        return block in self.jinja.blocks

    def render(self, block: str, names: Mapping[str, Any]) -> Prose:
        """The Prose of one block, with these names in reach."""
        filling = Filling()
        context = self.jinja.new_context({**names, "__filling__": filling})
        try:
            text = "".join(self.jinja.blocks[block](context))
        except UndefinedError as error:
            raise TemplateError(f"{undefined(str(error), names)}", place=Place(self.path, line_in(error, self.jinja))) from None
        except QuizgenError as error:
            raise TemplateError(error.what, place=error.place or Place(self.path, line_in(error, self.jinja)), remedy=error.remedy) from None
        except (JinjaError, TypeError, ValueError, ArithmeticError, AttributeError) as error:
            raise TemplateError(f"{error}.", place=Place(self.path, line_in(error, self.jinja))) from None
        return filling.prose(text.strip("\n"))


def line_in(error: BaseException, jinja: JinjaTemplate) -> int | None:
    """The line of the template in which an error came up."""
    trace, line = error.__traceback__, None
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = jinja.get_corresponding_lineno(trace.tb_lineno)
        trace = trace.tb_next
    return line


def undefined(message: str, names: Mapping[str, Any]) -> str:
    """Jinja's message about a name that nothing carries, with the names that come closest."""
    attribute = re.match(r"'(.*)' has no attribute '(\w+)'", message)
    missing = re.match(r"'(\w+)' is undefined", message)
    if missing:
        known = [name for name in names if not name.startswith("_")]
        return f"there is no “{missing[1]}” here. {nearest(missing[1], known)}"
    return f"there is no “{attribute[2]}” here." if attribute else f"{message}."


def read_source(path: Path) -> Source:
    """A template or skin from its file; raises TemplateError where it can't be read."""
    try:
        return Source(path, path.read_text(encoding="utf-8"))
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
    """The files of a kind (`questions`, `sheets`) by name. A folder of the instructor's comes first; it may hold the
    files itself or in a subfolder named after the kind."""
    found: dict[str, Path] = {}
    for folder in (*folders, built_in()):
        inner = folder / kind
        for path in sorted((inner if inner.is_dir() else folder).glob("*.md")):
            found.setdefault(path.stem, path)
    return dict(sorted(found.items()))


def locate(kind: str, name: str, folders: Sequence[Path] = ()) -> Path:
    """The file of that name; raises UnknownNameError, which offers the nearest names."""
    known = sources(kind, folders)
    if name not in known:
        raise UnknownNameError({"questions": "question template", "sheets": "style"}.get(kind, kind), name, known)
    return known[name]


def unknown_field(source: Source, name: str, known: Iterable[str]) -> TemplateError:
    return TemplateError(f"there is no field “{name}”.", place=source.place(name), remedy=nearest(name, known))
