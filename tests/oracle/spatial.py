"""Dense, convolutional, pooling, resizing and reshaping layers, as Keras and PyTorch build them."""

from __future__ import annotations

from tests.oracle import convolutions, pooling, shaping
from tests.oracle.kind import Kind

KINDS: tuple[Kind, ...] = (*convolutions.KINDS, *pooling.KINDS, *shaping.KINDS)
