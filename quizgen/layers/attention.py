"""Attention: a product of activations with activations, between dense layers that make queries, keys and values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from quizgen.arithmetic import share
from quizgen.errors import LayerError, ShapeError
from quizgen.layers.base import Layer, Shape, check_rank, check_sizes
from quizgen.layers.dense import Dense
from quizgen.layers.graph import Composite, Node, input_name


@dataclass(frozen=True, slots=True)
class ScaledDotProduct(Layer):
    """softmax(QKᵀ / √d) V for each head (Vaswani et al. 2017, arXiv:1706.03762, eq. 1); PyTorch
    `scaled_dot_product_attention`. Nothing in it is learned.

    Shapes: queries `length × features`, keys and values `memory × features`, all heads side by side; output
    `length × features`, as wide as the values of all heads.

    kv_heads: how many heads the keys and values have, each shared by `heads / kv_heads` query heads (Ainslie et al.
        2023, arXiv:2305.13245); as many as the queries by default.
    causal: whether a token sees only those before it. Masked products are computed and thrown away, and count.
    """

    heads: int = 1
    kv_heads: int | None = None
    causal: bool = False

    arity: ClassVar[int | None] = 3
    last_axis: ClassVar[str] = "features"
    spatial_axes: ClassVar[tuple[str, ...]] = ("length",)

    def __post_init__(self) -> None:
        check_sizes(self, heads=self.heads)
        check_kv_heads(self, self.heads, self.kv_heads)

    def output(self, *inputs: Shape) -> Shape:
        queries, _, values = inputs
        if self.kv_heads is None:
            return queries.with_channels(values.channels)
        return queries.with_channels(self.heads * share(values.channels, self.kv_heads))

    def trainable(self, *inputs: Shape) -> int:
        return 0

    def non_trainable(self, *inputs: Shape) -> int:
        return 0

    def macs(self, *inputs: Shape, y: Shape) -> int:
        """length · memory · (features + features): the scores, and the sum of values that they weigh."""
        queries, keys, _ = inputs
        (length,), (memory,) = queries.spatial, keys.spatial
        return length * memory * (queries.channels + y.channels)

    def window(self, *inputs: Shape) -> None:
        return None

    def check(self, *inputs: Shape) -> None:
        for x in inputs:
            check_rank(self, x, 2)
        queries, keys, values = inputs
        kv_heads = self.heads if self.kv_heads is None else self.kv_heads
        if keys.spatial != values.spatial:
            raise ShapeError(f"Each key has its value, but {keys.spatial[0]} keys meet {values.spatial[0]} values.")
        for x, heads in ((queries, self.heads), (keys, kv_heads), (values, kv_heads)):
            if x.channels % heads:
                raise ShapeError(f"ScaledDotProduct: {x.channels} features do not divide into {heads} heads.")
        if queries.channels // self.heads != keys.channels // kv_heads:
            raise ShapeError(
                f"A query of {queries.channels // self.heads} features for each head meets a key of "
                f"{keys.channels // kv_heads}.",
                remedy="Queries and keys are multiplied feature by feature, so each head has equally many of both.",
            )


@dataclass(frozen=True, slots=True)
class MultiHeadAttention(Composite):
    """Self-attention over tokens: three dense layers, the attention of each head, a dense layer on all heads (Vaswani
    et al. 2017, sec. 3.2.2). Shapes: `length × width` to `length × width`.

    Keras `MultiHeadAttention(heads, key_dim, value_dim, output_shape=width)`, `GroupQueryAttention`; PyTorch's
    `MultiheadAttention(d, h)` is `MultiHeadAttention(heads=h, key_dim=d // h)`.

    key_dim, value_dim: features of a query and key, and of a value, in one head, as in Keras; equal by default.
    width: features that come out; those of the input by default.
    bias: whether the four dense layers have one.
    kv_heads, causal: as in `ScaledDotProduct`.
    """

    heads: int
    key_dim: int
    value_dim: int | None = None
    width: int | None = None
    bias: bool = True
    kv_heads: int | None = None
    causal: bool = False

    def __post_init__(self) -> None:
        check_sizes(self, heads=self.heads, key_dim=self.key_dim)
        check_given(self, value_dim=self.value_dim, width=self.width)
        check_kv_heads(self, self.heads, self.kv_heads)

    def nodes(self, *inputs: Shape) -> tuple[Node, ...]:
        for x in inputs:
            check_rank(self, x, 2)
        tokens, memory = input_name(0), input_name(len(inputs) - 1)
        kv_heads = self.heads if self.kv_heads is None else self.kv_heads
        value_dim = self.key_dim if self.value_dim is None else self.value_dim
        width = inputs[0].channels if self.width is None else self.width
        return (
            Node("query", Dense(self.heads * self.key_dim, self.bias), (tokens,)),
            Node("key", Dense(kv_heads * self.key_dim, self.bias), (memory,)),
            Node("value", Dense(kv_heads * value_dim, self.bias), (memory,)),
            Node("heads", ScaledDotProduct(self.heads, self.kv_heads, self.causal), ("query", "key", "value")),
            Node("output", Dense(width, self.bias)),
        )


class CrossAttention(MultiHeadAttention):
    """Attention of the first input's tokens to the second's, from which keys and values are made: in Keras and PyTorch
    the same layers, called with another `value` (and `key`). Shapes: `length × width` and `memory × any`."""

    __slots__ = ()

    arity: ClassVar[int | None] = 2


def check_given(layer: Layer, **settings: int | None) -> None:
    """Raise LayerError where a setting that may be left open is given and isn't positive."""
    check_sizes(layer, **{name: value for name, value in settings.items() if value is not None})


def check_kv_heads(layer: Layer, heads: int, kv_heads: int | None) -> None:
    """Raise LayerError where the key heads can't be dealt out evenly to the query heads."""
    check_given(layer, kv_heads=kv_heads)
    if kv_heads is not None and heads % kv_heads:
        raise LayerError(
            f"{type(layer).__name__}: {heads} query heads cannot share {kv_heads} heads of keys and values evenly.",
            remedy="kv_heads divides heads: equal to it is multi-head attention, 1 is multi-query attention.",
        )
