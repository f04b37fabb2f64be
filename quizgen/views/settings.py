"""A layer's settings in words: for a table, for a sentence, and for a box in a picture, all from one source."""

from __future__ import annotations

from functools import lru_cache

from quizgen.layers.base import Layer
from quizgen.layers.elementwise import Average, Multiply
from quizgen.layers.given import Given, Select
from quizgen.layers.merging import Add, Concatenate
from quizgen.layers.wrappers import TimeDistributed
from quizgen.views.by_kind import ByKind, by_kind
from quizgen.views.wording.grammar import Detail, Wording, Words, article, listed, plain
from quizgen.views.wording.sequence import SEQUENCE
from quizgen.views.wording.spatial import SPATIAL


def settings(layer: Layer, *, complete: bool = False) -> str:
    """The settings in few words, as plain text: `32 kernels of 3 × 3, stride 2, same padding, no bias`.

    complete: whether the usual ones (stride 1, `valid` padding) are said too; else they are left out.
    """
    return plain(", ".join(filter(None, (detail.text for detail in words(layer).said(complete)))))


def phrase(layer: Layer, *, complete: bool = False) -> str:
    """The layer as a noun phrase in Markdown: `a 2-D convolution with 32 kernels of 3 × 3 and no biases`."""
    described = words(layer)
    said = described.said(complete)
    details = [detail.in_sentence for detail in said if detail.in_sentence]
    rest = "".join(detail.tail for detail in said)
    return f"{article(described.noun)} {described.noun}" + (f" with {listed(details)}" if details else "") + rest


def short(layer: Layer) -> str:
    """What a box in a picture has room for: `3 × 3, 32, stride 2, same`."""
    return plain(", ".join(filter(None, (detail.in_box for detail in words(layer).said()))))


def noun(layer: Layer) -> str:
    """What the layer is called: `2-D convolution`."""
    return words(layer).noun


@lru_cache(maxsize=1024)
def words(layer: Layer) -> Words:
    """The layer in words. Every kind has an entry; a test proves it."""
    wording = by_kind(WORDS, layer)
    return wording(layer) if wording else Words(type(layer).__name__)


def time_distributed(layer: TimeDistributed) -> Words:
    inner = words(layer.layer)
    everywhere = Detail("at every step", tail=", applied at every step", box="")
    return Words(inner.noun, Detail("", box=inner.noun), *inner.details, everywhere)


def concatenate(layer: Concatenate) -> Words:
    return Words("concatenation")


def average(layer: Average) -> Words:
    return Words("element-wise mean")


def multiply(layer: Multiply) -> Words:
    return Words("element-wise product")


def add(layer: Add) -> Words:
    return Words("element-wise sum")


def select(layer: Select) -> Words:
    return Words("selection")


def given(layer: Given) -> Words:
    return Words("step of the program")


WORDS: ByKind[Wording] = (
    *SPATIAL,
    *SEQUENCE,
    (TimeDistributed, time_distributed),
    (Concatenate, concatenate),
    (Average, average),
    (Multiply, multiply),
    (Add, add),
    (Select, select),
    (Given, given),
)
"""Every kind of layer and its words, the most special first."""
