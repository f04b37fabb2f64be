"""BERT (Devlin et al. 2019, arXiv:1810.04805)."""

from __future__ import annotations

from quizgen.layers import (
    Activation,
    Add,
    Cropping1D,
    Dense,
    Embedding,
    EncoderBlock,
    Flatten,
    LayerNorm,
    PositionEmbedding,
    Shape,
)
from quizgen.layers.graph import Node
from quizgen.network import Network

TOKENS = 128
"""The length for nine tenths of its training (appendix A.2); the table of positions serves up to 512."""


def bert(name: str, width: int, heads: int, blocks: int, vocabulary: int = 30_522) -> Network:
    """BERT with its pooler, a dense layer on the first token, and without the heads that it was trained with.

    It reads token ids and, for each of them, whether it belongs to the first or to the second sentence.
    """
    nodes = (
        Node("tokens", Embedding(vocabulary, width)),
        Node("segments", Embedding(2, width), ("input_2",)),
        Node("sum", Add(), ("tokens", "segments")),
        Node("positions", PositionEmbedding(512)),
        Node("embedding_norm", LayerNorm()),
        *(Node(f"block_{place}", EncoderBlock(heads, 4 * width)) for place in range(1, blocks + 1)),
        Node("first_token", Cropping1D(((0, TOKENS - 1),))),
        Node("flatten", Flatten()),
        Node("pooler", Dense(width)),
        Node("pooler_tanh", Activation("tanh")),
    )
    return Network(name, (Shape((TOKENS,)), Shape((TOKENS,))), nodes, "torch")
