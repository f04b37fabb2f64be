"""Attention, as Keras and PyTorch build it."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import Any

import keras
import torch

from quizgen.layers import CrossAttention, MultiHeadAttention, ScaledDotProduct, Shape
from tests.oracle.assembled import Assembled, keras_graph, sequence_shape
from tests.oracle.drawing import coin
from tests.oracle.kind import Inputs, Kind


def head_counts(random: Random) -> tuple[int, int | None]:
    """Query heads, and key heads that divide them or are left open."""
    kv_heads = random.randint(1, 3)
    return kv_heads * random.randint(1, 3), random.choice((kv_heads, None))


def split(x: torch.Tensor, heads: int) -> torch.Tensor:
    """`length × heads·features` as `heads × length × features`, with the batch before them."""
    return x.reshape(*x.shape[:2], heads, -1).transpose(1, 2)


def dot_product(
    layer: ScaledDotProduct | MultiHeadAttention, query: torch.Tensor, key: torch.Tensor, value: torch.Tensor
) -> torch.Tensor:
    kv_heads = layer.kv_heads or layer.heads
    result: torch.Tensor = torch.nn.functional.scaled_dot_product_attention(
        split(query, layer.heads),
        split(key, kv_heads),
        split(value, kv_heads),
        is_causal=layer.causal,
        enable_gqa=True,
    )
    return result.transpose(1, 2).flatten(-2)


def draw_dot_product(random: Random) -> tuple[ScaledDotProduct, Inputs]:
    heads, kv_heads = head_counts(random)
    key_dim, value_dim, length, memory = (random.randint(2, 9) for _ in range(4))
    shared = kv_heads or heads
    inputs = Shape((length, heads * key_dim)), Shape((memory, shared * key_dim)), Shape((memory, shared * value_dim))
    return ScaledDotProduct(heads, kv_heads, coin(random)), inputs


def torch_dot_product(layer: ScaledDotProduct, inputs: Inputs) -> Any:
    return Assembled(lambda parts, *x: dot_product(layer, *x))


def attention(random: Random, kind: type[MultiHeadAttention], width: int) -> MultiHeadAttention:
    """Half of them as PyTorch has them: heads that share the width."""
    bias = coin(random)
    if coin(random):
        heads = random.choice([heads for heads in range(1, width // 2 + 1) if width % heads == 0])
        return kind(heads, width // heads, bias=bias)
    heads, kv_heads = head_counts(random)
    key_dim = random.randint(2, 9)
    if kv_heads is not None:
        return kind(heads, key_dim, bias=bias, kv_heads=kv_heads)
    value_dim, out = random.choice((None, random.randint(2, 9))), random.choice((None, random.randint(2, 24)))
    return kind(heads, key_dim, value_dim, out, bias)


def draw_self_attention(random: Random) -> tuple[MultiHeadAttention, Inputs]:
    shape = sequence_shape(random)
    return replace(attention(random, MultiHeadAttention, shape.channels), causal=coin(random)), (shape,)


def draw_cross_attention(random: Random) -> tuple[MultiHeadAttention, Inputs]:
    shape = sequence_shape(random)
    return attention(random, CrossAttention, shape.channels), (shape, sequence_shape(random))


def keras_attention(layer: MultiHeadAttention, inputs: Inputs) -> Any:
    if layer.kv_heads is None:
        built = keras.layers.MultiHeadAttention(
            layer.heads, layer.key_dim, layer.value_dim, use_bias=layer.bias, output_shape=layer.width
        )
    elif inputs[0].channels != inputs[-1].channels:
        return None
    else:
        built = keras.layers.GroupQueryAttention(layer.key_dim, layer.heads, layer.kv_heads, use_bias=layer.bias)
    return keras_graph(inputs, lambda *x: built(x[0], x[-1], use_causal_mask=layer.causal))


def torch_attention(layer: MultiHeadAttention, inputs: Inputs) -> Any:
    """PyTorch's own where it has one, which is never grouped and shares the width out to the heads."""
    width, memory = inputs[0].channels, inputs[-1].channels
    own = (layer.kv_heads, layer.value_dim, layer.width) == (None, None, None) and layer.heads * layer.key_dim == width
    if not own:
        return None
    module = torch.nn.MultiheadAttention(
        width, layer.heads, bias=layer.bias, kdim=memory, vdim=memory, batch_first=True
    )
    mask = torch.ones(inputs[0].spatial * 2).triu(1).bool() if layer.causal else None
    return Assembled(
        lambda parts, *x: parts["attention"](x[0], x[-1], x[-1], attn_mask=mask)[0],
        attention=module,
    )


KINDS: tuple[Kind, ...] = (
    Kind("ScaledDotProduct", draw_dot_product, torch=torch_dot_product, channels_first=False),
    Kind("MultiHeadAttention", draw_self_attention, keras_attention, torch_attention, channels_first=False),
    Kind("CrossAttention", draw_cross_attention, keras_attention, torch_attention, channels_first=False),
)
