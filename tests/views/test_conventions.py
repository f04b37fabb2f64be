"""The sentence that names the conventions in force."""

import pytest

from quizgen.layers import (
    GRU,
    LSTM,
    AveragePooling2D,
    BatchNorm,
    Bidirectional,
    Conv2D,
    ConvTranspose2D,
    Dense,
    Layer,
    MaxPooling2D,
    MultiHeadAttention,
    SeparableConv2D,
    Shape,
    SimpleRNN,
)
from quizgen.network import stack
from quizgen.views import convention
from tests.views import networks

MAPS, SEQUENCE = (9, 9, 4), (20, 8)

NAMED = [
    (Dense(3), SEQUENCE, ""),
    (Conv2D(3, (3, 3)), MAPS, ""),
    (Conv2D(3, (3, 3), padding="same"), MAPS, ""),
    (Conv2D(3, (3, 3), (2, 2), "same"), MAPS, "`same` padding with a stride rounds sizes up"),
    (Conv2D(3, (3, 3), (2, 2), "same"), (8, 8, 4), ""),
    (MaxPooling2D((2, 2)), MAPS, "a last window that does not fit is left out"),
    (MaxPooling2D((3, 3)), MAPS, ""),
    (AveragePooling2D((2, 2), ceil=True), MAPS, "a last window that hangs over the end counts"),
    (ConvTranspose2D(3, (3, 3)), MAPS, "the output of a transposed convolution is sized as in Keras"),
    (SeparableConv2D(3, (3, 3)), MAPS, "a separable convolution has biases in its pointwise part only"),
    (BatchNorm(), MAPS, "the moving statistics of batch normalization are non-trainable parameters"),
    (SimpleRNN(3), SEQUENCE, "a simple recurrent layer has one bias vector"),
    (LSTM(3), SEQUENCE, "each gate of an LSTM has one bias vector"),
    (LSTM(3, biases=0), SEQUENCE, ""),
    (GRU(3, biases=2), SEQUENCE, "each gate of a GRU has two bias vectors (`reset_after=True`)"),
    (Bidirectional(LSTM(3)), SEQUENCE, "each gate of an LSTM has one bias vector"),
    (MultiHeadAttention(2, 4), SEQUENCE, "`key_dim` is the width of one head"),
]


@pytest.mark.parametrize(("layer", "shape", "words"), NAMED, ids=lambda value: str(value)[:40])
def test_a_convention_is_named_where_frameworks_differ(layer: Layer, shape: Shape, words: str) -> None:
    assert convention(stack("one", shape, [layer])) == (f"Conventions as in Keras: {words}." if words else "")


def test_conventions_are_those_of_the_networks_framework() -> None:
    assert convention(networks.NORMALIZED) == (
        "Conventions as in PyTorch: the moving statistics of batch normalization are buffers and no parameters."
    )


def test_several_conventions_make_one_sentence_without_repeats() -> None:
    layers = [MaxPooling2D((2, 2)), BatchNorm(), Conv2D(3, (2, 2), (2, 2)), MaxPooling2D((2, 2)), BatchNorm()]
    assert convention(stack("several", (39, 39, 3), layers)) == (
        "Conventions as in Keras: a last window that does not fit is left out; "
        "the moving statistics of batch normalization are non-trainable parameters."
    )


def test_conventions_that_cannot_change_the_answer_are_left_out() -> None:
    network = stack("one", MAPS, [BatchNorm(), MaxPooling2D((2, 2))])
    assert convention(network, "output") == "Conventions as in Keras: a last window that does not fit is left out."
    assert convention(network, "receptive_field") == ""


def test_costs_say_what_a_mac_is() -> None:
    one_mac = "one MAC is a multiplication with its addition; biases, activations and normalizations cost none"
    assert convention(networks.RESIDUAL, "macs") == f"Conventions as in Keras: {one_mac}."
    assert convention(networks.RESIDUAL, "flops") == f"Conventions as in Keras: {one_mac}; one MAC is two FLOPs."


def test_tied_weights_count_once() -> None:
    assert "parameters that two layers share count once" in convention(networks.TIED, "params")
