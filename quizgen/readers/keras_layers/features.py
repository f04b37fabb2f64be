"""Keras's layers over features, and those that only change shapes or numbers."""

from __future__ import annotations

import re

from quizgen import layers as ours
from quizgen.layers.activation import ACTIVATIONS
from quizgen.layers.base import Layer
from quizgen.layers.elementwise import Elementwise
from quizgen.readers.keras_layers.settings import Settings, shown

OTHER_NAMES = {"swish": "silu", "hard_swish": "hard_silu", "leaky_relu": "leaky_relu", "leakyrelu": "leaky_relu"}
"""Activations that have two names in Keras."""


def dense(settings: Settings) -> Layer:
    return ours.Dense(settings.number("units"), settings.flag("use_bias", True))


def activation(settings: Settings) -> Layer:
    return named_activation(settings.get("activation", "linear"))


def named_activation(name: object) -> Layer:
    """An activation of that name; one of the user's own changes no shape either."""
    found = OTHER_NAMES.get(name, name) if isinstance(name, str) else None
    return ours.Activation(found) if found in ACTIVATIONS else Layer()


def relu(settings: Settings) -> Layer:
    return ours.Activation("relu6" if settings.get("max_value", None) == 6 else "relu")


def prelu(settings: Settings) -> Layer:
    shared = settings.numbers("shared_axes", ())
    if not shared:
        return ours.PReLU("element")
    axes = {axis if axis > 0 else axis + settings.rank + 1 for axis in shared}
    if axes == set(range(1, settings.rank)):
        return ours.PReLU("channel")
    if axes == set(range(1, settings.rank + 1)):
        return ours.PReLU("layer")
    raise settings.error(f"shared_axes = {shown(list(shared))} is not read.", remedy="Share all axes but the channels.")


def dropout(settings: Settings) -> Layer:
    rate = settings.get("rate", 0.5)
    if isinstance(rate, bool) or not isinstance(rate, int | float):
        raise settings.error(f"rate = {shown(rate)} is no number.")
    return ours.Dropout(rate)


def unchanged(settings: Settings) -> Layer:
    return Layer()


def flatten(settings: Settings) -> Layer:
    return ours.Flatten()


def reshape(settings: Settings) -> Layer:
    target = settings.numbers("target_shape")
    return ours.Reshape(tuple(None if size == -1 else size for size in target))


def reshape_operation(settings: Settings) -> Layer:
    """`keras.ops.reshape`, whose first axis is the batch."""
    _, *target = settings.numbers("newshape")
    return ours.Reshape(tuple(None if size == -1 else size for size in target))


def permute(settings: Settings) -> Layer:
    return ours.Permute(settings.numbers("dims"))


def batch_norm(settings: Settings) -> Layer:
    if settings.last_axes() > 1:
        raise settings.error("several axes are not read.")
    return ours.BatchNorm(scale=settings.flag("scale", True), center=settings.flag("center", True))


def layer_norm(settings: Settings) -> Layer:
    axes = settings.last_axes()
    if settings.flag("rms_scaling", False):
        return ours.RMSNorm(axes=axes)
    return ours.LayerNorm(axes, scale=settings.flag("scale", True), center=settings.flag("center", True))


def rms_norm(settings: Settings) -> Layer:
    return ours.RMSNorm(axes=settings.last_axes())


def group_norm(settings: Settings) -> Layer:
    groups, scale, center = settings.number("groups", 32), settings.flag("scale", True), settings.flag("center", True)
    settings.last_axes()
    if groups == -1:
        return ours.InstanceNorm(scale=scale, center=center)
    return ours.GroupNorm(groups, scale=scale, center=center)


def normalization(settings: Settings) -> Layer:
    """With a mean that was given there is nothing to store."""
    if settings.get("mean", None) is not None:
        return Layer()
    settings.last_axes()
    return ours.Normalization()


def embedding(settings: Settings) -> Layer:
    return ours.Embedding(settings.number("input_dim"), settings.number("output_dim"))


def add(settings: Settings) -> Layer:
    return ours.Add() if settings.several else Layer()


def multiply(settings: Settings) -> Layer:
    return ours.Multiply() if settings.several else Layer()


def average(settings: Settings) -> Layer:
    return ours.Average() if settings.several else Layer()


def elementwise(settings: Settings) -> Layer:
    """A difference, a maximum, a minimum; with a constant it is a function of each number."""
    return Elementwise() if settings.several else Layer()


def concatenate(settings: Settings) -> Layer:
    settings.last_axes()
    return ours.Concatenate()


def operation(kind: str) -> Layer | None:
    """An activation that was called as a function, which Keras writes down under its own name: `HardSigmoid`."""
    snake = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", kind).lower()
    return named_activation(snake) if OTHER_NAMES.get(snake, snake) in ACTIVATIONS else None
