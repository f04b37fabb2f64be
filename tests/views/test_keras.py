"""Networks as Keras code. That it runs, and builds what it should, is for `tests/oracle/test_code_runs.py`."""

import pytest

from quizgen.errors import ViewError
from quizgen.layers import (
    GRU,
    LSTM,
    AdaptiveAveragePooling2D,
    AveragePooling1D,
    BatchNorm,
    Bidirectional,
    ClassToken,
    Conv1D,
    Conv2D,
    ConvTranspose2D,
    Cropping1D,
    Dense,
    DepthwiseConv2D,
    GlobalMaxPooling1D,
    InstanceNorm,
    Layer,
    LayerNorm,
    MaxPooling2D,
    MultiHeadAttention,
    PartialConv2D,
    Permute,
    PReLU,
    Reshape,
    RMSNorm,
    SeparableConv2D,
    Shape,
    SimpleRNN,
    SinusoidalPositions,
    StackedRecurrent,
    Subsampling2D,
    TimeDistributed,
    ZeroPadding2D,
)
from quizgen.layers.graph import Node
from quizgen.network import Network, stack
from quizgen.views import keras_code
from tests.views import networks

MAPS, SEQUENCE, VECTOR = (32, 32, 8), (20, 8), (8,)

CODE = [
    (Dense(10, bias=False), VECTOR, "layers.Dense(10, use_bias=False),"),
    (Conv2D(16, (3, 5), padding="same"), MAPS, 'layers.Conv2D(16, (3, 5), padding="same"),'),
    (Conv2D(16, (3, 3), (2, 1), groups=4), MAPS, "layers.Conv2D(16, 3, strides=(2, 1), groups=4),"),
    (Conv2D(16, (3, 3), padding=((0, 0), (0, 0))), MAPS, "layers.Conv2D(16, 3),"),
    (Conv2D(16, (3, 3), padding=((1, 1), (1, 1))), MAPS, 'layers.Conv2D(16, 3, padding="same"),'),
    (Conv2D(16, (3, 3), (2, 2), ((0, 1), (0, 1))), MAPS, 'layers.Conv2D(16, 3, strides=2, padding="same"),'),
    (Conv2D(8, (3, 3), padding=((2, 2), (2, 2))), MAPS, "layers.ZeroPadding2D(2), layers.Conv2D(8, 3),"),
    (Conv1D(16, (3,), padding=((2, 0),)), SEQUENCE, "layers.ZeroPadding1D((2, 0)), layers.Conv1D(16, 3),"),
    (Conv1D(16, (3,), dilation=(2,)), SEQUENCE, "layers.Conv1D(16, 3, dilation_rate=2),"),
    (DepthwiseConv2D((3, 3), multiplier=2), MAPS, "layers.DepthwiseConv2D(3, depth_multiplier=2),"),
    (SeparableConv2D(16, (3, 3)), MAPS, "layers.SeparableConv2D(16, 3),"),
    (ConvTranspose2D(4, (3, 3), (2, 2), "same"), MAPS, 'layers.Conv2DTranspose(4, 3, strides=2, padding="same"),'),
    (
        ConvTranspose2D(4, (3, 3), (2, 2), ((1, 1), (1, 1)), output_padding=(1, 1)),
        MAPS,
        'layers.Conv2DTranspose( 4, 3, strides=2, padding="same", output_padding=1 ),',
    ),
    (MaxPooling2D((2, 2)), MAPS, "layers.MaxPooling2D(2),"),
    (AveragePooling1D((3,), (2,), "same"), SEQUENCE, 'layers.AveragePooling1D(3, strides=2, padding="same"),'),
    (Subsampling2D(), MAPS, "layers.AveragePooling2D(2), layers.DepthwiseConv2D(1),"),
    (GlobalMaxPooling1D(keepdims=True), SEQUENCE, "layers.GlobalMaxPooling1D(keepdims=True),"),
    (AdaptiveAveragePooling2D((7, 7)), MAPS, "layers.AdaptiveAveragePooling2D(7),"),
    (ZeroPadding2D(((0, 1), (0, 1))), MAPS, "layers.ZeroPadding2D(((0, 1), (0, 1))),"),
    (Cropping1D(((1, 2),)), SEQUENCE, "layers.Cropping1D((1, 2)),"),
    (Reshape((None, 4)), MAPS, "layers.Reshape((-1, 4)),"),
    (Permute((2, 1)), SEQUENCE, "layers.Permute((2, 1)),"),
    (PReLU("channel"), MAPS, "layers.PReLU(shared_axes=[1, 2]),"),
    (BatchNorm(scale=False), MAPS, "layers.BatchNormalization(scale=False),"),
    (LayerNorm(axes=2), MAPS, "layers.LayerNormalization(axis=[-2, -1]),"),
    (InstanceNorm(), MAPS, "layers.GroupNormalization(groups=-1, center=False, scale=False),"),
    (LSTM(4, sequences=True), SEQUENCE, "layers.LSTM(4, return_sequences=True),"),
    (GRU(4, biases=1), SEQUENCE, "layers.GRU(4, reset_after=False),"),
    (GRU(4, biases=2), SEQUENCE, "layers.GRU(4),"),
    (GRU(4, biases=0), SEQUENCE, "layers.GRU(4, use_bias=False),"),
    (Bidirectional(LSTM(4), "sum"), SEQUENCE, 'layers.Bidirectional(layers.LSTM(4), merge_mode="sum"),'),
    (StackedRecurrent(LSTM(4), 2), SEQUENCE, "layers.LSTM(4, return_sequences=True), layers.LSTM(4),"),
    (TimeDistributed(Dense(3)), SEQUENCE, "layers.TimeDistributed(layers.Dense(3)),"),
]

REFUSED = [
    (PartialConv2D(6, 10, (3, 3)), MAPS, "PartialConv2D"),
    (SinusoidalPositions(), SEQUENCE, "SinusoidalPositions"),
    (Conv2D(4, (3, 3), stride=(2, 2), dilation=(2, 2)), MAPS, "both a stride and a dilation"),
    (ConvTranspose2D(4, (5, 5), padding=((1, 1), (1, 1))), MAPS, "padding"),
    (MaxPooling2D((2, 2), ceil=True), MAPS, "rounds sizes up"),
    (BatchNorm(statistics="buffers"), MAPS, "statistics"),
    (RMSNorm(scale=False), SEQUENCE, "scale"),
    (SimpleRNN(4, biases=2), SEQUENCE, "two bias vectors"),
    (LSTM(4, projection=2), SEQUENCE, "projection"),
    (MultiHeadAttention(4, 2, value_dim=3, kv_heads=2), SEQUENCE, "grouped-query"),
]


@pytest.mark.parametrize(("layer", "shape", "lines"), CODE, ids=lambda value: str(value)[:40])
def test_a_layer_is_written_as_a_person_would(layer: Layer, shape: Shape, lines: str) -> None:
    before, after = f"keras.Input(shape={shape}), ", " ])"
    body = " ".join(keras_code(stack("one", shape, [layer])).split()).partition(before)[2]
    assert body == lines + after


@pytest.mark.parametrize(("layer", "shape", "why"), REFUSED, ids=lambda value: str(value)[:40])
def test_what_keras_does_not_have_is_refused(layer: Layer, shape: Shape, why: str) -> None:
    with pytest.raises(ViewError, match=why):
        keras_code(stack("one", shape, [layer]))


def test_a_plain_stack_is_a_sequential() -> None:
    assert (
        keras_code(networks.DIGITS)
        == """\
import keras
from keras import layers

model = keras.Sequential([
    keras.Input(shape=(28, 28, 1)),
    layers.Conv2D(32, 3, activation="relu"),
    layers.MaxPooling2D(2),
    layers.Conv2D(
        64,
        (5, 3),
        strides=2,
        padding="same",
        use_bias=False,
        activation="relu",
    ),
    layers.Flatten(),
    layers.Dropout(0.5),
    layers.Dense(10, activation="softmax"),
])"""
    )


def test_names_are_given_when_asked_for() -> None:
    code = keras_code(networks.RESIDUAL, names=True)
    assert 'layers.Conv2D(16, 3, padding="same", name="conv2")' in code
    assert 'layers.Add(name="add")([x, conv1])' in code


def test_a_branch_is_written_with_the_functional_api() -> None:
    assert (
        keras_code(networks.RESIDUAL)
        == """\
import keras
from keras import layers

inputs = keras.Input(shape=(32, 32, 3))
conv1 = layers.Conv2D(16, 3, padding="same", activation="relu")(inputs)
x = layers.Conv2D(16, 3, padding="same")(conv1)
x = layers.Add()([x, conv1])
x = layers.GlobalAveragePooling2D()(x)
outputs = layers.Dense(10)(x)
model = keras.Model(inputs, outputs)"""
    )


def test_a_transformer_block_is_written_from_its_parts() -> None:
    assert (
        keras_code(networks.ENCODER)
        == """\
import keras
from keras import layers

inputs = keras.Input(shape=(10, 64))
x = layers.MultiHeadAttention(num_heads=8, key_dim=8)(inputs, inputs)
x = layers.Add()([inputs, x])
attention_norm = layers.LayerNormalization()(x)
x = layers.Dense(256, activation="relu")(attention_norm)
x = layers.Dense(64)(x)
x = layers.Add()([attention_norm, x])
outputs = layers.LayerNormalization()(x)
model = keras.Model(inputs, outputs)"""
    )


def test_shared_layers_are_made_once_and_frozen_ones_are_not_trained() -> None:
    assert (
        keras_code(networks.SHARED)
        == """\
import keras
from keras import layers

inputs = keras.Input(shape=(16,))
inputs_2 = keras.Input(shape=(16,))
left_layer = layers.Dense(8)
left = left_layer(inputs)
x = left_layer(inputs_2)
x = layers.Concatenate()([left, x])
outputs = layers.Dense(1, trainable=False)(x)
model = keras.Model([inputs, inputs_2], outputs)"""
    )


def test_tied_weights_read_the_embedding_back() -> None:
    code = keras_code(networks.TIED)
    assert "tokens_layer = layers.ReversibleEmbedding(500, 16)" in code
    assert "outputs = tokens_layer(x, reverse=True)" in code
    assert "(x, x, use_causal_mask=True)" in code


def test_what_is_no_layer_of_keras_is_defined_once() -> None:
    code = keras_code(stack("tokens", SEQUENCE, [ClassToken(), Dense(3), ClassToken()]))
    assert code.count("class ClassToken(layers.Layer):") == 1


def test_parameters_of_another_kind_of_layer_cannot_be_shared() -> None:
    nodes = (Node("a", Dense(8)), Node("b", Dense(8, bias=False), tied_to="a"))
    with pytest.raises(ViewError, match="b cannot share the parameters of a"):
        keras_code(Network("odd", (Shape(VECTOR),), nodes))
