"""What holds for every formula of the subset, and for every expression that SymPy prints in it."""

from __future__ import annotations

import math
import operator
import re
from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from xml.etree import ElementTree

import pytest
import sympy
import typst as typst_compiler
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy.parsing.sympy_parser import implicit_multiplication, parse_expr, split_symbols, standard_transformations

from quizgen.maths import MathsError, mathml, parse, plain, spoken, typst
from quizgen.maths.symbols import SYMBOLS
from tests.maths.slots import MARK, filled, mark

LETTERS = "abcdfghikmnprstwxKW"
marks = st.integers(0, 40).map(mark)
atoms = st.one_of(
    st.sampled_from(LETTERS),
    st.integers(0, 10**7).map(str),
    st.integers(1_000, 999_999).map(lambda number: f"{number:,}".replace(",", "{,}")),
    marks,
    st.sampled_from([r"\alpha", r"\Sigma", r"\infty", r"\ldots", r"\text{if }", r"\mathrm{filters}", r"\mathbf{W}"]),
    marks.map(lambda slot: rf"\text{{{slot} bytes}}"),
)
signs = st.sampled_from(
    [" ", "+", "-", "=", "<", ",", "/", "!", r"\times ", r"\cdot ", r"\bmod ", r"\leq ", r"\,", r"\quad "]
)


def larger(formulas: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    row = st.tuples(formulas, signs, formulas).map("".join)
    return st.one_of(
        row,
        row.map(lambda body: rf"\left({body}\right)"),
        row.map(lambda body: rf"\left\lfloor{{{body}}}\right\rfloor"),
        row.map(lambda body: f"({body})"),
        formulas.map(lambda body: rf"\sqrt{{{body}}}"),
        formulas.map(lambda body: rf"-{body}"),
        st.builds(r"\frac{{{}}}{{{}}}".format, formulas, formulas),
        st.builds("{{{}}}_{{{}}}".format, formulas, formulas),
        st.builds("{{{}}}^{{{}}}".format, formulas, formulas),
        st.builds(r"\sum_{{{}}}^{{{}}} {}".format, formulas, formulas, formulas),
        st.builds(r"\max\left({}, {}\right)".format, formulas, formulas),
    )


formulas = st.recursive(atoms, larger, max_leaves=12)
aligned = st.lists(st.tuples(formulas, formulas), min_size=1, max_size=3).map(
    lambda lines: r"\begin{aligned} " + r" \\ ".join(f"{left} &= {right}" for left, right in lines) + r" \end{aligned}"
)


@given(formulas | aligned)
def test_slots_survive_every_writer(latex):
    node, slots = parse(latex), Counter(MARK.findall(latex))
    for write in (plain, spoken, typst):
        assert Counter(MARK.findall(write(node))) == slots
    assert Counter(MARK.findall(mathml(node))) == slots + slots  # once in the formula, once in its alternative text


@given(formulas | aligned, st.booleans())
def test_mathml_is_well_formed_with_its_slots_filled(latex, display):
    element = ElementTree.fromstring(filled(mathml(parse(latex), display), "26 × 26 × 7,600"))
    counted = {"mfrac": 2, "msub": 2, "msup": 2, "msubsup": 3, "mroot": 2, "munder": 2, "munderover": 3}
    for child in element.iter():
        tag = child.tag.partition("}")[2]
        assert len(child) == counted.get(tag, len(child))


@given(formulas)
def test_text_forms_are_single_lines_without_loose_spaces(latex):
    text, speech = plain(parse(latex)), spoken(parse(latex))
    assert text == text.strip()
    assert "\n" not in text
    assert speech == " ".join(speech.split())


@settings(max_examples=8, deadline=None)
@given(st.lists(formulas | aligned, min_size=25, max_size=25))
def test_typst_understands_every_formula(latexes):
    document = "\n\n".join(f"$ {filled(typst(parse(latex)), '26 × 26 × 7,600')} $" for latex in latexes)
    assert typst_compiler.compile(document.encode())


pieces = st.sampled_from(
    [*"ab01{}()[]|^_'&,.\\ \ue000\ue001%$×", *SYMBOLS, r"\frac", r"\sqrt", r"\left", r"\right", r"\text", "\\\\"]
)


@given(st.lists(pieces).map("".join))
def test_any_text_is_a_formula_or_an_error_of_the_user(text):
    try:
        node = parse(text)
    except MathsError as refusal:
        column = refusal.column
    else:
        column = 1
        ElementTree.fromstring(mathml(node))
    assert 1 <= column <= len(text) + 1


# --- what SymPy prints has the same value after it has been read and written as plain text ---

VALUES = {
    sympy.Symbol(name, positive=True, integer=True): Fraction(value) for name, value in (("n", 29), ("k", 5), ("s", 3))
}
SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
CODE = str.maketrans({"×": "*", "·": "*", "−": "-", "⌊": " floor(", "⌋": ")", "⌈": " ceiling(", "⌉": ")"})


@dataclass(frozen=True)
class Valued:
    """An expression beside its value, which Python's fractions work out."""

    expression: sympy.Expr
    value: Fraction


def joined(operation):
    return lambda one, other: Valued(operation(one.expression, other.expression), operation(one.value, other.value))


def rounded(symbolic, numeric):
    return lambda part: Valued(symbolic(part.expression), Fraction(numeric(part.value)))


leaves = st.sampled_from([Valued(symbol, value) for symbol, value in VALUES.items()]) | st.integers(1, 9).map(
    lambda number: Valued(sympy.Integer(number), Fraction(number))
)
divisors = leaves | st.one_of(
    *(st.builds(joined(operation), leaves, leaves) for operation in (operator.add, operator.mul, operator.truediv))
)


def combined(parts):
    quotients = st.builds(joined(operator.truediv), parts, divisors)
    return st.one_of(
        *(st.builds(joined(operation), parts, parts) for operation in (operator.add, operator.sub, operator.mul)),
        quotients,
        quotients.map(rounded(sympy.floor, math.floor)),
        quotients.map(rounded(sympy.ceiling, math.ceil)),
        parts.map(lambda part: Valued(part.expression**2, part.value**2)),
    )


expressions = st.recursive(leaves, combined, max_leaves=6)


def unevaluated(draw):
    with sympy.evaluate(False):
        return draw(expressions)


def read_back(text):
    code = re.sub("[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+", lambda power: f"**{power[0].translate(SUPERSCRIPTS)}", text).translate(CODE)
    rules = (*standard_transformations, split_symbols, implicit_multiplication)
    return parse_expr(code, local_dict={str(symbol): symbol for symbol in VALUES}, transformations=rules)


@pytest.mark.parametrize("mul_symbol", ["times", None])
@settings(deadline=None, max_examples=40)
@given(data=st.data())
def test_plain_text_of_what_sympy_prints_has_the_same_value(mul_symbol, data):
    printed = unevaluated(data.draw)
    text = plain(parse(sympy.latex(printed.expression, order="none", mul_symbol=mul_symbol)))
    assert read_back(text).subs(VALUES) == sympy.sympify(printed.value)
