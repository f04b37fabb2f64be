"""Keras's layers as the engine's, from their settings by Keras's own names: those of code and those of JSON alike."""

from quizgen.readers.keras_layers.arguments import inputs_of
from quizgen.readers.keras_layers.settings import Settings
from quizgen.readers.keras_layers.table import KNOWN, keras_layer

__all__ = ["KNOWN", "Settings", "inputs_of", "keras_layer"]
