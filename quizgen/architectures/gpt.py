"""GPT-2 (Radford et al. 2019, "Language models are unsupervised multitask learners", table 2)."""

from __future__ import annotations

from quizgen.layers import Dense, Embedding, EncoderBlock, LayerNorm, PositionEmbedding, Shape
from quizgen.layers.graph import Node
from quizgen.network import Network

VOCABULARY = 50_257
CONTEXT = 1024


def gpt_2(name: str, width: int, heads: int, blocks: int, *, tied: bool = True) -> Network:
    """GPT-2 on a full context. tied: whether the last dense layer is the embedding's table, as it is in every GPT-2."""
    block = EncoderBlock(heads, 4 * width, pre_norm=True, causal=True)
    nodes = (
        Node("tokens", Embedding(VOCABULARY, width)),
        Node("positions", PositionEmbedding(CONTEXT)),
        *(Node(f"block_{place}", block) for place in range(1, blocks + 1)),
        Node("final_norm", LayerNorm()),
        Node("head", Dense(VOCABULARY, bias=False), tied_to="tokens" if tied else None),
    )
    return Network(name, (Shape((CONTEXT,)),), nodes, "torch")
