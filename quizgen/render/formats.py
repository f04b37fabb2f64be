"""Every output, by the name that `--format` takes. A writer is imported when it is asked for."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from quizgen.errors import UnknownNameError
from quizgen.render.writer import Writer

FORMATS: dict[str, tuple[str, str]] = {
    "pdf": ("typst", "TypstWriter"),
    "html": ("html", "HtmlWriter"),
    "md": ("markdown", "MarkdownWriter"),
    "tex": ("latex", "LatexWriter"),
    "txt": ("text", "TextWriter"),
}
"""Name: module in this folder, and class."""


@cache
def writer(name: str) -> Writer:
    """The writer of a format; raises UnknownNameError."""
    if name not in FORMATS:
        raise UnknownNameError("format", name, FORMATS)
    module, kind = FORMATS[name]
    made: Writer = getattr(import_module(f"quizgen.render.{module}"), kind)()
    return made
