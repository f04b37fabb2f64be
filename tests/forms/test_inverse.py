"""Settings found from counts and sizes: the answer solves the equation, and SymPy knows no other whole one."""

from __future__ import annotations

import pytest
import sympy

from quizgen.errors import TemplateError
from quizgen.kinds import read_kind
from tests.forms.asking import questions, task


def test_filters_solve_the_textbook_equation_and_nothing_else_does() -> None:
    filters = sympy.Symbol("filters", integer=True, positive=True)
    for question in questions("conv2d-find-filters"):
        layer, x = task(question).layer, question.network.input
        count = filters * (x.channels * layer.kernel[0] * layer.kernel[1] + 1)
        assert sympy.solve(sympy.Eq(count, task(question).given), filters) == [question.answer]


def test_padding_solves_the_textbook_equation_on_both_axes_and_its_neighbours_do_not() -> None:
    for question in questions("conv2d-find-padding"):
        layer, x, y = task(question).layer, question.network.input, task(question).given

        def sizes(padding: int, layer=layer, x=x) -> tuple[int, ...]:  # type: ignore[no-untyped-def]
            return tuple((x[axis] + 2 * padding - layer.kernel[axis]) // layer.stride[axis] + 1 for axis in (0, 1))

        solutions = [padding for padding in range(16) if sizes(padding) == y.spatial]
        assert solutions == [question.answer]


def test_a_wrong_rule_is_solved_too() -> None:
    """100 filters of 5 × 5 over 3 channels: 7,600. Without biases, 7,600 / 75 is 101 and a third."""
    for question in questions("conv2d-find-filters"):
        inverse = task(question)
        no_bias = next(held for held in inverse.relevant() if held.belief == "A convolution has no biases.")
        per_filter = question.network.input.channels * inverse.layer.kernel[0] * inverse.layer.kernel[1]
        exact = inverse.given / per_filter
        assert abs(inverse.believed((no_bias,)) - exact) <= 0.5


@pytest.mark.parametrize(
    ("field", "says"),
    [
        ('find = "filter"', "there is no setting to ask for “filter”. Did you mean “filters”"),
        ("", "the field “find” is missing."),
        ('find = "units"', "Conv2D has no number “units” here."),
    ],
)
def test_mistakes(field: str, says: str, tmp_path) -> None:  # type: ignore[no-untyped-def]
    from quizgen.compose import compose

    path = tmp_path / "mine.md"
    path.write_text(
        f'+++\ntitle = "T"\ntopic = "conv"\nlevel = 4\nabout = {{ layer = "Conv2D" }}\nform = "inverse"\n{field}\n'
        'asks = "trainable"\nanswer = "number"\n+++\n{% block question %}{{ equation }}{% endblock %}\n'
        "{% block solution %}S{% endblock %}\n"
    )
    with pytest.raises(TemplateError.__mro__[1], match=says):
        compose(read_kind(path), 1)


def test_kernel_and_units() -> None:
    for question in questions("conv2d-find-kernel"):
        layer, channels = task(question).layer, question.network.input.channels
        assert layer.filters * (channels * question.answer**2 + 1) == task(question).given  # type: ignore[operator]
    for question in questions("dense-find-units"):
        assert question.answer * (question.network.input.channels + 1) == task(question).given  # type: ignore[operator]


def test_the_smallest_image_is_found_backwards_too() -> None:
    """Before a window of k with stride s, (n - 1)s + k cells give n (Dumoulin & Visin 2016)."""
    for question in questions("smallest-input"):
        needs = []
        for axis in (0, 1):
            cells = 1
            for row in reversed(question.network.rows):
                window = row.layer.window(row.inputs[0])
                if window is not None and len(row.inputs[0]) == 3:
                    cells = (cells - 1) * window.stride[axis] + window.kernel[axis]
            needs.append(cells)
        assert question.answer == max(needs)
