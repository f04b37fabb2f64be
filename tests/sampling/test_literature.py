"""Networks from the literature, whole and in parts, in the place of drawn ones; and networks that somebody gives."""

from __future__ import annotations

from typing import Any

import pytest

from quizgen.architectures import ARCHITECTURES, architecture
from quizgen.errors import TemplateError
from quizgen.layers import Concatenate, Conv2D, Dense, EncoderBlock, Flatten, MaxPooling2D
from quizgen.network import Network, params_total, stack
from quizgen.sampling import sample
from quizgen.sampling.given import samples
from quizgen.stream import Stream


def draw(seed: int, **about: object) -> tuple[Network, str]:
    return sample(about, 7, Stream(seed))


def test_a_layer_of_one_of_the_networks_stands_alone_on_its_own_input() -> None:
    seen = set()
    for seed in range(60):
        network, focus = draw(seed, architecture=["vgg-16", "alexnet"], layer="Conv2D")
        (row,) = network.rows
        original = architecture(network.name).row(focus)
        assert (row.layer, row.inputs, row.output) == (original.layer, original.inputs, original.output)
        seen.add((network.name, focus))
    assert len(seen) > 12


def test_without_a_layer_it_is_the_whole_network() -> None:
    network, focus = draw(1, architecture="lenet-5")
    assert network == architecture("lenet-5")
    assert focus == network.nodes[-1].name


def test_settings_choose_among_the_layers() -> None:
    for seed in range(20):
        network, _ = draw(seed, architecture="vgg-16", layer="Conv2D", channels={"min": 256}, filters=512)
        assert network.input.channels >= 256
        assert network.output.channels == 512
    for seed in range(10):
        network, focus = draw(seed, architecture=["alexnet", "alexnet-2012"], layer="Conv2D", padding=2, kernel=5)
        assert focus == "conv2"


@pytest.mark.parametrize(
    ("name", "block", "params"),
    [
        # He et al. 2016, table 1: 3 × 3 × 64 twice; down to 64, 3 × 3 and up to 256; each convolution normalized
        ("resnet-18", "stage1_block2", 2 * (9 * 64 * 64 + 2 * 64)),
        ("resnet-50", "stage1_block2", 256 * 64 + 9 * 64 * 64 + 64 * 256 + 2 * (64 + 64 + 256)),
        ("unet", "down4", 9 * 512 * 1024 + 1024 + 9 * 1024 * 1024 + 1024),
    ],
)
def test_a_block_stands_alone(name: str, block: str, params: int) -> None:
    network, focus = draw(1, architecture=name, block=block)
    assert params_total(network.rows) == params
    assert network.output == architecture(name).row(focus).output


def test_a_block_with_two_inputs_reads_both() -> None:
    network, _ = draw(1, architecture="unet", block="up2")
    assert [tuple(x) for x in network.inputs] == [(52, 52, 512), (136, 136, 256)]
    assert network.output == (100, 100, 256)


@pytest.mark.parametrize("name", ARCHITECTURES)
def test_every_layer_can_be_cut_out(name: str) -> None:
    whole = architecture(name)
    kinds = {type(row.layer).__name__ for row in whole.rows}
    for kind in kinds:
        network, focus = draw(1, architecture=name, layer=kind)
        assert network.output == whole.row(focus).output


@pytest.mark.parametrize(
    ("about", "message"),
    [
        ({"architecture": "vgg"}, "there is no architecture “vgg”. Did you mean “vgg-19” or “vgg-16”?"),
        ({"architecture": 16}, "there is no architecture “16”"),
        ({"architecture": []}, "“architecture” is an empty list"),
        ({"architecture": "vgg-16", "layer": "Conv2d"}, "there is no layer “Conv2d”. Did you mean “Conv2D”"),
        ({"architecture": "vgg-16", "layer": "LSTM"}, "vgg-16 has no such layer"),
        ({"architecture": "vgg-16", "layer": "Conv2D", "kernel": 5}, "vgg-16 has no such layer"),
        ({"architecture": "vgg-16", "layer": "Conv2D", "kernel": "big"}, "“kernel” can't be “big”"),
        ({"architecture": "vgg-16", "layer": "Conv2D", "units": 5}, "there is no setting “units” here"),
        ({"architecture": "vgg-16", "kernel": 3}, "there is no setting “kernel” here"),
        ({"architecture": "vgg-16", "block": "stage1"}, "“vgg-16” has no block “stage1”. Known: block1"),
        ({"architecture": "vgg-16", "block": "block1", "layer": "Conv2D"}, "“about” names a layer and a block"),
        ({"architecture": "vgg-16", "family": "mlp"}, "“about” names"),
    ],
)
def test_what_there_is_not_is_refused(about: dict[str, object], message: str) -> None:
    with pytest.raises(TemplateError) as raised:
        draw(1, **about)
    assert message in str(raised.value)


LENET = architecture("lenet-5")
MLP = stack("mlp", (28, 28, 1), [Flatten(), Dense(30), Dense(10)])
STACK = stack(
    "mine", (32, 32, 3), [Conv2D(8, (3, 3)), MaxPooling2D((2, 2)), Conv2D(12, (5, 5), groups=4), Flatten(), Dense(4)]
)
DECODER = stack("decoder", (9, 16), [EncoderBlock(4, 32, causal=True)] * 2, framework="torch")


@pytest.mark.parametrize(
    ("about", "network", "focuses"),
    [
        ({"layer": "Conv2D"}, STACK, ["conv2d_1", "conv2d_2"]),
        ({"layer": "Conv2D", "groups": 1}, STACK, ["conv2d_1"]),
        ({"layer": "Conv2D", "kernel": [5, 7]}, STACK, ["conv2d_2"]),
        ({"layer": "Conv2D", "framework": "torch"}, STACK, []),
        ({"layer": "Conv2D", "size": {"max": 20}}, STACK, ["conv2d_2"]),
        ({"layer": "Conv2D", "padding": "same"}, STACK, []),
        ({"layer": "Dense"}, MLP, ["dense_1", "dense_2"]),
        ({"layer": "Dense", "units": {"min": 20}}, MLP, ["dense_1"]),
        ({"family": "cnn2d"}, STACK, ["dense"]),
        ({"family": "cnn2d", "head": "flatten", "framework": "keras"}, STACK, ["dense"]),
        ({"family": "cnn2d", "head": "global"}, STACK, []),
        ({"family": "cnn2d"}, MLP, []),
        ({"family": "mlp", "flatten": True}, MLP, ["dense_2"]),
        ({"family": "transformer", "style": "blocks", "causal": True}, DECODER, ["encoderblock_2"]),
        ({"family": "transformer", "style": "gpt"}, DECODER, []),
        ({"family": "residual"}, architecture("resnet-18"), ["softmax"]),
        ({"family": "residual", "join": "concat"}, architecture("resnet-18"), []),
        ({"family": "unet"}, architecture("unet"), ["output"]),
        ({"architecture": "lenet-5"}, LENET, []),
    ],
)
def test_what_of_a_given_network_a_template_can_be_about(
    about: dict[str, object], network: Network, focuses: list[str]
) -> None:
    found = list(samples(about, network))
    assert [one.focus for one in found] == focuses
    for one in found:
        assert one.network.row(one.focus).output == network.row(one.focus).output


def test_a_layer_is_about_its_own_input_only() -> None:
    (_, second) = samples({"layer": "Conv2D"}, STACK)
    assert [tuple(x) for x in second.network.inputs] == [(15, 15, 8)]


def test_a_join_keeps_both_of_its_inputs() -> None:
    joins = list(samples({"layer": "Concatenate"}, architecture("unet")))
    layer: Any = joins[0].network.nodes[0].layer
    assert len(joins) == 4
    assert isinstance(layer, Concatenate)
    assert len(joins[0].network.inputs) == 2
