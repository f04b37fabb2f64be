"""Attention and transformer blocks: tokens, width, heads and the width of a head all differ."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from quizgen.layers import EncoderBlock, FeedForward, LoRAAttention, MultiHeadAttention, Shape
from quizgen.layers import ScaledDotProduct as DotProduct
from quizgen.layers.base import Layer
from quizgen.layers.transformer import TransformerBlock
from quizgen.sampling.conventions import KERAS
from quizgen.sampling.numbers import LENGTHS, widths
from quizgen.sampling.request import Request
from quizgen.sampling.series import Level
from quizgen.sampling.subject import Drawn

HEADS = (2, 3, 4, 5, 6, 8)
EXPANSIONS = (2, 3, 4, 4)
"""How many times wider than its input a feed-forward network is."""

GROUPED = 0.5
"""How often query heads share keys and values, from the level of KV caches on."""


class Heads(NamedTuple):
    """A width and its heads. kv_heads: None where every query head has keys and values of its own."""

    width: int
    heads: int
    kv_heads: int | None


def draw_dot_product(request: Request, kind: type[Layer]) -> Drawn:
    """Queries, keys and values, with another number of queries than of keys."""
    split = draw_heads(request, "features")
    length, memory = draw_lengths(request, split)
    own = split.width if split.kv_heads is None else split.kv_heads * (split.width // split.heads)
    inputs = Shape((length, split.width)), Shape((memory, own)), Shape((memory, own))
    return DotProduct(split.heads, split.kv_heads, request.flag("causal", False)), inputs


def draw_attention(request: Request, kind: type[MultiHeadAttention]) -> Drawn:
    """Self-attention, or with two inputs attention to a memory."""
    split = draw_heads(request, "features")
    key_dim = draw_key_dim(request, split)
    value_dim = request.draw("value_dim", widths(request.level)) if request.asks("value_dim") else None
    width = request.draw("width", widths(request.level)) if request.asks("width") else None
    bias, causal = request.flag("bias", True), request.flag("causal", False)
    layer = kind(split.heads, key_dim, value_dim, width, bias, split.kv_heads, causal)
    return layer, draw_inputs(request, split, kind.arity)


def draw_lora_attention(request: Request, kind: type[Layer]) -> Drawn:
    """Adapters on queries and values, of a rank that isn't the number of heads."""
    split = draw_heads(request, "features")
    base = MultiHeadAttention(split.heads, split.width // split.heads, bias=request.flag("bias", True))
    return LoRAAttention(base, request.draw("rank", (2, 4, 8), unlike=(split.heads,))), draw_inputs(request, split, 1)


def draw_feed_forward(request: Request, kind: type[Layer]) -> Drawn:
    """Mostly 4 times as wide inside as outside, but not always."""
    width = request.count("features", least=8, unlike=request.fixed("hidden", "length"))
    hidden = draw_hidden(request, width)
    gated = request.flag("gated", request.level >= Level.CACHES and request.stream.chance(0.3))
    x = Shape((request.draw("length", LENGTHS, unlike=(width, hidden)), width))
    return FeedForward(hidden, gated, request.flag("bias", True)), (x,)


def draw_block(request: Request, kind: type[TransformerBlock]) -> Drawn:
    """An encoder or a decoder block, whose heads deal the width out evenly unless the author says otherwise."""
    split = draw_heads(request, "features")
    block = kind(
        split.heads,
        draw_hidden(request, split.width),
        key_dim=request.draw("key_dim", (split.width // split.heads,)) if request.asks("key_dim") else None,
        kv_heads=split.kv_heads,
        gated=request.flag("gated", False),
        norm=request.draw("norm", ("layer",)),
        pre_norm=request.chance("pre_norm", 0.5),
        bias=request.flag("bias", True),
    )
    if isinstance(block, EncoderBlock):
        block = replace(block, causal=request.flag("causal", False))
    return block, draw_inputs(request, split, kind.arity)


def draw_heads(request: Request, width_name: str) -> Heads:
    """Two heads or more, of three features or more; fewer key heads than query heads if their number differs at all."""
    heads_options, shared = request.options("heads", HEADS), request.least("kv_heads") or 1
    width = request.draw(
        width_name,
        widths(request.level, 8),
        unlike=request.fixed("length", "hidden"),
        if_=lambda width: any(splits(width, heads) for heads in heads_options if heads % shared == 0),
    )
    heads = request.draw("heads", HEADS, if_=lambda heads: splits(width, heads) and heads % shared == 0)
    return Heads(width, heads, draw_kv_heads(request, heads))


def splits(width: int, heads: int) -> bool:
    """Whether a width comes out in heads that are not as wide as there are heads."""
    return width % heads == 0 and width // heads not in (1, 2, heads)


def draw_kv_heads(request: Request, heads: int) -> int | None:
    """Grouped queries, with another number of groups than of query heads in a group."""
    if "kv_heads" not in request.known:
        return None
    usual = [groups for groups in range(1, heads) if heads % groups == 0 and groups * groups != heads]
    grouped = request.level >= Level.CACHES and request.stream.chance(GROUPED)
    if not request.asks("kv_heads") and not (grouped and usual):
        return None
    return request.draw("kv_heads", usual or (heads,), if_=lambda groups: heads % groups == 0)


def draw_key_dim(request: Request, split: Heads) -> int:
    """The width dealt out to the heads; in Keras, which asks for it, now and then another number."""
    even = split.width // split.heads
    if request.framework == KERAS and request.stream.chance(0.3):
        return request.draw("key_dim", widths(request.level), unlike=(even, split.width, split.heads))
    return request.draw("key_dim", (even,))


def draw_hidden(request: Request, width: int) -> int:
    """The features inside a feed-forward network."""
    return request.draw("hidden", [width * times for times in EXPANSIONS], unlike=(width,))


def draw_inputs(request: Request, split: Heads, arity: int | None) -> tuple[Shape, ...]:
    """The tokens, and for a layer with two inputs the memory that they read."""
    if arity == 1:
        return (Shape((request.draw("length", LENGTHS, unlike=split), split.width)),)
    length, memory = draw_lengths(request, split)
    return Shape((length, split.width)), Shape((memory, split.width))


def draw_lengths(request: Request, split: Heads) -> tuple[int, int]:
    """How many tokens ask, and how many they ask: two different numbers."""
    length = request.draw("length", LENGTHS, unlike=(*split, *request.fixed("memory")))
    return length, request.draw("memory", LENGTHS, unlike=(*split, length))
