"""A size that nobody has said: whatever is calculated with it is unknown too.

The rules of layers are blind to what their sizes are, so a network whose input is partly unknown is walked like any
other, and what depends on the unknown comes out unknown: the shape of a map, the weights of the first dense layer after
it. What does not is counted all the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, TypeAlias


class Unknown:
    """A size that is not known. Comparisons with it are never true, so that no check fails for it."""

    __slots__ = ()

    def _absorb(self, other: object = None) -> Unknown:
        return self

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = _absorb
    __floordiv__ = __rfloordiv__ = __truediv__ = __rtruediv__ = __mod__ = __rmod__ = __pow__ = __rpow__ = _absorb
    __neg__ = __pos__ = __abs__ = _absorb

    def _never(self, other: object) -> bool:
        return False

    __lt__ = __le__ = __gt__ = __ge__ = __ne__ = _never

    def __bool__(self) -> bool:
        return False

    @property
    def number(self) -> Unknown:
        """What `quizgen.arithmetic.real` reads from a size that is no int."""
        return self

    def __repr__(self) -> str:
        return "?"

    def __format__(self, spec: str) -> str:
        return "?"


UNKNOWN: Final[Any] = Unknown()
"""The one unknown size; typed as anything, because it stands where ints stand."""


class Sought(Unknown):
    """A size that is asked for: it is there, unlike one that nobody has said, and so words do not pass over it."""

    __slots__ = ()

    def __bool__(self) -> bool:
        return True


SOUGHT: Final[Any] = Sought()
"""The size that a question asks for."""


class Lettered(Sought):
    """A size that a question writes as a letter: in Markdown, as a formula."""

    __slots__ = ("letter",)

    def __init__(self, letter: str) -> None:
        self.letter = letter

    def __format__(self, spec: str) -> str:
        return f"${self.letter}$"


MaybeInt: TypeAlias = int | None
"""A number for programs: None where it is not known."""


def known(size: Any) -> MaybeInt:
    """The size, or None where it is not known."""
    return None if isinstance(size, Unknown) else size


def is_known(shape: Iterable[Any]) -> bool:
    """Whether every size of a shape is known."""
    return not any(isinstance(size, Unknown) for size in shape)
