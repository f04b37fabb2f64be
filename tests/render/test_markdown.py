"""Markdown for Stack Exchange: how each construct is written."""

import pytest

from quizgen.layers.base import Shape
from quizgen.prose import Blank, Code, Drawing, Items, Maths, Prose, Table, Value, mark, prose
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
from quizgen.render.markdown import MarkdownWriter
from tests.render.sample import QUESTIONS

PRODUCT = Maths(rf"{mark(0)} \times \left({mark(1)} + 1\right)", (1000, 27))
DISPLAYED = Maths(PRODUCT.latex, PRODUCT.values, display=True)

RUNNING: list[tuple[Prose, str]] = [
    (
        prose("**strong**, *emphasised*, `code` and [a link](https://example.org/a_b)"),
        "**strong**, *emphasised*, `code` and [a link](https://example.org/a_b)",
    ),
    (prose("one line\nand another"), "one line and another"),
    (prose("{} of {}", 7600, Shape((26, 26, 1024))), "7,600 of 26 × 26 × 1,024"),
    (prose("${}$", PRODUCT), r"$1{,}000 \times \left(27 + 1\right)$"),
    (prose("$n = {}$ and $|x| < {}$", 7600, 3), r"$n = 7{,}600$ and $\vert x\vert \lt 3$"),
    (prose("$s = {}$", Shape((3, 3))), r"$s = 3 \times 3$"),
    (prose("$n = {}$", "conv2d_1 & $5"), r"$n = \text{conv2d}\_\text{1 }\&\text{ }\$\text{5}$"),
    (prose("{}", Code("x = 1")), "```python\nx = 1\n```"),
    (prose("the code {}", Code("x = 1")), "the code `x = 1`"),
    (prose("the code {} ", Code("a `b` c``")), "the code ``` a `b` c`` ```"),
    (prose("`{}`", "a`b"), "``a`b``"),
    (prose("say {} here", Blank()), "say ______ here"),
    (prose("{}", "a_b and a*b and _c_"), r"a_b and a\*b and \_c\_"),
    (prose("{}", "[no](link) <b> & &amp; $5 `x` \\ ~~"), r"\[no\](link) \<b> & \&amp; \$5 \`x\` \\ \~\~"),
    (prose("{}", "# no heading"), r"\# no heading"),
    (prose("{}", "1. no item"), r"1\. no item"),
    (prose("{}", "1.5 and - so on"), "1.5 and - so on"),
    (prose("{}", "- no item"), r"\- no item"),
    (prose("{}", "-5"), "-5"),
    (prose("# {}", "C #"), "# C \\#"),
]

BLOCKS: list[tuple[Value, str]] = [
    (DISPLAYED, "$$1{,}000 \\times \\left(27 + 1\\right)$$"),
    (Code("a ``` b", ""), "````\na ``` b\n````"),
    (Items((prose("a"), prose("{}", PRODUCT))), "- a\n- $1{,}000 \\times \\left(27 + 1\\right)$"),
    (Items((prose("a"), prose("b")), numbered=True), "1. a\n2. b"),
    (Items((prose("{}", Code("x = 1\n\ny = 2")),)), "- ```python\n  x = 1\n\n  y = 2\n  ```"),
    (OptionList((("A", 2500), ("B", 7600))), "* **A.** 2,500\n* **B.** 7,600"),
    (TrueFalseList((prose("It has {}.", 7600), prose("# {}", 1))), "1) It has 7,600.\n2) 1"),
    (AnswerLine(), "Answer: ______"),
    (Fields(("Name", "Date")), "Name: ______ Date: ______"),
    (WorkingSpace(4), ""),
    (
        Reasons("Why?", (("A", 2500, prose("It is *one* deep.")), ("2", "", prose("No.")), ("", 3, prose("Yes.")))),
        "**Why?**\n\n* **A · 2,500:** It is *one* deep.\n* **2:** No.\n* **3:** Yes.",
    ),
    (Drawing("<svg/>", "A *net*.", "●─●\n", 9.0), "```text\n●─●\n```\n\n*A \\*net\\*.*"),
    (
        Table(("Layer", "Shape", "Count"), (("a|b", Shape((3, 3)), 7600), ("Total", Blank(), 1)), "lcr", True),
        "| Layer     | Shape  | Count |\n| :-------- | :----: | ----: |\n"
        "| a\\|b      | 3 × 3  | 7,600 |\n| **Total** | ______ | **1** |",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "written"), RUNNING, ids=[text.text for text, _ in RUNNING])
def test_running_text(text: Prose, written: str) -> None:
    assert MarkdownWriter().prose(text).strip("\n") == written


@pytest.mark.parametrize(("value", "written"), BLOCKS, ids=[type(value).__name__ for value, _ in BLOCKS])
def test_blocks(value: Value, written: str) -> None:
    assert MarkdownWriter().prose(prose("{}", value)).strip("\n") == written


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("> {}\n>\n> more", "> x\n>\n> more\n\n"),
        ("- a\n\n  b\n- c", "- a\n\n  b\n- c\n\n"),
        ("3. a\n4. b", "3. a\n4. b\n\n"),
        ("$$\nx + y\n$$", "$$x + y$$\n\n"),
        ("```python\n{} = 1\n```", "```python\nx = 1\n```\n\n"),
        ("| a | b |\n|---|--:|\n| {} | 1 |", "| a   |   b |\n| :-- | --: |\n| x   |   1 |\n\n"),
    ],
)
def test_blocks_of_a_template(text: str, written: str) -> None:
    assert MarkdownWriter().prose(prose(text, "x")) == written


def test_options_after_a_list_are_a_list_of_their_own() -> None:
    written = MarkdownWriter().prose(prose("- a\n\n{}", OptionList((("A", 1),))))
    assert written == "- a\n\n* **A.** 1\n\n"


def test_a_document_names_its_questions_and_the_command() -> None:
    document = Document(
        "questions",
        "A sheet",
        prose("# A sheet"),
        (
            Item(1, "a_b:1", prose("One?"), 2, "Title"),
            Item(2, "c:2", prose("Two?"), 1),
            Item(3, "d:3", prose("Three?")),
        ),
        "quizgen sheet --seed 1",
        label="B",
    )
    assert MarkdownWriter().document(document).decode() == (
        "# A sheet\n\n"
        "## 1. Title (2 points)\n\nOne?\n\n<sub>a_b:1</sub>\n\n"
        "## 2. (1 point)\n\nTwo?\n\n<sub>c:2</sub>\n\n"
        "## 3.\n\nThree?\n\n<sub>d:3</sub>\n\n"
        "---\n\n<sub>B · Made by `quizgen sheet --seed 1`</sub>\n"
    )


def test_a_document_without_numbers_has_a_heading_only_where_there_is_a_title() -> None:
    document = Document("questions", "", Prose(""), (Item(1, "a:1", prose("One?")),), "quizgen", numbered=False)
    assert MarkdownWriter().document(document).decode().startswith("One?\n\n<sub>a:1</sub>")


def test_everything_is_the_same_bytes_each_time() -> None:
    assert MarkdownWriter().document(QUESTIONS) == MarkdownWriter().document(QUESTIONS)
