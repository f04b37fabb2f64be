"""A network that somebody gave, in the place of one that is drawn: what of it a template can be about."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

from quizgen.layers import (
    Activation,
    Add,
    Concatenate,
    ConvTranspose2D,
    Dense,
    Dropout,
    EncoderBlock,
    Flatten,
    MultiHeadAttention,
    PReLU,
)
from quizgen.layers.base import Layer
from quizgen.layers.convolution import Conv1D, Conv2D, Conv3D
from quizgen.layers.depthwise import DepthwiseConvolution, SeparableConvolution
from quizgen.layers.embedding import Embedding
from quizgen.layers.global_pooling import AdaptivePooling, GlobalPooling
from quizgen.layers.normalization import BatchNorm, ChannelNorm, GroupNorm, LayerNorm, RMSNorm
from quizgen.layers.pooling import Pooling
from quizgen.layers.recurrent import Bidirectional, RecurrentLayer, StackedRecurrent
from quizgen.layers.reshaping import Reshape
from quizgen.layers.resizing import Cropping, ZeroPadding
from quizgen.layers.transformer import TransformerBlock
from quizgen.network import Network
from quizgen.sampling.cutting import layer_alone
from quizgen.sampling.literature import Literature, is_of
from quizgen.sampling.sampler import Sample, read
from quizgen.sampling.settings import SETTING
from quizgen.sampling.subject import LayerKind

Kinds: TypeAlias = tuple[type[Layer], ...]

AROUND: Kinds = (Activation, PReLU, Dropout, ChannelNorm, RMSNorm, Flatten, Reshape, Dense)
"""What may stand in a network of any family."""

OVER_MAPS: Kinds = (*AROUND, Pooling, GlobalPooling, AdaptivePooling, ZeroPadding, Cropping)
RECURRENT: Kinds = (RecurrentLayer, Bidirectional, StackedRecurrent)
TRANSFORMER: Kinds = (TransformerBlock, MultiHeadAttention)

MADE_OF: Mapping[str, tuple[Kinds, Kinds | None]] = {
    "mlp": ((Dense,), AROUND),
    "cnn1d": ((Conv1D,), (*OVER_MAPS, Conv1D)),
    "cnn2d": ((Conv2D,), (*OVER_MAPS, Conv2D)),
    "cnn3d": ((Conv3D,), (*OVER_MAPS, Conv3D)),
    "separable": ((DepthwiseConvolution, SeparableConvolution), None),
    "residual": ((Add, Concatenate), None),
    "block": ((Add, Concatenate), (*OVER_MAPS, Conv2D, DepthwiseConvolution, Add, Concatenate)),
    "unet": ((ConvTranspose2D,), (*OVER_MAPS, Conv2D, ConvTranspose2D, Concatenate)),
    "recurrent": (RECURRENT, None),
    "transformer": (TRANSFORMER, None),
}
"""For each family: the kinds of which a network must have one, and those that it may have; None for any."""


def samples(about: Mapping[str, object], network: Network) -> Iterator[Sample]:
    """What of a network a template with this `about` can be about, as the sampler would have drawn it: each layer of the
    kind that it names with the settings that it fixes, alone on its own input; or the network itself, where it is of the
    family. Of a family's settings those count that say what the network is; how many layers it has and how large they
    are is what the one who gave it has settled.

    Nothing where the template is about something else. Raises TemplateError where `about` makes no sense.
    """
    subject, fixed = read(about)
    if isinstance(subject, LayerKind):
        for row in network.rows:
            if is_of(subject, row, network, fixed):
                yield Sample(layer_alone(network, row), row.name)
    elif not isinstance(subject, Literature) and is_of_family(network, subject.name) and agrees(network, fixed):
        yield Sample(network, network.nodes[-1].name)


def is_of_family(network: Network, family: str) -> bool:
    """Whether a network has what makes one of this family, and nothing that none of them has."""
    needed, allowed = MADE_OF.get(family, ((), None))
    if not has(network, *needed):
        return False
    if family == "block" and has(network, Dense):
        return False
    if family == "residual" and (not has(network, Conv2D, Dense) or has(network, *TRANSFORMER, *RECURRENT)):
        return False
    branches = family in ("residual", "block", "unet")
    plain = network.is_stack or branches
    return allowed is None or (plain and all(isinstance(node.layer, allowed) for node in network.nodes))


def has(network: Network, *kinds: type[Layer]) -> bool:
    return any(isinstance(node.layer, kinds) for node in network.nodes)


def adds(network: Network) -> bool:
    """Whether branches are added; a Concatenate is a kind of Add too."""
    return any(type(node.layer) is Add for node in network.nodes)


def heads(network: Network) -> str:
    """What follows the last map."""
    if has(network, Flatten):
        return "flatten"
    if has(network, GlobalPooling, AdaptivePooling):
        return "global"
    return "maps" if has(network, Dense) else "none"


def normalization(network: Network) -> str:
    kinds = {"batch": BatchNorm, "group": GroupNorm, "layer": LayerNorm}
    return next((name for name, kind in kinds.items() if has(network, kind)), "none")


def kind_of_block(network: Network) -> str:
    """What a block is called after the ways in which its branches go and meet."""
    if adds(network):
        (first, *_) = (node.layer for node in network.nodes if isinstance(node.layer, Conv2D))
        if has(network, DepthwiseConvolution):
            return "inverted"
        return "bottleneck" if max(first.kernel) == 1 else "basic"
    if has(network, Pooling):
        return "inception"
    return "dense" if sum(isinstance(node.layer, Concatenate) for node in network.nodes) > 1 else "fire"


def style(network: Network) -> str:
    """Which of the transformers it is."""
    blocks = [node.layer for node in network.nodes if isinstance(node.layer, EncoderBlock)]
    if has(network, Conv2D):
        return "vit"
    if not has(network, Embedding):
        return "blocks"
    if len(network.inputs) > 1:
        return "bert"
    if not all(block.causal for block in blocks):
        return "classifier"
    return "llama" if any(block.norm == "rms" for block in blocks) else "gpt"


def cell(network: Network) -> str:
    """The kind of the first recurrent layer."""
    layers = (getattr(node.layer, "layer", node.layer) for node in network.nodes)
    return next((type(layer).__name__ for layer in layers if isinstance(layer, RecurrentLayer)), "")


SAID: Mapping[str, Callable[[Network], object]] = {
    "framework": lambda network: network.framework,
    "head": heads,
    "flatten": lambda network: has(network, Flatten),
    "normalization": normalization,
    "kind": kind_of_block,
    "style": style,
    "join": lambda network: "add" if adds(network) else "concat",
    "cell": cell,
    "embedding": lambda network: has(network, Embedding),
    "bidirectional": lambda network: has(network, Bidirectional),
    "tied": lambda network: any(node.tied_to for node in network.nodes),
    "causal": lambda network: any(isinstance(node.layer, EncoderBlock) and node.layer.causal for node in network.nodes),
}
"""The settings of families that say what a network is, and what they are of one that nobody drew."""


def agrees(network: Network, fixed: Mapping[str, object]) -> bool:
    """Whether a network is what the settings say."""
    wishes = {name: SETTING[name].wish(written) for name, written in fixed.items() if name in SAID}
    return all(SAID[name](network) in wish for name, wish in wishes.items())
