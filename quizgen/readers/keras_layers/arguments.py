"""Which of the tensors that a Keras layer is called on it reads, and in which order the engine's layer has them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from quizgen.readers.reading import ReadError

T = TypeVar("T")

STATEFUL = frozenset({"SimpleRNN", "LSTM", "GRU", "CuDNNLSTM", "CuDNNGRU", "Bidirectional", "RNN", "ConvLSTM2D"})
"""Layers that may be given a first state beside their input, which counts nothing."""

ATTENTION = frozenset({"MultiHeadAttention", "GroupQueryAttention", "GroupedQueryAttention"})
MASKS = frozenset({"mask", "attention_mask", "query_mask", "value_mask", "key_mask"})
SIDE = MASKS | {"initial_state", "training"}
"""Keywords that change no shape and no count."""


def inputs_of(kind: str, arguments: Sequence[T], keywords: Mapping[str, T]) -> tuple[T, ...]:
    """The inputs of the engine's layer. Raises ReadError for keys that are not made of the values' tokens."""
    named = {name: value for name, value in keywords.items() if name not in SIDE}
    if kind in STATEFUL:
        return (*arguments, *named.values())[:1]
    if kind == "Attention":
        tensors = (*arguments, *named.values())
        return (tensors[0], tensors[-1], tensors[1]) if len(tensors) in (2, 3) else tensors
    if kind not in ATTENTION:
        return (*arguments, *named.values())
    called = {**dict(zip(("query", "value", "key"), arguments, strict=False)), **named}
    if "query" not in called or "value" not in called:
        raise ReadError(f"{kind} is called without its query or its value.")
    query, value = called["query"], called["value"]
    if called.get("key", value) != value:
        raise ReadError(f"{kind} reads keys and values of different tokens, which is not read.")
    return (query,) if query == value else (query, value)
