"""A layer and its shapes with letters for sizes, and the number behind each letter."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, TypeAlias

from quizgen.layers.base import Layer, Rule, Shape, setting_names
from quizgen.layers.graph import Row
from quizgen.worked.expressions import Letter

OUT_CHANNELS = "out_channels"
"""The letter of an output's channels where a belief has others than the layer puts out."""

KEPT = 512
"""How many layers' settings are kept."""

NEUTRAL = {"stride": 1, "dilation": 1, "groups": 1, "multiplier": 1, "padding": 0, "output_padding": 0}
"""Settings that change nothing at this value, and so are left out of a formula."""

AXES = {0: (), 1: ("length",), 2: ("height", "width"), 3: ("depth", "height", "width")}
"""What the field calls the spatial axes, by their number."""

PER_AXIS = frozenset({"kernel", "pool"})
"""Settings that keep a letter for each axis even where the sizes are equal: a kernel is h × w, a stride is s."""

Numbers: TypeAlias = dict[str, int]
"""The size behind each letter, by the letter's name."""


@dataclass(frozen=True, slots=True)
class Settings:
    """A layer's settings with letters for their sizes. form: what is the same for all layers that share a formula."""

    letters: dict[str, Any]
    form: Hashable
    numbers: Numbers


@lru_cache(maxsize=KEPT)
def read_settings(layer: Layer) -> Settings:
    """Name every size among a layer's settings."""
    numbers: Numbers = {}
    letters: dict[str, Any] = {}
    kind: Any = type(layer)
    form: list[Hashable] = [kind]
    for name in setting_names(kind):
        value = getattr(layer, name)
        letters[name], part = (value, value) if name in layer.structural else lettered(name, value, numbers)
        form.append(part)
    return Settings(letters, tuple(form), numbers)


@cache
def axis_names(kind: type[Any], axes: int, place: int) -> tuple[str, ...]:
    """What the axes of a layer's input are called; those of a second and third input are numbered."""
    suffix = f"_{place + 1}" if place else ""
    return tuple(f"{name}{suffix}" for name in (*(kind.spatial_axes or AXES.get(axes - 1, ())), kind.last_axis))


@dataclass(frozen=True, slots=True)
class Reading:
    """A layer and its shapes with letters for sizes, and its parts with letters for their counts.

    structure: what is the same for all layers and shapes that share a formula. numbers: the size behind each letter.
    """

    layer: Layer
    settings: Settings
    axes: tuple[int, ...]
    out_axes: int | None
    parts: tuple[Row, ...]
    numbers: Numbers

    @property
    def structure(self) -> Hashable:
        parts = tuple((part.name, part.node.tied_to, bool(part.trainable)) for part in self.parts)
        return (self.settings.form, self.axes, self.out_axes, OUT_CHANNELS in self.numbers, parts)

    def apply(self, rule: Rule) -> Any:
        """The rule read with letters."""
        layer = self.layer.but(**self.settings.letters)
        kind: Any = type(layer)
        inputs = [Shape(map(self.letter, axis_names(kind, axes, place))) for place, axes in enumerate(self.axes)]
        given: dict[str, Any] = {"parts": self.parts} if self.parts else {}
        if self.out_axes is not None:
            spatial = (self.letter(f"out_{axis}") for axis in AXES.get(self.out_axes - 1, ()))
            believed = OUT_CHANNELS in self.numbers
            channels = self.letter(OUT_CHANNELS) if believed else kind.output(layer, *inputs, **given).channels
            given["y"] = Shape((*spatial, channels))
        return rule(layer, *inputs, **given)

    def letter(self, name: str) -> Any:
        return Letter(name, self.numbers[name])


def read(
    layer: Layer, inputs: tuple[Shape, ...], output: Shape | None, parts: Mapping[Row, int] | None = None
) -> Reading:
    """Name every size of a layer, its inputs and its output, and the count of each of its parts."""
    if parts:
        return read_anew(layer, inputs, output, parts)
    return read_before(layer, inputs, output)


@lru_cache(maxsize=KEPT)
def read_before(layer: Layer, inputs: tuple[Shape, ...], output: Shape | None) -> Reading:
    return read_anew(layer, inputs, output, {})


def read_anew(layer: Layer, inputs: tuple[Shape, ...], output: Shape | None, parts: Mapping[Row, int]) -> Reading:
    settings = read_settings(layer)
    kind: Any = type(layer)
    numbers = dict(settings.numbers)
    for place, shape in enumerate(inputs):
        numbers.update(zip(axis_names(kind, len(shape), place), shape, strict=True))
    if output is not None:
        if not parts and output.channels != kind.output(layer, *inputs).channels:
            numbers[OUT_CHANNELS] = output.channels
        numbers.update(zip((f"out_{axis}" for axis in AXES.get(len(output) - 1, ())), output, strict=False))
    named = [counting(part, Letter(f"_{part.name}", count) if count else 0) for part, count in parts.items()]
    numbers.update({f"_{part.name}": count for part, count in parts.items() if count})
    out_axes = None if output is None else len(output)
    return Reading(layer, settings, tuple(map(len, inputs)), out_axes, tuple(named), numbers)


def counting(part: Row, count: Any) -> Row:
    """The row with this for each of its counts, whichever of them is asked for."""
    return part._replace(trainable=count, non_trainable=count, macs=count, parts=())


def lettered(name: str, value: Any, numbers: Numbers) -> tuple[Any, Hashable]:
    """A setting with letters for its sizes, and the form that it gives to formulas; notes the sizes in `numbers`."""
    if isinstance(value, int) and not isinstance(value, bool):
        if value == NEUTRAL.get(name):
            return value, value
        numbers[name] = value
        return Letter(name, value), name
    if isinstance(value, tuple) and value and len(value) in AXES:
        if len(set(value)) == 1 and name not in PER_AXIS:
            once, form = lettered(name, value[0], numbers)
            return (once,) * len(value), (form, len(value))
        if len(value) == 2 and all(isinstance(size, int) for size in value) and name == "padding":
            labels: tuple[str, ...] = ("before", "after")
        else:
            labels = AXES[len(value)]
        pairs = [lettered(f"{name}_{label}", size, numbers) for label, size in zip(labels, value, strict=True)]
        return tuple(pair[0] for pair in pairs), tuple(pair[1] for pair in pairs)
    return value, value
