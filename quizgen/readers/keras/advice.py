"""What an expert would change where a layer can't take what reaches it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from quizgen.errors import QuizgenError
from quizgen.readers.keras_layers.table import KINDS
from quizgen.readers.python import Spot
from quizgen.readers.reading import ReadError

if TYPE_CHECKING:
    from quizgen.readers.keras.layer import LayerThing
    from quizgen.readers.keras.tensors import Tensor


def advice(layer: LayerThing, inputs: Sequence[Tensor]) -> str:
    """The sentence that mends it, where the way here tells more than the layer alone; else nothing."""
    if len(inputs) != 1 or inputs[0].own is None:
        return ""
    x, step = inputs[0].own, inputs[0].step
    rank = layer_rank(layer.kind)
    if rank is None:
        return ""
    if step is not None and step.kind == "Flatten" and len(x) == 1:
        return f"Put it before the Flatten in line {step.spot.line}, or take that Flatten out."
    if step is not None and step.kind.startswith("Global") and len(x) == 1:
        return f"Put it before the {step.kind} in line {step.spot.line}, which leaves no positions."
    if step is None and len(x) == rank:
        return (
            f"The axis of the channels is missing: {shape(*x, 1)}."
            if rank > 1
            else f"Give it an input of {shape(*x, 1)}."
        )
    if step is None and len(x) == rank + 2:
        return f"The batch isn't part of a shape: {shape(*x[1:])}."
    if len(x) == rank + 1 and x[0] in (1, 3) and x[-1] not in (1, 3, 4) and step is None:
        return f"The channels come last in Keras: {shape(*x[1:], x[0])}."
    return ""


def layer_rank(kind: str) -> int | None:
    """The spatial axes of a convolution or a pooling layer, by its name."""
    match = re.search(r"(\d)D", kind)
    return int(match[1]) if match and kind in KINDS else None


def shape(*sizes: int) -> str:
    return f"shape=({', '.join(map(str, sizes))}{',' if len(sizes) == 1 else ''})"


def located(error: QuizgenError, spot: Spot, who: str, kind: str = "") -> ReadError:
    """An error with its place and the layer that it's about."""
    if error.place is not None:
        return error if isinstance(error, ReadError) else ReadError(error.what, place=error.place, remedy=error.remedy)
    what = error.what.removeprefix(f"{who.strip('`“”')}: ").removeprefix(f"{kind}: ")
    return ReadError(f"{who}: {what}", place=spot.place, remedy=error.remedy)
