"""The code in a Jupyter notebook (https://nbformat.readthedocs.io/en/latest/format_description.html)."""

from __future__ import annotations

import json
from typing import Any

from quizgen.errors import Place
from quizgen.readers.reading import ReadError

BEGINNING = 2000


def looks_like_notebook(text: str) -> bool:
    """Whether a text is the JSON of a notebook."""
    return text.lstrip().startswith("{") and '"cells"' in text and '"class_name"' not in text[:BEGINNING]


def code_of_notebook(text: str, place: Place | None) -> str:
    """The code cells one after the other, their magic commands left out by whoever reads the code. Raises ReadError."""
    try:
        notebook = json.loads(text)
        return "\n\n".join(code for cell in notebook["cells"] if (code := code_of(cell)))
    except (ValueError, RecursionError, LookupError, TypeError, AttributeError) as error:
        raise ReadError("this notebook cannot be read.", place=place, remedy="Paste its code.") from error


def code_of(cell: Any) -> str:
    """The text of a code cell; nothing for any other."""
    source = cell.get("source", "") if cell.get("cell_type") == "code" else ""
    return source if isinstance(source, str) else "".join(source)
