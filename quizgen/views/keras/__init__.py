"""Networks as Keras code."""

from quizgen.views.keras.program import keras_code

__all__ = ["keras_code"]
