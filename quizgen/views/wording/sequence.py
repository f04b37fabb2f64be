"""Normalizations and layers over sequences in words: embedding, recurrent, attention, transformer blocks, adapters."""

from __future__ import annotations

from quizgen.layers.adapters import LoRA, LoRAAttention
from quizgen.layers.attention import CrossAttention, MultiHeadAttention, ScaledDotProduct
from quizgen.layers.embedding import ClassToken, Embedding, PositionEmbedding, SinusoidalPositions
from quizgen.layers.normalization import (
    BatchNorm,
    ChannelNorm,
    GroupNorm,
    InstanceNorm,
    LayerNorm,
    Normalization,
    RMSNorm,
)
from quizgen.layers.recurrent import GRU, LSTM, Bidirectional, RecurrentLayer, SimpleRNN, StackedRecurrent
from quizgen.layers.transformer import DecoderBlock, EncoderBlock, FeedForward, TransformerBlock
from quizgen.views.by_kind import ByKind
from quizgen.views.wording.grammar import NOTHING, Detail, Wording, Words, bias, counted, listed


def batch_norm(layer: BatchNorm) -> Words:
    how = {
        "parameters": Detail(
            "moving statistics count as non-trainable (Keras)",
            tail=" whose moving statistics count as non-trainable parameters (Keras)",
            box="",
        ),
        "buffers": Detail(
            "moving statistics are buffers (PyTorch)",
            tail=" whose moving statistics are buffers and no parameters (PyTorch)",
            box="",
        ),
    }
    return Words("batch normalization layer", *not_learned(layer), how[layer.statistics])


def layer_norm(layer: LayerNorm) -> Words:
    return Words("layer normalization layer", *not_learned(layer), normalized_axes(layer.axes))


def rms_norm(layer: RMSNorm) -> Words:
    scale = NOTHING if layer.scale else NO_SCALE
    return Words("RMS normalization layer", scale, normalized_axes(layer.axes))


def group_norm(layer: GroupNorm) -> Words:
    return Words("group normalization layer", Detail(counted(layer.groups, "group")), *not_learned(layer))


def instance_norm(layer: InstanceNorm) -> Words:
    """Both ways are said: PyTorch's learns nothing by default, Keras's has scale and offset."""
    return Words(
        "instance normalization layer",
        Detail("scale γ") if layer.scale else NO_SCALE,
        Detail("offset β") if layer.center else NO_OFFSET,
    )


def normalization(layer: Normalization) -> Words:
    statistics = Detail("statistics of the training data", stem="stored statistics of the training data", box="")
    return Words("normalization layer", statistics)


NO_SCALE, NO_OFFSET = Detail("no scale γ"), Detail("no offset β")


def not_learned(layer: ChannelNorm) -> tuple[Detail, ...]:
    return (NOTHING if layer.scale else NO_SCALE, NOTHING if layer.center else NO_OFFSET)


def normalized_axes(axes: int) -> Detail:
    return NOTHING if axes == 1 else Detail(f"over the last {axes} axes", tail=f" over the last {axes} axes")


def embedding(layer: Embedding) -> Words:
    return Words(
        "embedding layer",
        Detail(
            f"{layer.vocabulary:,} tokens",
            stem=f"a vocabulary of {layer.vocabulary:,} tokens",
            box=f"{layer.vocabulary:,} × {layer.width:,}",
        ),
        Detail(f"vectors of {layer.width:,}", box=""),
    )


def position_embedding(layer: PositionEmbedding) -> Words:
    return Words("learned position embedding", Detail(counted(layer.positions, "position")))


def sinusoidal(layer: SinusoidalPositions) -> Words:
    return Words("sinusoidal position encoding")


def class_token(layer: ClassToken) -> Words:
    return Words("learned class token", Detail("before the sequence", tail=", put before the sequence", box=""))


RECURRENT = {LSTM: "LSTM", GRU: "GRU", SimpleRNN: "simple recurrent"}


def recurrent(layer: RecurrentLayer) -> Words:
    return Words(f"{RECURRENT[type(layer)]} layer", *recurrent_details(layer, counted(layer.units, "unit")))


def bidirectional(layer: Bidirectional) -> Words:
    merges = {"concat": "concatenated", "sum": "added", "ave": "averaged", "mul": "multiplied"}
    inner, merge = layer.layer, merges[layer.merge]
    name = RECURRENT[type(inner)]
    return Words(
        f"bidirectional {name} layer",
        Detail("", box=name),
        *recurrent_details(inner, f"{counted(inner.units, 'unit')} in each direction"),
        Detail(f"directions {merge}", tail=f", its directions {merge}", box=merge if layer.merge != "concat" else ""),
    )


def stacked(layer: StackedRecurrent) -> Words:
    inner, both = layer.layer, "bidirectional " if layer.bidirectional else ""
    name = f"{both}{RECURRENT[type(inner)]}"
    where = "in each layer and direction" if layer.bidirectional else "in each layer"
    return Words(
        f"stack of {layer.layers} {name} layers",
        Detail("", box=f"{layer.layers} × {name}"),
        *recurrent_details(inner, f"{counted(inner.units, 'unit')} {where}"),
    )


def recurrent_details(layer: RecurrentLayer, units: str) -> tuple[Detail, ...]:
    projection = layer.projection if isinstance(layer, LSTM) else None
    return (
        Detail(units, box=f"{layer.units:,}"),
        Detail(f"projected to {projection}", stem=f"a projection to {projection}") if projection else NOTHING,
        bias_vectors(layer),
        Detail("returns every state", tail=", returning its state at every step", box="every state")
        if layer.sequences
        else Detail("returns the last state", tail=", returning only its last state", usual=True),
    )


def bias_vectors(layer: RecurrentLayer) -> Detail:
    """PyTorch's recurrent layers have two bias vectors, Keras's have one, but for the GRU with `reset_after`."""
    if not layer.biases:
        return bias(False)
    per_gate = "" if layer.gates == 1 else " per gate"
    by_whom = {1: "Keras", 2: "PyTorch"}
    if isinstance(layer, GRU):
        by_whom = {1: "Keras with `reset_after=False`", 2: "PyTorch, Keras with `reset_after=True`"}
    number = {1: "one bias vector", 2: "two bias vectors"}[layer.biases]
    return Detail(f"{number}{per_gate} ({by_whom[layer.biases]})", box="")


def attention(layer: MultiHeadAttention) -> Words:
    kind = "multi-head" if layer.kv_heads is None else "grouped-query"
    return Words(f"{kind} attention layer", *attention_details(layer))


def cross_attention(layer: CrossAttention) -> Words:
    kind = "multi-head" if layer.kv_heads is None else "grouped-query"
    return Words(f"{kind} cross-attention layer", *attention_details(layer))


def attention_details(layer: MultiHeadAttention) -> tuple[Detail, ...]:
    return (
        Detail(counted(layer.heads, "head")),
        key_value_heads(layer.kv_heads),
        features_of_a_head("key_dim", layer.key_dim),
        features_of_a_head("value_dim", layer.value_dim),
        Detail(f"output width {layer.width:,}", stem=f"an output width of {layer.width:,}") if layer.width else NOTHING,
        causal_mask(layer.causal),
        bias(layer.bias),
    )


def features_of_a_head(setting: str, features: int | None) -> Detail:
    if features is None:
        return NOTHING
    sized = f"{features:,} per head"
    return Detail(f"`{setting}` {sized}", stem=f"a `{setting}` of {sized}", box=f"{setting} {features:,}")


def key_value_heads(number: int | None) -> Detail:
    if number is None:
        return NOTHING
    return Detail(f"{counted(number, 'head')} of keys and values", box=counted(number, "key head"))


def causal_mask(present: bool) -> Detail:
    return Detail("causal mask", stem="a causal mask", box="causal") if present else NOTHING


def scaled_dot_product(layer: ScaledDotProduct) -> Words:
    heads = Detail(counted(layer.heads, "head"))
    return Words("scaled dot-product attention", heads, key_value_heads(layer.kv_heads), causal_mask(layer.causal))


def feed_forward(layer: FeedForward) -> Words:
    return Words("feed-forward network", hidden(layer.hidden), gate(layer.gated), bias(layer.bias))


def hidden(features: int) -> Detail:
    return Detail(counted(features, "hidden unit"), box=f"{features:,} hidden")


def gate(present: bool) -> Detail:
    return Detail("gated (SwiGLU)", stem="a gate (SwiGLU)", box="gated") if present else NOTHING


def encoder_block(layer: EncoderBlock) -> Words:
    return Words("transformer encoder block", *block_details(layer), causal_mask(layer.causal), bias(layer.bias))


def decoder_block(layer: DecoderBlock) -> Words:
    return Words("transformer decoder block", *block_details(layer), bias(layer.bias))


def block_details(layer: TransformerBlock) -> tuple[Detail, ...]:
    place = "before" if layer.pre_norm else "after"
    norm = {"layer": "layer normalization", "rms": "RMS normalization"}[layer.norm]
    return (
        Detail(counted(layer.heads, "head")),
        key_value_heads(layer.kv_heads),
        features_of_a_head("key_dim", layer.key_dim),
        hidden(layer.hidden),
        gate(layer.gated),
        Detail(
            f"{norm} {place} each sublayer",
            tail=f", {norm} {place} each sublayer",
            box="",
            usual=layer.norm == "layer" and not layer.pre_norm,
        ),
    )


def lora(layer: LoRA) -> Words:
    base = layer.base
    return Words("frozen dense layer", Detail(counted(base.units, "unit")), bias(base.bias), adapter(layer.rank))


def lora_attention(layer: LoRAAttention) -> Words:
    base = attention(layer.base)
    return Words(f"frozen {base.noun}", *base.details, adapter(layer.rank, f" on {listed(layer.targets)}"))


def adapter(rank: int, where: str = "") -> Detail:
    return Detail(f"LoRA of rank {rank}{where}", box=f"LoRA {rank}")


SEQUENCE: ByKind[Wording] = (
    (BatchNorm, batch_norm),
    (RMSNorm, rms_norm),
    (LayerNorm, layer_norm),
    (GroupNorm, group_norm),
    (InstanceNorm, instance_norm),
    (Normalization, normalization),
    (Embedding, embedding),
    (PositionEmbedding, position_embedding),
    (SinusoidalPositions, sinusoidal),
    (ClassToken, class_token),
    (RecurrentLayer, recurrent),
    (Bidirectional, bidirectional),
    (StackedRecurrent, stacked),
    (CrossAttention, cross_attention),
    (MultiHeadAttention, attention),
    (ScaledDotProduct, scaled_dot_product),
    (FeedForward, feed_forward),
    (EncoderBlock, encoder_block),
    (DecoderBlock, decoder_block),
    (LoRA, lora),
    (LoRAAttention, lora_attention),
)
