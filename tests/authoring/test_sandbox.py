"""What a stranger's template may do: little, and not for long. Each of these ends in an error that names its line."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.errors import TemplateError
from quizgen.guard import BUDGET, LONGEST, MOST_DIGITS
from quizgen.layers.base import Shape
from quizgen.prose import Prose
from quizgen.sandbox import Blocks

NAMES: Mapping[str, Any] = {
    "layer": {"units": 12, "filters": 32, "phrase": Prose("a layer"), "output": Shape((26, 24, 8)), "name": "conv1"},
    "answer": 320,
    "sizes": [3, 5, 7],
}


def filled(words: str) -> Prose:
    blocks = Blocks(Path("mine.md"), f"{{% block question %}}\n{words}\n{{% endblock %}}")
    return blocks.fill("question", NAMES)


RUNS_CODE = {
    "{{ layer.__class__ }}": "__class__",
    "{{ layer['__class__'] }}": "__class__",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}": "there is no “__class__” in a str",
    "{{ layer.output.__class__ }}": "there is no “__class__” in a Shape",
    "{{ layer.phrase.text }}": "there is no “text” in a Prose",
    "{{ layer.phrase.__init__.__globals__ }}": "there is no “__init__” in a Prose",
    "{{ range.__self__ }}": "there is no “__self__”",
    "{{ self.question() }}": "there is no “question”",
    "{{ self._TemplateReference__context }}": "there is no “_TemplateReference__context”",
    "{{ layer|attr('__class__') }}": "there is no filter “attr”",
    "{{ [layer]|map(attribute='__class__')|first }}": "there is no “__class__” here",
    "{{ '{0.__class__}'.format(layer) }}": "there is no “format” in a str",
    "{{ '%s' % layer }}": "can't be applied to a str and a dict",
    "{{ layer.items() }}": "there is no “items” here",
    "{{ sizes.append(1) }}": "there is no “append” in a list",
    "{{ 'a'.upper() }}": "there is no “upper” in a str",
    "{{ cycler }}": "there is no “cycler” here",
    "{{ lipsum() }}": "there is no “lipsum” here",
    "{{ namespace(a=1) }}": "there is no “namespace” here",
    "{{ open('/etc/passwd') }}": "there is no “open” here",
    "{{ __import__('os') }}": "there is no “__import__” here",
    "{% include '/etc/passwd' %}": "a template reads no other file.",
    "{% include 'a' ignore missing %}": "a template reads no other file.",
    "{% import 'a' as a %}": "a template reads no other file.",
    "{% from 'a' import b %}": "a template reads no other file.",
    "{% extends 'a' %}": "a template reads no other file.",
    "{{ sizes|random }}": "there is no filter “random”.",
    "{{ layer.name|safe }}": "there is no filter “safe”.",
    "{% autoescape true %}{{ layer.name }}{% endautoescape %}": "there is no “autoescape”.",
    "{% filter upper %}a{% endfilter %}": "there is no “filter” block.",
    "{{ layer.name is filter }}": "can't be printed",
}
RUNS_LATEX = {
    r"$\input{/etc/passwd}$": r"there is no command \input",
    r"$\input{/etc/passwd}{% if answer %}{% endif %}$": r"there is no command \input",
    r"{% macro m() %}\input{/etc/passwd}{{ answer }}{% endmacro %}${{ m() }}$": r"there is no command \input",
    r"{% set a %}\href{javascript:alert(1)}{x}{{ answer }}{% endset %}${{ a }}$": r"there is no command \href",
    r"{% if answer %}${% endif %}\write18{ls}$": r"there is no command \write",
}
ENDLESS = {
    "{{ 'a' * 10**9 }}": "can't be applied to a str and a int",
    "{{ [1] * 10**9 }}": "can't be applied to a list and a int",
    "{{ 10**10**10 }}": "more than 40 digits",
    "{{ 10**(10**10) }}": "too large a power",
    "{{ (10**39) * (10**39) }}": "more than 40 digits",
    "{{ 2**-1 }}": "too large a power, or none",
    "{{ 'a'.center(10**9) }}": "there is no “center” in a str",
    "{{ 'a'|center(10**9) }}": "there is no filter “center”.",
    "{{ 'a'|indent(10**9) }}": "there is no filter “indent”.",
    "{{ '%1000000000d'|format(1) }}": "there is no filter “format”.",
    "{{ '%1000000000d' % 1 }}": "can't be applied to a str and a int",
    "{{ '{:1000000000}'.format(1) }}": "there is no “format” in a str",
    "{{ [1]|batch(10**9, 0)|list }}": "there is no filter “batch”",
    "{{ range(10**9)|list }}": "a range has more than 10,000 numbers.",
    "{{ range(9999)|join(' ' ~ range(9999)|join) }}": "has more than 10,000 characters",
    "{% for a in range(10**9) %}x{% endfor %}": "a range has more than 10,000 numbers.",
    "{% for a in range(999) %}{% for b in range(999) %}{% for c in range(999) %}x{% endfor %}{% endfor %}{% endfor %}": "this takes too much work.",
    "{% for a in sizes recursive %}{{ loop(sizes) }}{% endfor %}": "a loop can't be recursive.",
    "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}": "RecursionError",
    "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(60) }}": "this takes too much work.",
    "{% set a = 'aaaaaaaaaa' %}" + "{% set a = a ~ a %}" * 60 + "{{ a }}": "has more than 10,000 characters",
    "{% set a = 'aaaaaaaaaa' %}" + "{% set a = a + a %}" * 60 + "{{ a }}": "has more than 10,000 characters",
    "{% set a = [1, 2] %}" + "{% set a = [a, a] %}" * 60 + "{{ a|length }}": "has more than 10,000 characters",
    "{% set a = (1, 2) %}" + "{% set a = (a, a) %}" * 60 + "{{ a|length }}": "has more than 10,000 characters",
    "{% set a = {1: 2} %}" + "{% set a = {1: a, 2: a} %}" * 60 + "{{ a|length }}": "has more than 10,000 characters",
    "{% set a = [1, 2] %}" + "{% set a = a + a %}" * 60 + "{{ a|length }}": "has more than 10,000 characters",
    "{% set a %}aaaaaaaaaa{% endset %}"
    + "{% set a %}{{ a }}{{ a }}{% endset %}" * 60
    + "{{ a }}": "has more than 10,000 characters",
    "{% set a = 99 %}" + "{% set a = a * a %}" * 60 + "{{ a }}": "more than 40 digits",
    "{% set a = 99 / 7 %}" + "{% set a = a * a %}" * 60 + "{{ a }}": "more than 40 digits",
    "x" * 70_000: "64,000 at most.",
    "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}": "nested too deeply.",
    "{{ " + "-" * 5000 + "1 }}": "nested too deeply.",
    "{% for a in sizes %}" * 30 + "x" + "{% endfor %}" * 30: "nested too deeply.",
    "{% for a in range(999) %}" + "x" * 900 + "{% endfor %}": "comes to 899,100 characters",
    "{% set a %}{{ 12 }}{{ 13 }}{% endset %}{{ a|reverse }}": "can't be taken apart",
    "{% set a %}{{ 12 }}{% endset %}{{ a[1:] }}": "can't be taken apart",
    r"{{ '\ue0007\ue001' }}": "can't be taken apart",
    r"{{ '\ue000' }}": "can't be taken apart",
}


@pytest.mark.parametrize(
    ("words", "said"), [*RUNS_CODE.items(), *RUNS_LATEX.items(), *ENDLESS.items()], ids=lambda text: repr(text)[:60]
)
def test_a_template_may_not(words: str, said: str) -> None:
    with pytest.raises(TemplateError) as caught:
        filled(words)
    assert said in str(caught.value)
    assert caught.value.place is not None
    assert str(caught.value.place).startswith("mine.md")


MAY: dict[str, tuple[Any, ...]] = {
    "{{ layer.units }}": (12,),
    "{{ layer['units'] }}": (12,),
    "{{ layer.output.channels }}": (8,),
    "{{ layer.output[0] }}": (26,),
    "{{ layer.output.spatial[1] }}": (24,),
    "{{ layer.units * 2 + 1 }}": (25,),
    "{{ layer.units / 4 }}": (3,),
    "{{ layer.units / 5 }}": (Fraction(12, 5),),
    "{{ layer.units // 5 }}": (2,),
    "{{ layer.units % 5 }}": (2,),
    "{{ layer.units ** 2 }}": (144,),
    "{{ 'a' ~ layer.units }}": ("a12",),
    "{{ 'a' + 'b' }}": ("ab",),
    "{{ sizes|join(', ') }}": ("3, 5, 7",),
    "{{ sizes|sum }}": (15,),
    "{{ sizes|map('abs')|max }}": (7,),
    "{{ layer.nothing|default('none') }}": ("none",),
    "{{ layer.name|upper }}": ("CONV1",),
    "{% for size in sizes %}{{ loop.index }}{{ size }}{% endfor %}": (1, 3, 2, 5, 3, 7),
    "{% for i in range(3) %}{{ i }}{% endfor %}": (0, 1, 2),
    "{% for size in sizes if size > 3 %}{{ size }}{% endfor %}": (5, 7),
    "{% macro twice(n) %}{{ n }}{{ n }}{% endmacro %}{{ twice(4) }}": (4, 4),
    "{% set doubled = answer * 2 %}{{ doubled }}": (640,),
    "{% if layer.units in [12, 13] and layer.name is string %}{{ answer }}{% endif %}": (320,),
    "{% with a = 3 %}{{ a }}{% endwith %}": (3,),
}


@pytest.mark.parametrize(("words", "values"), MAY.items(), ids=list(MAY))
def test_a_template_may(words: str, values: tuple[Any, ...]) -> None:
    assert filled(words).values == values


def test_an_error_names_its_line() -> None:
    with pytest.raises(TemplateError) as caught:
        filled("one\n\n{% for a in sizes %}\n{{ 10**10**10 }}\n{% endfor %}")
    assert str(caught.value).startswith("mine.md:5: ")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("{{ layer.unit }}", "Did you mean “units”"),
        ("{{ layr }}", "Did you mean “layer”?"),
        ("{{ sizes|lenght }}", "Did you mean “length”"),
        ("{{ layer.units is od }}", "Did you mean “odd”"),
        ("{{ layer.output.chanels }}", "Did you mean “channels”?"),
        ("{% for a in sizes %}{{ loop.indx }}{% endfor %}", "Did you mean “index”"),
    ],
)
def test_the_nearest_right_name_is_offered(words: str, said: str) -> None:
    with pytest.raises(TemplateError) as caught:
        filled(words)
    assert said in str(caught.value)


EXPRESSIONS = st.recursive(
    st.sampled_from(["layer.units", "answer", "sizes", "layer.name", "'a'", "9", "range(99)", "layer.output", "layer"]),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["+", "-", "*", "/", "//", "%", "**", "~", "in"]), inner).map(
            lambda parts: f"({' '.join(parts)})"
        ),
        st.tuples(inner, st.sampled_from(["list", "join", "sum", "upper", "length", "sort", "max"])).map("|".join),
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]"),
        inner.map(lambda one: f"{one}[1]"),
    ),
    max_leaves=12,
)


@given(st.lists(EXPRESSIONS, max_size=4))
def test_any_template_is_filled_or_refused(expressions: list[str]) -> None:
    words = "".join(f"{{% for a in range(99) %}}{{{{ {one} }}}}{{% endfor %}}" for one in expressions)
    try:
        written = filled(words)
    except TemplateError:
        return
    assert len(written.values) <= BUDGET
    for value in written.values:
        assert len(value) <= LONGEST if isinstance(value, str | tuple) else abs(value) < 10**MOST_DIGITS  # type: ignore[operator, arg-type]
