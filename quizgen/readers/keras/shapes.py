"""Input shapes as Keras's code gives them."""

from __future__ import annotations

from typing import Any

from quizgen.errors import QuizgenError
from quizgen.layers.base import Shape
from quizgen.readers.keras.layer import LayerThing
from quizgen.readers.keras_layers import Settings, keras_layer
from quizgen.readers.python import Outside, Spot, Unreadable, unreadable
from quizgen.readers.shapes import LARGEST, MOST_AXES, axes_of
from quizgen.unknown import UNKNOWN

RECURRENT = ("LSTM", "GRU", "SimpleRNN", "CuDNNLSTM", "CuDNNGRU", "Conv1D")


def shape_read(value: Any, spot: Spot, *, batch: bool = False) -> Shape | None:
    """A shape; None where the code leaves open even how many axes it has.

    batch: whether its first axis is the batch, which is left out. Raises ReadError for what is no shape.
    """
    if isinstance(value, Outside | Unreadable):
        return None
    sizes = value if isinstance(value, list | tuple) else (value,)
    sizes = sizes[1:] if batch else sizes
    if len(sizes) > MOST_AXES:
        raise spot.error(f"the shape has {len(sizes)} axes.", remedy=f"{MOST_AXES} are the most.")
    if not sizes:
        return None
    return Shape(size_read(size, spot) for size in sizes)


def size_read(size: Any, spot: Spot) -> Any:
    """A size of at least 1; unknown where it's None, or not to be read."""
    if size is None or isinstance(size, Outside) or unreadable(size):
        return UNKNOWN
    if isinstance(size, float) and size.is_integer():
        size = int(size)
    if not isinstance(size, int) or isinstance(size, bool):
        raise spot.error("a size in the shape is no whole number.", remedy="Write it as (28, 28, 1).")
    if size < 1:
        raise spot.error(
            f"a size of {size} holds nothing.", remedy="Every size is at least 1; None is one that is open."
        )
    if size > LARGEST:
        raise spot.error("a size is larger than that of any input.")
    return size


def input_of(layer: LayerThing) -> Shape | None:
    """The input shape that a layer names itself, as the first of a Sequential does."""
    settings, spot = layer.settings, layer.spot
    if settings.get("input_shape") is not None:
        return shape_read(settings["input_shape"], spot)
    for key in ("batch_input_shape", "batch_shape"):
        if settings.get(key) is not None:
            return shape_read(settings[key], spot, batch=True)
    length = settings.get("input_length")
    if layer.kind in ("Embedding", "ReversibleEmbedding"):
        return None if length is None else shape_read(length, spot)
    if settings.get("input_dim") is not None:
        features = size_read(settings["input_dim"], spot)
        return Shape((size_read(length, spot), features)) if layer.kind in RECURRENT else Shape((features,))
    inner = settings.get("layer")
    return input_of(inner) if isinstance(inner, LayerThing) and layer.kind == "Bidirectional" else None


def axes_read(layer: LayerThing) -> int | None:
    """How many axes a layer reads, as far as it tells without its input."""
    values = layer.values()
    inner = values.get("layer")
    if isinstance(inner, LayerThing):
        axes = axes_read(inner)
        return axes and axes + (layer.kind == "TimeDistributed")
    try:
        engine = keras_layer(Settings(layer.kind, values))
    except QuizgenError:
        return None
    return None if engine is None else axes_of(type(engine))
