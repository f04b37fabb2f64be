"""quizgen: exam questions on counting in neural networks.

The command line in a few functions; what they give is described in `quizgen.question`:

    >>> import quizgen
    >>> quizgen.make_question("dense-params:7").kind
    'choice'
    >>> sheet = quizgen.make_sheet(topics=["conv"], count=3, seed=7)
    >>> len(quizgen.render_sheet(sheet, "html")) > 1000
    True
    >>> quizgen.solve("28x28x1 conv5x5x32 pool2 conv3x3x32 pool2 flatten dense256 dense10").to_dict()["params"]
    217706
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from quizgen.api import list_entries, make_question, make_sheet, question_dict, render_sheet, sheet_dict
    from quizgen.errors import QuizgenError
    from quizgen.question import Question, Sheet
    from quizgen.solved import Solution, solve

EXPORTS = {
    "Question": "quizgen.question",
    "QuizgenError": "quizgen.errors",
    "Sheet": "quizgen.question",
    "Solution": "quizgen.solved",
    "list_entries": "quizgen.api",
    "make_question": "quizgen.api",
    "make_sheet": "quizgen.api",
    "question_dict": "quizgen.api",
    "render_sheet": "quizgen.api",
    "sheet_dict": "quizgen.api",
    "solve": "quizgen.solved",
}
"""Every public name and its module. None is called like a module of the package, which would hide it."""

__all__ = [
    "Question",
    "QuizgenError",
    "Sheet",
    "Solution",
    "__version__",
    "list_entries",
    "make_question",
    "make_sheet",
    "question_dict",
    "render_sheet",
    "sheet_dict",
    "solve",
]


def __getattr__(name: str) -> Any:
    """Import a public name when it is used: `quizgen --help` needs none of them."""
    if name not in EXPORTS:
        raise AttributeError(f"module 'quizgen' has no attribute {name!r}")
    return getattr(import_module(EXPORTS[name]), name)
