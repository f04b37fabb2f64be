"""A layer as code: what makes it, and how it's used."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple, TypeAlias

from quizgen.layers.base import Sizes

Layout: TypeAlias = Literal["first", "last"]
"""Where the channels stand: before the spatial axes, or after them."""


class Piece(NamedTuple):
    """A layer as code.

    makes: the expressions that make it; where there are several, they are applied one after the other.
    use: statements that apply the last of them. `{layer}` stands for it, `{0}`, `{1}`, ... for what is read and `{y}`
        for what comes out. Left empty, it's simply called.
    needs: a class of the program's own that it uses.
    layout: the layout in which PyTorch's layer reads, or None where it takes any.
    leaves: the layout of what comes out, where it's another one than of what went in.
    """

    makes: tuple[str, ...] = ()
    use: tuple[str, ...] = ()
    needs: str = ""
    layout: Layout | None = None
    leaves: Layout | None = None


Writing: TypeAlias = Callable[..., Piece]
"""From a layer of one kind, and what it reads, to its code."""

CALLED = ("{y} = {layer}({0})",)


def one_or_all(sizes: Sequence[int]) -> int | tuple[int, ...]:
    """`3` for a square, as everybody writes it, else `(3, 5)`."""
    return sizes[0] if len(set(sizes)) == 1 else tuple(sizes)


def unless(usual: int, sizes: Sizes) -> int | tuple[int, ...] | None:
    """The sizes, or None where each is the usual one."""
    return None if set(sizes) <= {usual} else one_or_all(sizes)


def several(number: int) -> int | None:
    """The number, or None for 1."""
    return number if number > 1 else None


def off(setting: bool) -> Literal[False] | None:
    """False where something that is on by default is off, else None."""
    return None if setting else False


def on(setting: bool) -> Literal[True] | None:
    """True where something that is off by default is on, else None."""
    return True if setting else None
