"""Fresh random networks, and published ones, compared with Keras and PyTorch as installed here: `pytest -m oracle`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from random import Random, SystemRandom
from typing import Any

import pytest
import torch

from quizgen.architectures import architecture
from quizgen.layers import Shape
from quizgen.network import Network, macs_total, non_trainable_total, trainable_total
from tests.networks import NetworkCase, ours
from tests.oracle.frameworks import elements, example
from tests.oracle.networks import counted, measure_network, shape_of
from tests.oracle.published import KERAS, RESTATED
from tests.oracle.sketches import FAMILIES, draw_network

pytestmark = pytest.mark.oracle


@pytest.mark.parametrize("place", range(len(FAMILIES)), ids=lambda place: FAMILIES[place].__name__)
def test_random_networks_agree_with_their_framework(place: int) -> None:
    seed = SystemRandom().randrange(10**9)
    random = Random(seed)
    for _ in range(4):
        network = draw_network(random, place)
        facts = measure_network(network)
        if facts is not None:
            assert ours(NetworkCase(network, facts)) == facts, f"seed {seed}: {network}"


@pytest.mark.parametrize(("name", "build"), RESTATED.items())
def test_architectures_are_what_pytorch_builds_from_the_paper(name: str, build: Callable[[], torch.nn.Module]) -> None:
    """On the meta device, where tensors have shapes and no numbers, so that billions of parameters cost nothing."""
    network = architecture(name)
    with torch.device("meta"):
        module = build()
        result, macs = counted(lambda: module(*map(channels_first, network.inputs)))
    assert sum(parameter.numel() for parameter in module.parameters()) == trainable_total(network.rows)
    assert macs == macs_total(network.rows)
    assert sorted(shape_of(result)) == sorted(network.output)


@pytest.mark.parametrize(("name", "build"), KERAS.items())
def test_architectures_are_what_keras_builds(name: str, build: Callable[..., Any]) -> None:
    network, model = architecture(name), build(weights=None)
    theirs = Counter((Shape(layer.output.shape[1:]), layer.count_params()) for layer in model.layers)
    assert weighted(theirs) == weighted(layer_counts(network))
    totals = elements(model.trainable_weights), elements(model.non_trainable_weights)
    assert totals == (trainable_total(network.rows), non_trainable_total(network.rows))


def channels_first(shape: Shape) -> torch.Tensor:
    """An image for PyTorch, or token ids."""
    return example(Shape((*shape[-1:], *shape[:-1])), ids=len(shape) == 1)


def layer_counts(network: Network) -> Counter[tuple[Shape, int]]:
    return Counter((row.output, row.params) for row in network.rows)


def weighted(counts: Counter[tuple[Shape, int]]) -> Counter[tuple[Shape, int]]:
    """Those layers that have parameters."""
    return Counter({(shape, params): count for (shape, params), count in counts.items() if params})
