"""Keras's layers over sequences: recurrent ones, attention, and the wrappers around other layers."""

from __future__ import annotations

from typing import Any

from quizgen import layers as ours
from quizgen.layers.base import Layer
from quizgen.layers.recurrent import MERGES, RecurrentLayer
from quizgen.readers.keras_layers.settings import Settings


def recurrent(kind: type[Any], settings: Settings) -> RecurrentLayer:
    """One bias vector for each gate; two in a GRU that resets after the product, as Keras's does by default."""
    biases = 2 if kind is ours.GRU and settings.flag("reset_after", True) else 1
    layer: RecurrentLayer = kind(
        settings.number("units"),
        biases if settings.flag("use_bias", True) else 0,
        settings.flag("return_sequences", False),
    )
    return layer


def cudnn(kind: type[Any], settings: Settings) -> RecurrentLayer:
    """The layers of old Keras that ran on NVIDIA's library, with its two bias vectors."""
    layer: RecurrentLayer = kind(settings.number("units"), 2, settings.flag("return_sequences", False))
    return layer


def bidirectional(settings: Settings, inner: Layer) -> Layer:
    if not isinstance(inner, RecurrentLayer):
        raise settings.error("it holds no recurrent layer.", remedy="An LSTM, a GRU or a SimpleRNN belongs in it.")
    if "merge_mode" in settings.values and settings.values["merge_mode"] is None:
        raise settings.error("merge_mode = None leaves two outputs, which is not read.", remedy="Use concat.")
    return ours.Bidirectional(inner, settings.word("merge_mode", "concat", *MERGES))  # type: ignore[arg-type]


def time_distributed(settings: Settings, inner: Layer) -> Layer:
    return ours.TimeDistributed(inner)


def multi_head_attention(settings: Settings) -> Layer:
    """With one input its queries, keys and values are made of the same tokens."""
    kind = ours.CrossAttention if settings.several else ours.MultiHeadAttention
    width = settings.numbers("output_shape", ())
    if len(width) > 1:
        raise settings.error("an output_shape of several axes is not read.")
    return kind(
        settings.number("num_heads"),
        settings.number("key_dim"),
        settings.number("value_dim", None),
        width[0] if width else None,
        settings.flag("use_bias", True),
    )


def grouped_attention(settings: Settings) -> Layer:
    kind = ours.CrossAttention if settings.several else ours.MultiHeadAttention
    return kind(
        settings.number("num_query_heads"),
        settings.number("head_dim"),
        bias=settings.flag("use_bias", True),
        kv_heads=settings.number("num_key_value_heads"),
    )


def dot_attention(settings: Settings) -> Layer:
    """Keras's `Attention`, which learns nothing unless it is told to."""
    if settings.flag("use_scale", False) or settings.word("score_mode", "dot", "dot", "concat") == "concat":
        raise settings.error("an attention that learns its scale is not read.")
    return ours.ScaledDotProduct()
