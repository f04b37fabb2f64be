"""The arguments of Keras's layers: their order in Keras 3, and what they were called before."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

from quizgen.readers.python import Call, written

CONV = "filters kernel_size strides padding data_format dilation_rate groups activation use_bias"
DEPTHWISE = "kernel_size strides padding depth_multiplier data_format dilation_rate activation use_bias"
SEPARABLE = "filters kernel_size strides padding data_format dilation_rate depth_multiplier activation use_bias"
TRANSPOSED = "filters kernel_size strides padding"
POOLING = "pool_size strides padding data_format name"
RECURRENT = "units activation recurrent_activation use_bias"
NORM = "axis epsilon center scale"

SIGNATURES: Mapping[str, str] = {
    "Dense": "units activation use_bias",
    "Conv1D": CONV,
    "Conv2D": CONV,
    "Conv3D": CONV,
    "Conv1DTranspose": f"{TRANSPOSED} output_padding data_format dilation_rate activation use_bias",
    "Conv2DTranspose": f"{TRANSPOSED} output_padding data_format dilation_rate activation use_bias",
    "Conv3DTranspose": f"{TRANSPOSED} data_format output_padding dilation_rate activation use_bias",
    "DepthwiseConv1D": DEPTHWISE,
    "DepthwiseConv2D": DEPTHWISE,
    "SeparableConv1D": SEPARABLE,
    "SeparableConv2D": SEPARABLE,
    **{f"MaxPooling{rank}D": POOLING for rank in (1, 2, 3)},
    **{f"AveragePooling{rank}D": POOLING for rank in (1, 2, 3)},
    **{f"Global{kind}Pooling{rank}D": "data_format keepdims" for kind in ("Max", "Average") for rank in (1, 2, 3)},
    **{f"Adaptive{kind}Pooling{rank}D": "output_size data_format" for kind in ("Max", "Average") for rank in (1, 2, 3)},
    **{f"ZeroPadding{rank}D": "padding data_format" for rank in (1, 2, 3)},
    "Cropping1D": "cropping",
    "Cropping2D": "cropping data_format",
    "Cropping3D": "cropping data_format",
    "UpSampling1D": "size",
    "UpSampling2D": "size data_format interpolation",
    "UpSampling3D": "size data_format",
    "Flatten": "data_format",
    "Reshape": "target_shape",
    "Permute": "dims",
    "RepeatVector": "n",
    "Resizing": "height width interpolation crop_to_aspect_ratio",
    "CenterCrop": "height width",
    "RandomCrop": "height width",
    "Activation": "activation",
    "ReLU": "max_value negative_slope threshold",
    "PReLU": "alpha_initializer alpha_regularizer alpha_constraint shared_axes",
    "Dropout": "rate noise_shape seed",
    "BatchNormalization": "axis momentum epsilon center scale",
    "LayerNormalization": NORM,
    "RMSNormalization": "axis epsilon",
    "GroupNormalization": f"groups {NORM}",
    "Normalization": "axis mean variance invert",
    "Embedding": "input_dim output_dim",
    "ReversibleEmbedding": "input_dim output_dim tie_weights",
    "SimpleRNN": "units activation use_bias",
    "LSTM": RECURRENT,
    "GRU": RECURRENT,
    "Bidirectional": "layer merge_mode weights backward_layer",
    "TimeDistributed": "layer",
    "MultiHeadAttention": "num_heads key_dim value_dim dropout use_bias output_shape attention_axes",
    "GroupQueryAttention": "head_dim num_query_heads num_key_value_heads dropout use_bias",
    "Lambda": "function output_shape mask arguments",
}  # fmt: skip
"""The first arguments of each layer, in the order of Keras 3; those behind them are only ever given by name."""

KEYWORDS: Mapping[str, str] = {
    "CuDNNLSTM": "units", "CuDNNGRU": "units", "Concatenate": "axis",
    "LSTM": "return_sequences return_state go_backwards stateful unroll dropout recurrent_dropout",
    "SimpleRNN": "return_sequences return_state go_backwards stateful unroll dropout recurrent_dropout",
    "GRU": "return_sequences return_state go_backwards stateful unroll dropout recurrent_dropout reset_after",
}  # fmt: skip
"""More that layers take by name."""

RENAMED: Mapping[str, str] = {
    "nb_filter": "filters", "nb_filters": "filters", "filter_length": "kernel_size", "border_mode": "padding",
    "subsample": "strides", "subsample_length": "strides", "atrous_rate": "dilation_rate", "bias": "use_bias",
    "p": "rate", "pool_length": "pool_size", "dim_ordering": "data_format", "concat_axis": "axis", "nb_feature": "units",
    "length": "size",
}  # fmt: skip
"""What Keras 1 called it, and what it's called since."""
RENAMED_IN: Mapping[str, Mapping[str, str]] = {
    "Dense": {"output_dim": "units"},
    "LSTM": {"output_dim": "units"},
    "GRU": {"output_dim": "units"},
    "SimpleRNN": {"output_dim": "units"},
    **{f"{kind}Pooling1D": {"stride": "strides"} for kind in ("Max", "Average")},
}
SIDES = ("nb_row", "nb_col", "kernel_dim1", "kernel_dim2", "kernel_dim3")
ORDERINGS = {"tf": "channels_last", "th": "channels_first"}

CLASSES: tuple[tuple[str, str], ...] = (
    (r"(?:Atrous|Dilated)?Convolution(\dD(?:Transpose)?)", r"Conv\1"),
    (r"Deconvolution(\dD)", r"Conv\1Transpose"),
    (r"SeparableConvolution(\dD)", r"SeparableConv\1"),
    (r"(Global|Adaptive)?Max(?:Pool|Pooling)(\dD)", r"\1MaxPooling\2"),
    (r"(Global|Adaptive)?(?:Avg|Average)(?:Pool|Pooling)(\dD)", r"\1AveragePooling\2"),
    (r"Relu", "ReLU"),
    (r"TimeDistributedDense", "Dense"),
    (r"GroupedQueryAttention", "GroupQueryAttention"),
    (r"BatchNormalizationV[12]", "BatchNormalization"),
)
"""Other names that a class has or had."""

EVERYWHERE = (
    "name", "dtype", "trainable", "input_shape", "batch_input_shape", "batch_shape", "input_dim", "input_length",
    "batch_size", "weights", "autocast",
)  # fmt: skip


@lru_cache(maxsize=256)
def canonical(name: str) -> str:
    """What Keras 3 calls the class of that name."""
    for pattern, to in CLASSES:
        if match := re.fullmatch(pattern, name):
            return match.expand(to)
    return name


def signature(kind: str) -> list[str]:
    return SIGNATURES.get(kind, "").split()


def settings_of(name: str, call: Call) -> dict[str, Any]:
    """The settings that a layer is made with, by the names of Keras 3; raises ReadError for a mistyped one."""
    kind = canonical(name)
    arguments, given = call.arguments, dict(call.keywords)
    settings = dict[str, Any]()
    if match := re.fullmatch(r"Conv(\d)D", kind):
        arguments = one_kernel(name, int(match[1]), arguments, given)
    order = signature(kind)
    if len(arguments) > len(order) and order:
        raise call.error(
            f"{kind} is given {len(arguments)} arguments.", remedy=f"In order they are {', '.join(order)}."
        )
    settings |= dict(zip(order, arguments, strict=False))
    for key, value in given.items():
        settings[renamed(kind, key, call)] = value
    ordering = settings.get("data_format")
    if isinstance(ordering, str):
        settings["data_format"] = ORDERINGS.get(ordering, ordering)
    return settings


def ambiguous(name: str, call: Call) -> str:
    """What to say of `Conv2D(32, 3, 3)`, which meant another thing in Keras 1; else nothing."""
    match = re.fullmatch(r"Conv([23])D", name)
    sides = call.arguments[1:]
    if (
        not match
        or len(sides) < int(match[1])
        or is_old(name, call.keywords)
        or not all(isinstance(n, int) for n in sides[:2])
    ):
        return ""
    kernel, stride = sides[:2]
    return (
        f"{written(call.spot.node)} in line {call.spot.line} is read as in Keras 3: a kernel of {kernel} on each axis and a "
        f"stride of {stride}. In Keras 1 the numbers were the sides of the kernel."
    )


def is_old(name: str, given: Mapping[str, Any]) -> bool:
    """Whether a convolution is spelled as in Keras 1."""
    return "onvolution" in name or not given.keys().isdisjoint({"border_mode", "subsample", "dim_ordering"})


def one_kernel(name: str, rank: int, arguments: tuple[Any, ...], given: dict[str, Any]) -> tuple[Any, ...]:
    """The arguments with the sides of a kernel as one: Keras 1 had `Convolution2D(32, 5, 5)`.

    Without an old name about it, `Conv2D(32, 5, 5)` is a kernel of 5 and a stride of 5, as in Keras 3.
    """
    sides = [given.pop(key) for key in SIDES if key in given]
    if sides:
        given["kernel_size"] = (*arguments[1:], *sides)
        return arguments[:1]
    old = is_old(name, given)
    if (
        old
        and rank > 1
        and len(arguments) >= 1 + rank
        and all(isinstance(side, int) for side in arguments[1 : 1 + rank])
    ):
        return (arguments[0], arguments[1 : 1 + rank], *arguments[1 + rank :])
    return arguments


def renamed(kind: str, key: str, call: Call) -> str:
    """The name that a setting has in Keras 3; raises ReadError where it's none, but nearly one."""
    known = [*signature(kind), *KEYWORDS.get(kind, "").split(), *EVERYWHERE]
    if key in known:
        return key
    key = RENAMED_IN.get(kind, {}).get(key) or RENAMED.get(key, key)
    close = get_close_matches(key, known, n=1, cutoff=0.8)
    if close and key not in known and signature(kind):
        raise call.error(f"{kind} has no setting “{key}”.", remedy=f"Did you mean “{close[0]}”?")
    return key
