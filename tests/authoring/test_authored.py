"""Mistakes that an author names by a formula: what they come to, how they are told, what is wrong with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizgen.authored import Authored, by, mistakes
from quizgen.compose import compose
from quizgen.errors import TemplateError
from quizgen.fairness import examine
from quizgen.kinds import read_kind
from quizgen.layers import LSTM, Conv2D, Dense, Layer, MultiHeadAttention
from quizgen.layers.base import Shape
from quizgen.question import Choices
from quizgen.render.formats import writer
from quizgen.templates import Source

TEMPLATE = """+++
title = "Parameters"
topic = "conv"
level = 4
about = { layer = "Conv2D", framework = "keras", padding = "valid", stride = 1, groups = 1, dilation = 1, bias = true }
asks = "trainable"
answer = "choice"
network = "hidden"

[[distractor]]
formula = "filters * kernel_height * kernel_width"
says = "Forgets the channels and the biases."
mends = "Each kernel spans all channels and has one bias."
+++
{% block question %}
An input of {{ input }} meets {{ layer.phrase }}. How many trainable parameters does the layer have?
{% endblock %}
{% block solution %}
{{ worked.trainable }}
{% endblock %}
"""


def front(**changes: str) -> Source:
    text = TEMPLATE
    for name, value in changes.items():
        line = next(line for line in text.splitlines() if line.startswith(f"{name} = "))
        text = text.replace(line, f"{name} = {value}")
    return Source(Path("mine.md"), text)


def only(source: Source) -> Authored:
    (found,) = mistakes(source)
    return found


VALUES: list[tuple[str, str, Layer, Shape, int]] = [
    ("Conv2D", "filters * kernel_height * kernel_width", Conv2D(32, (3, 5)), Shape((28, 28, 4)), 32 * 15),
    ("Conv2D", "khw", Conv2D(32, (3, 5)), Shape((28, 28, 4)), 32 * 15),
    ("Conv2D", "k(fhw + H W)", Conv2D(32, (3, 5)), Shape((28, 20, 4)), 32 * (4 * 15 + 28 * 20)),
    ("Conv2D", "k f max(h, w)", Conv2D(32, (3, 5)), Shape((28, 28, 4)), 32 * 4 * 5),
    ("Conv2D", "floor(k f h w / 2)", Conv2D(3, (3, 5)), Shape((28, 28, 3)), 67),
    ("Dense", "nm", Dense(10), Shape((784,)), 7840),
    ("Dense", "features * units + 1", Dense(10), Shape((784,)), 7841),
    ("LSTM", "4h(x + h)", LSTM(16), Shape((20, 64)), 4 * 16 * 80),
    ("MultiHeadAttention", "4 channels^2", MultiHeadAttention(4, 16), Shape((10, 64)), 4 * 64 * 64),
]


@pytest.mark.parametrize(("kind", "formula", "layer", "x", "comes_to"), VALUES, ids=[row[1] for row in VALUES])
def test_a_formula_comes_to(kind: str, formula: str, layer: Layer, x: Shape, comes_to: int) -> None:
    level = "13" if kind in ("LSTM", "MultiHeadAttention") else "4"
    found = only(front(about=f'{{ layer = "{kind}" }}', level=level, formula=f'"{formula}"'))
    assert found.wrong(None, layer, x) == comes_to
    assert found.rule is type(layer).trainable


@pytest.mark.parametrize("formula", ["k / 7", "1 / (h - h)", "3 - k", "(h / 2) * 2", "stride_depth"])
def test_what_is_no_count_is_not_offered(formula: str) -> None:
    from quizgen.formulas import parse

    names = ["k", "h", "stride_depth"]
    expression = parse(
        formula.replace("k", "filters").replace("h)", "kernel_height)").replace("(h", "(kernel_height"),
        [*names, "filters", "kernel_height"],
    )
    with pytest.raises(ValueError, match=r".*"):
        by(expression, None, Conv2D(32, (3, 3)), Shape((28, 28, 4)))  # type: ignore[arg-type]


def test_it_is_offered_and_told_with_its_formula(tmp_path: Path) -> None:
    path = tmp_path / "mine.md"
    path.write_text(TEMPLATE, encoding="utf-8")
    kind = read_kind(path)
    offered = 0
    for seed in range(40):
        question = compose(kind, seed)
        assert isinstance(question.answering, Choices)
        for one in question.answering.options:
            if "mine/1" in one.misconceptions and len(one.misconceptions) == 1:
                offered += 1
                layer = question.network.nodes[-1].layer
                assert isinstance(layer, Conv2D)
                h, w = layer.kernel
                told = " ".join(writer("txt").prose(one.feedback).split())
                assert one.value == layer.filters * h * w
                assert told.startswith(f"khw = {layer.filters} × {h} × {w} = {one.value:,}. ")
                assert told.endswith(
                    "Forgets the channels and the biases. Each kernel spans all channels and has one bias."
                )
    assert offered >= 20


def test_a_bank_with_it_is_fair(tmp_path: Path) -> None:
    (tmp_path / "mine.md").write_text(TEMPLATE, encoding="utf-8")
    report = examine(read_kind(tmp_path / "mine.md"), range(60))
    assert report.broken() == dict.fromkeys(report.broken(), 0)
    assert report.offered["mine/1"] >= 20


WRONG = {
    "a name that is none": ({"formula": '"filtrs * 2"'}, ":11: in “filtrs * 2”, at character 1: there is no “filtrs” here. Did you mean “filters”?"),
    "no formula": ({"formula": '""'}, ", field “formula”: a distractor needs “formula”. Write formula = "),
    "a number": ({"formula": "7"}, ", field “formula”: a distractor needs “formula”."),
    "half a formula": ({"formula": '"k(f"'}, ":11: in “k(f”, at character 2: this bracket is not closed"),
    "code": ({"formula": "\"__import__('os').getcwd()\""}, ":11: in "),
    "a template in the sentence": ({"says": '"{{ answer }}"'}, ", field “formula”: “says” has a brace in it. Write words only."),
    "a format in the sentence": ({"mends": '"{0.__class__}"'}, "“mends” has a brace in it."),
    "a field that is none": ({"says": '"x"\nsay = "y"'}, "a distractor has no field “say”. Did you mean “says”?"),
    "a shape": ({"asks": '"output"'}, ", field “distractor”: no formula can stand for the output shape that the template asks for."),
    "a whole network": ({"about": '{ family = "mlp" }'}, ", field “distractor”: a distractor is for questions about a single layer."),
}  # fmt: skip


@pytest.mark.parametrize(("changes", "said"), WRONG.values(), ids=list(WRONG))
def test_what_is_wrong_with_it_is_said(changes: dict[str, str], said: str) -> None:
    with pytest.raises(TemplateError) as caught:
        mistakes(front(**changes))
    assert said in str(caught.value)
