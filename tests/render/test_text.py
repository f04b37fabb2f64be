"""Plain text: how each construct is written, and what fits into how many columns."""

from textwrap import dedent

import pytest

from quizgen.layers.base import Shape
from quizgen.prose import Blank, Code, Drawing, Items, Maths, Prose, Table, Value, mark, prose
from quizgen.render.columns import columns
from quizgen.render.document import (
    AnswerLine,
    Document,
    Fields,
    Item,
    OptionList,
    Reasons,
    TrueFalseList,
    WorkingSpace,
)
from quizgen.render.text import LAST_RESORT, TABLE_WIDTH, WIDTH, TextWriter, breakable
from tests.render.sample import KEY, LONG, QUESTIONS, SOLUTIONS, TOTAL

PRODUCT = Maths(rf"{mark(0)} \times \left({mark(1)} + 1\right)", (1000, 27))
WORDS = "words that go on and on " * 4

RUNNING: list[tuple[Prose, str]] = [
    (prose("**strong**, *emphasised*,\n`code`"), "strong, emphasised, code"),
    (prose("[a link](https://example.org)"), "a link (https://example.org)"),
    (prose("<https://example.org>"), "https://example.org"),
    (prose("{} of {}", 7600, Shape((26, 26, 1024))), "7,600 of 26 × 26 × 1,024"),
    (prose("${}$ and $n^2 \\leq {}$", PRODUCT, 7600), "1,000 × (27 + 1) and n² ≤ 7,600"),
    (prose("$n = {}$", "a_b $5"), "n = a_b $5"),
    (prose("{}", "several\n\nlines\t\x1b[31mand colours"), "several lines [31mand colours"),
    (prose("say {} here", Blank()), "say ______ here"),
    (prose("# A title\n## A part\n### A detail"), "A title\n=======\n\nA part\n------\n\nA detail"),
    (prose("> {}", "quoted"), "> quoted"),
]  # fmt: skip

BLOCKS: list[tuple[Value, str]] = [
    (Maths(PRODUCT.latex, PRODUCT.values, display=True), "    1,000 × (27 + 1)"),
    (
        LONG,
        """\
            4 × (units × (features + units) + units)
                = 4 × (1,024 × (512 + 1,024) + 1,024)
                = 4 × 1,573,888
                = 6,295,552""",
    ),
    (Maths(r"\begin{aligned} a &= 1 \\ &= 2 \end{aligned}", display=True), "    a = 1\n        = 2"),
    (Code("if x:\n    y = 1\n\n"), "    if x:\n        y = 1"),
    (Items((prose("a"), prose("b"))), "• a\n• b"),
    (Items((prose("a"),) * 10, numbered=True), "\n".join(f"{n:>2}. a" for n in range(1, 11))),
    (Items((prose("{}", Code("x = 1")),)), "•     x = 1"),
    (OptionList((("A", 2500), ("B", 7600))), "A  2,500    B  7,600"),
    (
        OptionList((("A", "x" * 40), ("B", WORDS))),
        f"A  {'x' * 40}\nB  words that go on and on words that go on and on words that go on and\n"
        "   on words that go on and on",
    ),
    (TrueFalseList((prose("It has {}.", 7600),)), "1. T / F  It has 7,600."),
    (AnswerLine(), "Answer: ______"),
    (Fields(("Name", "Date")), f"Name {'_' * 30}  Date {'_' * 30}"),
    (WorkingSpace(4), ""),
    (
        Reasons("Why not ...?", (("A", 25, prose(WORDS)), ("B", 7600, prose("No.")))),
        "Why not ...?\nA     25  words that go on and on words that go on and on words that go\n"
        "          on and on words that go on and on\nB  7,600  No.",
    ),
    (Reasons("Why?", (("1", "", prose("No.")),)), "Why?\n1  No."),
    (Reasons("Why?", (("", 3, prose("No.")), ("", 12, prose("No.")))), "Why?\n 3  No.\n12  No."),
    (
        OptionList(tuple((letter, letter * 20) for letter in "ABCD")),
        f"A  {'A' * 20}    B  {'B' * 20}\nC  {'C' * 20}    D  {'D' * 20}",
    ),
    (Reasons("Why?", (("A", "a value with some words", prose("No.")),)), "Why?\nA  a value with some words: No."),
    (Drawing("<svg/>", "A net.", "●─●\n", 9.0), "    ●─●"),
    (
        Table(("Layer", "Shape", "Count"), (("a", Shape((3, 3)), 7600), ("Total", "", Blank())), "lcr", True),
        """\
            Layer  Shape   Count
            ────────────────────
            a      3 × 3   7,600
            ────────────────────
            Total         ______""",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "written"), RUNNING, ids=[text.text for text, _ in RUNNING])
def test_running_text(text: Prose, written: str) -> None:
    assert TextWriter().prose(text).strip("\n") == written


@pytest.mark.parametrize(("value", "written"), BLOCKS, ids=[type(value).__name__ for value, _ in BLOCKS])
def test_blocks(value: Value, written: str) -> None:
    expected = dedent(written) if "\n            " in written else written
    assert dedent(TextWriter().prose(prose("{}", value))).strip("\n") == dedent(expected)


def test_an_item_hangs_from_its_number_and_ends_in_its_name() -> None:
    document = Document(
        "questions",
        "",
        prose("# A sheet"),
        (Item(9, "a:1", prose("{}\n\n{}", WORDS.strip(), PRODUCT), 2), Item(10, "b:2", prose("Two?"), title="Title")),
        "quizgen sheet --seed 1",
        label="B",
    )
    assert TextWriter().document(document).decode().split("\n") == [
        "A sheet",
        "=======",
        "",
        " 9. words that go on and on words that go on and on words that go on and",
        "    on words that go on and on",
        "",
        "    1,000 × (27 + 1)",
        "2 points · a:1".rjust(WIDTH),
        "",
        "10. Title",
        "",
        "    Two?",
        "b:2".rjust(WIDTH),
        "",
        "─" * WIDTH,
        "B · Made by quizgen sheet --seed 1",
        "",
    ]


@pytest.mark.parametrize("document", [QUESTIONS, SOLUTIONS, KEY], ids=["questions", "solutions", "key"])
def test_no_line_is_wider_than_a_terminal(document: Document) -> None:
    lines = TextWriter().document(document).decode().split("\n")
    assert max(map(len, lines)) <= TABLE_WIDTH
    assert not any(line != line.rstrip() or "\u00a0" in line for line in lines)


@pytest.mark.parametrize(
    ("room", "parts"),
    [
        (60, ["4 × (x + 1) × 20", "= 4 × 20 × 20", "= 1,600"]),
        (13, ["4 × (x", "+ 1) × 20", "= 4 × 20 × 20", "= 1,600"]),
        (5, ["4", "× (x", "+ 1)", "× 20", "= 4", "× 20", "× 20", "= 1,600"]),
    ],
)
def test_a_formula_is_broken_before_relations_then_before_sums_then_before_products(
    room: int, parts: list[str]
) -> None:
    written = breakable("4 × (x + 1) × 20 = 4 × 20 × 20 = 1,600", room)
    assert [part.replace("\u00a0", " ") for part in written.split(" ")] == parts


def test_the_widest_column_of_a_table_gives_way() -> None:
    rows = [("Layer", "Settings"), ("conv", "a cell with several words")]
    assert columns(rows, "lr", 20, LAST_RESORT) == [
        "Layer       Settings",
        "conv     a cell with\n       several words",
    ]


def test_a_table_of_calculations_fits() -> None:
    lines = TextWriter().prose(prose("{}", TOTAL)).split("\n")
    assert max(map(len, lines)) <= TABLE_WIDTH
    assert all(
        line.endswith(("Parameters", "─", "0")) or line.startswith(" ") or line[-1:].isdigit() or not line
        for line in lines
    )


def test_a_word_that_fits_nowhere_stays_whole() -> None:
    word = "x" * (TABLE_WIDTH + 1)
    assert TextWriter().prose(prose("a {} b", word)) == f"a\n{word}\nb\n\n"
    assert word in TextWriter().prose(prose("{}", Table(("a",), ((word,),), "l")))
