"""How the formulas of `memory.py` are missed, which stand here in the place of a layer's rules."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from quizgen.arithmetic import product, total
from quizgen.layers.graph import Row
from quizgen.memory import (
    activation_bytes,
    gradient_bytes,
    in_unit,
    kept_activations,
    kv_cache_bytes,
    leaves,
    state_bytes,
    weight_bytes,
)
from quizgen.misconceptions.base import Count, Misconception


def one_byte_each(truth: Count, params: int, number_bytes: int) -> int:
    return truth(params, 1)


def bits_as_bytes(truth: Count, params: int, number_bytes: int) -> int:
    return truth(params, 8 * number_bytes)


def one_example(truth: Count, numbers: int, batch: int, number_bytes: int) -> int:
    return truth(numbers, 1, number_bytes)


def no_gradients(truth: Count, trainable: int, number_bytes: int) -> int:
    return 0


def no_states(truth: Count, trainable: int, states: int, number_bytes: int) -> int:
    return truth(trainable, 0, number_bytes)


def gradients_kept_again(truth: Count, trainable: int, states: int, number_bytes: int) -> int:
    return truth(trainable, states + 1, number_bytes)


def the_other_unit(truth: Callable[[int, str], Fraction], size: int, unit: str) -> Fraction:
    if unit == "B":
        return truth(size, unit)
    return truth(size, unit.replace("i", "") if "i" in unit else f"{unit[0]}iB")


def kept_once(truth: Count, rows: Sequence[Row], **given: bool) -> int:
    uses = leaves(row for row in rows if row.node.tied_to)
    return truth(rows, **given) - total(product(row.output) for row in uses)


def one_vector_for_each_token(truth: Count, *sizes: int, heads: int | None = None) -> int:
    return product(sizes)


def one_layer(truth: Count, layers: int, *sizes: int, heads: int | None = None) -> int:
    return truth(1, *sizes, heads=heads)


def one_head(truth: Count, layers: int, kv_heads: int, *sizes: int, heads: int | None = None) -> int:
    return truth(layers, 1, *sizes, heads=heads)


def all_query_heads(truth: Count, layers: int, kv_heads: int, *sizes: int, heads: int | None = None) -> int:
    return truth(layers, heads or kv_heads, *sizes, heads=heads)


def each_head_as_wide_as_all(
    truth: Count, layers: int, kv_heads: int, head_dim: int, *sizes: int, heads: int | None = None
) -> int:
    return truth(layers, kv_heads, (heads or kv_heads) * head_dim, *sizes, heads=heads)


MISCONCEPTIONS = (
    Misconception(
        id="memory-one-byte",
        topic="memory",
        rule=weight_bytes,
        wrong=one_byte_each,
        belief="A parameter takes one byte.",
        mend="How many bytes a parameter takes is a matter of its data type: 4 in float32, 2 in float16.",
        grade="D",
    ),
    Misconception(
        id="memory-bits-as-bytes",
        topic="memory",
        rule=weight_bytes,
        wrong=bits_as_bytes,
        belief="The number in the name of a data type says how many bytes it takes.",
        mend="It says how many bits: a float32 takes 4 bytes, a float16 takes 2.",
        grade="D",
    ),
    Misconception(
        id="memory-ignores-batch",
        topic="memory",
        rule=activation_bytes,
        wrong=one_example,
        belief="Activations are kept for one example.",
        mend="Each example of the batch leaves activations of its own.",
        grade="C",
    ),
    Misconception(
        id="memory-ignores-gradients",
        topic="memory",
        rule=gradient_bytes,
        wrong=no_gradients,
        belief="Training takes no memory for gradients.",
        mend="Every parameter that is trained has a gradient, which takes as much memory as the parameter.",
        grade="C",
    ),
    Misconception(
        id="memory-forget-adam-states",
        topic="memory",
        rule=state_bytes,
        wrong=no_states,
        belief="An optimizer keeps nothing beside weights and gradients.",
        mend="Adam keeps two running means for each parameter that is trained, momentum one velocity.",
        grade="D",
    ),
    Misconception(
        id="memory-gradients-among-states",
        topic="memory",
        rule=state_bytes,
        wrong=gradients_kept_again,
        belief="An optimizer keeps the gradients too, beside its own states.",
        mend="The gradients stand in memory once; Adam's own are two running means for each parameter, momentum's one velocity.",
        grade="D",
    ),
    Misconception(
        id="memory-mb-is-mib",
        topic="memory",
        rule=in_unit,
        wrong=the_other_unit,
        belief="MB and MiB are two names of one unit.",
        mend="A unit with an i is made of powers of 1,024, one without of powers of 1,000.",
        grade="C",
    ),
    Misconception(
        id="reused-layer-memory-once",
        topic="memory",
        rule=kept_activations,
        wrong=kept_once,
        belief="A layer that is used several times keeps its output once.",
        mend="Each use leaves an output of its own, which the way back needs.",
        grade="A",
    ),
    Misconception(
        id="kv-forget-two",
        topic="kv-cache",
        rule=kv_cache_bytes,
        wrong=one_vector_for_each_token,
        belief="The cache holds one vector for each token.",
        mend="It holds a key and a value: twice as much.",
        grade="D",
    ),
    Misconception(
        id="kv-forget-layers",
        topic="kv-cache",
        rule=kv_cache_bytes,
        wrong=one_layer,
        belief="The cache is that of one layer.",
        mend="Every layer of the decoder has keys and values of its own.",
        grade="B",
    ),
    Misconception(
        id="kv-forget-heads",
        topic="kv-cache",
        rule=kv_cache_bytes,
        wrong=one_head,
        belief="The cache is that of one head.",
        mend="Every head of keys and values keeps its own.",
        grade="B",
    ),
    Misconception(
        id="kv-query-heads-in-gqa",
        topic="kv-cache",
        rule=kv_cache_bytes,
        wrong=all_query_heads,
        belief="There is a key and a value for each query head.",
        mend="Queries are not kept, and several of their heads share one head of keys and values.",
        grade="B",
    ),
    Misconception(
        id="kv-heads-times-hidden",
        topic="kv-cache",
        rule=kv_cache_bytes,
        wrong=each_head_as_wide_as_all,
        belief="Each head keeps vectors as wide as the model.",
        mend="The width of the model is that of all heads together: a head keeps its own part only.",
        grade="B",
    ),
)
