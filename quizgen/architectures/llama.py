"""Llama 3 (Llama Team 2024, arXiv:2407.21783, table 3)."""

from __future__ import annotations

from quizgen.layers import Dense, Embedding, EncoderBlock, RMSNorm, Shape
from quizgen.layers.graph import Node
from quizgen.network import Network

VOCABULARY = 128_256
CONTEXT = 8192


def llama_3_8b(name: str) -> Network:
    """Groups of 4 query heads share a head of keys and values, the feed-forward network is gated, nothing has a bias.

    Rotary positions turn queries and keys and have no parameters, so they aren't among the layers.
    """
    block = EncoderBlock(
        heads=32, hidden=14_336, kv_heads=8, gated=True, norm="rms", pre_norm=True, bias=False, causal=True
    )
    nodes = (
        Node("tokens", Embedding(VOCABULARY, 4096)),
        *(Node(f"block_{place}", block) for place in range(1, 33)),
        Node("final_norm", RMSNorm()),
        Node("head", Dense(VOCABULARY, bias=False)),
    )
    return Network(name, (Shape((CONTEXT,)),), nodes, "torch")
