"""An input shape for a network whose source leaves it open, or for another input than its own."""

from __future__ import annotations

from dataclasses import replace

from quizgen.layers.base import Shape
from quizgen.readers.reading import ReadError, Reading
from quizgen.unknown import known


def given(reading: Reading, input_shape: Shape | None) -> Reading:
    """The reading with this input shape, channels last, in the place of its own.

    A shape that has its channels first, as PyTorch prints them, is turned where the network knows its channels and they
    do not fit otherwise. Raises ReadError where the axes can't be those of the network's input.
    """
    if input_shape is None:
        return reading
    network = reading.network
    if len(network.inputs) > 1:
        raise ReadError(f"{reading.source} has {len(network.inputs)} inputs, and one input shape was given.")
    shape = channels_last(input_shape, network.input)
    if len(shape) != len(network.input):
        wants = f"the network reads {len(network.input)} axes ({network.input}), but {shape} has {len(shape)}."
        raise ReadError(wants, remedy="Give the input without its batch axis, such as 224x224x3.")
    return replace(reading, network=replace(network, inputs=(shape,)))


def channels_last(typed: Shape, own: Shape) -> Shape:
    """The shape as it was typed, or with its first axis last where only that gives the channels that are known."""
    channels = known(own[-1])
    if len(typed) > 1 and typed[-1] != channels == typed[0]:
        return Shape((*typed[1:], typed[0]))
    return typed
