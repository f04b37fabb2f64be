"""Pasted text as a syntax tree, within limits of time and memory."""

from __future__ import annotations

import ast
import re
import warnings

from quizgen.errors import Place
from quizgen.readers.python.cleaning import CLEANING, without_prose
from quizgen.readers.reading import ReadError
from quizgen.readers.shapes import shortened

MOST_CHARACTERS = 1_000_000
MOST_TOKENS = 60_000
"""Words, numbers and signs; a tree of so many takes well under 200 MB."""
MOST_REPAIRS = 60

TOKEN = re.compile(r"\w+|[^\w\s]")


def parsed(text: str, name: str) -> ast.Module:
    """The syntax tree of code as people paste it: with prompts, fences, printed tables, sentences around it.

    Nothing is run. Line numbers are those of the text. name: what the source is called in errors.
    Raises ReadError, naming the line, where it's no code, too much of it, or nested too deeply.
    """
    check_size(text, name)
    try:
        return tree(text)
    except SyntaxError as error:
        first = error
    lines = text.splitlines()
    for clean in CLEANING:
        lines = clean(lines)
    for _ in range(MOST_REPAIRS):
        try:
            return tree("\n".join(lines))
        except SyntaxError as error:
            repaired = without_prose(lines, error.lineno or 1)
            if repaired is None:
                raise unparsable(error, text, name) from error
            lines = repaired
    raise unparsable(first, text, name)


def check_size(text: str, name: str) -> None:
    """Raise ReadError for a text that is too long, or none."""
    if not text.strip():
        raise ReadError("there is nothing in it.", place=Place(name), remedy="Paste the code of a network.")
    if len(text) > MOST_CHARACTERS or sum(1 for _ in TOKEN.finditer(text)) > MOST_TOKENS:
        raise ReadError(
            f"this is too long to be read ({len(text):,} characters).",
            place=Place(name),
            remedy="Paste the network alone.",
        )
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise ReadError("this is no text: it holds a null byte.", place=Place(name, line))


def tree(text: str) -> ast.Module:
    """The syntax tree; raises SyntaxError, also for what Python's parser gives up on."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return ast.parse(text)
        except (RecursionError, MemoryError) as error:
            raise too_deep(text) from error
        except ValueError as error:
            raise SyntaxError(str(error)) from error


def too_deep(text: str) -> SyntaxError:
    """For code that is nested beyond what the parser can hold; its longest line is to blame, most often."""
    lines = text.splitlines()
    error = SyntaxError("the code is nested too deeply")
    error.lineno = max(range(len(lines)), key=lambda place: len(lines[place])) + 1
    return error


def unparsable(error: SyntaxError, text: str, name: str) -> ReadError:
    """For text that is no Python."""
    lines, line = text.splitlines(), error.lineno or 1
    shown = shortened(lines[line - 1].strip()) if line <= len(lines) else ""
    what = f"`{shown}` is no Python that can be read: {shortened(error.msg or 'invalid syntax')}."
    return ReadError(what, place=Place(name, line), remedy="Paste the code of the network alone, as it runs.")
