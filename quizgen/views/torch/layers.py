"""Each kind of layer as PyTorch code."""

from __future__ import annotations

from quizgen.errors import ViewError
from quizgen.layers.activation import Activation, Dropout
from quizgen.layers.base import Shape
from quizgen.layers.dense import Dense
from quizgen.layers.elementwise import Average, Multiply
from quizgen.layers.merging import Add, Concatenate
from quizgen.layers.wrappers import TimeDistributed, step
from quizgen.views.by_kind import ByKind, by_kind
from quizgen.views.piece import Layout, Piece, Writing
from quizgen.views.steps import NoSuchLayer, Step
from quizgen.views.torch.sequence import SEQUENCE
from quizgen.views.torch.spatial import SPATIAL


def piece(here: Step, layout: Layout) -> Piece:
    """A step's layer as PyTorch code, for what it reads in this layout; raises ViewError where PyTorch has no such
    layer or convention."""
    write = by_kind(TORCH, here.layer)
    if write is None:
        raise NoSuchLayer("PyTorch", here.layer)
    written = write(here.layer, layout, *here.inputs)
    if here.frozen:
        return written._replace(makes=tuple(f"{make}.requires_grad_(False)" for make in written.makes))
    return written


def concatenate(layer: Concatenate, layout: Layout, *inputs: Shape) -> Piece:
    axis = 1 if layout == "first" else -1
    return Piece(use=(f"{{y}} = torch.cat([{', '.join(sources(inputs))}], dim={axis})",))


def multiply(layer: Multiply, layout: Layout, *inputs: Shape) -> Piece:
    return Piece(use=(f"{{y}} = {' * '.join(sources(inputs))}",))


def average(layer: Average, layout: Layout, *inputs: Shape) -> Piece:
    return Piece(use=(f"{{y}} = ({' + '.join(sources(inputs))}) / {len(inputs)}",))


def add(layer: Add, layout: Layout, *inputs: Shape) -> Piece:
    return Piece(use=(f"{{y}} = {' + '.join(sources(inputs))}",))


def sources(inputs: tuple[Shape, ...]) -> list[str]:
    return [f"{{{index}}}" for index in range(len(inputs))]


def time_distributed(layer: TimeDistributed, layout: Layout, x: Shape) -> Piece:
    """Layers that work on the last axis, or on each number, need no wrapper."""
    inner = layer.layer
    if not isinstance(inner, Dense | Activation | Dropout):
        raise ViewError(f"PyTorch has no TimeDistributed, which a {type(inner).__name__} would need.")
    return piece(Step("", inner, (), (step(x),), inner.output(step(x))), layout)._replace(layout="last")


TORCH: ByKind[Writing] = (
    *SPATIAL,
    *SEQUENCE,
    (TimeDistributed, time_distributed),
    (Concatenate, concatenate),
    (Multiply, multiply),
    (Average, average),
    (Add, add),
)
"""Every kind that PyTorch has, or that a few of its modules make, and its code; the most special first."""
