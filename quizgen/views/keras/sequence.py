"""Normalizations and layers over sequences as Keras code."""

from __future__ import annotations

from typing import Literal

from quizgen.errors import ViewError
from quizgen.layers.attention import CrossAttention, MultiHeadAttention
from quizgen.layers.base import Shape
from quizgen.layers.embedding import ClassToken, Embedding, PositionEmbedding
from quizgen.layers.normalization import (
    BatchNorm,
    ChannelNorm,
    GroupNorm,
    InstanceNorm,
    LayerNorm,
    Normalization,
    RMSNorm,
)
from quizgen.layers.recurrent import GRU, LSTM, Bidirectional, RecurrentLayer
from quizgen.views.by_kind import ByKind
from quizgen.views.keras.spatial import made, named
from quizgen.views.piece import Piece, Writing, off, on
from quizgen.views.source import Source, call


def batch_norm(layer: BatchNorm, x: Shape) -> Piece:
    if layer.statistics != "parameters":
        raise ViewError("Keras counts the moving statistics of a BatchNorm as parameters.")
    return made("BatchNormalization", **learned(layer))


def layer_norm(layer: LayerNorm, x: Shape) -> Piece:
    return made("LayerNormalization", axis=last_axes(layer.axes), **learned(layer))


def rms_norm(layer: RMSNorm, x: Shape) -> Piece:
    if not layer.scale:
        raise ViewError("Keras has no RMSNorm without its scale.")
    return made("RMSNormalization", axis=last_axes(layer.axes))


def group_norm(layer: GroupNorm, x: Shape) -> Piece:
    return made("GroupNormalization", layer.groups, **learned(layer))


def instance_norm(layer: InstanceNorm, x: Shape) -> Piece:
    return made("GroupNormalization", groups=-1, **learned(layer))


def normalization(layer: Normalization, x: Shape) -> Piece:
    return made("Normalization")


def learned(layer: ChannelNorm) -> dict[str, Literal[False] | None]:
    return {"center": off(layer.center), "scale": off(layer.scale)}


def last_axes(number: int) -> list[int] | None:
    return list(range(-number, 0)) if number > 1 else None


def embedding(layer: Embedding, x: Shape) -> Piece:
    return made("Embedding", layer.vocabulary, layer.width)


def position_embedding(layer: PositionEmbedding, x: Shape) -> Piece:
    return Piece((call("PositionEmbedding", layer.positions),), needs=POSITION_EMBEDDING)


def class_token(layer: ClassToken, x: Shape) -> Piece:
    return Piece((call("ClassToken"),), needs=CLASS_TOKEN)


POSITION_EMBEDDING = """\
class PositionEmbedding(layers.Layer):
    def __init__(self, positions, **settings):
        super().__init__(**settings)
        self.positions = positions

    def build(self, shape):
        self.table = self.add_weight(shape=(self.positions, shape[-1]))

    def call(self, x):
        return x + self.table[: x.shape[1]]
"""
CLASS_TOKEN = """\
class ClassToken(layers.Layer):
    def build(self, shape):
        self.token = self.add_weight(shape=(1, 1, shape[-1]))

    def call(self, x):
        token = keras.ops.repeat(self.token, keras.ops.shape(x)[0], 0)
        return keras.ops.concatenate([token, x], axis=1)
"""


def recurrent(layer: RecurrentLayer, x: Shape) -> Piece:
    """Keras's LSTM and SimpleRNN have one bias vector; its GRU has two, unless `reset_after` is off."""
    if isinstance(layer, LSTM) and layer.projection is not None:
        raise ViewError("Keras has no LSTM with a projection.")
    if layer.biases == 2 and not isinstance(layer, GRU):
        raise ViewError(f"Keras has no {type(layer).__name__} with two bias vectors.")
    return named(
        layer,
        layer.units,
        return_sequences=on(layer.sequences),
        reset_after=off(layer.biases != 1) if isinstance(layer, GRU) else None,
        use_bias=off(layer.biases > 0),
    )


def bidirectional(layer: Bidirectional, x: Shape) -> Piece:
    (inner,) = recurrent(layer.layer, x).makes
    merge = None if layer.merge == "concat" else layer.merge
    return made("Bidirectional", Source(inner), merge_mode=merge)


def self_attention(layer: MultiHeadAttention, x: Shape) -> Piece:
    return attention(layer, x, x, "{0}, {0}")


def cross_attention(layer: CrossAttention, x: Shape, memory: Shape) -> Piece:
    return attention(layer, x, memory, "{0}, {1}")


def attention(layer: MultiHeadAttention, x: Shape, memory: Shape, reads: str) -> Piece:
    mask = ", use_causal_mask=True" if layer.causal else ""
    return Piece((grouped(layer, x, memory) or multi_head(layer),), (f"{{y}} = {{layer}}({reads}{mask})",))


def multi_head(layer: MultiHeadAttention) -> str:
    value_dim = None if layer.value_dim == layer.key_dim else layer.value_dim
    return call(
        "layers.MultiHeadAttention",
        num_heads=layer.heads,
        key_dim=layer.key_dim,
        value_dim=value_dim,
        output_shape=layer.width,
        use_bias=off(layer.bias),
    )


def grouped(layer: MultiHeadAttention, x: Shape, memory: Shape) -> str:
    """Keras's grouped attention, which puts out as many features as it reads, all alike in both inputs."""
    if layer.kv_heads is None:
        return ""
    if (
        layer.value_dim not in (None, layer.key_dim)
        or layer.width not in (None, x.channels)
        or x.channels != memory.channels
    ):
        raise ViewError("Keras has grouped-query attention only with one `head_dim` and one width.")
    return call(
        "layers.GroupQueryAttention",
        head_dim=layer.key_dim,
        num_query_heads=layer.heads,
        num_key_value_heads=layer.kv_heads,
        use_bias=off(layer.bias),
    )


SEQUENCE: ByKind[Writing] = (
    (BatchNorm, batch_norm),
    (RMSNorm, rms_norm),
    (LayerNorm, layer_norm),
    (GroupNorm, group_norm),
    (InstanceNorm, instance_norm),
    (Normalization, normalization),
    (Embedding, embedding),
    (PositionEmbedding, position_embedding),
    (ClassToken, class_token),
    (RecurrentLayer, recurrent),
    (Bidirectional, bidirectional),
    (CrossAttention, cross_attention),
    (MultiHeadAttention, self_attention),
)
