"""Inputs that are joined number by number where some have axes of 1: gates on maps, as in squeeze-and-excitation."""

from __future__ import annotations

import pytest

from quizgen.errors import ShapeError
from quizgen.layers import Add, Conv2D, Dense, GlobalAveragePooling2D, Layer, Multiply, Shape
from quizgen.layers.graph import Node, input_name, walk
from quizgen.network import Network
from quizgen.receptive import receptive_fields
from quizgen.unknown import UNKNOWN

# as NumPy broadcasts: https://numpy.org/doc/stable/user/basics.broadcasting.html
JOINED = (
    (((8, 8, 6), (1, 1, 6)), (8, 8, 6)),
    (((1, 1, 6), (8, 8, 6)), (8, 8, 6)),
    (((8, 1, 6), (1, 7, 6)), (8, 7, 6)),
    (((8, 8, 1), (8, 8, 6)), (8, 8, 6)),
    (((1, 1, 6), (1, 1, 6)), (1, 1, 6)),
    (((1, 1, 6), (UNKNOWN, UNKNOWN, 6)), (UNKNOWN, UNKNOWN, 6)),
)


@pytest.mark.parametrize("layer", [Add(), Multiply()])
@pytest.mark.parametrize(("inputs", "output"), JOINED)
def test_an_axis_of_1_is_repeated(layer: Layer, inputs: tuple[tuple[int, ...], ...], output: tuple[int, ...]) -> None:
    names = tuple(map(input_name, range(len(inputs))))
    (row,) = walk([Node("join", layer, names)], tuple(map(Shape, inputs)))
    assert row.output == output


@pytest.mark.parametrize("inputs", [((8, 8, 6), (2, 2, 6)), ((8, 8, 6), (6,)), ((8, 8, 6), (8, 8, 3))])
def test_other_sizes_do_not_go_together(inputs: tuple[tuple[int, ...], ...]) -> None:
    with pytest.raises(ShapeError, match="Multiply needs inputs of one shape"):
        walk([Node("join", Multiply(), ("input", "input_2"))], tuple(map(Shape, inputs)))


def test_a_gate_lets_a_map_see_everything_and_keeps_its_jump() -> None:
    """3 from the first convolution, 10 from the mean of all; then 2 more for each convolution of 3."""
    gated = Network(
        "gated",
        (Shape((12, 12, 3)),),
        (
            Node("conv1", Conv2D(4, (3, 3))),
            Node("mean", GlobalAveragePooling2D(keepdims=True)),
            Node("gate", Dense(4)),
            Node("scaled", Multiply(), ("gate", "conv1")),
            Node("conv2", Conv2D(4, (3, 3))),
        ),
    )
    fields = receptive_fields(gated.rows)
    assert fields["scaled"] == ((12, 12), (1, 1))
    assert fields["conv2"] == ((14, 14), (1, 1))
