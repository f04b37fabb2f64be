"""PyTorch's modules, by name: each a function with the signature of the module's constructor."""

from __future__ import annotations

from collections.abc import Callable

from quizgen.readers.torch import attention, einops, resizing, sequence, spatial
from quizgen.readers.torch.recurrent import CELLS, RECURRENT
from quizgen.readers.torch.steps import Op

RANKS = (1, 2, 3)

MODULES: dict[str, Callable[..., Op]] = {
    "Linear": sequence.linear,
    "LazyLinear": sequence.lazy_linear,
    "Bilinear": sequence.bilinear,
    **{f"Conv{rank}d": spatial.convolution(rank) for rank in RANKS},
    **{f"LazyConv{rank}d": spatial.lazy_convolution(rank) for rank in RANKS},
    **{f"ConvTranspose{rank}d": spatial.transposed(rank) for rank in RANKS},
    **{f"LazyConvTranspose{rank}d": spatial.lazy_transposed(rank) for rank in RANKS},
    **{f"MaxPool{rank}d": spatial.max_pooling(rank) for rank in RANKS},
    **{f"AvgPool{rank}d": spatial.average_pooling(rank) for rank in RANKS},
    **{
        f"AdaptiveMaxPool{rank}d": spatial.adaptive(spatial.ADAPTIVE_MAXIMUM, spatial.GLOBAL_MAXIMUM, rank)
        for rank in RANKS
    },
    **{
        f"AdaptiveAvgPool{rank}d": spatial.adaptive(spatial.ADAPTIVE_AVERAGE, spatial.GLOBAL_AVERAGE, rank)
        for rank in RANKS
    },
    **{
        f"{kind}Pad{rank}d": resizing.padding(rank)
        for rank in RANKS
        for kind in ("Zero", "Constant", "Reflection", "Replication", "Circular")
    },
    "Upsample": resizing.upsample,
    "UpsamplingNearest2d": resizing.upsample_twice,
    "UpsamplingBilinear2d": resizing.upsample_twice,
    "PixelShuffle": resizing.pixel_shuffle,
    "PixelUnshuffle": resizing.pixel_unshuffle,
    "Flatten": sequence.flatten,
    "Unflatten": sequence.unflatten,
    "Identity": sequence.identity,
    **{name: sequence.activation(known) for name, known in sequence.ACTIVATIONS.items()},
    "PReLU": sequence.prelu,
    "GLU": sequence.gated,
    **dict.fromkeys(("Dropout", "Dropout1d", "Dropout2d", "Dropout3d", "AlphaDropout"), sequence.dropout),
    "BatchNorm1d": sequence.batch_norm((1, 2)),
    "BatchNorm2d": sequence.batch_norm((3,)),
    "BatchNorm3d": sequence.batch_norm((4,)),
    "SyncBatchNorm": sequence.batch_norm((1, 2, 3, 4)),
    "LazyBatchNorm1d": sequence.lazy_batch_norm((1, 2)),
    "LazyBatchNorm2d": sequence.lazy_batch_norm((3,)),
    "LazyBatchNorm3d": sequence.lazy_batch_norm((4,)),
    "InstanceNorm1d": sequence.instance_norm((2,)),
    "InstanceNorm2d": sequence.instance_norm((3,)),
    "InstanceNorm3d": sequence.instance_norm((4,)),
    "GroupNorm": sequence.group_norm,
    "LayerNorm": sequence.layer_norm,
    "RMSNorm": sequence.rms_norm,
    "LocalResponseNorm": sequence.identity,
    "ChannelShuffle": sequence.identity,
    "Embedding": sequence.embedding,
    "EmbeddingBag": sequence.embedding_bag,
    **einops.MODULES,
    **RECURRENT,
    **CELLS,
    "MultiheadAttention": attention.attention,
    "TransformerEncoderLayer": attention.encoder_layer,
    "TransformerDecoderLayer": attention.decoder_layer,
}
"""Every module without modules of its own that is understood."""
