"""One sheet in every style and format, as committed in output/gallery: `python -m tests.gallery` makes it again.

All of them are of the plan in that folder. The pictures in the README are the first pages of its PDFs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import typst

from quizgen.plan_file import read_plan
from quizgen.render.document import Document
from quizgen.render.parts import FORMATS, Part, rendered
from quizgen.render.skins import dressed, find_skin
from quizgen.render.typst import TypstWriter

FOLDER = Path(__file__).parent.parent / "output" / "gallery"
PLAN = "plan.toml"
SEED = 7
STYLES = ("worksheet", "quiz", "stackexchange")
PARTS: dict[Part, str] = {"questions": "", "solutions": "-solutions"}
POINTS_PER_INCH = 80

SHEET = replace(read_plan(FOLDER / PLAN), file=f"output/gallery/{PLAN}").sheet(SEED)


def documents() -> Iterator[tuple[str, Document]]:
    """Every sheet of the gallery and its solutions, by the name of its files."""
    for style in STYLES:
        for part, suffix in PARTS.items():
            yield f"{style}{suffix}", dressed(SHEET, find_skin(style), part)


def files() -> Iterator[tuple[str, bytes]]:
    """The files of the gallery with their bytes, but for the plan."""
    for style in STYLES:
        skin = find_skin(style)
        for form in FORMATS:
            for part, suffix in PARTS.items():
                if form != "json":
                    yield f"{style}{suffix}.{form}", rendered(SHEET, skin, form, part)
    yield "sheet.json", rendered(SHEET, find_skin(STYLES[0]), "json")
    for name, document in documents():
        yield f"{name}.png", first_page(document)


def first_page(document: Document) -> bytes:
    source = TypstWriter().source(document).encode()
    pages = typst.compile(source, format="png", ppi=POINTS_PER_INCH, ignore_system_fonts=True)
    return bytes(pages[0] if isinstance(pages, list) else pages)


def main() -> None:
    for old in FOLDER.iterdir():
        if old.name != PLAN:
            old.unlink()
    for name, content in files():
        (FOLDER / name).write_bytes(content)


if __name__ == "__main__":
    main()
