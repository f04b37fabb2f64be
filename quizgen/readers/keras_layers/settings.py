"""The settings of a Keras layer, read in the forms that Keras takes them in: `3`, `(3, 3)`, `((0, 1), (0, 1))`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from quizgen.errors import nearest
from quizgen.layers.base import Shape, Sizes
from quizgen.layers.sliding import Pairs
from quizgen.readers.reading import ReadError
from quizgen.readers.shapes import LARGEST, shortened

REQUIRED: Final[Any] = object()


@dataclass(frozen=True, slots=True)
class Settings:
    """What a layer's constructor was given, by keyword, and the shapes that reach it.

    kind: Keras's name of the layer. Every method raises ReadError for a value that the layer can't have.
    """

    kind: str
    values: Mapping[str, Any]
    inputs: tuple[Shape, ...] = ()

    def error(self, what: str, *, remedy: str = "") -> ReadError:
        return ReadError(f"{self.kind}: {what}", remedy=remedy)

    def get(self, key: str, default: Any = REQUIRED) -> Any:
        """The value as it stands; None counts as not given."""
        value = self.values.get(key)
        if value is not None:
            return value
        if default is REQUIRED:
            raise self.error(f"{key} is missing.")
        return default

    def number(self, key: str, default: Any = REQUIRED) -> Any:
        """A whole number; a default that is no number stands for itself."""
        value = self.get(key, default)
        return value if value is default else self.whole(key, value)

    def whole(self, key: str, value: Any) -> int:
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.error(f"{key} = {shown(value)} is no whole number.")
        if abs(value) > LARGEST:
            raise self.error(f"{key} is larger than any layer.", remedy=f"{LARGEST:,} is the largest size.")
        return value

    def flag(self, key: str, default: bool) -> bool:
        value = self.get(key, default)
        if not isinstance(value, bool | int):
            raise self.error(f"{key} = {shown(value)} is neither true nor false.")
        return bool(value)

    def word(self, key: str, default: str, *known: str) -> str:
        """One of these words."""
        value = self.get(key, default)
        lowered = value.lower() if isinstance(value, str) else value
        if lowered not in known:
            raise self.error(f"{key} = {shown(value)} is not known.", remedy=nearest(str(lowered), known))
        return str(lowered)

    def sizes(self, key: str, rank: int, default: Any = REQUIRED) -> Sizes:
        """One number for each axis, or one for all."""
        value = self.get(key, default)
        if not isinstance(value, list | tuple):
            return (self.whole(key, value),) * rank
        if len(value) == 1:
            value = [*value] * rank
        if len(value) != rank:
            raise self.error(f"{key} = {shown(value)} has {len(value)} numbers, but there are {rank} axes.")
        return tuple(self.whole(key, size) for size in value)

    def pairs(self, key: str, rank: int, default: Any = REQUIRED) -> Pairs:
        """Cells before and after each axis: one number for all, one for each axis, or two for each axis."""
        value = self.get(key, default)
        if not isinstance(value, list | tuple):
            value = [value] * rank
        if rank == 1 and len(value) == 2 and not any(isinstance(one, list | tuple) for one in value):
            value = [value]
        if len(value) != rank:
            raise self.error(f"{key} = {shown(value)} does not fit {rank} axes.")
        return tuple(self.pair(key, one) for one in value)

    def pair(self, key: str, value: Any) -> tuple[int, int]:
        if not isinstance(value, list | tuple):
            return (self.whole(key, value),) * 2
        if len(value) != 2:
            raise self.error(f"{key} = {shown(value)} is no pair of cells before and after.")
        before, after = value
        return self.whole(key, before), self.whole(key, after)

    def numbers(self, key: str, default: Any = REQUIRED) -> tuple[int, ...]:
        """Any number of whole numbers; a single one counts as a list of one."""
        value = self.get(key, default)
        values = value if isinstance(value, list | tuple) else [value]
        return tuple(self.whole(key, one) for one in values)

    @property
    def rank(self) -> int:
        """The axes of the input."""
        return len(self.inputs[0]) if self.inputs else 0

    @property
    def several(self) -> bool:
        """Whether the layer is called on more than one input."""
        return len(self.inputs) > 1

    def last_axes(self, key: str = "axis", default: Any = -1) -> int:
        """How many of the last axes a list of axes names, where 0 is the batch; raises ReadError for any others."""
        axes: Sequence[int] = self.numbers(key, default)
        counted = sorted(axis - self.rank - 1 if axis > 0 else axis for axis in axes)
        if counted != list(range(-len(counted), 0)):
            what = f"{key} = {shown(list(axes))} is not the last axis."
            raise self.error(what, remedy="Channels are the last axis here.")
        return len(counted)


def shown(value: Any) -> str:
    """A value in a message."""
    if isinstance(value, int) and abs(value) > LARGEST:
        return "a number of too many digits"
    try:
        return shortened(repr(value))
    except (RecursionError, ValueError):
        return "what stands there"
