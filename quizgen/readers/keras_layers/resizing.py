"""Keras's layers whose output is of a size that they name themselves."""

from __future__ import annotations

from quizgen.layers.base import Layer, Shape
from quizgen.layers.given import Given
from quizgen.readers.keras_layers.settings import Settings
from quizgen.unknown import UNKNOWN


def repeat_vector(settings: Settings) -> Layer:
    """Features as so many equal steps of a sequence."""
    (x,) = settings.inputs or (Shape((UNKNOWN,)),)
    if len(x) != 1:
        raise settings.error(f"it repeats a vector, but {x} has {len(x)} axes.", remedy="Flatten it first.")
    return Given(Shape((settings.number("n"), *x)))


def resizing(settings: Settings) -> Layer:
    """Images of another height and width."""
    (x,) = settings.inputs or (Shape((UNKNOWN,) * 3),)
    if len(x) != 3:
        raise settings.error(f"it reads height × width × channels, but {x} has {len(x)} axes.")
    return Given(Shape((settings.number("height"), settings.number("width"), x.channels)))
