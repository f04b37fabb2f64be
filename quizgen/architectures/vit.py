"""The vision transformer (Dosovitskiy et al. 2021, arXiv:2010.11929)."""

from __future__ import annotations

from quizgen.architectures.base import classifier, conv2d
from quizgen.layers import ClassToken, Cropping1D, EncoderBlock, Flatten, LayerNorm, PositionEmbedding, Reshape, Shape
from quizgen.layers.graph import Node
from quizgen.network import Network

IMAGE = 224


def vit(name: str, width: int, heads: int, blocks: int, patch: int) -> Network:
    """A ViT for ImageNet (table 1, section 3.1): each patch of the image is a word, the token before them the class."""
    patches = (IMAGE // patch) ** 2
    block = EncoderBlock(heads, 4 * width, pre_norm=True)
    nodes = (
        Node("patches", conv2d(width, patch, patch)),
        Node("sequence", Reshape((patches, width))),
        Node("class_token", ClassToken()),
        Node("positions", PositionEmbedding(patches + 1)),
        *(Node(f"block_{place}", block) for place in range(1, blocks + 1)),
        Node("final_norm", LayerNorm()),
        Node("first_token", Cropping1D(((0, patches),))),
        Node("flatten", Flatten()),
        *classifier("head", 1000),
    )
    return Network(name, (Shape((IMAGE, IMAGE, 3)),), nodes, "torch")
