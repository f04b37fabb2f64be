"""Transformers: blocks alone, and the networks that are built of them."""

from __future__ import annotations

from quizgen.layers import (
    Activation,
    Add,
    Conv2D,
    Cropping1D,
    Dense,
    Embedding,
    EncoderBlock,
    Flatten,
    GlobalAveragePooling1D,
    LayerNorm,
    PositionEmbedding,
    Reshape,
    RMSNorm,
    Shape,
)
from quizgen.network import Network
from quizgen.sampling.conventions import padded
from quizgen.sampling.families.chain import Chain
from quizgen.sampling.layers.attention import Heads, draw_heads, draw_hidden
from quizgen.sampling.layers.shapes import has_position
from quizgen.sampling.numbers import CLASSES, LENGTHS, VOCABULARIES
from quizgen.sampling.request import Request
from quizgen.sampling.series import Level

STYLES = {
    Level.ATTENTION: ("blocks",),
    Level.LANGUAGE_MODELS: ("classifier", "gpt", "gpt", "vit"),
    Level.CACHES: ("classifier", "gpt", "gpt", "llama", "llama", "vit"),
}
"""Which kinds occur from a level on, each as often as it stands here; a BERT, whose input is two sequences, only where
it is asked for."""

ONLY_IN = {
    "vocabulary": ("bert", "classifier", "gpt", "llama"),
    "positions": ("bert", "classifier", "gpt"),
    "tied": ("gpt", "llama"),
    "classes": ("classifier", "vit"),
    "size": ("vit",),
    "channels": ("vit",),
    "kernel": ("vit",),
    "length": ("bert", "blocks", "classifier", "gpt", "llama"),
}
"""The settings that some kinds only have."""

BLOCKS = (1, 2, 3, 4)
PATCHES = (4, 5, 6, 8)
SIDES = (3, 4, 5, 6)
"""Patches along each side of an image."""


def draw_transformer(request: Request) -> Network:
    """Encoder blocks alone, a classifier of tokens, a GPT (tied head), a Llama (gate, grouped queries), a ViT, a BERT."""
    style = draw_style(request)
    split = draw_heads(request, "width")
    vocabulary = request.draw("vocabulary", VOCABULARIES, unlike=split) if style in ONLY_IN["vocabulary"] else 0
    chain = draw_source(request, style, split, vocabulary)
    block = draw_block(request, style, split)
    for _ in range(request.draw("layers", BLOCKS, unlike=(split.heads,))):
        chain.add("block", block)
    add_head(request, chain, style, block, split.width, vocabulary)
    return chain.network(style, request.framework)


def draw_style(request: Request) -> str:
    """A kind of transformer that has what the author asks for."""
    wanted = [ONLY_IN[name] for name in ONLY_IN if request.asks(name)]
    usual = STYLES[max(level for level in STYLES if level <= max(request.level, Level.ATTENTION))]
    known = dict.fromkeys(style for styles in STYLES.values() for style in styles)
    fitting = [style for style in (*usual, *known) if all(style in styles for styles in wanted)]
    among_usual = [style for style in fitting if style in usual]
    return request.draw("style", among_usual or fitting or usual)


def draw_source(request: Request, style: str, split: Heads, vocabulary: int) -> Chain:
    """What comes before the blocks."""
    if style == "vit":
        return draw_patches(request, split.width)
    length = request.draw("length", LENGTHS, unlike=(*split, vocabulary), if_=has_position(request))
    if style == "blocks":
        return Chain(Shape((length, split.width)))
    tokens = Shape((length,))
    chain = Chain(tokens, tokens) if style == "bert" else Chain(tokens)
    chain.once("embedding", Embedding(vocabulary, split.width))
    if style == "bert":
        add_segments(chain, split.width)
    if style != "llama":
        longer = [positions for positions in (*LENGTHS, 100, 120, 150) if positions > length]
        rows = request.draw("positions", longer[:6], unlike=split, if_=lambda rows: rows >= length)
        chain.once("positions", PositionEmbedding(rows))
    if style == "bert":
        chain.once("embedding_norm", LayerNorm())
    return chain


def add_segments(chain: Chain, width: int) -> None:
    """The second input: whether a token is of the first or of the second sentence."""
    tokens = chain.last
    chain.once("segments", Embedding(2, width), "input_2")
    chain.once("sum", Add(), tokens, "segments")


def draw_patches(request: Request, width: int) -> Chain:
    """An image cut into patches that do not overlap, and their positions."""
    patch = request.axes("kernel", 2, PATCHES)
    sides = request.stream.choice(SIDES), request.stream.choice(SIDES)
    usual = tuple(side * size for side, size in zip(sides, patch, strict=True))
    spatial = request.axes("size", 2, usual) if request.asks("size") else usual
    chain = Chain(Shape((*spatial, request.draw("channels", (3, 3, 1)))))
    chain.once("patches", Conv2D(width, patch, patch, padded(request.framework, "valid", patch, (1, 1))))
    chain.once("tokens", Reshape((None, width)))
    chain.once("positions", PositionEmbedding(chain.shape[0]))
    return chain


def draw_block(request: Request, style: str, split: Heads) -> EncoderBlock:
    """The block that all layers have, each with parameters of its own."""
    llama = style == "llama"
    return EncoderBlock(
        split.heads,
        draw_hidden(request, split.width),
        kv_heads=split.kv_heads if llama or request.asks("kv_heads") else None,
        gated=request.flag("gated", llama),
        norm=request.draw("norm", ("rms",) if llama else ("layer",)),
        pre_norm=request.flag("pre_norm", style in ("gpt", "llama", "vit")),
        bias=request.flag("bias", not llama),
        causal=request.flag("causal", style in ("gpt", "llama")),
    )


def add_head(request: Request, chain: Chain, style: str, block: EncoderBlock, width: int, vocabulary: int) -> None:
    """What comes after the blocks: a normalization where they have theirs before the sublayers, and the output."""
    if style == "blocks":
        return
    if block.pre_norm:
        chain.once("final_norm", RMSNorm() if block.norm == "rms" else LayerNorm(center=block.bias))
    if style == "bert":
        add_pooler(chain, width)
    elif style in ("gpt", "llama"):
        tied = request.flag("tied", style == "gpt")
        chain.once("head", Dense(vocabulary, bias=False), tied_to="embedding" if tied else None)
    else:
        chain.once("mean", GlobalAveragePooling1D())
        chain.once("output", Dense(request.draw("classes", CLASSES, unlike=(width,)), bias=block.bias))


def add_pooler(chain: Chain, width: int) -> None:
    """What BERT says of a whole sequence: a dense layer on its first token."""
    chain.once("first_token", Cropping1D(((0, chain.shape[0] - 1),)))
    chain.once("flatten", Flatten())
    chain.once("pooler", Dense(width))
    chain.once("pooler_tanh", Activation("tanh"))
