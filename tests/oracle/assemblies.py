"""Small Keras models in which layers are shared, nested, joined and called in every way that their JSON must tell."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import keras
from keras import layers


def siamese() -> Any:
    encoder = keras.Sequential(
        [layers.Conv2D(4, 3, activation="relu"), layers.Flatten(), layers.Dense(8)], name="encoder"
    )
    left, right = keras.Input((10, 10, 1), name="left"), keras.Input((10, 10, 1), name="right")
    joined = layers.Concatenate()([encoder(left), encoder(right)])
    return keras.Model([left, right], layers.Dense(1)(joined))


def shared_layer() -> Any:
    shared, a, b = layers.Dense(6, name="shared"), keras.Input((6,)), keras.Input((6,))
    return keras.Model([a, b], layers.Add()([shared(a), shared(shared(b))]))


def nested_functional() -> Any:
    x = keras.Input((12, 12, 3))
    inner_in = keras.Input((12, 12, 3))
    inner = keras.Model(inner_in, layers.Conv2D(5, 3, padding="same")(inner_in), name="inner")
    outer_in = keras.Input((12, 12, 3))
    outer = keras.Model(outer_in, layers.BatchNormalization()(inner(outer_in)), name="outer")
    return keras.Model(x, layers.GlobalMaxPooling2D()(outer(x)))


def frozen_backbone() -> Any:
    backbone = keras.Sequential([keras.Input((8, 8, 3)), layers.Conv2D(4, 3), layers.BatchNormalization()], name="body")
    backbone.trainable = False
    return keras.Sequential([backbone, layers.Flatten(), layers.Dense(2)])


def several_outputs() -> Any:
    x = keras.Input((20,))
    trunk = layers.Dense(10)(x)
    return keras.Model(x, [layers.Dense(1, name="value")(trunk), layers.Dense(4, name="policy")(trunk)])


def inner_output() -> Any:
    x = keras.Input((20,))
    trunk = layers.Dense(10)(x)
    return keras.Model(x, [layers.Dense(3)(trunk), trunk])


def named_outputs() -> Any:
    x = {"image": keras.Input((6, 6, 1), name="image"), "size": keras.Input((2,), name="size")}
    joined = layers.Concatenate()([layers.Flatten()(x["image"]), x["size"]])
    return keras.Model(x, {"class": layers.Dense(3)(joined)})


def operators() -> Any:
    x = keras.Input((9, 9, 4))
    y = layers.Conv2D(4, 3, padding="same")(x)
    y = keras.ops.relu(y + x) * 2.0 - 1.0
    return keras.Model(x, y / (x + 3.0))


def gate() -> Any:
    x = keras.Input((8, 8, 6))
    weights = layers.Dense(6, activation="sigmoid")(layers.GlobalAveragePooling2D(keepdims=True)(x))
    return keras.Model(x, layers.Multiply()([weights, x]))


def attention() -> Any:
    x, memory = keras.Input((10, 16)), keras.Input((7, 12))
    y = layers.MultiHeadAttention(4, 8)(x, x)
    y = layers.MultiHeadAttention(2, 8, value_dim=5)(query=y, value=memory, key=memory)
    y = layers.GroupQueryAttention(8, 4, 2)(y, y)
    return keras.Model([x, memory], layers.LayerNormalization()(y + x))


def dot_attention() -> Any:
    x, memory = keras.Input((10, 16)), keras.Input((7, 16))
    return keras.Model([x, memory], layers.Attention()([x, memory]))


def masked_sequence() -> Any:
    return keras.Sequential(
        [
            keras.Input((15,)),
            layers.Embedding(50, 8, mask_zero=True),
            layers.LSTM(6, return_sequences=True),
            layers.GRU(3),
        ]
    )


def masked_functional() -> Any:
    x = keras.Input((15,))
    y = layers.Embedding(50, 8, mask_zero=True)(x)
    return keras.Model(x, layers.Dense(2)(layers.Bidirectional(layers.GRU(6, reset_after=False), merge_mode="sum")(y)))


def translator() -> Any:
    source, target = keras.Input((None, 12)), keras.Input((None, 14))
    _, *state = layers.LSTM(16, return_state=True)(source)
    y = layers.LSTM(16, return_sequences=True)(target, initial_state=state)
    return keras.Model([source, target], layers.Dense(14, activation="softmax")(y))


def every_step() -> Any:
    return keras.Sequential(
        [
            keras.Input((5, 20, 20, 3)),
            layers.TimeDistributed(layers.Conv2D(4, 3, strides=2)),
            layers.TimeDistributed(layers.Flatten()),
            layers.Bidirectional(layers.LSTM(7, return_sequences=True)),
            layers.TimeDistributed(layers.Dense(2)),
        ]
    )


def one_dimension() -> Any:
    return keras.Sequential(
        [
            keras.Input((50, 3)),
            layers.Conv1D(4, 5, padding="causal", dilation_rate=2),
            layers.SeparableConv1D(6, 3, depth_multiplier=2),
            layers.DepthwiseConv1D(3, strides=2),
            layers.Conv1DTranspose(4, 4, strides=2, padding="same"),
            layers.ZeroPadding1D((1, 3)),
            layers.Cropping1D(2),
            layers.UpSampling1D(3),
            layers.AveragePooling1D(3, strides=1, padding="same"),
            layers.GlobalMaxPooling1D(keepdims=True),
        ]
    )


def maps() -> Any:
    return keras.Sequential(
        [
            keras.Input((24, 20, 3)),
            layers.Rescaling(1 / 255),
            layers.Normalization(),
            layers.Conv2D(8, (3, 5), groups=1, use_bias=False),
            layers.PReLU(shared_axes=[1, 2]),
            layers.PReLU(),
            layers.GroupNormalization(4),
            layers.GroupNormalization(-1),
            layers.Conv2DTranspose(4, 3, strides=2, output_padding=1, padding="same"),
            layers.Conv2DTranspose(4, 2, strides=3),
            layers.ReLU(6.0),
            layers.LeakyReLU(),
            layers.SpatialDropout2D(0.2),
            layers.GaussianNoise(0.1),
            layers.Activation("swish"),
            layers.AdaptiveAveragePooling2D(6),
            layers.LayerNormalization(axis=[1, 2, 3]),
            layers.RMSNormalization(),
            layers.Permute((3, 1, 2)),
            layers.Reshape((-1, 12)),
        ]
    )


def volume() -> Any:
    return keras.Sequential(
        [keras.Input((12, 12, 12, 1)), layers.Conv3D(3, 3), layers.MaxPooling3D(), layers.GlobalAveragePooling3D()]
    )


def open_size() -> Any:
    return keras.Sequential([keras.Input((None, None, 3)), layers.Conv2D(5, 3), layers.GlobalAveragePooling2D()])


ASSEMBLIES: tuple[Callable[[], Any], ...] = (
    siamese,
    shared_layer,
    nested_functional,
    frozen_backbone,
    several_outputs,
    inner_output,
    named_outputs,
    operators,
    gate,
    attention,
    dot_attention,
    masked_sequence,
    masked_functional,
    translator,
    every_step,
    one_dimension,
    maps,
    volume,
    open_size,
)
