"""A sheet by hand that holds everything a document can hold, and values that look like markup."""

from __future__ import annotations

from dataclasses import replace

from quizgen.layers.base import Shape
from quizgen.prose import Blank, Code, Drawing, Filling, Items, Maths, Prose, Table, mark, prose
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

HOSTILE = (
    r"C:\new\table",
    r"\input{secret} \end{document}",
    "$5 and $6",
    r"$\frac{1}{2}$",
    "<script>alert(1)</script>",
    "</code></pre><b>",
    "`tick` and ```fence```",
    "# no heading",
    "- no item",
    "+ no item",
    "1. no item",
    "12) no item",
    "= no heading",
    "> no quote",
    "a | b || c",
    "*no* _emphasis_ __here__ ~~gone~~",
    "[no](http://link.example) ![no](image.png)",
    "[no label]",
    "* [ ] no task",
    "---",
    "a -- b --- c << d >> e ,, f",
    "100 % & 50 #3 ^2 ~1 {x} }{",
    "&lt; &amp; &#65;",
    '#set page(width: 1pt) #include "x" @label',
    "// no comment /* here */ <label>",
    'it\'s "quoted" … “so” – — ×−≤≥≠→·⌊⌋⌈⌉∑√²½µ°éßŁ',
    "Ωμέγα",
    "%",
    "\\",
    "$",
    "`",
    "_",
)
"""Text that some output would take for markup."""

SVG = """<svg xmlns="http://www.w3.org/2000/svg" width="300" height="60" viewBox="0 0 300 60" role="img">
<title>A small network</title>
<g fill="#f5f5f4" stroke="#1a1a1a">
<rect x="1" y="10" width="40" height="40"/><rect x="91" y="16" width="28" height="28"/>
<rect x="169" y="20" width="20" height="20"/></g>
<path d="M41 30h50M119 30h50" stroke="#6b6b6b" fill="none"/>
<g font-size="9" font-family="Libertinus Serif" text-anchor="middle"><text x="21" y="58">input</text>
<text x="105" y="58">Conv2D</text><text x="179" y="58">Dense</text></g></svg>"""

CHARACTERS = """\
●    input            28 × 28 × 1
├─╮
│ ●  Conv2D  32, 3 × 3
├─╯
●    Add
⋮
●    Dense   10
"""

KERAS = """\
model = keras.Sequential([
    keras.Input(shape=(28, 28, 1)),
    layers.Conv2D(32, kernel_size=(3, 3), activation="relu"),
    layers.MaxPooling2D(pool_size=(2, 2)),
    layers.Dense(10, activation='softmax'),  # {10: "classes"} \\ 100 %
])
"""


def numbers(latex: str, *values: int, display: bool = False) -> Maths:
    """A formula in which each `#` stands for the next number."""
    for index in range(len(values)):
        latex = latex.replace("#", mark(index), 1)
    return Maths(latex, values, display)


KERNELS = numbers(r"# \times \left(# \times # \times # + 1\right)", 100, 3, 5, 5)
FLOOR = numbers(r"\left\lfloor{\frac{# - #}{#}}\right\rfloor + 1 = #", 28, 3, 2, 13)
LINE = numbers(
    r"k \left(f h w + 1\right) = # \times \left(# \times # \times # + 1\right) = # \times # = #",
    100, 3, 5, 5, 100, 76, 7600, display=True,
)  # fmt: skip
LONG = numbers(
    r"4 \times \left(\text{units} \times \left(\text{features} + \text{units}\right) + \text{units}\right)"
    r" = 4 \times \left(# \times \left(# + #\right) + #\right) = 4 \times # = #",
    1024, 512, 1024, 1024, 1573888, 6295552, display=True,
)  # fmt: skip
TOTAL = Table(
    ("Layer", "Size", "Output shape", "Calculation", "Parameters"),
    (
        ("input", "", Shape((28, 28, 1)), "", 0),
        ("conv2d_1", FLOOR, Shape((13, 13, 100)), KERNELS, 7600),
        ("max_pooling2d_1", FLOOR, Shape((6, 6, 100)), "", 0),
        ("dense_1", "", Shape((10,)), numbers(r"# \times \left(# + 1\right)", 10, 3600), 36010),
        ("Total", "", "", "", 43610),
    ),
    "lllrr",
    last_is_total=True,
)
BLANKS = Table(
    ("Layer", "Settings", "Output shape", "Parameters"),
    (
        ("input", "", Shape((28, 28, 1)), 0),
        ("conv2d_1", "32 filters, 3 × 3, stride 1, same padding, ReLU", Blank(), Blank()),
        ("dense_1", "10 units, softmax", Blank(), Blank()),
        ("Total", "", "", Blank()),
    ),
    "llcr",
    last_is_total=True,
)


def everything() -> Prose:
    """Each construct of Markdown that a template can use."""
    filling = Filling()
    text = f"""\
## A heading with {filling(Code("code"))}

A paragraph with **strong**, *emphasised* and `inline {filling("code")}` words,
a [link](https://example.org/a_b?c=d&e=f), a shape {filling(Shape((26, 26, 32)))}, a number {filling(1234567)},
a formula $\\left\\lfloor{{\\frac{{n - {filling(3)}}}{{s}}}}\\right\\rfloor + 1$
and ${filling(KERNELS)}$ in a line.

$$
\\begin{{aligned}} H' &= \\frac{{H + 2 p - {filling(5)}}}{{s}} + 1 \\\\ &= {filling(7600)} \\end{{aligned}}
$$

- one item with $k = {filling(3)}$
- another item, which is so long that it needs a second line in most outputs, and that line is
  indented like the first one

3. third
4. fourth

> A quotation that somebody made, with a value of {filling("x_1 * x_2")}.

| Name | Count |
|:-----|------:|
| a    | {filling(12)} |
| {filling("b|c")} | 3456 |

{filling(Items((prose("an item: {}", Shape((3, 3))), prose("{}", KERNELS)), numbered=True))}

```
plain listing of {filling("a_b")}
```
"""
    return filling.prose(text)


def items() -> tuple[Item, ...]:
    """One question of each kind, and one with everything that running text can hold."""
    short = OptionList((("A", 2500), ("B", 2600), ("C", 7500), ("D", 7600)))
    long = OptionList(
        (
            ("A", "The kernel spans all of its input channels, and each filter has one bias."),
            ("B", KERNELS),
            ("C", Shape((26, 26, 32))),
            ("D", "<none> of these & nothing else"),
        )
    )
    statements = TrueFalseList(
        (
            prose("The first convolution has {} parameters.", 21632),
            prose(
                "The layer {} has {} parameters, which is ${}$, and this sentence needs two lines.",
                Code("dense_1"),
                16010,
                KERNELS,
            ),
        )
    )
    drawing = Drawing(SVG, "A network: input, convolution, addition, dense layer.", CHARACTERS, 300.0)
    return (
        Item(
            1,
            "conv2d-params:1234",
            prose(
                "An image of {} meets {} kernels of {}.\nHow many parameters?\n\n{}",
                Shape((32, 32, 3)),
                100,
                Shape((5, 5)),
                short,
            ),
            2,
        ),
        Item(2, "one-of-these:5", prose("Which is right?\n\n{}", long), 1, "A question with a title"),
        Item(3, "cnn-table:77", prose("Complete the table.\n\n{}", BLANKS), 8),
        Item(
            4,
            "statements:5",
            prose("Which statements about this network are true?\n\n{}\n\n{}", Code(KERAS), statements),
            4,
        ),
        Item(5, "picture:9", prose("How many filters?\n\n{}\n\n{}\n\n{}", drawing, AnswerLine(), WorkingSpace(3)), 6),
        Item(12, "everything:0", everything()),
    )


def solutions() -> tuple[Item, ...]:
    reasons = Reasons(
        "Why not ...?",
        (
            ("A", 2500, prose("A kernel is one channel deep and has no bias.")),
            (
                "B",
                2600,
                prose("{} is ${}$: a kernel one channel deep. A kernel spans all {} input channels.", 2600, KERNELS, 3),
            ),
            ("C", 7500, prose("A convolution has no biases.")),
        ),
    )
    false = Reasons("Why are the others false?", (("1", "", prose("A kernel spans all {} input channels.", 3)),))
    return (
        Item(
            1,
            "conv2d-params:1234",
            prose("**{} · {}**\n\nEach kernel spans all {} input channels:\n\n{}\n\n{}", "D", 7600, 3, LINE, reasons),
        ),
        Item(2, "lstm:3", prose("**{}**\n\nFour gates:\n\n{}", 6295552, LONG)),
        Item(3, "cnn-table:77", prose("**Total: {}**\n\n{}", 43610, TOTAL)),
        Item(4, "statements:5", prose("**{}**\n\n{}", "3, 4", false)),
    )


QUESTIONS = Document(
    "questions",
    "Counting in <convolutional> networks",
    prose(
        "# {}\n\n{}\n\n{}\n\nAnswer *all* questions.",
        "Counting in <convolutional> networks",
        "Deep Learning · week_3 · 40 minutes · 21 points",
        Fields(("Name", "Student no.", "Date")),
    ),
    items(),
    "quizgen sheet --plan week_3.toml --seed 7 --variant A",
    label="A",
    foot=prose("Good luck."),
)
SOLUTIONS = replace(
    QUESTIONS, kind="solutions", head=prose("# Solutions\n\n{}", QUESTIONS.title), items=solutions(), label=""
)
KEY = Document(
    "key",
    "Key",
    prose("# Key\n\n{}", Table(("No.", "Answer"), tuple((n, prose("**{}**", n * 1111)) for n in range(1, 61)), "rl")),
    (),
    "quizgen sheet --seed 7 --key short",
)
BARE = Document(
    "questions", "Bare", prose("# Bare"), (Item(1, "a:1", prose("One question.")),), "quizgen", numbered=False
)


def hostile() -> Document:
    """Every hostile text in every place where a value can stand."""
    made = []
    for number, text in enumerate(HOSTILE, 1):
        filling = Filling()
        places = "\n\n".join(
            (
                f"Before {filling(text)} after.",
                f"{filling(text)} first.",
                f"- {filling(text)}",
                f"**{filling(text)}** and *{filling(text)}* and `{filling(text)}` and {filling(Code(text))}",
                f"{filling(text)}",
                f"$n = {filling(text)}$",
                f"```\n{filling(text)}\n```",
                f"{filling(Code(text))}",
                f"| a | b |\n|---|---|\n| {filling(text)} | `{filling(text)}` |",
                f"{filling(Table((text, 'x'), ((text, prose('{}', text)), (Blank(), text)), 'lr', True))}",
                f"{filling(OptionList((('A', text), ('B', text))))}",
                f"{filling(TrueFalseList((prose('{}', text),)))}",
                f"{filling(Reasons(text, (('A', text, prose('{}', text)),)))}",
                f"{filling(Items((prose('{}', text),)))}",
                f"{filling(AnswerLine(text))}",
                f"{filling(Fields((text,)))}",
                f"{filling(Drawing(SVG, text, text, 300.0))}",
            )
        )
        made.append(Item(number, text, filling.prose(places), 1, text))
    return Document(
        "questions", "Hostile", prose("# {}", HOSTILE[0]), tuple(made), " ".join(HOSTILE[:6]), label=HOSTILE[2]
    )
