"""Normalizations and layers over sequences as PyTorch code, the batch first and the features last."""

from __future__ import annotations

from quizgen.errors import ViewError
from quizgen.layers.attention import CrossAttention, MultiHeadAttention, ScaledDotProduct
from quizgen.layers.base import Shape
from quizgen.layers.embedding import ClassToken, Embedding, PositionEmbedding
from quizgen.layers.normalization import BatchNorm, ChannelNorm, GroupNorm, InstanceNorm, LayerNorm, RMSNorm
from quizgen.layers.recurrent import GRU, LSTM, Bidirectional, RecurrentLayer, SimpleRNN, StackedRecurrent
from quizgen.layers.transformer import DecoderBlock, EncoderBlock, TransformerBlock
from quizgen.views.by_kind import ByKind
from quizgen.views.piece import Layout, Piece, Writing, off, on, several
from quizgen.views.source import Source, call
from quizgen.views.torch.spatial import arranged, made, on_maps


def batch_norm(layer: BatchNorm, layout: Layout, x: Shape) -> Piece:
    if layer.statistics != "buffers":
        raise ViewError("PyTorch keeps the moving statistics of a BatchNorm as buffers, not as parameters.")
    return on_maps(made(f"BatchNorm{max(1, len(x.spatial))}d", x.channels, affine=off(affine(layer))))


def layer_norm(layer: LayerNorm, layout: Layout, x: Shape) -> Piece:
    if layer.center and not layer.scale:
        raise ViewError("PyTorch has no LayerNorm with an offset and no scale.")
    bias = False if layer.scale and not layer.center else None
    return normalized(
        layer, made("LayerNorm", axes(layer, layout, x), elementwise_affine=off(layer.scale), bias=bias), x
    )


def rms_norm(layer: RMSNorm, layout: Layout, x: Shape) -> Piece:
    return normalized(layer, made("RMSNorm", axes(layer, layout, x), elementwise_affine=off(layer.scale)), x)


def normalized(layer: LayerNorm | RMSNorm, make: str, x: Shape) -> Piece:
    """Over all axes, their order is all the same."""
    return Piece((make,), layout=None if layer.axes == len(x) else "last")


def axes(layer: LayerNorm | RMSNorm, layout: Layout, x: Shape) -> int | tuple[int, ...]:
    sizes = arranged(x, layout) if layer.axes == len(x) else tuple(x[-layer.axes :])
    return sizes[0] if len(sizes) == 1 else sizes


def group_norm(layer: GroupNorm, layout: Layout, x: Shape) -> Piece:
    return on_maps(made("GroupNorm", layer.groups, x.channels, affine=off(affine(layer))))


def instance_norm(layer: InstanceNorm, layout: Layout, x: Shape) -> Piece:
    return on_maps(made(f"InstanceNorm{len(x.spatial)}d", x.channels, affine=on(affine(layer))))


def affine(layer: ChannelNorm) -> bool:
    """PyTorch has scale and offset together or not at all."""
    if layer.scale != layer.center:
        raise ViewError(f"PyTorch has no {type(layer).__name__} with only one of scale and offset.")
    return layer.scale


def embedding(layer: Embedding, layout: Layout, x: Shape) -> Piece:
    return Piece((made("Embedding", layer.vocabulary, layer.width),), leaves="last")


def position_embedding(layer: PositionEmbedding, layout: Layout, x: Shape) -> Piece:
    (length,) = x.spatial
    rows = "" if length == layer.positions else f"[:{length}]"
    table = made("Embedding", layer.positions, x.channels)
    return Piece((table,), (f"{{y}} = {{0}} + {{layer}}.weight{rows}",), layout="last")


def class_token(layer: ClassToken, layout: Layout, x: Shape) -> Piece:
    token = made("Parameter", Source(call("torch.zeros", 1, 1, x.channels)))
    return Piece((token,), ("{y} = torch.cat([{layer}.expand(len({0}), -1, -1), {0}], dim=1)",), layout="last")


MODULES = {SimpleRNN: "RNN", GRU: "GRU", LSTM: "LSTM"}


def recurrent(layer: RecurrentLayer, layout: Layout, x: Shape, layers: int = 1, both: bool = False) -> Piece:
    """PyTorch has two bias vectors or none, and always returns every state beside the last of each direction."""
    if layer.biases == 1:
        raise ViewError(f"PyTorch has no {type(layer).__name__} with one bias vector.")
    make = made(
        MODULES[type(layer)],
        x.channels,
        layer.units,
        num_layers=several(layers),
        bias=off(layer.biases > 0),
        batch_first=True,
        bidirectional=on(both),
        proj_size=layer.projection if isinstance(layer, LSTM) else None,
    )
    if layer.sequences:
        use: tuple[str, ...] = ("{y}, _ = {layer}({0})",)
    elif both:
        last = "({y}, _)" if isinstance(layer, LSTM) else "{y}"
        use = (f"_, {last} = {{layer}}({{0}})", "{y} = torch.cat([{y}[-2], {y}[-1]], dim=1)")
    else:
        use = ("{y}, _ = {layer}({0})", "{y} = {y}[:, -1]")
    return Piece((make,), use, layout="last")


def bidirectional(layer: Bidirectional, layout: Layout, x: Shape) -> Piece:
    if layer.merge != "concat":
        raise ViewError("PyTorch always concatenates the two directions of a recurrent layer.")
    return recurrent(layer.layer, layout, x, both=True)


def stacked(layer: StackedRecurrent, layout: Layout, x: Shape) -> Piece:
    return recurrent(layer.layer, layout, x, layer.layers, layer.bidirectional)


def self_attention(layer: MultiHeadAttention, layout: Layout, x: Shape) -> Piece:
    return attention(layer, x, x, "{0}, {0}, {0}")


def cross_attention(layer: CrossAttention, layout: Layout, x: Shape, memory: Shape) -> Piece:
    return attention(layer, x, memory, "{0}, {1}, {1}")


def attention(layer: MultiHeadAttention, x: Shape, memory: Shape, reads: str) -> Piece:
    """PyTorch deals the width out to the heads, and a value is as wide as a key."""
    if not deals_out(layer, x) or layer.value_dim not in (None, layer.key_dim) or layer.width not in (None, x.channels):
        raise ViewError("PyTorch has no MultiheadAttention with widths of its own for heads.")
    other = None if memory.channels == x.channels else memory.channels
    make = made(
        "MultiheadAttention", x.channels, layer.heads, bias=off(layer.bias), kdim=other, vdim=other, batch_first=True
    )
    if not layer.causal:
        return Piece((make,), (f"{{y}}, _ = {{layer}}({reads})",), layout="last")
    return Piece((make,), (causal_mask(x), f"{{y}}, _ = {{layer}}({reads}, attn_mask=mask)"), layout="last")


def causal_mask(x: Shape) -> str:
    return f"mask = {call('nn.Transformer.generate_square_subsequent_mask', x[0])}"


def deals_out(layer: MultiHeadAttention | TransformerBlock, x: Shape) -> bool:
    """Whether the heads share the width, each with its own keys."""
    key_dim = x.channels // layer.heads if layer.key_dim is None else layer.key_dim
    return layer.heads * key_dim == x.channels and layer.kv_heads in (None, layer.heads)


def scaled_dot_product(layer: ScaledDotProduct, layout: Layout, *inputs: Shape) -> Piece:
    """The heads beside the batch, `batch × heads × length × features`, and back."""
    shared = layer.heads if layer.kv_heads is None else layer.kv_heads
    split = (
        f"{name} = {{{index}}}.unflatten(2, ({heads}, -1)).transpose(1, 2)"
        for index, (name, heads) in enumerate(zip("qkv", (layer.heads, shared, shared), strict=True))
    )
    settings = {"is_causal": on(layer.causal), "enable_gqa": on(shared != layer.heads)}
    attend = call("F.scaled_dot_product_attention", *map(Source, "qkv"), **settings)
    return Piece(use=(*split, f"{{y}} = {attend}", "{y} = {y}.transpose(1, 2).flatten(2)"), layout="last")


def encoder_block(layer: EncoderBlock, layout: Layout, x: Shape) -> Piece:
    if not layer.causal:
        return Piece((block("TransformerEncoderLayer", layer, x),), layout="last")
    use = (causal_mask(x), "{y} = {layer}({0}, src_mask=mask)")
    return Piece((block("TransformerEncoderLayer", layer, x),), use, layout="last")


def decoder_block(layer: DecoderBlock, layout: Layout, x: Shape, memory: Shape) -> Piece:
    if x.channels != memory.channels:
        raise ViewError("PyTorch's TransformerDecoderLayer reads one width.")
    use = (causal_mask(x), "{y} = {layer}({0}, {1}, tgt_mask=mask)")
    return Piece((block("TransformerDecoderLayer", layer, x),), use, layout="last")


def block(name: str, layer: TransformerBlock, x: Shape) -> str:
    """PyTorch's own block, which is never gated and normalizes with LayerNorm."""
    if layer.gated or layer.norm != "layer" or not deals_out(layer, x):
        raise ViewError(f"PyTorch has no {name} with a gate, RMSNorm, or widths of its own for heads.")
    return made(
        name,
        x.channels,
        layer.heads,
        layer.hidden,
        batch_first=True,
        norm_first=on(layer.pre_norm),
        bias=off(layer.bias),
    )


SEQUENCE: ByKind[Writing] = (
    (BatchNorm, batch_norm),
    (RMSNorm, rms_norm),
    (LayerNorm, layer_norm),
    (GroupNorm, group_norm),
    (InstanceNorm, instance_norm),
    (Embedding, embedding),
    (PositionEmbedding, position_embedding),
    (ClassToken, class_token),
    (RecurrentLayer, recurrent),
    (Bidirectional, bidirectional),
    (StackedRecurrent, stacked),
    (CrossAttention, cross_attention),
    (MultiHeadAttention, self_attention),
    (ScaledDotProduct, scaled_dot_product),
    (EncoderBlock, encoder_block),
    (DecoderBlock, decoder_block),
)
