"""Fresh random networks, and published ones, compared with Keras and PyTorch as installed here: `pytest -m oracle`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from random import Random, SystemRandom
from typing import Any

import pytest
import torch

from quizgen import layers as all_layers
from quizgen.architectures import architecture
from quizgen.layers import Layer, Shape, Sizes
from quizgen.network import Network, macs_total, non_trainable_total, stack, trainable_total
from quizgen.receptive import Field, receptive_fields
from tests.networks import NetworkCase, ours
from tests.oracle.drawing import sizes
from tests.oracle.frameworks import elements, example
from tests.oracle.networks import KINDS, counted, measure_network, shape_of
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
        result, macs = counted(module, *map(channels_first, network.inputs))
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


@pytest.mark.parametrize("rank", [1, 2, 3])
def test_receptive_fields_are_as_far_as_gradients_reach(rank: int) -> None:
    """All weights positive and means for maxima, so that no gradient vanishes; the size is its extent, and the jump how
    far it moves from one cell to the next."""
    seed = SystemRandom().randrange(10**9)
    random = Random(seed)
    for _ in range(5):
        network = draw_windows(random, rank)
        field = list(receptive_fields(network.rows).values())[-1]
        size, jump = gradient_reach(network)
        assert Field(size, jump) == field, f"seed {seed}: {network}"


def draw_windows(random: Random, rank: int) -> Network:
    """Three windows, on an input that leaves room for two cells of the last map on each axis."""
    conv, pool = getattr(all_layers, f"Conv{rank}D"), getattr(all_layers, f"AveragePooling{rank}D")
    windows: list[Layer] = []
    for _ in range(3):
        kernel, stride, dilation = (sizes(random, rank, 3) for _ in range(3))
        windows.append(random.choice((conv(1, kernel, stride, "valid", dilation), pool(kernel, stride))))
    return stack("windows", (*(random.randint(106, 112) for _ in range(rank)), 1), windows)


def gradient_reach(network: Network) -> tuple[Sizes, Sizes]:
    """Where the first cell of the last map, and the one after it on each axis, have a gradient at the input."""
    modules = [KINDS[type(row.layer).__name__].torch(row.layer, row.inputs) for row in network.rows]
    for parameter in torch.nn.ModuleList(modules).parameters():
        torch.nn.init.ones_(parameter)
    image = torch.zeros((1, 1, *network.input.spatial), requires_grad=True)
    result = torch.nn.Sequential(*modules)(image)[0, 0]
    size, jump = [], []
    for axis in range(result.ndim):
        spans = []
        for place in (0, 1):
            cell = result[tuple(place if other == axis else 0 for other in range(result.ndim))]
            (gradient,) = torch.autograd.grad(cell, image, retain_graph=True)
            reached = gradient[0, 0].nonzero()[:, axis]
            spans.append((int(reached.min()), int(reached.max())))
        size.append(spans[0][1] - spans[0][0] + 1)
        jump.append(spans[1][0] - spans[0][0])
    return tuple(size), tuple(jump)
