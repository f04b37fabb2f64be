"""How the rules of `layers/transformer.py` are missed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from quizgen.arithmetic import product
from quizgen.layers.base import Shape
from quizgen.layers.graph import Composite, Node
from quizgen.layers.normalization import LayerNorm, RMSNorm
from quizgen.layers.transformer import EncoderBlock, FeedForward
from quizgen.misconceptions.base import Assembly, Count, Misconception


def only_the_matrices(truth: Assembly, block: EncoderBlock, x: Shape) -> tuple[Node, ...]:
    nodes = truth(block.but(bias=False), x)
    return tuple(
        replace(node, layer=node.layer.but(scale=False)) if isinstance(node.layer, LayerNorm | RMSNorm) else node
        for node in nodes
    )


def heads_that_divide_the_width(truth: Assembly, block: EncoderBlock, x: Shape) -> tuple[Node, ...]:
    return truth(block.but(key_dim=None), x)


def weights_for_each_position(truth: Count, network: FeedForward, x: Shape, **given: Any) -> int:
    return product(x.spatial) * truth(network, x, **given)


def as_wide_as_the_model(truth: Assembly, network: FeedForward, x: Shape) -> tuple[Node, ...]:
    return truth(network.but(hidden=x.channels), x)


def no_gate(truth: Assembly, network: FeedForward, x: Shape) -> tuple[Node, ...]:
    return truth(network.but(gated=False), x)


MISCONCEPTIONS = (
    Misconception(
        id="twelve-d-squared-is-exact",
        topic="transformer",
        rule=EncoderBlock.nodes,
        wrong=only_the_matrices,
        belief="A transformer block is its weight matrices: its biases and normalizations are left out.",
        mend="Every dense layer has biases, and each of two normalizations scales all {channels} features.",
        grade="C",
    ),
    Misconception(
        id="head-dim-is-hidden-over-heads",
        topic="kv-cache",
        rule=EncoderBlock.nodes,
        wrong=heads_that_divide_the_width,
        belief="All heads together are always as wide as the model.",
        mend="Here each of the {heads} heads has {key_dim} features, whatever the width of {channels}.",
        grade="A",
    ),
    Misconception(
        id="ffn-times-length",
        topic="transformer",
        rule=Composite.trainable,
        wrong=weights_for_each_position,
        belief="The feed-forward network has weights of its own for each position.",
        mend="All {length} positions go through the same feed-forward network.",
        grade="D",
        kinds=(FeedForward,),
    ),
    Misconception(
        id="ffn-no-expansion",
        topic="transformer",
        rule=FeedForward.nodes,
        wrong=as_wide_as_the_model,
        belief="The feed-forward network keeps the width of the model throughout.",
        mend="Inside it there are {hidden} features for {channels} outside.",
        grade="D",
    ),
    Misconception(
        id="swiglu-two-matrices",
        topic="transformer",
        rule=FeedForward.nodes,
        wrong=no_gate,
        belief="A feed-forward network has two matrices, also where it is gated.",
        mend="A gated one has three: one for the gate, one up to {hidden} features, and one down.",
        grade="B",
    ),
)
