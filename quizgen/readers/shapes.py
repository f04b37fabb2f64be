"""Input shapes as people type them, and what the layers tell where nobody typed one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from quizgen.layers.attention import MultiHeadAttention, ScaledDotProduct
from quizgen.layers.base import Layer, Shape
from quizgen.layers.embedding import Embedding, TokenVectors
from quizgen.layers.recurrent import Bidirectional, RecurrentLayer, StackedRecurrent
from quizgen.layers.reshaping import Flatten, Permute
from quizgen.layers.transformer import TransformerBlock
from quizgen.readers.reading import ReadError
from quizgen.unknown import UNKNOWN

LARGEST = 10**12
"""No layer of any network is as large: a number beyond it is a slip, or an attack on whoever multiplies it."""

DIGITS = len(str(LARGEST))
MOST_AXES = 8

SIZE = r"(?:\d+|\?)"
TYPED = re.compile(rf"[(\[]?\s*{SIZE}(?:\s*[x×*,\s]\s*{SIZE})*\s*,?\s*[)\]]?")

BY_KIND: tuple[tuple[type[Layer] | tuple[type[Layer], ...], int], ...] = (
    (Embedding, 1),
    ((RecurrentLayer, Bidirectional, StackedRecurrent, TokenVectors), 2),
    ((ScaledDotProduct, MultiHeadAttention, TransformerBlock), 2),
    (Flatten, 3),
)
"""How many axes the input of a layer has that does not carry its rank; a Flatten is nearly always under an image."""


def parse_shape(text: str) -> Shape:
    """`224x224x3`, `224 × 224 × 3`, `224,224,3`, `(224, 224, 3)` or `784`; a `?` for a size that is not known.

    The batch axis is left out. Raises ReadError.
    """
    typed = text.strip().lower()
    if not TYPED.fullmatch(typed):
        raise ReadError(f"“{shortened(text)}” is no shape.", remedy="Write it as 224x224x3, without the batch axis.")
    sizes = re.findall(SIZE, typed)
    if len(sizes) > MOST_AXES:
        raise ReadError(f"“{shortened(text)}” has {len(sizes)} axes.", remedy=f"{MOST_AXES} are the most.")
    return Shape(map(parse_size, sizes))


def parse_size(text: str) -> Any:
    """A size of at least 1, or `?`; raises ReadError."""
    if text == "?":
        return UNKNOWN
    size = parse_number(text)
    if size < 1:
        raise ReadError(f"a size of {size} holds nothing.", remedy="Every size is at least 1.")
    return size


def parse_number(text: str) -> int:
    """A whole number, none below 0; raises ReadError for what is larger than any layer."""
    if not (text.isascii() and text.isdigit()):
        raise ReadError(f"“{shortened(text)}” is no whole number.")
    if len(text.lstrip("0")) > DIGITS or int(text) > LARGEST:
        raise ReadError(f"{shortened(text)} is larger than any layer.", remedy=f"{LARGEST:,} is the largest size.")
    return int(text)


def shortened(text: str, width: int = 60) -> str:
    """A user's text in a message, on one line."""
    line = " ".join(text[: 4 * width].split())
    return line if len(line) <= width else f"{line[: width - 1]}…"


def written_shape(shape: Shape) -> str:
    """`28x28x1`, as `parse_shape` reads it."""
    return "x".join(map(str, shape))


def unknown_shape(axes: int) -> Shape:
    """So many sizes that nobody has said."""
    return Shape((UNKNOWN,) * axes)


def axes_of(kind: type[Layer]) -> int | None:
    """How many axes the input of a kind of layer must have; None where it takes any."""
    rank = getattr(kind, "rank", None) or getattr(getattr(kind, "depthwise", None), "rank", None)
    if isinstance(rank, int):
        return rank + 1
    return next((axes for kinds, axes in BY_KIND if issubclass(kind, kinds)), None)


def shape_for(layers: Iterable[Layer]) -> Shape:
    """An input of unknown sizes, with as many axes as the first layer that tells; a vector where none does."""
    read = (len(layer.order) if isinstance(layer, Permute) else axes_of(type(layer)) for layer in layers)
    return unknown_shape(next((axes for axes in read if axes is not None), 1))
