"""From token ids to vectors, and the vectors that tell positions and classes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from quizgen.errors import ShapeError
from quizgen.layers.base import Layer, Shape, check_rank, check_sizes


@dataclass(frozen=True, slots=True)
class Embedding(Layer):
    """A table with one row for each token: Keras `Embedding(vocabulary, width)`, PyTorch the same.

    Shapes: input `length` token ids, output `length × width`. A lookup multiplies nothing. The row of a padding token
    (`mask_zero`, `padding_idx`) counts like any other.
    """

    vocabulary: int
    width: int

    last_axis: ClassVar[str] = "length"

    def __post_init__(self) -> None:
        check_sizes(self, vocabulary=self.vocabulary, width=self.width)

    def output(self, x: Shape) -> Shape:
        return Shape((*x, self.width))

    def trainable(self, x: Shape) -> int:
        """vocabulary · width: a vector for each token, and no bias; the length of the sequence plays no part."""
        return self.vocabulary * self.width

    def check(self, x: Shape) -> None:
        if len(x) != 1:
            raise ShapeError(
                f"Embedding reads a sequence of token ids (one axis), but {x} has {len(x)}.",
                remedy="It stands first in a network; vectors are brought to another width by Dense.",
            )


class TokenVectors(Layer):
    """A layer over a sequence of vectors, `length × features`."""

    __slots__ = ()

    last_axis: ClassVar[str] = "features"
    spatial_axes: ClassVar[tuple[str, ...]] = ("length",)

    def check(self, x: Shape) -> None:
        check_rank(self, x, 2)


@dataclass(frozen=True, slots=True)
class PositionEmbedding(TokenVectors):
    """A learned vector for each position, added to the token's: `Embedding(positions, features)` over 0, 1, 2, ... in
    either framework, Keras Hub `PositionEmbedding(positions)` (Gehring et al. 2017, arXiv:1705.03122, sec. 3.1).

    positions: the longest sequence that the table serves; a shorter one leaves the count as it is.
    """

    positions: int

    def __post_init__(self) -> None:
        check_sizes(self, positions=self.positions)

    def trainable(self, x: Shape) -> int:
        """positions · features."""
        return self.positions * x.channels

    def check(self, x: Shape) -> None:
        TokenVectors.check(self, x)
        (length,) = x.spatial
        if length > self.positions:
            raise ShapeError(
                f"PositionEmbedding has {self.positions} positions, but the sequence has {length} tokens.",
                remedy="The table needs a row for each position, class token included.",
            )


class SinusoidalPositions(TokenVectors):
    """Sines and cosines of the position, added to the token's vector: computed, not learned (Vaswani et al. 2017,
    arXiv:1706.03762, sec. 3.5)."""

    __slots__ = ()


class ClassToken(TokenVectors):
    """One learned token put before the sequence, whose last state is classified (Dosovitskiy et al. 2021,
    arXiv:2010.11929, eq. 1). Shapes: `length × features` to `(length + 1) × features`."""

    __slots__ = ()

    def output(self, x: Shape) -> Shape:
        (length,) = x.spatial
        return x.with_spatial((length + 1,))

    def trainable(self, x: Shape) -> int:
        """features: one vector."""
        return x.channels
