"""Counts that papers, frameworks and question sites state, and those of small networks worked by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from quizgen.architectures import ARCHITECTURES, architecture
from quizgen.architectures.alexnet import alexnet_of_2012
from quizgen.architectures.base import Architecture
from quizgen.architectures.bert import bert
from quizgen.architectures.classroom import WEIGHTED_POOLING, two_class_in_code
from quizgen.architectures.gpt import gpt_2
from quizgen.architectures.lenet import (
    C3_OF_1998,
    HEAD_OF_1998,
    MODERN_C3,
    MODERN_HEAD,
    MODERN_POOLING,
    POOLING_OF_1998,
)
from quizgen.architectures.lenet import lenet_5 as lenet
from quizgen.architectures.transformer import transformer
from quizgen.arithmetic import product
from quizgen.errors import UnknownNameError
from quizgen.layers import Activation, Conv1D, Conv2D, Dense, Dropout, Flatten, Layer, MaxPooling2D, Shape
from quizgen.network import Network, non_trainable_total, params_total, stack, trainable_total

STATED = [known for known in ARCHITECTURES.values() if known.published is not None]


@pytest.mark.parametrize("known", STATED, ids=lambda known: f"{known.name} by {known.source}")
def test_an_architecture_has_the_parameters_that_its_source_states(known: Architecture) -> None:
    assert params_total(known.build().rows) == known.published


@pytest.mark.parametrize("name", ARCHITECTURES)
def test_an_architecture_carries_its_name_and_a_summary_and_a_source(name: str) -> None:
    known = ARCHITECTURES[name]
    assert known.build().name == name
    assert known.summary
    assert known.source


def test_an_unknown_architecture_is_answered_with_the_nearest_names() -> None:
    with pytest.raises(UnknownNameError, match="vgg-16"):
        architecture("vgg16")


def params(network: Network) -> dict[str, int]:
    """The layers that have parameters, with their counts."""
    return {row.name: row.params for row in network.rows if row.params}


# LeNet-5: the same frame, counted in five ways

C1, S2, S4, C5, F6 = 6 * (25 + 1), 2 * 6, 2 * 16, 120 * (16 * 25 + 1), 84 * (120 + 1)
FULL_C3, PARTIAL_C3 = 16 * (6 * 25 + 1), (6 * 3 + 9 * 4 + 1 * 6) * 25 + 16
DENSE_10, CENTRES = 10 * (84 + 1), 10 * 84


@pytest.mark.parametrize(
    ("network", "trainable", "fixed"),
    [
        pytest.param(lenet("modern"), C1 + FULL_C3 + C5 + F6 + DENSE_10, 0, id="modern: 61,706"),
        pytest.param(
            lenet("1998", C3_OF_1998, POOLING_OF_1998, HEAD_OF_1998),
            C1 + S2 + PARTIAL_C3 + S4 + C5 + F6,
            CENTRES,
            id="1998: 60,000 trainable and 840 fixed",
        ),
        pytest.param(
            lenet("full", MODERN_C3, POOLING_OF_1998, MODERN_HEAD),
            C1 + S2 + FULL_C3 + S4 + C5 + F6 + DENSE_10,
            0,
            id="full C3, trained subsampling: 61,750",
        ),
        pytest.param(
            lenet("partial", C3_OF_1998, MODERN_POOLING, MODERN_HEAD),
            C1 + PARTIAL_C3 + C5 + F6 + DENSE_10,
            0,
            id="partial C3, plain pooling: 60,806",
        ),
    ],
)
def test_lenet_5_in_four_readings(network: Network, trainable: int, fixed: int, request: pytest.FixtureRequest) -> None:
    assert (trainable_total(network.rows), non_trainable_total(network.rows)) == (trainable, fixed)
    assert f"{trainable:,}" in request.node.callspec.id


def test_lenet_5_of_1998_row_by_row() -> None:
    counts = {"c1": 156, "s2": 12, "c3": 1_516, "s4": 32, "c5": 48_120, "f6": 10_164, "output": 840}
    assert params(architecture("lenet-5-1998")) == counts


@pytest.mark.parametrize(
    ("filters", "counts"),
    [
        pytest.param((6, 16), [456, 2_416, 48_120, 10_164, 850], id="a course's 32 x 32 x 3: 62,006"),
        pytest.param((8, 16), [608, 3_216, 48_120, 10_164, 850], id="the same with 8 filters: 62,958"),
    ],
)
def test_lenet_5_on_colours(filters: tuple[int, int], counts: list[int], request: pytest.FixtureRequest) -> None:
    convolutions = [layer for width in filters for layer in (Conv2D(width, (5, 5)), MaxPooling2D((2, 2)))]
    network = stack("colours", (32, 32, 3), [*convolutions, Flatten(), Dense(120), Dense(84), Dense(10)])
    assert list(params(network).values()) == counts
    assert f"{sum(counts):,}" in request.node.callspec.id


# variants of the larger ones


@pytest.mark.parametrize(("groups", "total", "conv2"), [(2, 60_965_224, 307_456), (1, 62_378_344, 614_656)])
def test_the_towers_of_alexnet_save_parameters(groups: int, total: int, conv2: int) -> None:
    network = alexnet_of_2012("alexnet", groups)
    assert params_total(network.rows) == total
    assert network.row("conv2").params == conv2


def test_keras_counts_more_in_the_same_resnet_50() -> None:
    theirs, ours = architecture("resnet-50"), architecture("resnet-50-keras")
    biases = sum(row.layer.filters for row in ours.rows if isinstance(row.layer, Conv2D))
    assert biases == 26_560
    assert non_trainable_total(ours.rows) == 53_120
    assert params_total(ours.rows) - params_total(theirs.rows) == 26_560 + 53_120


def test_mobilenet_has_statistics_besides_what_it_trains() -> None:
    rows = architecture("mobilenet").rows
    assert (trainable_total(rows), non_trainable_total(rows)) == (4_231_976, 21_888)


def test_resnet_20_with_projections() -> None:
    """269,722 with shortcuts padded with zeros, and two projections: 16 · 32 + 2 · 32 and 32 · 64 + 2 · 64 more."""
    assert params_total(architecture("resnet-20").rows) == 269_722 + 576 + 2_176


@pytest.mark.parametrize(
    ("width", "heads", "blocks", "total"),
    [
        pytest.param(768, 12, 12, 124_439_808, id="small"),
        pytest.param(1024, 16, 24, 354_823_168, id="medium"),
        pytest.param(1280, 20, 36, 774_030_080, id="large"),
        pytest.param(1600, 25, 48, 1_557_611_200, id="XL"),
    ],
)
def test_the_sizes_of_gpt_2(width: int, heads: int, blocks: int, total: int) -> None:
    assert params_total(gpt_2("gpt-2", width, heads, blocks).rows) == total


def test_gpt_2_with_a_head_of_its_own() -> None:
    assert params_total(gpt_2("gpt-2", 768, 12, 12, tied=False).rows) == 163_037_184


@pytest.mark.parametrize(
    ("network", "total"),
    [
        pytest.param(bert("bert", 768, 12, 12, vocabulary=28_996), 108_310_272, id="base, cased"),
        pytest.param(bert("bert", 1024, 16, 24), 335_141_888, id="large"),
    ],
)
def test_other_berts(network: Network, total: int) -> None:
    assert params_total(network.rows) == total


def test_bert_without_its_pooler() -> None:
    network = architecture("bert-base")
    assert params_total(network.rows) - network.row("pooler").params == 108_891_648


@pytest.mark.parametrize(
    ("name", "count"),
    [("gpt-2", 786_432), ("bert-base", 393_216), ("vit-b-16", 151_296)],
)
def test_learned_positions(name: str, count: int) -> None:
    assert architecture(name).row("positions").params == count


@pytest.mark.parametrize(
    ("width", "heads", "hidden", "total"),
    [
        pytest.param(512, 8, 2048, 63_082_496, id="base, the paper's 65 million"),
        pytest.param(1024, 16, 4096, 214_245_376, id="big, the paper's 213 million"),
    ],
)
def test_the_first_transformer(width: int, heads: int, hidden: int, total: int) -> None:
    assert params_total(transformer("transformer", width, heads, hidden).rows) == total


def test_the_first_transformer_untied() -> None:
    network = architecture("transformer-base")
    untied = replace(network, nodes=tuple(replace(node, tied_to=None) for node in network.nodes))
    assert params_total(untied.rows) == 100_970_496


# question sites


def test_the_table_of_the_network_in_lasagne() -> None:
    """https://stackoverflow.com/questions/42786717; the table leaves out activations and the flattening."""
    shown = {
        row.name: (row.output, row.params)
        for row in architecture("mnist-lasagne").rows
        if not isinstance(row.layer, Activation | Flatten)
    }
    assert shown == {
        "conv2d1": ((24, 24, 32), 832),
        "maxpool1": ((12, 12, 32), 0),
        "conv2d2": ((10, 10, 32), 9_248),
        "maxpool2": ((5, 5, 32), 0),
        "dense": ((256,), 205_056),
        "output": ((10,), 2_570),
    }


def test_the_network_of_keras_row_by_row() -> None:
    """The sizes are what its first layers put out, and no parameters."""
    rows = [row for row in architecture("mnist-keras").rows if not isinstance(row.layer, Activation | Dropout)]
    assert [(row.params, product(row.output)) for row in rows] == [
        (320, 21_632),
        (0, 5_408),
        (18_496, 7_744),
        (0, 1_600),
        (0, 1_600),
        (16_010, 10),
    ]


@pytest.mark.parametrize(
    ("layer", "shape", "count"),
    [
        pytest.param(Conv2D(256, (3, 3), padding="same", bias=False), (100, 100, 128), 294_912, id="without bias"),
        pytest.param(Conv2D(256, (3, 3), padding="same"), (100, 100, 128), 295_168, id="with bias"),
        pytest.param(Conv1D(32, (5,)), (40, 7), 1_152, id="along a sequence"),
        pytest.param(Dense(256, bias=False), (128,), 32_768, id="dense without bias"),
        pytest.param(Dense(256), (128,), 33_024, id="dense with bias, of which the asker has 32,896"),
    ],
)
def test_the_exam_question_on_one_layer(layer: Layer, shape: tuple[int, ...], count: int) -> None:
    """https://stats.stackexchange.com/questions/570254 and its comments."""
    assert layer.trainable(Shape(shape)) == count


CONVOLUTIONS = {"conv1": 60 * (7 * 7 * 1 + 1), "conv2": 100 * (5 * 5 * 60 + 1)}
"""3,000 and 150,100 whatever the padding."""

DESCRIBED = CONVOLUTIONS | {
    "dense1": 250 * (45 * 45 * 100 + 1),  # 100 - 6 = 94, 94 - 4 = 90, 90 / 2 = 45: 202,500 features, 50,625,250
    "dense2": 200 * (250 + 1),  # 50,200
    "output": 1 * (200 + 1),  # 201
}
CODED = CONVOLUTIONS | {
    "dense1": 250 * (100 + 1),  # on the 100 channels at each of 50 × 50 positions: 25,250
    "dense2": 200 * (250 + 1),  # 50,200
}
COEFFICIENTS = {"pool": 2 * 100}  # a coefficient and a bias for each of 100 maps


@pytest.mark.parametrize(
    ("network", "counts", "total"),
    [
        pytest.param(architecture("two-class"), DESCRIBED, 50_828_751, id="as described"),
        pytest.param(
            architecture("two-class-weighted-pooling"),
            DESCRIBED | COEFFICIENTS,
            50_828_951,
            id="as described, pooling with weights",
        ),
        pytest.param(architecture("two-class-in-code"), CODED, 228_550, id="as its code builds it"),
        pytest.param(
            two_class_in_code("weighted", WEIGHTED_POOLING), CODED | COEFFICIENTS, 228_750, id="coded, weighted pooling"
        ),
    ],
)
def test_the_two_class_network_in_both_readings(network: Network, counts: dict[str, int], total: int) -> None:
    """https://ai.stackexchange.com/questions/17101, worked by hand."""
    assert params(network) == counts
    assert params_total(network.rows) == total


def test_the_coded_two_class_network_ends_in_a_map() -> None:
    assert architecture("two-class-in-code").output == (50, 50, 200)
