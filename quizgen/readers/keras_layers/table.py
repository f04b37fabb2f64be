"""Every layer of Keras that has its like in the engine, by the name of its class."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, TypeAlias

from quizgen import layers as ours
from quizgen.layers.base import Layer
from quizgen.layers.scaling import LayerScale
from quizgen.readers.keras_layers import features, resizing, sequences, spatial
from quizgen.readers.keras_layers.settings import Settings

Reads: TypeAlias = Callable[[Settings], Layer]

PER_RANK: tuple[tuple[str, Callable[[type[Any], Settings], Layer], str], ...] = (
    ("Conv{}D", spatial.convolution, "Conv{}D"),
    ("Convolution{}D", spatial.convolution, "Conv{}D"),
    ("Conv{}DTranspose", spatial.transposed, "ConvTranspose{}D"),
    ("Convolution{}DTranspose", spatial.transposed, "ConvTranspose{}D"),
    ("DepthwiseConv{}D", spatial.depthwise, "DepthwiseConv{}D"),
    ("SeparableConv{}D", spatial.separable, "SeparableConv{}D"),
    ("SeparableConvolution{}D", spatial.separable, "SeparableConv{}D"),
    ("MaxPooling{}D", spatial.pooling, "MaxPooling{}D"),
    ("MaxPool{}D", spatial.pooling, "MaxPooling{}D"),
    ("AveragePooling{}D", spatial.pooling, "AveragePooling{}D"),
    ("AvgPool{}D", spatial.pooling, "AveragePooling{}D"),
    ("GlobalMaxPooling{}D", spatial.global_pooling, "GlobalMaxPooling{}D"),
    ("GlobalMaxPool{}D", spatial.global_pooling, "GlobalMaxPooling{}D"),
    ("GlobalAveragePooling{}D", spatial.global_pooling, "GlobalAveragePooling{}D"),
    ("GlobalAvgPool{}D", spatial.global_pooling, "GlobalAveragePooling{}D"),
    ("AdaptiveMaxPooling{}D", spatial.adaptive_pooling, "AdaptiveMaxPooling{}D"),
    ("AdaptiveAveragePooling{}D", spatial.adaptive_pooling, "AdaptiveAveragePooling{}D"),
    ("ZeroPadding{}D", spatial.zero_padding, "ZeroPadding{}D"),
    ("Cropping{}D", spatial.cropping, "Cropping{}D"),
    ("UpSampling{}D", spatial.upsampling, "UpSampling{}D"),
)
"""Layers of one, two and three spatial axes: Keras's name, how it's read, the engine's name."""

ONE_FOR_ALL: Mapping[str, Reads] = {
    "Dense": features.dense,
    "Activation": features.activation,
    "ReLU": features.relu,
    "PReLU": features.prelu,
    "Dropout": features.dropout,
    "Flatten": features.flatten,
    "Reshape": features.reshape,
    "Permute": features.permute,
    "RepeatVector": resizing.repeat_vector,
    "Resizing": resizing.resizing,
    "CenterCrop": resizing.resizing,
    "RandomCrop": resizing.resizing,
    "BatchNormalization": features.batch_norm,
    "SyncBatchNormalization": features.batch_norm,
    "LayerNormalization": features.layer_norm,
    "RMSNormalization": features.rms_norm,
    "GroupNormalization": features.group_norm,
    "Normalization": features.normalization,
    "Embedding": features.embedding,
    "Add": features.add,
    "Multiply": features.multiply,
    "Average": features.average,
    "Subtract": features.elementwise,
    "Maximum": features.elementwise,
    "Minimum": features.elementwise,
    "Divide": features.elementwise,
    "TrueDivide": features.elementwise,
    "Concatenate": features.concatenate,
    "CustomScaleLayer": features.add,
    "LayerScale": lambda settings: LayerScale(),
    "SimpleRNN": partial(sequences.recurrent, ours.SimpleRNN),
    "LSTM": partial(sequences.recurrent, ours.LSTM),
    "GRU": partial(sequences.recurrent, ours.GRU),
    "CuDNNLSTM": partial(sequences.cudnn, ours.LSTM),
    "CuDNNGRU": partial(sequences.cudnn, ours.GRU),
    "Attention": sequences.dot_attention,
    "MultiHeadAttention": sequences.multi_head_attention,
    "GroupQueryAttention": sequences.grouped_attention,
    "GroupedQueryAttention": sequences.grouped_attention,
}
"""Layers for inputs of any rank, or of the one that they have. The `CustomScaleLayer` of Inception-ResNet adds a scaled
branch to its shortcut."""

UNCHANGED = (
    "SpatialDropout1D", "SpatialDropout2D", "SpatialDropout3D", "AlphaDropout", "GaussianDropout", "GaussianNoise",
    "StochasticDepth", "DropPath", "Identity", "ActivityRegularization", "Masking", "Rescaling", "UnitNormalization",
    "Softmax", "LeakyReLU", "ELU", "ThresholdedReLU", "RandomFlip", "RandomRotation", "RandomZoom", "RandomTranslation",
    "RandomContrast", "RandomBrightness",
)  # fmt: skip
"""Layers that keep the shape and hold no parameters."""

AROUND: Mapping[str, Callable[[Settings, Layer], Layer]] = {
    "Bidirectional": sequences.bidirectional,
    "TimeDistributed": sequences.time_distributed,
}
"""Layers around the layer that their setting `layer` is."""


def per_rank() -> dict[str, Reads]:
    return {
        theirs.format(rank): partial(read, getattr(ours, name.format(rank)))
        for theirs, read, name in PER_RANK
        for rank in (1, 2, 3)
        if hasattr(ours, name.format(rank))
    }


KINDS: Mapping[str, Reads] = {**per_rank(), **ONE_FOR_ALL, **dict.fromkeys(UNCHANGED, features.unchanged)}
"""How each layer is read that holds no other."""

KNOWN: frozenset[str] = frozenset({*KINDS, *AROUND})


def keras_layer(settings: Settings) -> Layer | None:
    """The layer of that kind with these settings; None where the kind isn't known.

    Raises ReadError for a setting that can't be read, and LayerError for one that makes no sense.
    """
    if settings.kind in AROUND:
        inner = settings.get("layer")
        if not isinstance(inner, Layer):
            raise settings.error("it holds no layer that can be read.")
        return AROUND[settings.kind](settings, inner)
    read = KINDS.get(settings.kind)
    return features.operation(settings.kind) if read is None else read(settings)
