"""Details of a layer, and how they are joined: by commas in a table, into a noun phrase in a sentence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from quizgen.layers.base import Sizes
from quizgen.layers.sliding import Padding, Pairs

VOWEL_SOUNDS = (*"aeioAEIO", "up", "LSTM", "RMS")
"""How nouns begin that want `an`; a lone u does not tell (`a unit`)."""


@dataclass(frozen=True, slots=True)
class Detail:
    """One setting in words, in Markdown. Where a reading is empty, it leaves the setting out.

    text: as a table says it.
    stem: as a sentence says it after “with”, where that differs.
    tail: as a sentence says it after all that, with the space or comma before it, in place of the stem.
    box: as a box in a picture says it, where that differs.
    usual: whether it's what everybody expects, and so left out unless everything is to be said.
    """

    text: str
    stem: str | None = None
    tail: str = ""
    box: str | None = None
    usual: bool = False

    @property
    def in_sentence(self) -> str:
        if self.tail:
            return ""
        return self.text if self.stem is None else self.stem

    @property
    def in_box(self) -> str:
        return self.text if self.box is None else self.box


NOTHING = Detail("")


class Words:
    """A layer in words: what it is called, and its settings in the order in which they are said."""

    def __init__(self, noun: str, *details: Detail) -> None:
        self.noun, self.details = noun, details

    def said(self, complete: bool = False) -> tuple[Detail, ...]:
        """The details without the usual ones, or all of them."""
        return tuple(detail for detail in self.details if complete or not detail.usual)


Wording: TypeAlias = Callable[[Any], Words]
"""From a layer of one kind to its words."""


def plain(markdown: str) -> str:
    """The text without its code marks."""
    return markdown.replace("`", "")


def article(noun: str) -> str:
    """`a` or `an`, by the sound."""
    return "an" if noun.startswith(VOWEL_SOUNDS) else "a"


def listed(parts: Sequence[str], last: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`."""
    return f" {last} ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:])))


def counted(number: int, noun: str) -> str:
    """`1 kernel`, `1,024 kernels`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def by(sizes: Sequence[int]) -> str:
    """`3 × 5`."""
    return " × ".join(f"{size:,}" for size in sizes)


def window(sizes: Sizes) -> str:
    """`3 × 5`; along one axis `size 3`."""
    return by(sizes) if len(sizes) > 1 else f"size {sizes[0]:,}"


def same_on_all_axes(sizes: Sizes) -> str:
    """`2` where every axis has it, else `2 × 1`."""
    return by(sizes[:1] if len(set(sizes)) == 1 else sizes)


def stride(sizes: Sizes) -> Detail:
    return Detail(f"stride {same_on_all_axes(sizes)}", usual=set(sizes) == {1})


def dilation(sizes: Sizes) -> Detail:
    return NOTHING if set(sizes) == {1} else Detail(f"dilation {same_on_all_axes(sizes)}")


def padding(setting: Padding) -> Detail:
    if isinstance(setting, str):
        return Detail(f"`{setting}` padding", box=setting, usual=setting == "valid")
    if not any(map(any, setting)):
        return Detail("no padding", usual=True)
    return Detail(f"padding {around(setting)}")


def around(pairs: Pairs) -> str:
    """Cells before and after each axis: `1`, `1 × 2`, or `(0 before, 1 after)`."""
    if all(before == after for before, after in pairs):
        return same_on_all_axes(tuple(before for before, _ in pairs))
    sides = [f"({before} before, {after} after)" for before, after in pairs]
    return sides[0] if len(set(sides)) == 1 else " × ".join(sides)


def bias(present: bool) -> Detail:
    return NOTHING if present else Detail("no bias", stem="no biases")
