"""Recurrent layers, in both directions and in stacks, as Keras and PyTorch build them."""

from __future__ import annotations

from random import Random
from typing import Any

import keras
import torch

from quizgen.layers import GRU, LSTM, Bidirectional, SimpleRNN, StackedRecurrent
from quizgen.layers.recurrent import MERGES, RecurrentLayer
from tests.oracle.assembled import Assembled, sequence_shape
from tests.oracle.drawing import coin
from tests.oracle.kind import Inputs, Kind

KERAS_RECURRENT = {SimpleRNN: keras.layers.SimpleRNN, LSTM: keras.layers.LSTM, GRU: keras.layers.GRU}
TORCH_RECURRENT = {SimpleRNN: torch.nn.RNN, LSTM: torch.nn.LSTM, GRU: torch.nn.GRU}


def recurrent(random: Random, kind: type[RecurrentLayer]) -> RecurrentLayer:
    units, biases, sequences = random.randint(2, 24), random.randint(0, 2), coin(random)
    if kind is LSTM and coin(random):
        return LSTM(units, biases, sequences, projection=random.randint(1, units - 1))
    return kind(units, biases, sequences)


def draw_recurrent(kind: type[RecurrentLayer]) -> Any:
    return lambda random: (recurrent(random, kind), (sequence_shape(random),))


def keras_recurrent(layer: RecurrentLayer, inputs: Inputs = ()) -> Any:
    """Unrolled, because Keras's loop runs its first step twice. Only GRU has a second bias, with `reset_after`."""
    if getattr(layer, "projection", None) or (layer.biases == 2 and not isinstance(layer, GRU)):
        return None
    reset = {"reset_after": layer.biases == 2} if isinstance(layer, GRU) else {}
    return KERAS_RECURRENT[type(layer)](
        layer.units, use_bias=layer.biases > 0, return_sequences=layer.sequences, unroll=True, **reset
    )


def torch_recurrent(layer: RecurrentLayer, inputs: Inputs, *, layers: int = 1, bidirectional: bool = False) -> Any:
    """Without oneDNN, whose LSTM the flop counter does not see."""
    if layer.biases == 1:
        return None
    projection = {"proj_size": layer.projection or 0} if isinstance(layer, LSTM) else {}
    network = TORCH_RECURRENT[type(layer)](
        inputs[0].channels,
        layer.units,
        num_layers=layers,
        bias=layer.biases == 2,
        batch_first=True,
        bidirectional=bidirectional,
        **projection,
    )

    def run(parts: Any, x: torch.Tensor) -> torch.Tensor:
        with torch.backends.mkldnn.flags(enabled=False):
            states: torch.Tensor = parts["network"](x)[0]
        return states if layer.sequences else states[:, -1]

    return Assembled(run, network=network)


def any_recurrent(random: Random) -> RecurrentLayer:
    return recurrent(random, random.choice(tuple(TORCH_RECURRENT)))


def draw_bidirectional(random: Random) -> tuple[Bidirectional, Inputs]:
    return Bidirectional(any_recurrent(random), random.choice(tuple(MERGES))), (sequence_shape(random),)


def keras_bidirectional(layer: Bidirectional, inputs: Inputs = ()) -> Any:
    inner = keras_recurrent(layer.layer)
    return None if inner is None else keras.layers.Bidirectional(inner, merge_mode=layer.merge)


def torch_bidirectional(layer: Bidirectional, inputs: Inputs) -> Any:
    return torch_recurrent(layer.layer, inputs, bidirectional=True) if layer.merge == "concat" else None


def draw_stacked(random: Random) -> tuple[StackedRecurrent, Inputs]:
    return StackedRecurrent(any_recurrent(random), random.randint(1, 4), coin(random)), (sequence_shape(random),)


def keras_stacked(layer: StackedRecurrent, inputs: Inputs) -> Any:
    below = layer.layer.but(sequences=True)
    stack = [*[below] * (layer.layers - 1), layer.layer]
    if layer.bidirectional:
        built = [keras_bidirectional(Bidirectional(part)) for part in stack]
    else:
        built = [keras_recurrent(part) for part in stack]
    return None if None in built else keras.Sequential([keras.Input(tuple(inputs[0])), *built])


def torch_stacked(layer: StackedRecurrent, inputs: Inputs) -> Any:
    return torch_recurrent(layer.layer, inputs, layers=layer.layers, bidirectional=layer.bidirectional)


KINDS: tuple[Kind, ...] = (
    *(
        Kind(kind.__name__, draw_recurrent(kind), keras_recurrent, torch_recurrent, channels_first=False)
        for kind in (SimpleRNN, LSTM, GRU)
    ),
    Kind("Bidirectional", draw_bidirectional, keras_bidirectional, torch_bidirectional, channels_first=False),
    Kind("StackedRecurrent", draw_stacked, keras_stacked, torch_stacked, channels_first=False),
)
