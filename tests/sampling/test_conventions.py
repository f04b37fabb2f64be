"""The framework that is drawn, or fixed, settles what differs between Keras and PyTorch."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.sampling import LEVELS
from tests.sampling.drawing import draw, seeds


def layer(name: str, seed: int, level: int = 9, **fixed: object) -> Any:
    return draw(name, level, seed, **fixed).nodes[0].layer


@pytest.mark.parametrize(
    ("framework", "name", "setting", "value"),
    [
        # convention-traps: GRU(32) on 16 has 4,800 in Keras (reset_after) and PyTorch; LSTM has one bias or two.
        ("keras", "SimpleRNN", "biases", 1),
        ("keras", "LSTM", "biases", 1),
        ("keras", "GRU", "biases", 2),
        ("torch", "SimpleRNN", "biases", 2),
        ("torch", "LSTM", "biases", 2),
        ("torch", "GRU", "biases", 2),
        ("torch", "LSTM", "sequences", True),
        ("keras", "BatchNorm", "statistics", "parameters"),
        ("torch", "BatchNorm", "statistics", "buffers"),
        ("keras", "InstanceNorm", "scale", True),
        ("torch", "InstanceNorm", "scale", False),
        ("keras", "PReLU", "one_per", "element"),
    ],
)
@given(seed=seeds)
def test_the_layers_own_default(framework: str, name: str, setting: str, value: object, seed: int) -> None:
    assert getattr(layer(name, seed, framework=framework), setting) == value


@given(
    st.sampled_from(("Conv2D", "MaxPooling1D", "ConvTranspose3D", "DepthwiseConv1D")), st.sampled_from(LEVELS), seeds
)
def test_keras_pads_in_words_and_pytorch_in_numbers(name: str, level: int, seed: int) -> None:
    network = draw(name, level, seed)
    padding: Any = network.nodes[0].layer.padding  # type: ignore[attr-defined]
    assert isinstance(padding, str) == (network.framework == "keras")


@pytest.mark.parametrize(
    ("kernel", "dilation", "zeros"),
    [(3, 1, (1, 1)), (5, 1, (2, 2)), (5, 2, (4, 4)), (4, 1, (1, 2)), (1, 1, (0, 0))],
)
@given(seed=seeds)
def test_same_in_pytorch_is_the_zeros_that_keep_the_size(
    kernel: int, dilation: int, zeros: tuple[int, int], seed: int
) -> None:
    fixed = {"kernel": kernel, "dilation": dilation, "padding": "same", "framework": "torch", "stride": 1}
    network = draw("Conv2D", 9, seed, **fixed)
    assert network.nodes[0].layer.padding == (zeros, zeros)  # type: ignore[attr-defined]
    assert network.output.spatial == network.input.spatial


@pytest.mark.parametrize(
    ("name", "setting", "value", "framework"),
    [
        ("Conv2D", "padding", 1, "torch"),
        ("MaxPooling2D", "ceil", True, "torch"),
        ("ConvTranspose2D", "output_padding", 1, "torch"),
        ("LSTM", "projection", 3, "torch"),
        ("Bidirectional", "merge", "sum", "keras"),
        ("MultiHeadAttention", "value_dim", 9, "keras"),
    ],
)
@given(seed=seeds)
def test_what_one_framework_only_has_settles_the_framework(
    name: str, setting: str, value: object, framework: str, seed: int
) -> None:
    assert draw(name, 13, seed, **{setting: value}).framework == framework


@given(st.sampled_from(("Conv1D", "Conv2D", "SeparableConv2D")), st.sampled_from(LEVELS), seeds)
def test_no_stride_beside_a_dilation_which_keras_refuses(name: str, level: int, seed: int) -> None:
    drawn = layer(name, seed, level)
    assert max(drawn.stride) == 1 or max(drawn.dilation) == 1


def test_both_frameworks_are_drawn() -> None:
    assert {draw("cnn2d", 7, seed).framework for seed in range(20)} == {"keras", "torch"}
