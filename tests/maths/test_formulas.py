"""formulas.toml says what each formula becomes; here it is checked, and shown to Typst and an XML parser."""

from __future__ import annotations

import json
import tomllib
from html import escape
from pathlib import Path
from xml.etree import ElementTree

import pytest
import typst as typst_compiler

from quizgen.maths import mathml, parse, plain, spoken, typst
from quizgen.maths.parse import DEEPEST
from tests.maths.slots import filled, marked

FORMULAS = [
    {form: marked(text) for form, text in formula.items()}
    for formula in tomllib.loads(Path(__file__).with_name("formulas.toml").read_text(encoding="utf-8"))["formula"]
]
each_formula = pytest.mark.parametrize("formula", FORMULAS, ids=[formula["latex"] for formula in FORMULAS])


@each_formula
@pytest.mark.parametrize("write", [plain, spoken, typst], ids=["plain", "spoken", "typst"])
def test_formula_is_written_as_the_table_says(formula, write):
    assert write(parse(formula["latex"])) == formula[write.__name__]


@each_formula
def test_mathml_holds_the_formula_and_its_spoken_form(formula):
    opening = f'<math xmlns="http://www.w3.org/1998/Math/MathML" alttext="{escape(formula["spoken"])}">'
    assert mathml(parse(formula["latex"])) == f"{opening}{formula['mathml']}</math>"


@each_formula
def test_displayed_mathml_is_well_formed_and_says_that_it_is_a_block(formula):
    element = ElementTree.fromstring(mathml(parse(formula["latex"]), display=True))
    assert element.tag.endswith("}math")
    assert element.get("display") == "block"
    assert element.get("alttext") == formula["spoken"]


def test_typst_sets_every_formula_in_an_accessible_pdf():
    document = ['#set document(title: "Formulas", date: none)']
    for formula in FORMULAS:
        node = parse(formula["latex"])
        content, alternative = (filled(text, "26 × 26 × 7,600") for text in (typst(node), spoken(node)))
        alt = json.dumps(alternative, ensure_ascii=False)
        document.append(f"#math.equation(alt: {alt}, ${content}$)")
        document.append(f"#math.equation(alt: {alt}, block: true, $ {content} $)")
    pdf = typst_compiler.compile("\n\n".join(document).encode(), pdf_standards=["ua-1"])
    assert pdf is not None
    assert pdf.startswith(b"%PDF")


@pytest.mark.parametrize(
    ("opened", "closed"),
    [
        ("{", "}"),
        ("(", ")"),
        (r"\sqrt{", "}"),
        (r"\frac{1}{", "}"),
        ("x^{", "}"),
        (r"\left\lfloor ", r"\right\rfloor "),
    ],
)
def test_every_writer_reaches_the_deepest_level_that_is_read(opened, closed):
    levels = DEEPEST - 1
    node = parse(opened * levels + r"\text{core}" + closed * levels)
    for write in (mathml, plain, spoken):
        assert "core" in write(node)
    assert typst_compiler.compile(f"$ {typst(node)} $".encode())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (r"7{,}600", r"7 {,} 600"),
        (r"a-b", r"a(-b)"),
        (r"\frac{n-k}{s}", r"n-\frac{k}{s}"),
        (r"\sqrt{n+1}", r"\sqrt{n}+1"),
        (r"\left\lfloor n \right\rfloor^2", r"\left\lfloor n^2 \right\rfloor"),
        (r"\frac{\frac{a}{b}}{c}", r"\frac{a}{\frac{b}{c}}"),
        (r"2^{n-1}", r"2^{n}-1"),
        (r"k", r"K"),
    ],
)
def test_formulas_that_differ_sound_and_read_differently(one, other):
    assert spoken(parse(one)) != spoken(parse(other))
    assert plain(parse(one)) != plain(parse(other))


@pytest.mark.parametrize(
    ("latex", "same"),
    [
        (r"\left(n + 1\right)", "(n+1)"),
        (r"\left\lfloor n \right\rfloor", r"\lfloor n\rfloor"),
        (r"\left|n\right|", "|n|"),
        (r"x^{2}_{i}", "x_i^2"),
        (r"{k}^{2}", "k^2"),
        (r"a\leq b", r"a \le b"),
        (r"\frac 1 2", r"\frac{1}{2}"),
    ],
)
def test_two_ways_to_write_one_formula(latex, same):
    assert parse(latex) == parse(same)
