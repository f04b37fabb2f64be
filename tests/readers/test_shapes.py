"""Shapes as people type them, and what a network's layers say of its input."""

from __future__ import annotations

import pytest

from quizgen.architectures import architecture
from quizgen.layers import LSTM, BatchNorm, Conv1D, Conv2D, Dense, Embedding, Flatten, Layer, Permute, Shape
from quizgen.layers.global_pooling import widest
from quizgen.network import stack
from quizgen.readers.inputs import given
from quizgen.readers.reading import ReadError, Reading
from quizgen.readers.shapes import parse_shape, shape_for, written_shape
from quizgen.unknown import UNKNOWN

TYPED = (
    ("224x224x3", (224, 224, 3)),
    ("224×224×3", (224, 224, 3)),
    ("224 × 224 × 3", (224, 224, 3)),
    ("224X224X3", (224, 224, 3)),
    ("28*28*1", (28, 28, 1)),
    ("224,224,3", (224, 224, 3)),
    ("224, 224, 3", (224, 224, 3)),
    ("224 224 3", (224, 224, 3)),
    ("(224, 224, 3)", (224, 224, 3)),
    ("[224, 224, 3]", (224, 224, 3)),
    (" 784 ", (784,)),
    ("(784,)", (784,)),
    ("?x?x3", (UNKNOWN, UNKNOWN, 3)),
)


@pytest.mark.parametrize(("text", "sizes"), TYPED)
def test_a_shape_as_it_is_typed(text: str, sizes: tuple[int, ...]) -> None:
    assert parse_shape(text) == sizes
    assert parse_shape(written_shape(parse_shape(text))) == sizes


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is no shape"),
        ("224x224x", "is no shape"),
        ("-1x28x28", "is no shape. Write it as 224x224x3, without the batch axis."),
        ("28.5x28x1", "is no shape"),
        ("None, 28, 28", "is no shape"),
        ("__import__('os')", "is no shape"),
        ("0x28x1", "a size of 0 holds nothing"),
        ("9" * 5000, "is larger than any layer"),
        ("1x" * 8 + "1", "has 9 axes. 8 are the most."),
    ],
)
def test_what_is_no_shape(text: str, message: str) -> None:
    with pytest.raises(ReadError) as caught:
        parse_shape(text)
    assert message in str(caught.value)
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize(
    ("layers", "axes"),
    [
        ([Conv2D(4, (3, 3))], 3),
        ([BatchNorm(), Conv1D(4, (3,))], 2),
        ([Embedding(10, 4), LSTM(4)], 1),
        ([LSTM(4)], 2),
        ([Permute((2, 1))], 2),
        ([Flatten(), Dense(3)], 3),
        ([Dense(3), BatchNorm()], 1),
    ],
)
def test_the_first_layer_that_tells_says_how_many_axes_come_in(layers: list[Layer], axes: int) -> None:
    assert shape_for(layers) == (UNKNOWN,) * axes


OPEN = Reading("net.py", "torch", stack("net", (UNKNOWN, UNKNOWN, 3), [Conv2D(8, (3, 3)), Flatten(), Dense(10)]))


@pytest.mark.parametrize("shape", ["32x24x3", "3x32x24"])
def test_an_open_input_is_filled_in_with_channels_last_or_first(shape: str) -> None:
    assert given(OPEN, parse_shape(shape)).network.input == (32, 24, 3)


def test_a_shape_is_turned_only_where_the_channels_tell() -> None:
    gray = Reading("net.py", "keras", stack("net", (UNKNOWN,) * 3, [Conv2D(8, (3, 3))]))
    assert given(gray, parse_shape("3x32x24")).network.input == (3, 32, 24)


def test_no_shape_leaves_a_reading_as_it_is() -> None:
    assert given(OPEN, None) is OPEN


def test_a_shape_of_other_axes_or_for_two_inputs_is_refused() -> None:
    with pytest.raises(ReadError, match="the network reads 3 axes"):
        given(OPEN, parse_shape("784"))
    translator = architecture("transformer-base")
    with pytest.raises(ReadError, match="has 2 inputs, and one input shape was given"):
        given(Reading("transformer-base", "", translator), Shape((10,)))


# The definition of both frameworks: window i of m covers the cells from ⌊i·n / m⌋ up to ⌈(i + 1)·n / m⌉.
@pytest.mark.parametrize("size", range(1, 40))
@pytest.mark.parametrize("windows", [1, 2, 3, 5, 7, 12, 30])
def test_the_largest_window_of_adaptive_pooling(size: int, windows: int) -> None:
    assert widest(size, windows) == max(-(-(i + 1) * size // windows) - i * size // windows for i in range(windows))
