"""A sheet as files: its questions, its solutions and its key, in every format."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator
from dataclasses import replace

from quizgen.errors import UnknownNameError
from quizgen.question import Sheet
from quizgen.render.formats import FORMATS as WRITERS
from quizgen.render.formats import writer
from quizgen.render.json import sheet_json
from quizgen.render.skins import Part, Skin, dressed

FORMATS = (*WRITERS, "json")
"""What `--format` takes, the default first. JSON holds the whole sheet in one file."""

STYLE = "worksheet"
PARTS: dict[Part, str] = {"questions": "", "solutions": "-solutions", "key": "-key"}
"""The parts of a sheet, and what their files' names end in."""


def rendered(sheet: Sheet, skin: Skin, format: str, part: Part = "questions") -> bytes:
    """One part of a sheet as a file, which names the command that makes this very file again.

    Raises UnknownNameError where there is no such format or part.
    """
    check_format(format)
    if part not in PARTS:
        raise UnknownNameError("part", part, PARTS)
    sheet = replace(sheet, command=" ".join([sheet.command, *options(skin, format, part)]))
    if format == "json":
        return sheet_json(sheet).encode()
    return writer(format).document(dressed(sheet, skin, part))


def options(skin: Skin, format: str, part: Part) -> Iterator[str]:
    """The options that say how a sheet is written."""
    if skin.name != STYLE:
        yield f"--style {shlex.quote(skin.name)}"
    if format != FORMATS[0]:
        yield f"--format {format}"
    if part == "key":
        yield "--key short"


def check_format(name: str) -> None:
    """Raise UnknownNameError where there is no such format."""
    if name not in FORMATS:
        raise UnknownNameError("format", name, FORMATS)


def files(formats: Iterable[str], *, key: bool) -> Iterator[tuple[str, Part, str]]:
    """The files of a sheet in these formats: of each the format, the part and what its name ends in.

    Raises UnknownNameError where there is no such format.
    """
    for format in formats:
        check_format(format)
        if format == "json":
            yield format, "questions", ".json"
            continue
        for part, ending in PARTS.items():
            if part != "key" or key:
                yield format, part, f"{ending}{writer(format).suffix}"
