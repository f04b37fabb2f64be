"""The PDF is one that a screen reader can read and an archive can keep: tagged, titled, the same bytes each time."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from quizgen.render.formats import writer
from tests.gallery import documents

DOCUMENTS = dict(documents())
PDF = {name: writer("pdf").document(document) for name, document in DOCUMENTS.items()}


@pytest.mark.parametrize("name", DOCUMENTS)
class TestPdf:
    def test_is_tagged_and_says_that_it_is_accessible(self, name: str) -> None:
        reader = PdfReader(BytesIO(PDF[name]))
        assert (
            reader.trailer["/Root"]["/MarkInfo"]["/Marked"] is True or reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
        )
        assert b"pdfuaid" in reader.trailer["/Root"]["/Metadata"].get_object().get_data()

    def test_has_a_title_a_language_and_no_date(self, name: str) -> None:
        reader = PdfReader(BytesIO(PDF[name]))
        assert reader.metadata is not None
        assert reader.metadata.title == DOCUMENTS[name].title
        assert reader.trailer["/Root"]["/Lang"] == "en"
        assert "/CreationDate" not in reader.metadata

    def test_gives_every_formula_and_picture_words(self, name: str) -> None:
        elements = list(structure(PdfReader(BytesIO(PDF[name])).trailer["/Root"]["/StructTreeRoot"]))
        spoken = [element.get("/Alt") for element in elements if element.get("/S") in ("/Formula", "/Figure")]
        assert all(spoken), [words for words in spoken if not words]
        assert spoken or "$" not in str(DOCUMENTS[name])

    def test_is_the_same_bytes_when_it_is_made_again(self, name: str) -> None:
        assert writer("pdf").document(DOCUMENTS[name]) == PDF[name]

    def test_names_each_question_and_the_command_that_makes_it_again(self, name: str) -> None:
        pages = PdfReader(BytesIO(PDF[name])).pages
        text = "".join("".join(page.extract_text().split()) for page in pages)
        for item in DOCUMENTS[name].items:
            assert item.name in text
        assert "quizgensheet--plan" in text


def structure(element):  # type: ignore[no-untyped-def]
    """Every element of a PDF's structure tree."""
    children = element.get("/K", [])
    for child in children if isinstance(children, list) else [children]:
        child = child.get_object() if hasattr(child, "get_object") else child
        if isinstance(child, dict):
            yield child
            yield from structure(child)
