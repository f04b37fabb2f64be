"""Memory in bytes: how many numbers there are, times the bytes of one.

Like the rules of layers, the formulas here are blind to whether they're given ints or symbols. What they leave out is
what depends on a machine and not on the network: workspace of the kernels, fragmentation, the framework itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeGuard

from quizgen.arithmetic import copies, product, share, total
from quizgen.errors import UnknownNameError
from quizgen.layers.activation import Activation, Dropout
from quizgen.layers.attention import ScaledDotProduct
from quizgen.layers.base import Layer, Rule, Shape
from quizgen.layers.graph import TEXTBOOK, Row, Rulebook
from quizgen.layers.reshaping import Flatten, Reshape
from quizgen.network import input_shapes, params_total, trainable_total

NUMBER_BYTES: Mapping[str, int] = {"float64": 8, "float32": 4, "float16": 2, "bfloat16": 2, "int8": 1}
"""Bytes of one number, by data type."""

OPTIMIZER_STATES: Mapping[str, int] = {"sgd": 0, "momentum": 1, "adam": 2}
"""Numbers that an optimizer keeps for each trainable parameter, beside its gradient: none, a velocity, or the means of
the gradient and of its square (Kingma & Ba 2015, arXiv:1412.6980, alg. 1)."""

UNITS: Mapping[str, int] = {
    "B": 1, "KB": 1000, "MB": 1000**2, "GB": 1000**3, "KiB": 1024, "MiB": 1024**2, "GiB": 1024**3,
}  # fmt: skip
"""Bytes of one unit: powers of 1,000 without an i, and of 1,024 with one (IEC 80000-13)."""

VIEWS: tuple[type[Layer], ...] = (Flatten, Reshape)
"""Layers that give the same numbers other axes, and so take no memory of their own."""

IN_PLACE: tuple[type[Layer], ...] = (Activation, Dropout)
"""Layers that can write over what they read."""


def weight_bytes(params: int, number_bytes: int) -> int:
    """params · bytes: all parameters, trainable or not."""
    return params * number_bytes


def gradient_bytes(trainable: int, number_bytes: int) -> int:
    """trainable · bytes: one gradient for each parameter that is trained."""
    return trainable * number_bytes


def state_bytes(trainable: int, states: int, number_bytes: int) -> int:
    """states · trainable · bytes: so many numbers of the optimizer for each parameter that is trained."""
    return copies(states, trainable) * number_bytes


def activation_bytes(numbers: int, batch: int, number_bytes: int) -> int:
    """numbers · batch · bytes: each example of a batch has activations of its own."""
    return numbers * batch * number_bytes


def kv_cache_bytes(
    layers: int, kv_heads: int, head_dim: int, tokens: int, batch: int, number_bytes: int, *, heads: int | None = None
) -> int:
    """2 · layers · kv_heads · head_dim · tokens · batch · bytes: a key and a value for each token, in each head of
    keys and values, of each layer (Shazeer 2019, arXiv:1911.02150, sec. 2.4.1).

    heads: those of the queries, which stand beside them in every question and play no part.
    """
    return 2 * layers * kv_heads * head_dim * tokens * batch * number_bytes


def in_unit(size: int, unit: str) -> Fraction:
    """Bytes in a larger unit, exactly; raises UnknownNameError."""
    return Fraction(size, named("unit", unit, UNITS))


@dataclass(frozen=True, slots=True)
class Footprint:
    """What training takes up, in bytes."""

    weights: int
    gradients: int
    states: int
    activations: int

    @property
    def total(self) -> int:
        return self.weights + self.gradients + self.states + self.activations


def training(
    rows: Sequence[Row],
    *,
    dtype: str = "float32",
    optimizer: str = "adam",
    batch: int = 1,
    in_place: bool = True,
    rulebook: Rulebook = TEXTBOOK,
) -> Footprint:
    """The memory of a training step in which every number is of one data type; raises UnknownNameError.

    Activations are those that the backward pass waits for, see `kept_activations`; their own gradients, which live only
    shortly, are left out.
    """

    def reading(rule: Rule) -> Rule:
        return rulebook.get(rule, rule)

    number_bytes = named("data type", dtype, NUMBER_BYTES)
    states = named("optimizer", optimizer, OPTIMIZER_STATES)
    trainable = trainable_total(rows, rulebook)
    kept = reading(kept_activations)(rows, in_place=in_place)
    return Footprint(
        reading(weight_bytes)(params_total(rows, rulebook), number_bytes),
        reading(gradient_bytes)(trainable, number_bytes),
        reading(state_bytes)(trainable, states, number_bytes),
        reading(activation_bytes)(kept, batch, number_bytes),
    )


def kept_activations(rows: Sequence[Row], *, in_place: bool = True) -> int:
    """The numbers that one example leaves at the input and behind each layer, the parts of composite layers included.

    A layer that is used twice leaves its output twice. Attention's scores are left out, since fused kernels don't keep
    them.

    in_place: whether activations and dropout write over what they read, and so leave nothing of their own.
    """
    behind = [kept_behind(row, in_place=in_place) for row in rows]
    return total((*map(product, input_shapes(rows).values()), *behind))


def kept_behind(row: Row, *, in_place: bool = True) -> int:
    """Those that one layer leaves, or its parts do."""
    free = (*VIEWS, *IN_PLACE) if in_place else VIEWS
    return total(product(leaf.output) for leaf in leaves([row]) if not isinstance(leaf.layer, free))


def kv_cache(rows: Sequence[Row], *, dtype: str = "float16", batch: int = 1, rulebook: Rulebook = TEXTBOOK) -> int:
    """The bytes that a decoder keeps of its whole context: the cache of each causal attention. Where keys and values
    differ in width, the width of a head is their mean. Raises UnknownNameError."""
    number_bytes = named("data type", dtype, NUMBER_BYTES)
    rule = rulebook.get(kv_cache_bytes, kv_cache_bytes)
    alike = Counter(cached_heads(row.layer, *row.inputs) for row in leaves(rows) if is_causal(row.layer))
    return sum(
        rule(layers, kv_heads, head_dim, tokens, batch, number_bytes, heads=heads)
        for (heads, kv_heads, head_dim, tokens), layers in alike.items()
    )


def cached_heads(attention: ScaledDotProduct, queries: Shape, keys: Shape, values: Shape) -> tuple[int, int, int, int]:
    """Query heads, heads of keys and values, the width of one of these, and tokens."""
    kv_heads = attention.heads if attention.kv_heads is None else attention.kv_heads
    (tokens,) = keys.spatial
    return attention.heads, kv_heads, share(keys.channels + values.channels, 2 * kv_heads), tokens


def is_causal(layer: Layer) -> TypeGuard[ScaledDotProduct]:
    return isinstance(layer, ScaledDotProduct) and layer.causal


def leaves(rows: Iterable[Row]) -> Iterator[Row]:
    """The rows of the layers that are made of no others."""
    for row in rows:
        if row.parts:
            yield from leaves(row.parts)
        else:
            yield row


def named(kind: str, name: str, known: Mapping[str, int]) -> int:
    """The entry of that name; raises UnknownNameError."""
    if name not in known:
        raise UnknownNameError(kind, name, known)
    return known[name]
