"""Jinja in its sandbox: a block of a template, and the names in its reach, become a Prose.

Every value that a block prints leaves a mark (see `quizgen.prose`), so that no value can be mistaken for markup.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Template, TemplateSyntaxError, UndefinedError, nodes, pass_context
from jinja2.exceptions import TemplateError as JinjaError
from jinja2.runtime import Context

from quizgen.errors import Place, QuizgenError, TemplateError, nearest
from quizgen.guard import CHARACTERS_A_STEP, LONGEST_FILE, METER, Guarded, Meter, OnLine, checked
from quizgen.layers.base import Shape
from quizgen.prose import (
    MARK,
    MARK_CLOSES,
    MARK_OPENS,
    Blank,
    Block,
    Code,
    Drawing,
    Filling,
    Items,
    Maths,
    Prose,
    Table,
    Value,
)

NOTHING = Prose("")
PRINTABLE = (int, Fraction, str, Shape, Maths, Code, Table, Items, Drawing, Prose, Blank, Block)
IN_CODE = (int, Fraction, str, Shape)
IN_FORMULA = (*IN_CODE, Maths)
BLOCKS = (Table, Items, Drawing, Block)
"""Values that need a paragraph of their own."""

FILLING = "__filling__"
"""The name under which a block collects what it prints."""

MISUSES = (JinjaError, TypeError, ValueError, ArithmeticError, AttributeError, LookupError, RecursionError)
"""What an expression in a template can raise: what the sandbox forbids, a sum of texts, a filter on the wrong thing."""

CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
FORMULA = re.compile(r"\$\$(?P<display>.+?)\$\$|(?<!\\)\$(?!\s)(?P<inline>[^$]+?)(?<![\s\\])\$", re.DOTALL)
"""Code, and the formulas outside of it, as the writers' Markdown reads them."""


@pass_context
def leave_mark(context: Context, value: Any) -> str:
    """What Jinja prints for a value: the mark at which it will stand. The words of a macro have theirs already."""
    if value is None or value == "" or value == NOTHING:
        return ""
    filling: Filling = context[FILLING]
    if isinstance(value, str) and (MARK_OPENS in checked(context, value) or MARK_CLOSES in value):
        return whole_marks(value, len(filling.values))
    if isinstance(value, bool) or not isinstance(value, PRINTABLE):
        remedy = "Name one of its fields." if isinstance(value, Mapping) else "Use it in {% if %} or {% for %}."
        raise TemplateError(f"a {type(value).__name__} can't be printed.", remedy=remedy)
    return filling(value)


def whole_marks(text: str, count: int) -> str:
    """A text that has its marks already; raises TemplateError where one of them is broken or stands for nothing."""
    rest = MARK.sub("", text)
    if MARK_OPENS in rest or MARK_CLOSES in rest or any(int(index) >= count for index in MARK.findall(text)):
        raise TemplateError("a text with values in it can't be taken apart.", remedy="Put it together as it shall be.")
    return text


ENVIRONMENT = Guarded(finalize=leave_mark)


class Refusing(Filling):
    """A filling that refuses one value, so that the error comes up on the value's line."""

    def __init__(self, index: int, why: str) -> None:
        super().__init__()
        self.index, self.why = index, why

    def __call__(self, value: Value) -> str:
        if len(self.values) == self.index:
            raise TemplateError(self.why)
        return super().__call__(value)


@dataclass(frozen=True)
class Blocks:
    """The Jinja blocks of a file. body: its text, with blank lines for the front matter, so that lines keep numbers.

    Raises TemplateError, with file and line, where a block can't be read or filled.
    """

    path: Path
    body: str

    @cached_property
    def read(self) -> tuple[nodes.Template, Template]:
        """Its syntax tree, and the template that fills it."""
        if len(self.body) > LONGEST_FILE:
            raise TemplateError(
                f"it has {len(self.body):,} characters, {LONGEST_FILE:,} at most.", place=Place(self.path)
            )
        try:
            tree = ENVIRONMENT.read(self.body)
            return tree, ENVIRONMENT.from_string(tree)
        except TemplateSyntaxError as error:
            what, remedy = misspelt(str(error.message))
            raise TemplateError(what, place=Place(self.path, error.lineno), remedy=remedy) from None
        except OnLine as error:
            raise TemplateError(error.what, place=Place(self.path, error.line), remedy=error.remedy) from None
        except (RecursionError, SyntaxError, MemoryError):
            raise TemplateError("it is nested too deeply.", place=Place(self.path)) from None

    @property
    def tree(self) -> nodes.Template:
        return self.read[0]

    @property
    def jinja(self) -> Template:
        return self.read[1]

    @cached_property
    def mentioned(self) -> frozenset[str]:
        """The names that its blocks use, so that others need not be worked out."""
        return frozenset(node.name for node in self.tree.find_all(nodes.Name))

    def fields_of(self, name: str, block: str) -> tuple[str, ...]:
        """The fields of a name that a block uses, in the order of their first use."""
        tree = next(node for node in self.tree.find_all(nodes.Block) if node.name == block)
        found = (node.attr for node in tree.find_all(nodes.Getattr) if getattr(node.node, "name", "") == name)
        return tuple(dict.fromkeys(found))

    def fill(self, block: str, names: Mapping[str, Any]) -> Prose:
        """The Prose of one block, with these names in reach."""
        filling = Filling()
        text = self.text(block, names, filling)
        if len(text) > LONGEST_FILE:
            raise TemplateError(f"the block “{block}” comes to {len(text):,} characters.", place=Place(self.path))
        mistake = wrong_formula(text)
        if mistake:
            raise TemplateError(mistake[0], place=Place(self.path), remedy=mistake[1])
        misplaced = first_misplaced(text, filling.values)
        if misplaced:
            self.text(block, names, Refusing(*misplaced))
        return filling.prose(text)

    def text(self, block: str, names: Mapping[str, Any], filling: Filling) -> str:
        meter = Meter(1 + len(self.body) // CHARACTERS_A_STEP)
        context = self.jinja.new_context({**names, FILLING: filling, METER: meter})
        try:
            return "".join(self.jinja.blocks[block](context)).strip("\n")
        except UndefinedError as error:
            raise TemplateError(undefined(str(error), names), place=self.line_in(error)) from None
        except QuizgenError as error:
            raise TemplateError(error.what, place=error.place or self.line_in(error), remedy=error.remedy) from None
        except MISUSES as error:
            raise TemplateError(
                f"{type(error).__name__}: {str(error).rstrip('.')}.", place=self.line_in(error)
            ) from None

    def line_in(self, error: BaseException) -> Place:
        """The line of the template on which an error came up."""
        trace, line = error.__traceback__, None
        while trace is not None:
            if trace.tb_frame.f_code.co_filename == "<template>":
                line = self.jinja.get_corresponding_lineno(trace.tb_lineno)
            trace = trace.tb_next
        return Place(self.path, line)


def misspelt(message: str) -> tuple[str, str]:
    """Jinja's message about a template that can't be read, and what would be right."""
    unknown = re.match(r"No (filter|test) named '(.*?)'", message)
    if not unknown:
        return f"{message.rstrip('.')}.", ""
    known = ENVIRONMENT.filters if unknown[1] == "filter" else ENVIRONMENT.tests
    shown = [name for name in known if not name.startswith("_")]
    return f"there is no {unknown[1]} “{unknown[2]}”.", nearest(unknown[2], shown)


def undefined(message: str, names: Mapping[str, Any]) -> str:
    """Jinja's message about a name that nothing carries, with the names that come closest."""
    missing = re.match(r"'(\w+)' is undefined", message)
    if missing:
        known = [name for name in names if not name.startswith("_")]
        return f"there is no “{missing[1]}” here. {nearest(missing[1], known)}"
    return message if message.startswith("there is no") else f"{message}."


def first_misplaced(text: str, values: Sequence[Value]) -> tuple[int, str] | None:
    """The first value that can't stand where its mark does, and why."""
    alone, in_code, in_formula = standing(text)
    for index, value in enumerate(values):
        kind = type(value).__name__
        if isinstance(value, BLOCKS) and index not in alone:
            return index, f"a {kind} needs a paragraph of its own, with a blank line before and after it."
        if index in in_code and not isinstance(value, IN_CODE):
            return index, f"a {kind} can't stand in code."
        if index in in_formula and not isinstance(value, IN_FORMULA):
            return index, f"a {kind} can't stand in a formula."
    return None


@lru_cache(maxsize=1024)
def wrong_formula(text: str) -> tuple[str, str] | None:
    """What is wrong with a formula that the words have come to, and the remedy: one that was put together of parts
    stands in no template, and LaTeX would run whatever it says."""
    for formula in FORMULA.finditer(CODE.sub("", text)):
        from quizgen import maths  # most words have no formula of their own

        try:
            maths.parse(formula["display"] or formula["inline"])
        except maths.MathsError as error:
            return error.what, error.remedy
    return None


@lru_cache(maxsize=1024)
def standing(text: str) -> tuple[frozenset[int], frozenset[int], frozenset[int]]:
    """The marks that have a paragraph to themselves, those in code, and those in formulas."""
    alone = (MARK.fullmatch(paragraph.strip()) for paragraph in re.split(r"\n\s*\n", text))
    outside_code = CODE.sub("", text)
    return (
        frozenset(int(match[1]) for match in alone if match),
        frozenset(int(index) for code in CODE.findall(text) for index in MARK.findall(code)),
        frozenset(int(mark[1]) for formula in FORMULA.finditer(outside_code) for mark in MARK.finditer(formula[0])),
    )
