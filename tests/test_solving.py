"""Networks from outside, counted: totals as their authors, their frameworks and question sites state them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

import quizgen
from quizgen.architectures import ARCHITECTURES, architecture
from quizgen.errors import QuizgenError
from quizgen.layers import Conv2D, Dense, Flatten, MaxPooling2D, Shape
from quizgen.layers.base import Layer
from quizgen.layers.graph import Node
from quizgen.network import Network, stack
from quizgen.readers.reading import Reading
from quizgen.render.network import solution_object
from quizgen.solving import Solution
from quizgen.unknown import UNKNOWN

LAYER_FIELDS = ["name", "type", "output_shape", "params", "trainable", "non_trainable", "macs"]
FIELDS = [
    "source", "framework", "layers", "params", "trainable", "non_trainable", "macs", "receptive_field", "notes",
]  # fmt: skip


def solved(network: Network, **given: Any) -> dict[str, Any]:
    return solution_object(Solution(Reading("a source", network=network, **({"framework": "keras"} | given))))


# https://stackoverflow.com/questions/42786717, the table of the accepted answer (shapes there are channels first).
LASAGNE = [
    ([24, 24, 32], 832),
    ([12, 12, 32], 0),
    ([10, 10, 32], 9_248),
    ([5, 5, 32], 0),
    ([800], 0),
    ([256], 205_056),
    ([10], 2_570),
]


def test_a_network_that_was_counted_by_hand() -> None:
    found = quizgen.solve("28x28x1 conv5x5x32 pool2 conv3x3x32 pool2 flatten dense256 dense10").to_dict()
    assert [(layer["output_shape"], layer["params"]) for layer in found["layers"]] == LASAGNE
    assert found["params"] == found["trainable"] == 217_706


# 000: AI Stack Exchange 17101, its words counted by hand: 60(7·7+1) + 100(25·60+1) + 250(45·45·100+1) + 200·251 + 201.
# 002: Keras's own summary of its first convolutional example. 003: Cross Validated 570322, its answer.
QUESTIONS = {
    "100x100x1 conv7x7x60 conv5x5x100 pool2 flatten dense250 dense200 dense1": [
        3_000,
        150_100,
        50_625_250,
        50_200,
        201,
    ],
    "28x28x1 conv3x3x32 pool2 conv3x3x64 pool2 flatten dense10": [320, 18_496, 16_010],
    "100x100x128 conv3x3x256": [295_168],
    "128 dense256": [33_024],
}


@pytest.mark.parametrize(("source", "params"), QUESTIONS.items())
def test_networks_of_question_sites(source: str, params: list[int]) -> None:
    found = quizgen.solve(source).to_dict()
    assert [layer["params"] for layer in found["layers"] if layer["params"]] == params
    assert found["params"] == sum(params)


# Parameters: torchvision's and Keras's documentation. Multiply-accumulates: torchvision's GFLOPS table (VGG-16 15.47,
# ResNet-50 4.09); receptive fields: Araujo, Norris & Sim 2019, table 1 (VGG-16 212, MobileNet 315); ResNet-50 v1.5 427.
PUBLISHED = {
    "vgg-16": (138_357_544, 138_357_544, "15.47", [212, 212]),
    "resnet-50": (25_557_032, 25_557_032, "4.09", [427, 427]),
    "resnet-50-keras": (25_636_712, 25_583_592, "3.86", [483, 483]),
    "mobilenet": (4_253_864, 4_231_976, "0.57", [315, 315]),
    "alexnet": (61_100_840, 61_100_840, "0.71", [195, 195]),
    "vit-b-16": (86_567_656, 86_567_656, "17.56", None),
}


@pytest.mark.parametrize("name", PUBLISHED)
def test_published_totals(name: str) -> None:
    params, trainable, giga_macs, field = PUBLISHED[name]
    found = quizgen.solve(name).to_dict()
    assert (found["params"], found["trainable"], found["non_trainable"]) == (params, trainable, params - trainable)
    assert f"{found['macs'] / 1e9:.2f}" == giga_macs
    assert found["receptive_field"] == field


@pytest.mark.parametrize("name", ARCHITECTURES)
def test_layers_add_up_to_their_network(name: str) -> None:
    found = quizgen.solve(name).to_dict()
    assert list(found) == FIELDS
    for layer in found["layers"]:
        assert list(layer) == LAYER_FIELDS
    for count in ("params", "trainable", "non_trainable", "macs"):
        assert found[count] == sum(layer[count] for layer in found["layers"])


def test_shapes_are_in_the_order_of_the_source() -> None:
    network = stack("n", (28, 28, 1), [Conv2D(32, (3, 3)), Flatten(), Dense(10)], framework="torch")
    found = solved(network, framework="torch", channels_first=frozenset({"conv2d"}), types={"conv2d": "Conv2d"})
    assert [layer["output_shape"] for layer in found["layers"]] == [[32, 26, 26], [21_632], [10]]
    assert (found["framework"], found["layers"][0]["type"]) == ("torch", "Conv2d")


def test_what_depends_on_an_unknown_input_is_null() -> None:
    layers: list[Layer] = [Conv2D(32, (3, 3)), MaxPooling2D((2, 2)), Conv2D(64, (3, 3)), Flatten(), Dense(10)]
    found = solved(stack("n", (UNKNOWN, UNKNOWN, 1), layers))
    assert [layer["params"] for layer in found["layers"]] == [320, 0, 18_496, 0, None]
    assert [layer["output_shape"] for layer in found["layers"]] == [None, None, None, None, [10]]
    assert (found["params"], found["trainable"], found["macs"]) == (None, None, None)
    assert found["receptive_field"] == [8, 8]


def test_shared_parameters_count_where_they_first_stand() -> None:
    nodes = (Node("a", Dense(8)), Node("b", Dense(8), tied_to="a"))
    found = solved(Network("n", (Shape((8,)),), nodes))
    assert [layer["params"] for layer in found["layers"]] == [72, 0]
    assert found["params"] == 72


def test_frozen_layers_are_not_trained() -> None:
    network = stack("n", (8,), [Dense(8), Dense(2)])
    network = replace(network, nodes=(replace(network.nodes[0], frozen=True), network.nodes[1]))
    found = solved(network)
    assert (found["trainable"], found["non_trainable"]) == (18, 72)


def test_shapes_that_do_not_fit_are_placed_in_the_source() -> None:
    network = stack("n", (4, 4, 1), [Conv2D(8, (5, 5))])
    reading = Reading("net.py", "keras", network, lines={"conv2d": 7})
    with pytest.raises(QuizgenError, match=r"^net.py:7: conv2d: .* does not fit"):
        print(Solution(reading).rows)


# A typed total.

SEED_000 = "100x100x1 conv7x7x60 conv5x5x100 pool2 flatten dense250 dense200 dense1"
SEED_001 = "28x28x1 conv5x5x32 pool2 conv3x3x32 pool2 flatten dense256 dense10"

# Each wrong total by hand from what was believed.
BELIEVED = {
    (SEED_000, 50_828_751 + 2 * 100): ["pool-has-params"],
    (SEED_001, 832 + 32 * (3 * 3 + 1) + 205_056 + 2_570): ["conv-forget-input-channels"],
    (SEED_001, 832 + 9_248 + 256 * (32 * 7 * 7 + 1) + 2_570): None,
    (SEED_001, 25 * 32 + 9 * 32 * 32 + 800 * 256 + 256 * 10): ["dense-forget-bias", "conv-forget-bias"],
}


@pytest.mark.parametrize(("asked", "held"), BELIEVED.items())
def test_a_wrong_total_is_diagnosed(asked: tuple[str, int], held: list[str] | None) -> None:
    source, total = asked
    told = quizgen.solve(source, answer=total).to_dict()["diagnosis"]
    assert (told["given"], told["correct"]) == (total, False)
    if held is not None:
        assert held in [one["misconceptions"] for one in told["explanations"]]


def test_a_total_that_is_off_in_one_layer_only() -> None:
    """200 · 250 + 250 in place of 200 · 250 + 200: a bias for each input of the second dense layer."""
    told = quizgen.solve(SEED_000, answer=50_828_801).to_dict()["diagnosis"]
    assert told["explanations"] == []
    (one,) = told["one_layer"]
    assert (one["layer"], one["misconceptions"], one["value"]) == ("dense_2", ["dense-bias-per-input"], 50_250)


@pytest.mark.parametrize(("answer", "asks"), [(25_636_712, "params"), ("25,583,592", "trainable")])
def test_a_total_may_be_of_all_parameters_or_of_those_that_are_trained(answer: int | str, asks: str) -> None:
    told = quizgen.solve("resnet-50-keras", answer=answer).to_dict()["diagnosis"]
    assert (told["correct"], told["asks"], told["of"]) == (True, asks, "network")


def test_one_layer_can_be_asked_about() -> None:
    told = quizgen.solve("mnist-keras", layer="conv2d_1", answer=64 * (3 * 3 + 1)).to_dict()["diagnosis"]
    assert (told["asks"], told["of"], told["answer"]) == ("params", "conv2d_1", 18_496)
    assert ["conv-forget-input-channels"] in [one["misconceptions"] for one in told["explanations"]]
    told = quizgen.solve("mnist-keras", layer="conv2d_1", answer="(11, 11, 64)").to_dict()["diagnosis"]
    assert (told["asks"], told["correct"]) == ("output", True)


def test_a_layer_whose_count_is_known_can_be_asked_about_without_an_input_size() -> None:
    from quizgen.claims import claim

    network = replace(architecture("mnist-keras"), inputs=(Shape((UNKNOWN, UNKNOWN, 1)),))
    solution = Solution(Reading("n", "keras", network))
    assert claim(solution, "18496", "conv2d_1").diagnosis.correct
    (told,) = claim(solution, "640", "conv2d_1").diagnosis.explanations
    assert told.misconceptions == ("conv-forget-input-channels",)
    for layer, what in ((None, "the whole network"), ("dense", "“dense”")):
        with pytest.raises(QuizgenError, match=f"the parameters of {what} depend on the size of the input.*--input"):
            claim(solution, "640", layer)


# From Python.


def test_a_solution_is_printed_like_the_command_prints_it() -> None:
    printed = str(quizgen.solve("lenet-5"))
    assert "k(fhw + 1) = 16 × (6 × 5 × 5 + 1) = 2,416" in printed
    assert "61,706" in printed


@pytest.mark.parametrize("shape", [(64, 48, 1), [64, 48, 1], "64x48x1", Shape((64, 48, 1))])
def test_an_input_shape_may_be_given(shape: Any) -> None:
    assert quizgen.solve("lenet-5", input_shape=shape).to_dict()["layers"][0]["output_shape"] == [60, 44, 6]


@pytest.mark.parametrize("shape", [(28.5, 28), (0, 28, 1), (-1,), (None, 28), "x", (True, 2)])
def test_an_input_shape_that_is_none(shape: Any) -> None:
    with pytest.raises(QuizgenError):
        quizgen.solve("lenet-5", input_shape=shape)


@pytest.mark.parametrize("format", ["html", "md", "tex", "txt"])
def test_a_solution_as_a_document(format: str) -> None:
    document = quizgen.solve("lenet-5").render(format).decode()
    assert "What may surprise" in document
    assert "quizgen solve lenet-5" in document
