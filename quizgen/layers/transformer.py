"""Transformer blocks: attention and a feed-forward network, each with its shortcut and its normalization."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal, TypeAlias

from quizgen.arithmetic import share
from quizgen.errors import LayerError, ShapeError, nearest
from quizgen.layers.attention import CrossAttention, MultiHeadAttention, check_given, check_kv_heads
from quizgen.layers.base import Layer, Shape, check_rank, check_sizes
from quizgen.layers.dense import Dense
from quizgen.layers.elementwise import Multiply
from quizgen.layers.graph import Composite, Node
from quizgen.layers.merging import Add
from quizgen.layers.normalization import LayerNorm, RMSNorm

Norm: TypeAlias = Literal["layer", "rms"]
NORMS = ("layer", "rms")


@dataclass(frozen=True, slots=True)
class FeedForward(Composite):
    """Out to `hidden` features and back to as many as came in, for each token alone (Vaswani et al. 2017,
    arXiv:1706.03762, sec. 3.3).

    gated: whether a second dense layer gates the hidden features, as in SwiGLU (Shazeer 2020, arXiv:2002.05202, eq. 6):
        three matrices instead of two.
    """

    hidden: int
    gated: bool = False
    bias: bool = True

    def __post_init__(self) -> None:
        check_sizes(self, hidden=self.hidden)

    def nodes(self, *inputs: Shape) -> tuple[Node, ...]:
        up, down = Dense(self.hidden, self.bias), Dense(inputs[0].channels, self.bias)
        if not self.gated:
            return Node("up", up), Node("down", down)
        return (
            Node("gate", up, ("input",)),
            Node("up", up, ("input",)),
            Node("product", Multiply(), ("gate", "up")),
            Node("down", down),
        )


@dataclass(frozen=True, slots=True)
class TransformerBlock(Composite):
    """What encoder and decoder blocks have in common. Shapes: `length × width` to `length × width`.

    hidden: features inside the feed-forward network; `gated` as there.
    key_dim: features of a query and key in one head; width / heads by default, as nearly everywhere.
    kv_heads: as in `ScaledDotProduct`.
    norm: LayerNorm, or RMSNorm as in Llama.
    pre_norm: whether normalization comes before each sublayer (GPT-2) or after its shortcut (the 1st transformer,
        BERT); the counts are the same (Xiong et al. 2020, arXiv:2002.04745, fig. 1).
    bias: whether dense layers and LayerNorms have one; PyTorch's `bias=False` takes it from both.
    """

    heads: int
    hidden: int
    key_dim: int | None = None
    kv_heads: int | None = None
    gated: bool = False
    norm: Norm = "layer"
    pre_norm: bool = False
    bias: bool = True

    def __post_init__(self) -> None:
        check_sizes(self, heads=self.heads, hidden=self.hidden)
        check_given(self, key_dim=self.key_dim)
        check_kv_heads(self, self.heads, self.kv_heads)
        if self.norm not in NORMS:
            raise LayerError(
                f"{type(self).__name__}: there is no norm “{self.norm}”.", remedy=nearest(self.norm, NORMS)
            )

    def self_attention(self, x: Shape, causal: bool) -> MultiHeadAttention:
        return MultiHeadAttention(self.heads, self.head_width(x), bias=self.bias, kv_heads=self.kv_heads, causal=causal)

    def cross_attention(self, x: Shape) -> CrossAttention:
        return CrossAttention(self.heads, self.head_width(x), bias=self.bias, kv_heads=self.kv_heads)

    def head_width(self, x: Shape) -> int:
        """Features of a query in one head."""
        check_rank(self, x, 2)
        if self.key_dim is not None:
            return self.key_dim
        if x.channels % self.heads:
            raise ShapeError(
                f"{type(self).__name__}: a width of {x.channels} does not divide into {self.heads} heads.",
                remedy="Choose a number of heads that divides the width, or say key_dim.",
            )
        return share(x.channels, self.heads)

    def feed_forward(self) -> FeedForward:
        return FeedForward(self.hidden, self.gated, self.bias)

    def sublayer(self, name: str, layer: Layer, source: str, *memory: str) -> tuple[Node, ...]:
        """A layer with its shortcut and its normalization; the last of the nodes is what the next sublayer reads."""
        norm, add = f"{name}_norm", f"{name}_add"
        normalization = RMSNorm() if self.norm == "rms" else LayerNorm(center=self.bias)
        if self.pre_norm:
            return (
                Node(norm, normalization, (source,)),
                Node(name, layer, (norm, *memory)),
                Node(add, Add(), (source, name)),
            )
        return (
            Node(name, layer, (source, *memory)),
            Node(add, Add(), (source, name)),
            Node(norm, normalization, (add,)),
        )


@dataclass(frozen=True, slots=True)
class EncoderBlock(TransformerBlock):
    """Self-attention and feed-forward: PyTorch `TransformerEncoderLayer(width, heads, hidden)`, Keras Hub
    `TransformerEncoder`.

    causal: whether a token sees only those before it: then it's the block of a GPT, with the same counts.
    """

    causal: bool = False

    def nodes(self, *inputs: Shape) -> tuple[Node, ...]:
        attention = self.sublayer("attention", self.self_attention(inputs[0], self.causal), "input")
        return (*attention, *self.sublayer("feed_forward", self.feed_forward(), attention[-1].name))


class DecoderBlock(TransformerBlock):
    """Causal self-attention, attention to the encoder's output (the second input), and feed-forward: PyTorch
    `TransformerDecoderLayer(width, heads, hidden)`, Keras Hub `TransformerDecoder`."""

    __slots__ = ()

    arity: ClassVar[int | None] = 2

    def nodes(self, *inputs: Shape) -> tuple[Node, ...]:
        x = inputs[0]
        own = self.sublayer("self_attention", self.self_attention(x, causal=True), "input")
        cross = self.sublayer("cross_attention", self.cross_attention(x), own[-1].name, "input_2")
        return (*own, *cross, *self.sublayer("feed_forward", self.feed_forward(), cross[-1].name))
