"""The Keras code that quizgen prints is read back as the network that it was printed from."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizgen.errors import ViewError
from quizgen.network import Network
from quizgen.readers.keras import read_keras
from quizgen.views import keras_code
from quizgen.views.keras.layers import piece
from quizgen.views.keras.program import fused
from quizgen.views.steps import steps
from tests.sampling.drawing import ABOUT, draw, levels_of, seeds
from tests.views import networks

GIVEN = (networks.DIGITS, networks.RESIDUAL, networks.WORDS, networks.ENCODER, networks.SHARED, networks.TIED)


def check(network: Network, *, names: bool) -> None:
    """Read the network's code back. Raises ViewError where it can't be shown in Keras."""
    reading = read_keras(keras_code(network, names=names), "printed.py")
    printed = fused(steps(network, piece))
    rows = reading.network.rows
    assert totals(reading.network) == totals(network)
    assert rows[-1].output == network.output
    if any(len(piece(step).makes) > 1 for step in printed):
        return  # Keras takes two layers for it: zeros in numbers stand before their convolution
    assert [(row.inputs, row.output) for row in rows] == [(step.inputs, step.output) for step in printed]
    assert [row.node.frozen for row in rows] == [step.frozen for step in printed]
    assert [row.node.tied_to is None for row in rows] == [step.tied_to is None for step in printed]
    if network.framework == "keras":
        assert [row.layer for row in rows] == [step.layer for step in printed]


def totals(network: Network) -> tuple[int, ...]:
    own = [row for row in network.rows if row.node.tied_to is None]
    return (
        sum(row.trainable for row in own),
        sum(row.non_trainable for row in own),
        sum(row.macs for row in network.rows),
    )


@pytest.mark.parametrize("name", ABOUT)
@given(data=st.data(), seed=seeds, names=st.booleans())
@settings(max_examples=8, deadline=None)
def test_any_drawn_network_comes_back(name: str, data: st.DataObject, seed: int, names: bool) -> None:
    level = data.draw(st.sampled_from(levels_of(name)))
    network = draw(name, level, seed)
    try:
        keras_code(network)
    except ViewError:
        return
    check(network, names=names)


@pytest.mark.parametrize("network", GIVEN, ids=lambda network: network.name)
@pytest.mark.parametrize("names", [False, True])
def test_branches_and_shared_layers_come_back(network: Network, names: bool) -> None:
    check(network, names=names)
