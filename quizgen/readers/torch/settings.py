"""The settings of PyTorch's modules as the engine has them; raises LayerError for those that make no sense."""

from __future__ import annotations

from typing import Any

from quizgen.errors import LayerError
from quizgen.layers.sliding import Pairs
from quizgen.unknown import Unknown

LARGEST = 10**12
"""No layer is as large."""


def whole(name: str, value: Any) -> int:
    """A number of something, at least 1; a size of a tensor may be unknown."""
    value = getattr(value, "amount", value)
    if isinstance(value, Unknown):
        return value  # type: ignore[return-value]
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool):
        raise LayerError(f"{name} = {value!r} is no whole number.")
    if value < 1:
        raise LayerError(f"{name} = {value} is not positive.", remedy="Every size is at least 1.")
    if value > LARGEST:
        raise LayerError(f"{name} is larger than any layer.")
    return value


def sizes(name: str, value: Any, rank: int, least: int = 1) -> tuple[int, ...]:
    """A number for each axis: one for all, or as many as there are axes."""
    values = tuple(value) if isinstance(value, tuple | list) else (value,) * rank
    if len(values) == 1:
        values *= rank
    if len(values) != rank:
        raise LayerError(f"{name} = {value} has {len(values)} numbers, but there are {rank} axes.")
    if least == 0 and all(isinstance(one, int) and 0 <= one <= LARGEST for one in values):
        return values
    return tuple(whole(name, one) for one in values)


def both_sides(name: str, value: Any, rank: int) -> Pairs:
    """Padding that is the same at both ends of an axis."""
    values = tuple(value) if isinstance(value, tuple | list) else (value,)
    if any(not isinstance(one, int) or one < 0 for one in values):
        raise LayerError(f"{name} = {value!r} is no padding.", remedy="It counts cells, 0 or more.")
    return tuple((one, one) for one in sizes(name, value, rank, least=0))


def each_side(value: Any, rank: int) -> Pairs:
    """Padding as `F.pad` and `ZeroPad2d` take it: the last axis first, before and after."""
    values = (value,) * 2 * rank if isinstance(value, int) else tuple(value)
    if len(values) != 2 * rank or not all(isinstance(one, int) and abs(one) <= LARGEST for one in values):
        raise LayerError(f"padding = {value} is not (before, after) for {rank} axes, the last axis first.")
    return tuple((values[place], values[place + 1]) for place in range(2 * rank - 2, -2, -2))
