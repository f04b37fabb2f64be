"""The form `mismatch`: a program that stops because shapes do not fit. Which belief wrote it, or which layer stops it?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import prod
from typing import Any

from quizgen.counting import Counting
from quizgen.errors import ShapeError, TemplateError
from quizgen.forms.student import Student, beliefs, suspects
from quizgen.kind import Form, Kind, Posed, Wish
from quizgen.layers import Dense, Flatten
from quizgen.layers.base import Shape
from quizgen.layers.graph import Row, visit
from quizgen.network import Network
from quizgen.notation import Notation
from quizgen.prose import Code, Prose, prose
from quizgen.quantities import WHOLE, Asked, quantity
from quizgen.question import Choice, Choices
from quizgen.sampling import Sample
from quizgen.stream import Stream
from quizgen.templates import Source
from quizgen.views import show

SHOWS = ("belief", "layer")
"""What can be asked for: the belief behind a wrong number in the program, or the layer at which another input stops."""

BATCH = 2
SCALES = ((1, 8), (1, 6), (1, 5), (1, 4), (1, 3), (1, 2), (3, 4), (3, 2), (2, 1))
"""How large the other input is, beside the one that the network was built for."""


@dataclass(frozen=True, slots=True)
class WrongFeatures(Student):
    """A program whose first dense layer was told the wrong number of inputs. dense: that layer's row."""

    dense: Row

    def names(self, notation: Notation) -> Mapping[str, Any]:
        right = show(self.network, "torch")
        units = self.dense.output.channels
        assert isinstance(right, Code)
        return {
            **Student.names(self, notation),
            "code": Code(right.text.replace(f"Linear({self.key},", f"Linear({self.given},")),
            "error": multiplication_error(self.key, self.given, units),  # type: ignore[arg-type]
            "units": units,
            "dense": self.dense.name,
        }


def multiplication_error(came: int, declared: int, units: int) -> Code:
    """What PyTorch says where a linear layer is handed another number of features than it was told."""
    shapes = f"({BATCH}x{came} and {declared}x{units})"
    return Code(f"RuntimeError: mat1 and mat2 shapes cannot be multiplied {shapes}", "")


def wrong_features(kind: Kind, drawn: Sample, stream: Stream) -> WrongFeatures | None:
    """The features behind the flatten, as somebody with a belief about sizes works them out."""
    rows = drawn.network.rows
    place = next((place for place, row in enumerate(rows) if isinstance(row.layer, Flatten)), None)
    if place is None or place + 1 == len(rows) or not isinstance(rows[place + 1].layer, Dense):
        raise TemplateError(
            "the network has no dense layer behind a flatten.",
            place=kind.source.place("about"),
            remedy='Write about = { family = "cnn2d", head = "flatten", framework = "torch" }.',
        )
    task = Counting(drawn.network, Asked(quantity("features"), rows[place].name))
    found = suspects(kind, task, stream)
    code = show(drawn.network, "torch")
    unmistakable = isinstance(code, Code) and code.text.count(f"Linear({task.key},") == 1
    if found is None or not unmistakable:
        return None
    return WrongFeatures(task.network, task.asked, *found, rows[place + 1])


@dataclass(frozen=True, slots=True)
class Stopping(Counting):
    """A network whose weights were made for one input, and another input. row: where that stops; at: its place."""

    other: Shape
    at: int
    reached: tuple[Shape, ...]

    def names(self, notation: Notation) -> Mapping[str, Any]:
        row = self.network.rows[self.at]
        return {
            "other": self.other,
            "stops": row.name,
            "reached": self.reached[self.at],
            "wanted": row.inputs[0],
            "is_dense": isinstance(row.layer, Dense),
            "error": self.error(row),
        }

    def error(self, row: Row) -> Code:
        """What PyTorch says at this layer."""
        reached = self.reached[self.at]
        if isinstance(row.layer, Dense):
            return multiplication_error(prod(reached), row.inputs[0].channels, row.output.channels)
        size = " x ".join(map(str, reached.spatial))
        kernel = getattr(row.layer, "kernel", None)
        if kernel:
            window = " x ".join(map(str, kernel))
            text = f"Calculated padded input size per channel: ({size}). Kernel size: ({window}). Kernel size can't be "
            return Code(f"RuntimeError: {text}greater than actual input size", "")
        after = row.layer.output(reached)
        came, comes = ("x".join(map(str, (shape.channels, *shape.spatial))) for shape in (reached, after))
        text = f"Given input size: ({came}). Calculated output size: ({comes}). Output size is too small"
        return Code(f"RuntimeError: {text}", "")


def stopping(drawn: Sample, stream: Stream) -> Stopping | None:
    """Another size of the input, and where it stops: at any of the layers that some size stops at; None for none."""
    network = drawn.network
    by_place: dict[int, list[Stopping]] = {}
    for over, under in SCALES:
        other = network.input.with_spatial(tuple(size * over // under for size in network.input.spatial))
        found = stop(network, other) if min(other) >= 1 and other != network.input else None
        if found:
            task = Stopping(network, Asked(quantity("output"), WHOLE), other, *found)
            by_place.setdefault(task.at, []).append(task)
    return stream.choice(by_place[stream.choice(sorted(by_place))]) if by_place else None


def stop(network: Network, other: Shape) -> tuple[int, tuple[Shape, ...]] | None:
    """The place at which an input stops, and the shapes that have come to each layer up to there."""
    shape, reached = other, [other]
    for place, row in enumerate(network.rows):
        if isinstance(row.layer, Dense) and shape.channels != row.inputs[0].channels:
            return place, tuple(reached)
        try:
            shape = visit(replace(row.node, inputs=()), (shape,), {}).output
        except ShapeError:
            return place, tuple(reached)
        reached.append(shape)
    return None


def pose(kind: Kind, level: int, stream: Stream) -> Posed | None:
    drawn = kind.drawn(level, stream)
    if not drawn.network.is_stack:
        return None
    return wrong_features(kind, drawn, stream) if kind.own["shows"] == "belief" else stopping(drawn, stream)


def options(kind: Kind, task: Any, wish: Wish) -> Choices | None:
    return beliefs(kind, task, wish) if isinstance(task, Student) else layers(kind, task, wish)


def layers(kind: Kind, task: Stopping, wish: Wish) -> Choices | None:
    """The layer among so many before it and behind it; None where there are not as many."""
    rows = task.network.rows
    before, behind = list(range(task.at)), list(range(task.at + 1, len(rows)))
    if len(before) < wish.below or len(behind) < wish.above:
        return None
    chosen = sorted([*wish.stream.sample(before, wish.below), task.at, *wish.stream.sample(behind, wish.above)])
    return Choices(tuple(layer(task, rows[place], place) for place in chosen))


def layer(task: Stopping, row: Row, place: int) -> Choice:
    if place == task.at:
        return Choice(Prose(row.name), True)
    if place > task.at:
        return Choice(
            Prose(row.name), False, feedback=prose("Nothing gets so far: {} stops it.", task.network.rows[task.at].name)
        )
    return Choice(Prose(row.name), False, feedback=prose("It takes {} as well.", task.reached[place]))


def read_shows(source: Source, name: str) -> str:
    return source.word(name, SHOWS, "thing to ask for")


MISMATCH = Form(
    name="mismatch",
    summary="a program that stops because shapes do not fit",
    pose=pose,
    answers={"choice": options},
    fields={"shows": read_shows},
    needs=("shows",),
)
