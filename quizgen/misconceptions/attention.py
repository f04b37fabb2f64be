"""How the rules of `layers/attention.py` are missed.

Beliefs that exchange a part come first, so that those that misread a setting act on it too.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from quizgen.arithmetic import share
from quizgen.layers.attention import MultiHeadAttention, ScaledDotProduct
from quizgen.layers.base import Shape
from quizgen.layers.dense import Dense
from quizgen.layers.graph import Node
from quizgen.misconceptions.base import Assembly, Count, Misconception


@dataclass(frozen=True, slots=True)
class LengthwiseDense(Dense):
    """A dense layer whose weights are taken to read the positions instead of the features."""

    def trainable(self, x: Shape) -> int:
        (length,) = x.spatial
        return Dense.trainable(self, x.with_channels(length))


@dataclass(frozen=True, slots=True)
class SlicedDense(Dense):
    """A dense layer in which each head is taken to read its own slice of the features."""

    heads: int = 1

    def trainable(self, x: Shape) -> int:
        return Dense.trainable(self, x.with_channels(share(x.channels, self.heads)))

    def macs(self, x: Shape, *, y: Shape) -> int:
        return Dense.macs(self, x.with_channels(share(x.channels, self.heads)), y=y)


@dataclass(frozen=True, slots=True)
class UnsharedDense(Dense):
    """A dense layer whose units are taken to be there for each of the query heads that share them."""

    sharing: int = 1

    def trainable(self, x: Shape) -> int:
        return self.sharing * Dense.trainable(self, x)

    def macs(self, x: Shape, *, y: Shape) -> int:
        return self.sharing * Dense.macs(self, x, y=y)


def with_layers(nodes: tuple[Node, ...], names: tuple[str, ...], make: Callable[[Dense], Dense]) -> tuple[Node, ...]:
    """The nodes with what is made of the dense layers of these names."""
    return tuple(
        replace(node, layer=make(node.layer)) if node.name in names and isinstance(node.layer, Dense) else node
        for node in nodes
    )


def each_head_as_wide_as_the_model(truth: Assembly, attention: MultiHeadAttention, *inputs: Shape) -> tuple[Node, ...]:
    return truth(attention.but(key_dim=inputs[0].channels, value_dim=None), *inputs)


def all_heads_share_the_key_dim(truth: Assembly, attention: MultiHeadAttention, *inputs: Shape) -> tuple[Node, ...]:
    """Where the heads are as wide together as the model, nobody takes one head's features for those of all."""
    if attention.heads * attention.key_dim == inputs[0].channels:
        return truth(attention, *inputs)
    value_dim = attention.value_dim and share(attention.value_dim, attention.heads)
    return truth(attention.but(key_dim=share(attention.key_dim, attention.heads), value_dim=value_dim), *inputs)


def each_head_reads_its_slice(truth: Assembly, attention: MultiHeadAttention, *inputs: Shape) -> tuple[Node, ...]:
    def sliced(dense: Dense) -> Dense:
        return SlicedDense(dense.units, dense.bias, attention.heads)

    return with_layers(truth(attention, *inputs), ("query", "key", "value"), sliced)


def weights_along_the_sequence(truth: Assembly, attention: MultiHeadAttention, *inputs: Shape) -> tuple[Node, ...]:
    def lengthwise(dense: Dense) -> Dense:
        return LengthwiseDense(dense.units, dense.bias)

    return with_layers(truth(attention, *inputs), ("query", "key", "value"), lengthwise)


def nothing_after_the_heads(truth: Assembly, attention: MultiHeadAttention, *inputs: Shape) -> tuple[Node, ...]:
    return tuple(node for node in truth(attention, *inputs) if node.name != "output")


def no_biases(truth: Assembly, attention: MultiHeadAttention, *inputs: Shape) -> tuple[Node, ...]:
    return truth(attention.but(bias=False), *inputs)


def keys_for_every_query_head(truth: Assembly, attention: MultiHeadAttention, *inputs: Shape) -> tuple[Node, ...]:
    nodes = truth(attention, *inputs)
    if attention.kv_heads is None:
        return nodes
    sharing = share(attention.heads, attention.kv_heads)
    return with_layers(nodes, ("key", "value"), lambda dense: UnsharedDense(dense.units, dense.bias, sharing))


def heads_that_share_a_key(truth: Assembly, attention: MultiHeadAttention, *inputs: Shape) -> tuple[Node, ...]:
    if attention.kv_heads is None:
        return truth(attention, *inputs)
    return truth(attention.but(kv_heads=share(attention.heads, attention.kv_heads)), *inputs)


def products_left_out(truth: Count, attention: ScaledDotProduct, *inputs: Shape, y: Shape) -> int:
    return 0


MISCONCEPTIONS = (
    Misconception(
        id="mha-head-slices-both-sides",
        topic="attention",
        rule=MultiHeadAttention.nodes,
        wrong=each_head_reads_its_slice,
        belief="A head sees only its own slice of each token.",
        mend="Each of the {heads} heads reads the whole token; only what it puts out is a slice.",
        grade="A",
    ),
    Misconception(
        id="attention-weights-depend-on-length",
        topic="attention",
        rule=MultiHeadAttention.nodes,
        wrong=weights_along_the_sequence,
        belief="The weights for queries, keys and values have a row for each token of the sequence.",
        mend="They have a row for each feature of a token; all {length} tokens use the same ones.",
        grade="B",
    ),
    Misconception(
        id="gqa-full-kv-projection",
        topic="transformer",
        rule=MultiHeadAttention.nodes,
        wrong=keys_for_every_query_head,
        belief="There are keys and values for every query head, also where heads share them.",
        mend="The {heads} query heads share {kv_heads} heads of keys and values, and only those are projected.",
        grade="D",
    ),
    Misconception(
        id="mha-forget-output-projection",
        topic="attention",
        rule=MultiHeadAttention.nodes,
        wrong=nothing_after_the_heads,
        belief="Attention has weights for queries, keys and values, and no others.",
        mend="A fourth dense layer reads the {heads} heads side by side.",
        grade="D",
    ),
    Misconception(
        id="mha-heads-multiply",
        topic="attention",
        rule=MultiHeadAttention.nodes,
        wrong=each_head_as_wide_as_the_model,
        belief="Each head has queries, keys and values as wide as the model, so that more heads mean more parameters.",
        mend="The {heads} heads divide the width among them: each is only {key_dim} wide.",
        grade="A",
    ),
    Misconception(
        id="keras-key-dim-is-total",
        topic="attention",
        rule=MultiHeadAttention.nodes,
        wrong=all_heads_share_the_key_dim,
        belief="The key dimension is what all heads have together.",
        mend="In Keras it is the width of one head: {heads} heads of {key_dim} features stand side by side.",
        grade="C",
    ),
    Misconception(
        id="mha-forget-bias",
        topic="attention",
        rule=MultiHeadAttention.nodes,
        wrong=no_biases,
        belief="The dense layers of attention have no biases.",
        mend="Each of the four dense layers around the {heads} heads has its biases unless they are switched off.",
        grade="B",
    ),
    Misconception(
        id="gqa-groups-as-divisor",
        topic="kv-cache",
        rule=MultiHeadAttention.nodes,
        wrong=heads_that_share_a_key,
        belief="The number of groups says how many query heads share one head of keys and values.",
        mend="It is the number of key and value heads: {kv_heads} of them serve {heads} query heads.",
        grade="A",
    ),
    Misconception(
        id="attention-flops-forget-scores",
        topic="flops",
        rule=ScaledDotProduct.macs,
        wrong=products_left_out,
        belief="Only dense layers cost multiplications; attention itself is free.",
        mend="Every query meets every key, and every score weighs a value: two products of {length} × {length_2} "
        "for each feature.",
        grade="B",
    ),
)
