"""Transformer blocks, as Keras's parts and PyTorch build them."""

from __future__ import annotations

from random import Random
from typing import Any

import keras
import torch

from quizgen.layers import DecoderBlock, EncoderBlock, FeedForward
from tests.oracle.assembled import Assembled, keras_graph, sequence_shape
from tests.oracle.attention import head_counts
from tests.oracle.drawing import coin
from tests.oracle.kind import Inputs, Kind


def draw_feed_forward(random: Random) -> tuple[FeedForward, Inputs]:
    return FeedForward(random.randint(2, 60), coin(random), coin(random)), (sequence_shape(random),)


def keras_feed_forward(layer: FeedForward, inputs: Inputs) -> Any:
    return keras_graph(inputs, lambda x: keras_feed(x, layer.hidden, layer.gated, layer.bias))


def keras_feed(x: Any, hidden: int, gated: bool, bias: bool) -> Any:
    inner = keras.layers.Dense(hidden, "silu", use_bias=bias)(x)
    if gated:
        inner = inner * keras.layers.Dense(hidden, use_bias=bias)(x)
    return keras.layers.Dense(x.shape[-1], use_bias=bias)(inner)


def torch_feed_forward(layer: FeedForward, inputs: Inputs) -> Any:
    def linear(inward: int, outward: int) -> torch.nn.Linear:
        return torch.nn.Linear(inward, outward, bias=layer.bias)

    width, silu = inputs[0].channels, torch.nn.functional.silu
    up, down = linear(width, layer.hidden), linear(layer.hidden, width)
    if not layer.gated:
        return Assembled(lambda parts, x: parts["down"](silu(parts["up"](x))), up=up, down=down)
    gate = linear(width, layer.hidden)
    return Assembled(
        lambda parts, x: parts["down"](silu(parts["gate"](x)) * parts["up"](x)), gate=gate, up=up, down=down
    )


def block_settings(random: Random) -> tuple[dict[str, Any], int]:
    """Half of them as PyTorch has them, and a width that suits."""
    heads, kv_heads = head_counts(random)
    settings: dict[str, Any] = {
        "heads": heads,
        "hidden": random.randint(2, 60),
        "pre_norm": coin(random),
        "bias": coin(random),
    }
    if coin(random):
        settings |= {
            "kv_heads": kv_heads,
            "key_dim": random.choice((None, random.randint(2, 9))),
            "gated": coin(random),
            "norm": random.choice(("layer", "rms")),
        }
    return settings, heads * random.randint(2, 6)


def draw_encoder(random: Random) -> tuple[EncoderBlock, Inputs]:
    settings, width = block_settings(random)
    return EncoderBlock(**settings), (sequence_shape(random, width),)


def draw_decoder(random: Random) -> tuple[DecoderBlock, Inputs]:
    settings, width = block_settings(random)
    return DecoderBlock(**settings), (sequence_shape(random, width), sequence_shape(random, width))


def keras_block(layer: EncoderBlock | DecoderBlock, inputs: Inputs) -> Any:
    """From Keras's layers: Keras itself has no blocks."""

    def norm(x: Any) -> Any:
        if layer.norm == "rms":
            return keras.layers.RMSNormalization()(x)
        return keras.layers.LayerNormalization(center=layer.bias)(x)

    def residual(x: Any, sublayer: Any) -> Any:
        return x + sublayer(norm(x)) if layer.pre_norm else norm(x + sublayer(x))

    def attend(x: Any, memory: Any) -> Any:
        width = layer.key_dim or x.shape[-1] // layer.heads
        if layer.kv_heads is None:
            return keras.layers.MultiHeadAttention(layer.heads, width, use_bias=layer.bias)(x, memory)
        return keras.layers.GroupQueryAttention(width, layer.heads, layer.kv_heads, use_bias=layer.bias)(x, memory)

    def block(x: Any, *memory: Any) -> Any:
        x = residual(x, lambda own: attend(own, own))
        for encoded in memory:
            x = residual(x, lambda own, encoded=encoded: attend(own, encoded))
        return residual(x, lambda own: keras_feed(own, layer.hidden, layer.gated, layer.bias))

    return keras_graph(inputs, block)


def torch_block(layer: EncoderBlock | DecoderBlock, inputs: Inputs) -> Any:
    if layer.gated or layer.norm == "rms" or layer.key_dim is not None or layer.kv_heads is not None:
        return None
    decodes = isinstance(layer, DecoderBlock)
    kind = torch.nn.TransformerDecoderLayer if decodes else torch.nn.TransformerEncoderLayer
    return kind(
        inputs[0].channels, layer.heads, layer.hidden, norm_first=layer.pre_norm, bias=layer.bias, batch_first=True
    )


KINDS: tuple[Kind, ...] = (
    Kind("FeedForward", draw_feed_forward, keras_feed_forward, torch_feed_forward, channels_first=False),
    Kind("EncoderBlock", draw_encoder, keras_block, torch_block, channels_first=False),
    Kind("DecoderBlock", draw_decoder, keras_block, torch_block, channels_first=False),
)
