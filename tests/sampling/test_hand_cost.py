"""What a calculation costs on paper, counted by hand here: digits times digits, zeros at the end left out."""

import pytest

from quizgen.layers import LSTM, Conv2D, Dense, Flatten, MaxPooling2D
from quizgen.layers.base import Layer
from quizgen.network import stack
from quizgen.sampling import hand_cost


@pytest.mark.parametrize(
    ("x", "layers", "cost"),
    [
        ((12,), [Dense(16)], 2 * 2),  # 16 · (12 + 1)
        ((12,), [Dense(20)], 1 * 2),  # 20 · 13
        ((12,), [Dense(100, bias=False)], 1 * 2),  # 100 · 12
        ((12,), [Dense(16), Dense(12)], 2 * 2 + 2 * 2),  # 16 · 13, 12 · 17
        ((8, 8, 4), [Conv2D(6, (3, 5))], 1 * 1 + 2 * 1 + 1 * 2),  # 4 · 3 = 12, 12 · 5 = 60, 6 · 61
        ((6, 6, 4), [MaxPooling2D((2, 2)), Flatten()], 1 * 1 + 1 * 1),  # 3 · 3 = 9, 9 · 4 = 36
        ((5, 12), [LSTM(3)], 1 * 2 + 1 * 2),  # 3 · (12 + 3) = 45, 4 · (45 + 3)
    ],
)
def test_cost(x: tuple[int, ...], layers: list[Layer], cost: int) -> None:
    assert hand_cost(stack("network", x, layers)) == cost


def test_the_same_layer_on_the_same_shape_is_worked_out_once() -> None:
    once = hand_cost(stack("network", (12,), [Dense(12)]))
    assert hand_cost(stack("network", (12,), [Dense(12), Dense(12), Dense(12)])) == once
