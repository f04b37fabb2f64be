"""Whether a layer that nobody drew has the settings that a template asks for: the wishes of `about`, read backwards."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from quizgen.arithmetic import span
from quizgen.layers.base import Layer, Shape, Sizes
from quizgen.layers.graph import Row
from quizgen.sampling.conventions import padded
from quizgen.sampling.settings import SETTING, Range
from quizgen.sampling.windows import slack, zeros

OF_INPUT: Mapping[str, Callable[[tuple[Shape, ...]], object]] = {
    "size": lambda inputs: inputs[0].spatial,
    "channels": lambda inputs: inputs[0].channels,
    "features": lambda inputs: inputs[0].channels,
    "length": lambda inputs: inputs[0][0],
    "memory": lambda inputs: inputs[-1][0],
}
"""The settings that are no layer's own: what is read of the shapes that come in."""

FIELDS = {"zeros": "padding", "cells": "size", "activation": "name"}
"""Where a layer's field has another name than the setting has for authors."""


def fits(row: Row, framework: str, fixed: Mapping[str, object]) -> bool:
    """Whether a layer and its inputs are as `about` fixes them.

    Raises TemplateError where a name is no setting's, or a value none of its setting's.
    """
    return all(has(row, framework, name, written) for name, written in fixed.items())


def has(row: Row, framework: str, name: str, written: object) -> bool:
    """Whether one setting has one of the values that are written of it."""
    wish, found = SETTING[name].wish(written), setting_of(row, framework, name)
    if isinstance(wish, Range):
        sizes = found if isinstance(found, tuple) and found else (found,)
        return all(size in wish for size in sizes)
    if name == "padding":
        return any(found == padding_of(row.layer, framework, value) for value in wish)
    return any(same(value, found) for value in wish)


def setting_of(row: Row, framework: str, name: str) -> object:
    """The value of a setting, by the name that it has in `about`; None where the layer has no such setting."""
    if name == "framework":
        return framework
    if name in OF_INPUT:
        return OF_INPUT[name](row.inputs)
    if name == "overhang":
        return overhangs(row)
    layer = row.layer
    inner = getattr(layer, "layer", None) or getattr(layer, "base", None) or layer
    if name == "cell":
        return type(inner).__name__
    field = FIELDS.get(name, name)
    return getattr(layer, field, getattr(inner, field, None))


def overhangs(row: Row) -> bool:
    """Whether a window has no room at the end of some axis, or is padded to have some."""
    layer: Any = row.layer
    window, x = layer.window(*row.inputs), row.inputs[0]
    reaches = [span(k, d) for k, d in zip(window.kernel, window.dilation, strict=True)]
    extras = zeros(layer.padding, len(reaches))
    return any(map(slack, x.spatial, reaches, window.stride, extras))


def same(written: object, found: object) -> bool:
    """Whether it is what an author wrote, where one value stands for all axes, and one number for both of their ends."""
    if isinstance(found, tuple) and not isinstance(written, tuple):
        return bool(found) and all(size in (written, (written, written)) for size in found)
    return written == found and isinstance(written, bool) == isinstance(found, bool)


def padding_of(layer: Layer, framework: str, written: Any) -> object:
    """The padding that an author's words stand for, on a layer with this window."""
    window: Sizes = getattr(layer, "kernel", ()) or getattr(layer, "pool", ())
    return padded(framework, written, window, getattr(layer, "dilation", (1,) * len(window)))
