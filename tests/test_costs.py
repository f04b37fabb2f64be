"""Multiply-accumulates and receptive fields of known networks, as papers and counting tools state them."""

from __future__ import annotations

import pytest

from quizgen.architectures import architecture
from quizgen.layers import (
    LSTM,
    Add,
    Conv1D,
    Conv2D,
    ConvTranspose2D,
    Dense,
    Embedding,
    Flatten,
    GlobalAveragePooling2D,
    Layer,
    MaxPooling1D,
    MaxPooling2D,
    MultiHeadAttention,
    SeparableConv2D,
    Shape,
)
from quizgen.layers.graph import Node
from quizgen.network import Network, flops_total, macs_total, stack
from quizgen.receptive import Field, receptive_fields


@pytest.mark.parametrize(
    ("name", "billions"),
    [
        pytest.param("vgg-16", "15.470", id="VGG-16"),
        pytest.param("vgg-19", "19.632", id="VGG-19, the 19.6 of arXiv:1512.03385"),
        pytest.param("resnet-50", "4.089", id="ResNet-50 v1.5, PyTorch's counter"),
        pytest.param("resnet-50-keras", "3.858", id="ResNet-50 v1, the 3.8 of arXiv:1512.03385"),
        pytest.param("resnet-18", "1.814", id="ResNet-18, torchvision"),
        pytest.param("alexnet", "0.714", id="AlexNet, torchvision"),
        pytest.param("mobilenet", "0.569", id="MobileNet, the 569 million of arXiv:1704.04861"),
        pytest.param("unet", "150.428", id="U-Net, PyTorch's counter"),
        pytest.param("bert-base", "11.174", id="BERT-base on 128 tokens, PyTorch's counter"),
        pytest.param("vit-b-16", "17.564", id="ViT-B/16, torchvision"),
    ],
)
def test_macs_in_billions(name: str, billions: str) -> None:
    assert f"{macs_total(architecture(name).rows) / 1e9:.3f}" == billions


@pytest.mark.parametrize(("name", "billions"), [("vgg-16", "15.347"), ("vgg-19", "19.508")])
def test_macs_of_the_convolutions_alone(name: str, billions: str) -> None:
    convolutions = [row for row in architecture(name).rows if isinstance(row.layer, Conv2D)]
    assert f"{macs_total(convolutions) / 1e9:.3f}" == billions


def test_macs_of_lenet_5_to_the_last() -> None:
    assert macs_total(architecture("lenet-5").rows) == 416_520


def test_a_flop_is_half_a_mac() -> None:
    assert f"{flops_total(architecture('vgg-16').rows) / 1e9:.3f}" == "30.941"


def test_products_with_padded_zeros_count() -> None:
    """484 of the 576 products are with a cell of the image."""
    assert macs_total(stack("same", (8, 8, 1), [Conv2D(1, (3, 3), padding="same")]).rows) == 576


@pytest.mark.parametrize(
    ("name", "node", "size", "jump"),
    [
        ("alexnet", "pool5", 195, 32),
        ("alexnet-2012", "pool5", 195, 32),
        ("vgg-16", "block5_pool", 212, 32),
        ("vgg-19", "block5_pool", 268, 32),
        ("resnet-18", "stage4_block2_out", 435, 32),
        ("resnet-34", "stage4_block3_out", 899, 32),
        ("resnet-50", "stage4_block3_out", 427, 32),
        ("resnet-50-keras", "stage4_block3_out", 483, 32),
        ("mobilenet", "conv_pw_13_relu", 315, 32),
        pytest.param("unet", "down4_relu2", 140, 16, id="unet before it goes up again, by hand"),
    ],
)
def test_the_receptive_field_at_the_last_map(name: str, node: str, size: int, jump: int) -> None:
    """AlexNet, VGG-16, ResNet-50 v1 and MobileNet as in https://distill.pub/2019/computing-receptive-fields."""
    assert receptive_fields(architecture(name).rows)[node] == Field((size, size), (jump, jump))


def test_a_dense_layer_on_the_last_map_sees_it_all() -> None:
    """VGG-16 with its first dense layer as a convolution of 7 × 7: 212 + 6 · 32."""
    network = architecture("vgg-16")
    features = network.nodes[: [node.name for node in network.nodes].index("flatten")]
    convolutional = Network("vgg", network.inputs, (*features, Node("fc1", Conv2D(4096, (7, 7)))))
    assert receptive_fields(convolutional.rows)["fc1"].size == (404, 404)


@pytest.mark.parametrize(
    ("layers", "size", "jump"),
    [
        ([Conv2D(1, (3, 3)), Conv2D(1, (3, 3), dilation=(2, 2)), Conv2D(1, (3, 3), dilation=(4, 4))], (15, 15), (1, 1)),
        ([Conv2D(1, (3, 5), (2, 1)), MaxPooling2D((2, 3))], (5, 7), (4, 3)),
        ([SeparableConv2D(2, (3, 3), (2, 2)), Conv2D(1, (3, 3), padding="same")], (7, 7), (2, 2)),
        ([Conv2D(1, (3, 3)), Dense(10)], (3, 3), (1, 1)),
        ([Conv2D(1, (3, 3)), GlobalAveragePooling2D(keepdims=True)], (30, 30), (28, 28)),
    ],
    ids=["dilations 1, 2, 4", "different axes", "a composite", "dense at each position", "a pooling over all"],
)
def test_fields_of_small_stacks(layers: list[Layer], size: tuple[int, int], jump: tuple[int, int]) -> None:
    network = stack("small", (30, 30, 1), layers)
    assert receptive_fields(network.rows)[network.nodes[-1].name] == Field(size, jump)


def test_a_text_network_sees_tokens() -> None:
    rows = stack("text", (40,), [Embedding(100, 8), Conv1D(4, (5,)), MaxPooling1D((2,)), Conv1D(4, (3,))]).rows
    assert receptive_fields(rows)["conv1d_2"] == Field((10,), (2,))


@pytest.mark.parametrize(
    ("shape", "end"),
    [
        ((12, 12, 2), Flatten()),
        ((12, 12, 2), GlobalAveragePooling2D()),
        ((12, 12, 2), ConvTranspose2D(3, (2, 2), (2, 2))),
        ((12, 8), LSTM(5, sequences=True)),
        ((12, 8), MultiHeadAttention(2, 4)),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Layer) else None,
)
def test_there_is_no_field_behind_what_ends_the_map(shape: tuple[int, ...], end: Layer) -> None:
    rows = Network("end", (Shape(shape),), (Node("end", end), Node("after", Dense(3)))).rows
    assert receptive_fields(rows) == {}


def test_a_join_has_no_field_where_one_branch_has_none() -> None:
    nodes = (
        Node("dense", Dense(6)),
        Node("attention", MultiHeadAttention(2, 3)),
        Node("sum", Add(), ("dense", "attention")),
    )
    assert set(receptive_fields(Network("join", (Shape((9, 4)),), nodes).rows)) == {"dense"}


def test_a_second_input_has_fields_of_its_own() -> None:
    conv = Conv2D(2, (3, 3))
    nodes = (
        Node("left", conv),
        Node("right", conv, ("input_2",), tied_to="left"),
        Node("sum", Add(), ("left", "right")),
    )
    fields = receptive_fields(Network("twins", (Shape((9, 9, 1)),) * 2, nodes).rows)
    assert fields["sum"].size == (3, 3)
