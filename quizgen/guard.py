"""The Jinja in which templates are rendered: a small language over plain data, in which no template can work for long.

Jinja's sandbox keeps a template from running code, but not from running forever. So every loop, call, operation and
printed value is paid for out of a budget, and what is not needed for questions is left out: methods, other files, most
filters, recursion.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from jinja2 import StrictUndefined, Undefined, nodes, pass_context
from jinja2.runtime import Context, LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer

from quizgen.errors import TemplateError, nearest
from quizgen.layers.base import Shape

BUDGET = 100_000
"""Steps that one block may take; the questions of quizgen take less than a hundred."""
LONGEST = 10_000
"""Characters of a text, items of a list: of any value that a template makes."""
LONGEST_FILE = 64_000
"""Characters of a template."""
MOST_DIGITS = 40
"""Of a number that a template works out."""
CHARACTERS_A_STEP = 100

FILTERS = (
    "abs", "capitalize", "count", "d", "default", "dictsort", "first", "int", "items", "last", "length", "list",
    "lower", "map", "max", "min", "reject", "rejectattr", "reverse", "round", "select", "selectattr", "sort", "sum",
    "title", "trim", "unique", "upper", "wordcount",
)  # fmt: skip
"""Those of Jinja's filters that give no more than they take, and the same each time."""

FIELDS: Mapping[type, tuple[str, ...]] = {
    Shape: ("channels", "spatial"),
    LoopContext: ("index", "index0", "revindex", "revindex0", "first", "last", "length", "cycle", "previtem", "nextitem"),
}  # fmt: skip
"""What can be asked of a value that is no mapping, beside its items."""

METER = "__meter__"
"""The name under which a template's budget is in its reach."""


@dataclass(slots=True)
class Meter:
    """What is left of a budget. weight: what one round of a loop costs, by the length of the template."""

    weight: int = 1
    left: int = BUDGET

    def pay(self, steps: int) -> None:
        self.left -= steps
        if self.left < 0:
            raise TemplateError("this takes too much work.", remedy="Loop over fewer things.")


class Missing(StrictUndefined):
    """A field that nothing carries; any use of it says so, and names the fields that come closest."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        if self._undefined_hint or not isinstance(self._undefined_obj, Mapping):
            return super()._undefined_message
        return f"there is no “{self._undefined_name}” here. {nearest(str(self._undefined_name), self._undefined_obj)}"


class Guarded(ImmutableSandboxedEnvironment):
    """Jinja's immutable sandbox with less in it."""

    intercepted_binops = frozenset(("+", "-", "*", "/", "//", "%", "**"))

    def __init__(self, finalize: Callable[..., str]) -> None:
        super().__init__(
            trim_blocks=True, lstrip_blocks=True, undefined=Missing, finalize=finalize, autoescape=False, cache_size=0
        )
        self.filters = {name: bounded(self.filters[name]) for name in FILTERS} | OWN_FILTERS
        self.globals = {"range": rising}

    def read(self, text: str) -> nodes.Template:
        """The syntax tree of a template, in which all that can grow is paid for. Raises TemplateError or a Jinja error."""
        tree = self.parse(text)
        for kind, (what, remedy) in REFUSED.items():
            for node in tree.find_all(kind):
                raise OnLine(what, node.lineno, remedy)
        return Paying().visit(tree).set_environment(self)  # type: ignore[no-any-return]

    def getattr(self, obj: Any, attribute: str) -> Any:
        return self.field(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        if isinstance(argument, str):
            return self.field(obj, argument)
        if isinstance(obj, Sequence) and isinstance(argument, int | slice):
            try:
                return obj[argument]
            except IndexError:
                return self.undefined(f"there is no item {argument} here.")
        return self.undefined(f"a {type(obj).__name__} has no items.")

    def field(self, obj: Any, name: str) -> Any:
        """A field of plain data; methods are none."""
        if isinstance(obj, Undefined):
            obj._fail_with_undefined_error()
        if isinstance(obj, Mapping):
            return obj[name] if name in obj else self.undefined(obj=obj, name=name)
        known = next((names for kind, names in FIELDS.items() if isinstance(obj, kind)), ())
        if name in known:
            return getattr(obj, name)
        return self.undefined(
            f"there is no “{name}” in a {type(obj).__name__}. {nearest(name, known) if known else ''}"
        )

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:
        meter = meter_of(__context)
        meter.pay(meter.weight)
        return super().call(__context, __obj, *args, **kwargs)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        if operator == "+" and type(left) is type(right) and isinstance(left, str | list):
            return checked(context, left + right)
        if not all(isinstance(side, int | Fraction) for side in (left, right)):
            kinds = " and a ".join(type(side).__name__ for side in (left, right))
            raise TemplateError(f"“{operator}” can't be applied to a {kinds}.", remedy="It is for whole numbers.")
        if operator == "**" and not (isinstance(right, int) and 0 <= right <= 4 * MOST_DIGITS):
            raise TemplateError(f"{right} is too large a power, or none.")
        exact = Fraction(left) if operator == "/" else left
        return checked(context, whole(super().call_binop(context, operator, exact, right)))


class OnLine(Exception):
    """Something that a template may not do, and the line on which it does."""

    def __init__(self, what: str, line: int, remedy: str) -> None:
        self.what, self.line, self.remedy = what, line, remedy
        super().__init__(what)


class Paying(NodeTransformer):
    """Puts a filter that pays around whatever can grow: loops, joined texts, lists."""

    def visit_For(self, node: nodes.For) -> nodes.Node:
        if node.recursive:
            raise OnLine("a loop can't be recursive.", node.lineno, "Leave out “recursive”.")
        self.generic_visit(node)
        node.iter = filtered(node.iter, EACH)
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:
        self.generic_visit(node)
        return filtered(nodes.List(node.nodes, lineno=node.lineno), JOINED)

    def visit_List(self, node: nodes.List) -> nodes.Node:
        self.generic_visit(node)
        return filtered(node, MADE)

    visit_Dict = visit_List

    def visit_Tuple(self, node: nodes.Tuple) -> nodes.Node:
        self.generic_visit(node)
        return filtered(node, MADE) if node.ctx == "load" else node


def filtered(node: Any, name: str) -> nodes.Filter:
    return nodes.Filter(node, name, [], [], None, None, lineno=node.lineno)


def meter_of(context: Context) -> Meter:
    meter: Meter = context[METER]
    return meter


def whole(number: Any) -> Any:
    """An int for a fraction that is one."""
    return int(number) if isinstance(number, Fraction) and number.denominator == 1 else number


def checked(context: Context, value: Any) -> Any:
    """The value, paid for by its size. Raises TemplateError where it is too large."""
    if isinstance(value, int | Fraction):
        if max(abs(value.numerator), value.denominator) >= 10**MOST_DIGITS:
            raise TemplateError(f"a number has more than {MOST_DIGITS} digits.")
    elif weight(value) > LONGEST:
        raise TemplateError(f"a text or list has more than {LONGEST:,} characters or items.")
    meter_of(context).pay(1 + weight(value) // CHARACTERS_A_STEP)
    return value


def weight(value: Any, room: int = LONGEST) -> int:
    """The characters and items of a value, those of its items too; it stops to count when there is no more room."""
    if isinstance(value, str | range):
        return len(value)
    if not isinstance(value, list | tuple | dict):
        return 1
    total = len(value)
    for item in value.values() if isinstance(value, dict) else value:
        if total > room:
            break
        total += weight(item, room - total)
    return total


def bounded(filter: Callable[..., Any]) -> Callable[..., Any]:
    """A filter that is paid for, whose result is no larger than any value may be."""
    wants = getattr(filter, "jinja_pass_arg", None)

    @pass_context
    def paid(context: Context, value: Any, *args: Any, **kwargs: Any) -> Any:
        checked(context, value)
        passed = {"context": context, "eval_context": context.eval_ctx, "environment": context.environment}
        found = filter(*([passed[wants.name]] if wants else []), value, *args, **kwargs)
        if isinstance(found, Iterator):
            found = list(found)
        return checked(context, found)

    return paid


@pass_context
def each(context: Context, items: Any) -> Any:
    """What a loop runs over, paid for in advance."""
    found = items if isinstance(items, Sequence | Undefined) else list(items)
    if not isinstance(found, Undefined):
        meter = meter_of(context)
        meter.pay(len(checked(context, found)) * meter.weight)
    return found


def joined(parts: Sequence[Any], separator: str = "") -> str:
    """Texts one after the other."""
    if (len(parts) - 1) * len(separator) > LONGEST:
        raise TemplateError(f"a text has more than {LONGEST:,} characters.")
    return str(separator).join(map(said, parts))


def said(value: Any) -> str:
    """A value as a part of a text; undefined ones say so."""
    if isinstance(value, str | int | Fraction | Undefined):
        return str(value)
    raise TemplateError(f"a {type(value).__name__} can't be part of a text.", remedy="Print it on its own: {{ ... }}.")


def rising(*bounds: int) -> range:
    """Python's range, up to a length."""
    found = range(*bounds)
    if len(found) > LONGEST:
        raise TemplateError(f"a range has more than {LONGEST:,} numbers.")
    return found


EACH, JOINED, MADE = "__each", "__joined", "__made"
"""The names of the filters that `Paying` puts in."""

OWN_FILTERS: dict[str, Callable[..., Any]] = {
    EACH: each,
    JOINED: bounded(joined),
    MADE: bounded(lambda value: value),
    "join": bounded(joined),
}
REFUSED: Mapping[type[nodes.Node], tuple[str, str]] = {
    **dict.fromkeys(
        (nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends),
        ("a template reads no other file.", "Write it out here."),
    ),
    nodes.FilterBlock: ("there is no “filter” block.", "Write {{ value|filter }}."),
    nodes.ScopedEvalContextModifier: ("there is no “autoescape”.", "Values are never taken for markup."),
}
"""What no template may hold, and what to do about it."""
