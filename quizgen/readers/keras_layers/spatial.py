"""Keras's layers over maps, sequences and volumes."""

from __future__ import annotations

from typing import Any

from quizgen.arithmetic import span
from quizgen.layers.base import Layer
from quizgen.layers.sliding import Padding
from quizgen.readers.keras_layers.settings import Settings


def convolution(kind: type[Any], settings: Settings) -> Layer:
    layer: Layer = kind(settings.number("filters"), **sliding(kind.rank, settings), groups=settings.number("groups", 1))
    return layer


def depthwise(kind: type[Any], settings: Settings) -> Layer:
    multiplier = settings.number("depth_multiplier", 1)
    layer: Layer = kind(**sliding(kind.rank, settings), multiplier=multiplier)
    return layer


def separable(kind: type[Any], settings: Settings) -> Layer:
    multiplier = settings.number("depth_multiplier", 1)
    rank = kind.depthwise.rank
    layer: Layer = kind(settings.number("filters"), **sliding(rank, settings), multiplier=multiplier)
    return layer


def sliding(rank: int, settings: Settings) -> dict[str, Any]:
    """The settings of a sliding kernel by the engine's names."""
    channels_last(settings)
    kernel = settings.sizes("kernel_size", rank)
    dilation = settings.sizes("dilation_rate", rank, 1)
    padding: Padding
    word = settings.word("padding", "valid", "valid", "same", "causal")
    if word == "causal":
        padding = tuple((span(k, d) - 1, 0) for k, d in zip(kernel, dilation, strict=True))
    else:
        padding = "same" if word == "same" else "valid"
    return {
        "kernel": kernel,
        "stride": settings.sizes("strides", rank, 1),
        "padding": padding,
        "dilation": dilation,
        "bias": settings.flag("use_bias", True),
    }


def transposed(kind: type[Any], settings: Settings) -> Layer:
    """Where an output padding is given, Keras works with numbers: none for `valid`, half a kernel for `same`."""
    window = sliding(kind.rank, settings)
    if settings.get("output_padding", None) is not None:
        window["output_padding"] = settings.sizes("output_padding", kind.rank)
        spans = [span(k, d) for k, d in zip(window["kernel"], window["dilation"], strict=True)]
        window["padding"] = tuple((reach // 2,) * 2 if window["padding"] == "same" else (0, 0) for reach in spans)
    layer: Layer = kind(settings.number("filters"), **window)
    return layer


def pooling(kind: type[Any], settings: Settings) -> Layer:
    channels_last(settings)
    pool = settings.sizes("pool_size", kind.rank, 2)
    padding = settings.word("padding", "valid", "valid", "same")
    layer: Layer = kind(pool, settings.sizes("strides", kind.rank, pool), padding)
    return layer


def global_pooling(kind: type[Any], settings: Settings) -> Layer:
    channels_last(settings)
    layer: Layer = kind(settings.flag("keepdims", False))
    return layer


def adaptive_pooling(kind: type[Any], settings: Settings) -> Layer:
    channels_last(settings)
    layer: Layer = kind(settings.sizes("output_size", kind.rank))
    return layer


def zero_padding(kind: type[Any], settings: Settings) -> Layer:
    channels_last(settings)
    layer: Layer = kind(settings.pairs("padding", kind.rank, 1))
    return layer


def cropping(kind: type[Any], settings: Settings) -> Layer:
    channels_last(settings)
    layer: Layer = kind(settings.pairs("cropping", kind.rank, 0 if kind.rank == 2 else 1))
    return layer


def upsampling(kind: type[Any], settings: Settings) -> Layer:
    channels_last(settings)
    layer: Layer = kind(settings.sizes("size", kind.rank, 2))
    return layer


def channels_last(settings: Settings) -> None:
    """Raise ReadError where the channels come first: our shapes have them last, as Keras has by default."""
    if settings.get("data_format", "channels_last") == "channels_first":
        raise settings.error("data_format = 'channels_first' is not read.", remedy="Use channels_last.")
