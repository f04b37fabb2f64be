"""A network in the compact notation."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from quizgen.errors import QuizgenError
from quizgen.layers import Bidirectional, Layer
from quizgen.layers.base import setting_names
from quizgen.network import Network
from quizgen.readers.compact.numbers import write_number
from quizgen.readers.compact.reading import read_compact
from quizgen.readers.compact.words import WORDS, Word, suffixes
from quizgen.readers.shapes import written_shape

NEUTRAL = {"stride": 1, "dilation": 1, "output_padding": 0}
"""What a layer fills in for each axis where a setting is left empty."""


def written(network: Network) -> str | None:
    """The network in compact notation, from which `read_compact` reads the same layers; None where it has no words for
    it: branches, shared or frozen layers, settings without a suffix."""
    if not network.is_stack or any(node.frozen for node in network.nodes):
        return None
    words = [written_layer(node.layer) for node in network.nodes]
    if not all(words):
        return None
    text = " ".join([written_shape(network.input), *filter(None, words)])
    try:
        read = read_compact(text).network
    except QuizgenError:
        return None
    same = [node.layer for node in read.nodes] == [node.layer for node in network.nodes]
    return text if same and read.inputs == network.inputs else None


def written_layer(layer: Layer) -> str | None:
    """The word for a layer, with its numbers and suffixes; None where there is none."""
    inner = layer.layer if isinstance(layer, Bidirectional) else layer
    word = word_for(inner, both_ways=inner is not layer)
    if word is None:
        return None
    left_out = {name for name in word.numbers[len(word.numbers) - word.open :] if is_default(inner, name)}
    numbers = [write_number(name, getattr(inner, name)) for name in word.numbers if name not in left_out]
    settings = {
        name: getattr(inner, name) for name in names_of(inner) if name in word.fields and not is_default(inner, name)
    }
    if isinstance(layer, Bidirectional) and layer.merge != "concat":
        settings["merge"] = layer.merge
    tails = [written_suffix(word, name, value) for name, value in settings.items()]
    return None if None in tails else "".join([word.name, "x".join(numbers), *filter(None, tails)])


def names_of(layer: Layer) -> tuple[str, ...]:
    kind: Any = type(layer)
    return setting_names(kind)


def word_for(layer: Layer, *, both_ways: bool) -> Word | None:
    """The word whose kind and fixed settings a layer has."""
    fitting = (word for word in WORDS if type(layer) in word.kinds and word.both_ways == both_ways)
    return next((w for w in fitting if all(getattr(layer, n) == v for n, v in w.settings.items())), None)


def is_default(layer: Layer, name: str) -> bool:
    """Whether a setting is what the layer has where nobody says it: an empty tuple is filled in by the layer itself."""
    (setting,) = (setting for setting in fields(layer) if setting.name == name)
    value = getattr(layer, name)
    if setting.default != ():
        return bool(value == setting.default)
    return bool(value == getattr(layer, "pool", (NEUTRAL[name],) * len(value)))


def written_suffix(word: Word, name: str, value: Any) -> str | None:
    """A setting as a suffix: `/2`, `,same`, `,p1`, `-bias`; None where there is none for the value."""
    takes = [suffix for suffix in suffixes(word) if suffix.setting == name]
    if fixed := next((suffix for suffix in takes if suffix.value is not None and suffix.value == value), None):
        return fixed.name if fixed.name.startswith("-") else f",{fixed.name}"
    if isinstance(value, bool | str) or not any(suffix.value is None for suffix in takes):
        return None
    number = write_number(name, value)
    (suffix,) = (suffix for suffix in takes if suffix.value is None)
    return f"/{number}" if name == "stride" else f",{suffix.name}{number}"
