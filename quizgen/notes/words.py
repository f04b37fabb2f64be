"""Words that notes share."""

from __future__ import annotations

from collections.abc import Sequence

from quizgen.prose import Prose, joined, prose

NAMED = 3
"""How many layers a note names; of others it says how many there are."""


def named(names: Sequence[str]) -> Prose:
    """`conv1`, `conv2` and `conv3`; of many the first ones, and how many more."""
    shown = [prose("`{}`", name) for name in names[: NAMED if len(names) > NAMED + 1 else None]]
    more = [prose("{} more", len(names) - len(shown))] if len(shown) < len(names) else []
    return listed([*shown, *more])


def listed(parts: Sequence[Prose]) -> Prose:
    """One, one and another, or one, another and a third."""
    first = joined(parts[:-1], ", ")
    return joined([first, parts[-1]], " and ") if first else parts[-1]


def percent(part: int, whole: int) -> str:
    """`93%`; a share close to nothing or to all gets a decimal."""
    share = 100 * part / whole
    return f"{share:.1f}%" if share < 1 or 99 < share < 100 else f"{share:.0f}%"
