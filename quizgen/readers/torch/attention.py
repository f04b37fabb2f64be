"""PyTorch's attention and the blocks of transformers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from quizgen.errors import LayerError
from quizgen.layers.attention import CrossAttention, MultiHeadAttention
from quizgen.layers.base import Shape
from quizgen.layers.graph import Composite
from quizgen.layers.transformer import DecoderBlock, EncoderBlock
from quizgen.readers.torch.arguments import Demand
from quizgen.readers.torch.graph import Graph
from quizgen.readers.torch.settings import whole
from quizgen.readers.torch.sites import Site
from quizgen.readers.torch.steps import Op, declare, in_order, one_shape, taken
from quizgen.readers.torch.tensors import Tensor
from quizgen.unknown import UNKNOWN


@dataclass(frozen=True, slots=True)
class CausalMask:
    """`nn.Transformer.generate_square_subsequent_mask(n)`."""


def heads_of(width: int, heads: int) -> int:
    if width % heads:
        raise LayerError(
            f"a width of {width} does not divide into {heads} heads.", remedy="PyTorch deals it out evenly."
        )
    return width // heads


def attention(
    embed_dim: Any, num_heads: Any, dropout: Any = 0.0, bias: Any = True, add_bias_kv: Any = False,
    add_zero_attn: Any = False, kdim: Any = None, vdim: Any = None, batch_first: Any = False, device: Any = None,
    dtype: Any = None,
) -> Op:  # fmt: skip
    width, heads = whole("embed_dim", embed_dim), whole("num_heads", num_heads)
    if add_bias_kv or (kdim or width) != (vdim or width):
        raise LayerError("add_bias_kv, and a kdim beside another vdim, are not understood.")
    return Attention(width, heads, heads_of(width, heads), bool(bias), whole("kdim", kdim or width), bool(batch_first))


@dataclass(frozen=True, slots=True)
class Attention:
    """`MultiheadAttention`: it returns what it puts out, and the weights of the attention."""

    width: int
    heads: int
    each: int
    bias: bool
    memory: int
    batch_first: bool

    @property
    def held(self) -> int:
        inputs = Shape((UNKNOWN, self.width)), Shape((UNKNOWN, self.memory))
        return CrossAttention(self.heads, self.each, bias=self.bias).trainable(*inputs)

    def apply(
        self, graph: Graph, site: Site, query: Any, key: Any, value: Any, key_padding_mask: Any = None,
        need_weights: Any = True, attn_mask: Any = None, average_attn_weights: Any = True, is_causal: Any = False,
    ) -> tuple[Tensor, None]:  # fmt: skip
        batch = 0 if self.batch_first else 1
        q = tokens(graph, query, self.width, batch, site, MultiHeadAttention(self.heads, self.each))
        k = tokens(graph, key, self.memory, batch, site, MultiHeadAttention(self.heads, self.each))
        causal = bool(is_causal) or isinstance(attn_mask, CausalMask)
        alone = key is query or (isinstance(key, Tensor) and isinstance(query, Tensor) and q == k)
        kind = MultiHeadAttention if alone else CrossAttention
        layer = kind(self.heads, self.each, bias=self.bias, causal=causal)
        return graph.emit(layer, [q] if alone else [q, k], q.dims, site), None


def tokens(graph: Graph, x: Any, width: int, batch: int, site: Site, layer: Any) -> Tensor:
    """Tokens of a width, one after the other."""
    tensor = in_order(graph, taken(graph, x, Demand(2, "last", width, batch), site), site)
    if len(tensor.order) == 2:
        declare(graph, tensor, width, site, layer)
    return graph.now(tensor)


def block_settings(
    d_model: Any, nhead: Any, dim_feedforward: Any = 2048, dropout: Any = 0.1, activation: Any = "relu",
    layer_norm_eps: Any = 1e-5, batch_first: Any = False, norm_first: Any = False, bias: Any = True,
    device: Any = None, dtype: Any = None,
) -> tuple[int, int, dict[str, Any], bool]:  # fmt: skip
    width, heads = whole("d_model", d_model), whole("nhead", nhead)
    heads_of(width, heads)
    settings = {"pre_norm": bool(norm_first), "bias": bool(bias), "hidden": whole("dim_feedforward", dim_feedforward)}
    return width, heads, settings, bool(batch_first)


def encoder_layer(*arguments: Any, **named: Any) -> Op:
    width, heads, settings, batch_first = block_settings(*arguments, **named)
    return Block(EncoderBlock(heads=heads, **settings), width, batch_first)


def decoder_layer(*arguments: Any, **named: Any) -> Op:
    width, heads, settings, batch_first = block_settings(*arguments, **named)
    return Block(DecoderBlock(heads=heads, **settings), width, batch_first)


@dataclass(frozen=True, slots=True)
class Block:
    """`TransformerEncoderLayer` or `TransformerDecoderLayer`."""

    layer: Composite
    width: int
    batch_first: bool

    @property
    def held(self) -> int:
        x = Shape((UNKNOWN, self.width))
        return self.layer.trainable(*(x,) * (self.layer.arity or 1))

    def apply(self, graph: Graph, site: Site, x: Any, *others: Any, **named: Any) -> Tensor:
        batch = 0 if self.batch_first else 1
        layer, arguments = self.layer, list(others)
        inputs = [tokens(graph, x, self.width, batch, site, layer)]
        if isinstance(layer, DecoderBlock):
            memory = named.pop("memory", None) if not arguments else arguments.pop(0)
            inputs.append(tokens(graph, memory, self.width, batch, site, layer))
            one_shape(graph, [])
        elif any(isinstance(mask, CausalMask) for mask in (*arguments, *named.values())) or named.get("is_causal"):
            layer = layer.but(causal=True)
        return graph.emit(layer, [graph.now(one) for one in inputs], inputs[0].dims, site)
