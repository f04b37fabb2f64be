"""Normalization, embedding, recurrent, attention and transformer layers, as Keras and PyTorch build them."""

from __future__ import annotations

from tests.oracle import adapters, attention, embedding, merging, normalization, recurrent, transformer
from tests.oracle.kind import Kind

KINDS: tuple[Kind, ...] = (
    *normalization.KINDS,
    *embedding.KINDS,
    *recurrent.KINDS,
    *attention.KINDS,
    *transformer.KINDS,
    *adapters.KINDS,
    *merging.KINDS,
)
