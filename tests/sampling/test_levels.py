"""What occurs from which level on: the series."""

from collections.abc import Callable
from typing import Any

import pytest

from quizgen.errors import TemplateError
from quizgen.layers import BatchNorm, Conv2D, Dense, Dropout, Embedding, Flatten, GlobalAveragePooling2D
from quizgen.layers.base import Layer
from quizgen.layers.pooling import Pooling
from quizgen.sampling import FAMILIES, LEVELS, sample
from quizgen.stream import Stream
from tests.sampling.drawing import draw, layers_of

SEEDS = range(60)


def found(name: str, level: int, there: Callable[[Any], bool]) -> bool:
    """Whether some network of many has a layer like that."""
    return any(there(node.layer) for seed in SEEDS for node in draw(name, level, seed).nodes)


@pytest.mark.parametrize(
    ("name", "first", "there"),
    [
        ("mlp", 2, lambda layer: isinstance(layer, Dropout)),
        ("cnn2d", 5, lambda layer: isinstance(layer, Conv2D) and layer.stride != (1, 1)),
        ("cnn2d", 5, lambda layer: isinstance(layer, Conv2D) and layer.padding not in ("valid", ((0, 0), (0, 0)))),
        ("cnn2d", 6, lambda layer: isinstance(layer, Pooling)),
        ("cnn2d", 6, lambda layer: isinstance(layer, Flatten)),
        ("cnn2d", 8, lambda layer: isinstance(layer, BatchNorm)),
        ("cnn2d", 8, lambda layer: isinstance(layer, GlobalAveragePooling2D)),
        ("cnn2d", 8, lambda layer: isinstance(layer, Conv2D) and layer.kernel == (1, 1)),
        ("cnn2d", 9, lambda layer: isinstance(layer, Conv2D) and layer.groups > 1),
        ("cnn2d", 9, lambda layer: isinstance(layer, Conv2D) and layer.dilation != (1, 1)),
        ("Conv2D", 5, lambda layer: layer.stride != (1, 1)),
        ("Conv2D", 5, lambda layer: layer.padding not in ("valid", ((0, 0), (0, 0)))),
        ("Conv2D", 9, lambda layer: layer.groups > 1),
        ("Conv2D", 9, lambda layer: layer.dilation != (1, 1)),
        ("transformer", 14, lambda layer: isinstance(layer, Embedding)),
        ("MultiHeadAttention", 15, lambda layer: layer.kv_heads is not None),
    ],
)
def test_it_comes_at_its_level_and_not_before(name: str, first: int, there: Callable[[Layer], bool]) -> None:
    at = {family.name: family.level for family in FAMILIES}
    assert not any(found(name, level, there) for level in range(at.get(name, 0), first))
    assert found(name, first, there)


@pytest.mark.parametrize(("level", "layers"), [(0, {1}), (1, {1}), (2, {2, 3})])
def test_a_dense_layer_alone_comes_before_a_stack(level: int, layers: set[int]) -> None:
    assert {len(layers_of(draw("mlp", level, seed), Dense)) for seed in SEEDS} == layers


def test_level_3_is_one_convolution() -> None:
    assert {tuple(type(node.layer) for node in draw("cnn2d", 3, seed).nodes) for seed in SEEDS} == {(Conv2D,)}


def test_level_7_has_networks_like_lenet() -> None:
    wanted = ["conv1", "pool1", "conv2", "pool2", "flatten", "dense1", "dense2", "output"]
    assert any([node.name for node in draw("cnn2d", 7, seed).nodes] == wanted for seed in range(300))


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_a_family_is_refused_below_its_level(family: Any) -> None:
    if family.level > LEVELS[0]:
        with pytest.raises(
            TemplateError, match=rf"“{family.name}” does not occur at level .* at level {family.level:d}\."
        ):
            sample({"family": family.name}, family.level - 1, Stream(1))
    assert sample({"family": family.name}, family.level, Stream(1)).network.rows


@pytest.mark.parametrize("level", [-1, 17])
def test_a_level_outside_the_series_is_refused(level: int) -> None:
    with pytest.raises(TemplateError, match="The series goes from 0 to 16"):
        sample({"layer": "Dense"}, level, Stream(1))
