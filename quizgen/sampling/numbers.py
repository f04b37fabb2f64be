"""The numbers that are drawn from: those with which a person can calculate on paper, more and larger ones from level to
level. Powers of two stand beside 10, 12 and 20, so that two numbers seldom coincide."""

from __future__ import annotations

from functools import cache

FACTORS = (2, 3, 4, 5, 6, 8, 10, 12, 15, 16, 20, 24, 25, 30, 32, 40, 50, 64, 100)
"""The factors of a calculation: channels, filters, units."""

SIZES = (
    6, 7, 8, 9, 10, 12, 14, 15, 16, 18, 20, 22, 24, 25, 26, 28, 30, 32, 36, 40, 44, 48, 50, 56, 60, 64, 72, 80, 96, 100,
    112, 120, 128, 144, 160, 180, 192, 200, 224, 240, 256,
)  # fmt: skip
"""The axes of images."""

KERNELS = (3, 3, 5, 5, 7)
CLASSES = (3, 4, 5, 6, 8, 10, 12, 20)
LENGTHS = (6, 7, 9, 10, 12, 14, 15, 18, 20, 24, 25, 28, 30, 36, 40, 48, 50, 60, 80)
"""How many tokens or steps a sequence has."""

VOCABULARIES = (80, 100, 120, 150, 200, 250, 300, 400, 500, 600, 800, 1000, 1200, 1500, 2000, 2500, 3000, 4000, 5000)

LARGEST_FACTOR = (12, 16, 20, 12, 16, 20, 20, 24, 32, 40, 40, 50, 50, 64, 64, 100, 100)
LARGEST_SIZE = (16, 16, 16, 14, 18, 28, 32, 36, 40, 48, 56, 64, 64, 64, 100, 100, 100)
"""The largest that is drawn at each level."""

LARGEST_SIDE = 20
"""The largest side of a volume."""


@cache
def widths(level: int, least: int = 4) -> tuple[int, ...]:
    """The channels, filters and units that are drawn at a level."""
    return tuple(factor for factor in FACTORS if least <= factor <= LARGEST_FACTOR[level])


@cache
def sizes(level: int, axes: int, least: int) -> tuple[int, ...]:
    """The sizes of an input with so many spatial axes that are drawn at a level: none below `least`, and not none."""
    largest = LARGEST_SIZE[level] if axes < 3 else min(LARGEST_SIZE[level], LARGEST_SIDE)
    enough = [size for size in SIZES if size >= least] or list(range(least, least + 8))
    return tuple(size for size in enough if size <= largest)[-12:] or tuple(enough[:4])


@cache
def sizes_near(least: int) -> tuple[int, ...]:
    """The sizes that hold a whole network and leave little over, so that what reaches its dense layers stays small."""
    return tuple(size for size in SIZES if size >= least)[:5] or tuple(range(least, least + 5))
