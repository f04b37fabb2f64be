"""A template's wishes at a level: what the author fixed is kept, what was left open is drawn."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TypeVar, cast

from quizgen.arithmetic import span
from quizgen.errors import TemplateError, nearest
from quizgen.layers.base import Sizes
from quizgen.layers.sliding import Padding
from quizgen.sampling.conventions import FRAMEWORKS, Word, padded, takes
from quizgen.sampling.numbers import widths
from quizgen.sampling.series import Level
from quizgen.sampling.settings import SETTING, Range, Value, Wish
from quizgen.stream import Stream

T = TypeVar("T")

WIDEST_RANGE = 1000
"""How many of the ints of an open or wide range are drawn from."""


class Request:
    """The wishes of one `about`, drawn from one stream.

    known: the settings that what is drawn has. frameworks: those that have it.
    Raises TemplateError where another setting is named, or a value is none of the setting's.
    """

    def __init__(
        self,
        about: Mapping[str, object],
        known: Sequence[str],
        level: int,
        stream: Stream,
        frameworks: Sequence[str] = FRAMEWORKS,
    ) -> None:
        for name in about:
            if name not in known:
                raise TemplateError(f"there is no setting “{name}” here.", remedy=nearest(name, known))
        self._wishes: dict[str, Wish] = {name: SETTING[name].wish(written) for name, written in about.items()}
        self.known = known
        self._unread = set(about)
        self._frameworks = frameworks
        self.level = level
        self.stream = stream

    @property
    def constrained(self) -> bool:
        """Whether anything is fixed that might not fit."""
        return bool(self._wishes)

    @cached_property
    def framework(self) -> str:
        """Whose conventions are in force: one that has all that the author fixed.

        Raises TemplateError where the author asks for a framework that has not.
        """
        drawn = self.draw("framework", self._frameworks, if_=lambda framework: not any(self._strangers(framework)))
        if drawn not in self._frameworks:
            raise TemplateError(f"there is no such layer in “{drawn}”.", remedy=f"Leave out framework = “{drawn}”.")
        for name in self._strangers(drawn):
            raise TemplateError(f"“{name}” can't be so in “{drawn}”.", remedy="Leave out “framework”, or this setting.")
        return drawn

    def _strangers(self, framework: str) -> Iterator[str]:
        """The settings that the author fixed in a way which the framework has not."""
        for name, wish in self._wishes.items():
            values = wish if isinstance(wish, tuple) and name != "framework" else ()
            if values and not any(takes(framework, name, value) for value in values):
                yield name

    def check_read(self) -> None:
        """Raise TemplateError where something that the author fixed has played no part."""
        for name in self._wishes:
            if name in self._unread:
                raise TemplateError(f"“{name}” plays no part beside the other settings.", remedy="Leave it out.")

    def asks(self, *names: str) -> bool:
        """Whether the author says anything about one of these settings."""
        return any(name in self._wishes for name in names)

    def fixed(self, *names: str) -> tuple[object, ...]:
        """The values of those of the settings that leave no choice."""
        wishes = (self._wishes.get(name, ()) for name in names)
        return tuple(wish[0] for wish in wishes if isinstance(wish, tuple) and len(wish) == 1)

    def least(self, name: str) -> int | None:
        """The least number that the author allows, if he says anything about the setting."""
        wish = self._wishes.get(name)
        if wish is None:
            return None
        if isinstance(wish, Range):
            return wish.low
        parts = [part for value in wish for part in (value if isinstance(value, tuple) else (value,))]
        return min((part for part in parts if isinstance(part, int)), default=None)

    def draw(
        self, name: str, usual: Sequence[T], *, unlike: Container[object] = (), if_: Callable[[T], bool] | None = None
    ) -> T:
        """A value of the setting: one that the author allows, or else one of the usual ones.

        if_, unlike: what it should be and what it should not be, wherever the author leaves the choice; whether a value
        that the author fixed makes sense is for the layer to say.
        """
        options = self.options(name, usual)
        if len(options) == 1:
            return options[0]
        first = self.stream.choice(options)
        if first not in unlike and (if_ is None or if_(first)):
            return first
        # Drawn again from what is left, each option is as likely as if that had been done at once.
        left = options if if_ is None else [option for option in options if if_(option)] or options
        return self.stream.choice([option for option in left if option not in unlike] or left)

    def options(self, name: str, usual: Sequence[T]) -> Sequence[T]:
        """The values from which the setting is drawn."""
        assert name in self.known, name
        wish = self._wishes.get(name)
        if wish is None:
            return usual
        self._unread.discard(name)
        return cast(Sequence[T], wish if isinstance(wish, tuple) else within(wish, cast(Sequence[int], usual)))

    def chance(self, name: str, probability: float) -> bool:
        """A setting that is on or off, on this often where it is left open."""
        return self.draw(name, (True, False)) if name in self._wishes else self.stream.chance(probability)

    def flag(self, name: str, usual: bool) -> bool:
        """A setting that is on or off, and as usual where it is left open."""
        return self.draw(name, (usual,))

    def count(
        self,
        name: str,
        *,
        least: int = 4,
        unlike: Container[object] = (),
        if_: Callable[[int], bool] | None = None,
    ) -> int:
        """A number of channels, filters, units, ... of this level."""
        return self.draw(name, widths(self.level, least), unlike=unlike, if_=if_)

    def axes(self, name: str, rank: int, usual: Sequence[int], *, oblong: bool = False, least: int = 0) -> Sizes:
        """A value for each axis: all the same, or not all the same where it's `oblong` and the choice is left open.

        least: what each of them should be at least, wherever the author leaves the choice.
        """
        options = self.options(name, usual)
        if name in self._wishes and isinstance(self._wishes[name], tuple):
            written = [each_axis(name, cast(Value, option), rank) for option in options]
            return self.stream.choice([sizes for sizes in written if min(sizes) >= least] or written)
        options = [option for option in options if option >= least] or options
        first = self.stream.choice(options)
        if not oblong or rank == 1:
            return (first,) * rank
        second = self.stream.choice([option for option in options if option != first] or options)
        return tuple(self.stream.shuffled((first, second, *(first,) * (rank - 2))))

    def padding(self, usual: Sequence[int | Word], kernel: Sizes, dilation: Sizes | None = None) -> Padding:
        """A padding as the framework takes it; one that is narrower than half the window where the choice is open."""
        dilation = dilation or (1,) * len(kernel)
        widest = min(span(k, d) for k, d in zip(kernel, dilation, strict=True)) // 2
        return padded(self.framework, self.padding_as_written(usual, widest), kernel, dilation)

    def padding_as_written(self, usual: Sequence[int | Word], widest: int) -> int | Word:
        """A word or a number of zeros, as an author of this framework writes it."""
        framework = self.framework

        def is_usual(option: int | Word) -> bool:
            return takes(framework, "padding", option) and not (isinstance(option, int) and option > widest)

        return self.draw("padding", usual, if_=is_usual)

    @property
    def oblong(self) -> bool:
        """Whether maps and kernels may have sides that differ, so that one side taken twice shows."""
        return self.level >= Level.CHANNELS


def each_axis(name: str, written: Value, rank: int) -> Sizes:
    """What the author wrote, for each axis: one value stands for all. Raises TemplateError where an axis is missing."""
    if isinstance(written, tuple) and len(written) != rank:
        raise TemplateError(f"“{name}” = {list(written)} does not fit {rank} axes.", remedy=f"Give {rank} numbers.")
    return written if isinstance(written, tuple) else cast(Sizes, (written,) * rank)


def within(wish: Range, usual: Sequence[int]) -> Sequence[int]:
    """The usual numbers in a range; all of its numbers where none is usual."""
    kept = [number for number in usual if number in wish]
    if kept:
        return kept
    high = wish.low + WIDEST_RANGE if wish.high is None else wish.high
    return range(wish.low, min(high, wish.low + WIDEST_RANGE) + 1)
