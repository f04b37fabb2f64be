"""The forms of questions: the ways in which something countable is put. One file a form; FORMS lists them."""

from __future__ import annotations

from quizgen.forms.compare import COMPARE
from quizgen.forms.count import COUNT
from quizgen.forms.design import DESIGN
from quizgen.forms.error import ERROR
from quizgen.forms.formula import FORMULA
from quizgen.forms.inverse import INVERSE
from quizgen.forms.memory import MEMORY
from quizgen.forms.mismatch import MISMATCH
from quizgen.forms.rank import RANK
from quizgen.forms.smallest import SMALLEST
from quizgen.forms.student import STUDENT
from quizgen.kind import Form

FORMS: tuple[Form, ...] = (COUNT, MEMORY, INVERSE, SMALLEST, COMPARE, RANK, FORMULA, STUDENT, ERROR, MISMATCH, DESIGN)
"""Every form; the first is that of a template which names none."""


def find_form(name: str) -> Form:
    """The form of that name, which is one of FORMS."""
    return next(form for form in FORMS if form.name == name)


__all__ = ["FORMS", "Form", "find_form"]
