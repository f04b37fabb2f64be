"""quizgen: exam questions on counting in neural networks.

The command line in three functions; what they give is described in `quizgen.question`:

    >>> import quizgen
    >>> quizgen.question("dense-params:7").kind
    'choice'
    >>> sheet = quizgen.sheet(topics=["conv"], count=3, seed=7)
    >>> len(quizgen.render(sheet, "html")) > 1000
    True
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from quizgen.api import entries, question, question_dict, render, sheet, sheet_dict
    from quizgen.errors import QuizgenError
    from quizgen.question import Question, Sheet

EXPORTS = {
    "entries": "quizgen.api",
    "question": "quizgen.api",
    "question_dict": "quizgen.api",
    "render": "quizgen.api",
    "sheet": "quizgen.api",
    "sheet_dict": "quizgen.api",
    "QuizgenError": "quizgen.errors",
    "Question": "quizgen.question",
    "Sheet": "quizgen.question",
}

__all__ = [
    "Question",
    "QuizgenError",
    "Sheet",
    "__version__",
    "entries",
    "question",
    "question_dict",
    "render",
    "sheet",
    "sheet_dict",
]


def __getattr__(name: str) -> Any:
    """Import a public name when it is used: `quizgen --help` needs none of them."""
    if name not in EXPORTS:
        raise AttributeError(f"module 'quizgen' has no attribute {name!r}")
    return getattr(import_module(EXPORTS[name]), name)
