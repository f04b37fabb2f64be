"""One sheet in every style and format, as committed in output/gallery: `python -m tests.gallery` makes it again.

The pictures in the README are the first pages of its PDFs, drawn by Typst itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import typst

from quizgen.plan import Plan, Section
from quizgen.render.document import Document
from quizgen.render.formats import FORMATS, writer
from quizgen.render.json import sheet_json
from quizgen.render.skins import dressed, find_skin
from quizgen.render.typst import TypstWriter

FOLDER = Path(__file__).parent.parent / "output" / "gallery"
SEED = 7
QUESTIONS = ("conv2d-params", "conv2d-output", "flatten-dense", "cnn-statements", "lstm-params")
STYLES = ("worksheet", "quiz", "stackexchange")
PLAN = Plan(
    title="Counting in convolutional networks",
    course="Deep Learning",
    minutes=30,
    sections=tuple(Section(questions=(name,), count=1) for name in QUESTIONS),
)


def documents() -> Iterator[tuple[str, Document]]:
    """Every sheet of the gallery and its solutions, by the name of its files."""
    words = " ".join(f"--question {name}" for name in QUESTIONS)
    for style in STYLES:
        sheet = PLAN.sheet(SEED, f"quizgen sheet {words} --count {len(QUESTIONS)} --seed {SEED} --style {style}")
        skin = find_skin(style)
        yield style, dressed(sheet, skin, "questions")
        yield f"{style}-solutions", dressed(sheet, skin, "solutions")


def files() -> Iterator[tuple[str, bytes]]:
    """The files of the gallery with their bytes."""
    for name, document in documents():
        for form in FORMATS:
            yield f"{name}{writer(form).suffix}", writer(form).document(document)
        yield f"{name}.png", first_page(document)
    yield "sheet.json", sheet_json(PLAN.sheet(SEED, "python -m tests.gallery")).encode()


def first_page(document: Document) -> bytes:
    pages = typst.compile(TypstWriter().source(document).encode(), format="png", ppi=80, ignore_system_fonts=True)
    return bytes(pages[0] if isinstance(pages, list) else pages)


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.iterdir():
        old.unlink()
    for name, content in files():
        (FOLDER / name).write_bytes(content)


if __name__ == "__main__":
    main()
