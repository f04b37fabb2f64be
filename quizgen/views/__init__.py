"""The ways to show a network in a question: prose list, table, Keras and PyTorch code, picture; and layers in words."""

from quizgen.views.conventions import convention
from quizgen.views.keras import keras_code
from quizgen.views.listing import layer_list, layer_table
from quizgen.views.settings import noun, phrase, settings, short
from quizgen.views.show import can_show, show
from quizgen.views.torch import torch_code

__all__ = [
    "can_show",
    "convention",
    "keras_code",
    "layer_list",
    "layer_table",
    "noun",
    "phrase",
    "settings",
    "short",
    "show",
    "torch_code",
]
