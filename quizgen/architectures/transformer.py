"""The first transformer (Vaswani et al. 2017, arXiv:1706.03762): from a sentence to its translation."""

from __future__ import annotations

from quizgen.layers import DecoderBlock, Dense, Embedding, EncoderBlock, Shape, SinusoidalPositions
from quizgen.layers.graph import Node
from quizgen.network import Network

TOKENS = 128
"""Length of both sentences: it changes costs, and no parameter."""


def transformer(name: str, width: int, heads: int, hidden: int, vocabulary: int = 37_000, blocks: int = 6) -> Network:
    """Encoder and decoder (table 3). One matrix serves both embeddings and the last dense layer (section 3.4)."""
    table = Embedding(vocabulary, width)
    encoder = [Node(f"encoder_{place}", EncoderBlock(heads, hidden)) for place in range(1, blocks + 1)]
    memory = encoder[-1].name
    sources = ("target_positions", *(f"decoder_{place}" for place in range(1, blocks)))
    decoder = [
        Node(f"decoder_{place}", DecoderBlock(heads, hidden), (source, memory))
        for place, source in enumerate(sources, start=1)
    ]
    nodes = (
        Node("source_embedding", table),
        Node("source_positions", SinusoidalPositions()),
        *encoder,
        Node("target_embedding", table, ("input_2",), tied_to="source_embedding"),
        Node("target_positions", SinusoidalPositions()),
        *decoder,
        Node("output", Dense(vocabulary, bias=False), tied_to="source_embedding"),
    )
    return Network(name, (Shape((TOKENS,)), Shape((TOKENS,))), nodes, "torch")
