"""How printed Python is written and broken into lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.views.source import WIDTH, Source, also, broken, call, identifier, one_each

CALLS = [
    (call("f"), "f()"),
    (call("f", 1, "a", (2, 3), key=None, other=False), 'f(1, "a", (2, 3), other=False)'),
    (call("f", Source("g(1)"), axis=[-2, -1]), "f(g(1), axis=[-2, -1])"),
    (call("f", 'a "b"'), r'f("a \"b\"")'),
    (also("f()", name="a"), 'f(name="a")'),
    (also("f(1)", name="a", trainable=None), 'f(1, name="a")'),
]

LINES = [
    ("x = f(1, 2)", "x = f(1, 2)"),
    (
        'x = layers.Conv2D(128, (5, 3), strides=2, padding="same", use_bias=False)(x)',
        """\
x = layers.Conv2D(
    128, (5, 3), strides=2, padding="same", use_bias=False
)(x)""",
    ),
    (
        "x = layers.Concatenate()([first_branch, second_branch, third_branch, fourth])",
        """\
x = layers.Concatenate()([
    first_branch, second_branch, third_branch, fourth
])""",
    ),
    (
        'layers.Bidirectional(layers.LSTM(128, use_bias=False, return_sequences=True), merge_mode="ave"),',
        """\
layers.Bidirectional(
    layers.LSTM(128, use_bias=False, return_sequences=True),
    merge_mode="ave",
),""",
    ),
]


@pytest.mark.parametrize(("written", "expected"), CALLS)
def test_calls_are_written_from_values(written: str, expected: str) -> None:
    assert written == expected


@pytest.mark.parametrize(("line", "expected"), LINES)
def test_long_lines_break_at_their_brackets(line: str, expected: str) -> None:
    assert "\n".join(broken(line)) == expected


def test_arguments_can_be_put_on_a_line_each() -> None:
    assert one_each(["f(1, 2)", "g()"]) == ["    f(1, 2),", "    g(),"]


@given(st.lists(st.integers(0, 10**6), max_size=30), st.integers(0, 3))
def test_breaking_changes_only_space_and_a_last_comma(numbers: list[int], depth: int) -> None:
    line = call("layers.f", *numbers, Source(call("layers.g", *numbers)))
    lines = broken(line, "    " * depth)
    assert "".join(lines).replace(" ", "").replace(",)", ")") == line.replace(" ", "")
    assert max(map(len, lines)) <= WIDTH


@pytest.mark.parametrize(
    ("name", "variable"),
    [("conv1", "conv1"), ("conv 1/a", "conv_1_a"), ("1x1", "_1x1"), ("lambda", "lambda_"), ("x", "x_")],
)
def test_names_become_variables(name: str, variable: str) -> None:
    assert identifier(name, frozenset({"x"})) == variable
