"""Networks as PyTorch code. That it runs, and builds what it should, is for `tests/oracle/test_code_runs.py`."""

import pytest

from quizgen.errors import ViewError
from quizgen.layers import (
    GRU,
    LSTM,
    Activation,
    AdaptiveAveragePooling2D,
    AveragePooling1D,
    BatchNorm,
    Bidirectional,
    Conv1D,
    Conv2D,
    ConvTranspose2D,
    Cropping1D,
    Dense,
    DepthwiseConv2D,
    EncoderBlock,
    GlobalMaxPooling1D,
    GlobalMaxPooling2D,
    InstanceNorm,
    Layer,
    LayerNorm,
    MaxPooling2D,
    MultiHeadAttention,
    Normalization,
    PartialConv2D,
    PReLU,
    Reshape,
    SeparableConv2D,
    Shape,
    StackedRecurrent,
    Subsampling2D,
    TimeDistributed,
    UpSampling2D,
    ZeroPadding2D,
)
from quizgen.layers.graph import Node
from quizgen.network import Network, stack
from quizgen.views import torch_code
from tests.views import networks

MAPS, SEQUENCE, VECTOR = (32, 32, 8), (20, 8), (8,)

MODULES = [
    (Dense(10, bias=False), VECTOR, "nn.Linear(8, 10, bias=False),"),
    (Conv2D(16, (3, 5), padding="same"), MAPS, 'nn.Conv2d(8, 16, (3, 5), padding="same"),'),
    (Conv2D(16, (3, 3), (2, 1), groups=4), MAPS, "nn.Conv2d(8, 16, 3, stride=(2, 1), groups=4),"),
    (Conv2D(16, (3, 3), padding=((1, 1), (1, 1))), MAPS, "nn.Conv2d(8, 16, 3, padding=1),"),
    (Conv2D(16, (3, 3), padding=((1, 1), (2, 2))), MAPS, "nn.Conv2d(8, 16, 3, padding=(1, 2)),"),
    (Conv2D(16, (3, 3), (2, 2), "same"), MAPS, "nn.ZeroPad2d((0, 1, 0, 1)), nn.Conv2d(8, 16, 3, stride=2),"),
    (Conv2D(16, (3, 3), (2, 2), "same"), (33, 33, 8), "nn.Conv2d(8, 16, 3, stride=2, padding=1),"),
    (Conv1D(16, (3,), padding=((2, 0),)), SEQUENCE, "nn.ZeroPad1d((2, 0)), nn.Conv1d(8, 16, 3),"),
    (DepthwiseConv2D((3, 3), multiplier=2), MAPS, "nn.Conv2d(8, 16, 3, groups=8),"),
    (SeparableConv2D(16, (3, 3)), MAPS, "nn.Conv2d(8, 8, 3, groups=8, bias=False), nn.Conv2d(8, 16, 1),"),
    (
        ConvTranspose2D(4, (3, 3), (2, 2), "same"),
        MAPS,
        "nn.ConvTranspose2d(8, 4, 3, stride=2, padding=1, output_padding=1),",
    ),
    (ConvTranspose2D(4, (2, 2), (3, 3)), MAPS, "nn.ConvTranspose2d(8, 4, 2, stride=3, output_padding=1),"),
    (ConvTranspose2D(4, (3, 3), padding=((1, 1), (1, 1))), MAPS, "nn.ConvTranspose2d(8, 4, 3, padding=1),"),
    (
        MaxPooling2D((3, 3), (2, 2), ((1, 1), (1, 1)), True),
        MAPS,
        "nn.MaxPool2d(3, stride=2, padding=1, ceil_mode=True),",
    ),
    (
        AveragePooling1D((3,), (1,), "same"),
        SEQUENCE,
        "nn.AvgPool1d(3, stride=1, padding=1, count_include_pad=False),",
    ),
    (Subsampling2D(), MAPS, "nn.AvgPool2d(2), nn.Conv2d(8, 8, 1, groups=8),"),
    (GlobalMaxPooling2D(), MAPS, "nn.AdaptiveMaxPool2d(1), nn.Flatten(),"),
    (GlobalMaxPooling2D(keepdims=True), MAPS, "nn.AdaptiveMaxPool2d(1),"),
    (AdaptiveAveragePooling2D((7, 5)), MAPS, "nn.AdaptiveAvgPool2d((7, 5)),"),
    (ZeroPadding2D(((1, 1), (1, 1))), MAPS, "nn.ZeroPad2d(1),"),
    (Cropping1D(((1, 2),)), SEQUENCE, "nn.ZeroPad1d((-1, -2)),"),
    (UpSampling2D((2, 2)), MAPS, "nn.Upsample(scale_factor=2),"),
    (Reshape((2, 2, 2)), VECTOR, "nn.Unflatten(1, (2, 2, 2)),"),
    (Reshape((4, 4, 16)), (256,), "nn.Unflatten(1, (16, 4, 4)),"),
    (PReLU("channel"), MAPS, "nn.PReLU(8),"),
    (Activation("softmax"), VECTOR, "nn.Softmax(dim=-1),"),
    (BatchNorm(statistics="buffers"), MAPS, "nn.BatchNorm2d(8),"),
    (BatchNorm(statistics="buffers"), VECTOR, "nn.BatchNorm1d(8),"),
    (LayerNorm(center=False), SEQUENCE, "nn.LayerNorm(8, bias=False),"),
    (LayerNorm(axes=3), (4, 5, 8), "nn.LayerNorm((8, 4, 5)),"),
    (InstanceNorm(), MAPS, "nn.InstanceNorm2d(8),"),
    (TimeDistributed(Dense(3)), SEQUENCE, "nn.Linear(8, 3),"),
    (
        EncoderBlock(4, 32, bias=False),
        SEQUENCE,
        "nn.TransformerEncoderLayer(8, 4, 32, batch_first=True, bias=False),",
    ),
]

FORWARD = [
    (LSTM(4, 2, sequences=True), "nn.LSTM(8, 4, batch_first=True)", "x, _ = self.it(x)"),
    (GRU(4, 0), "nn.GRU(8, 4, bias=False, batch_first=True)", "x, _ = self.it(x) x = x[:, -1]"),
    (
        Bidirectional(LSTM(4, 2)),
        "nn.LSTM(8, 4, batch_first=True, bidirectional=True)",
        "_, (x, _) = self.it(x) x = torch.cat([x[-2], x[-1]], dim=1)",
    ),
    (
        StackedRecurrent(LSTM(4, 2, sequences=True, projection=2), 3),
        "nn.LSTM( 8, 4, num_layers=3, batch_first=True, proj_size=2 )",
        "x, _ = self.it(x)",
    ),
    (MultiHeadAttention(4, 2), "nn.MultiheadAttention(8, 4, batch_first=True)", "x, _ = self.it(x, x, x)"),
]

REFUSED = [
    (PartialConv2D(6, 10, (3, 3)), MAPS, "PartialConv2D"),
    (Normalization(), MAPS, "Normalization"),
    (BatchNorm(), MAPS, "statistics"),
    (BatchNorm(scale=False, statistics="buffers"), MAPS, "only one of scale and offset"),
    (LSTM(4), SEQUENCE, "one bias vector"),
    (Bidirectional(LSTM(4, 2), "sum"), SEQUENCE, "concatenates"),
    (PReLU("element"), MAPS, "PReLU"),
    (Activation("exponential"), VECTOR, "exponential"),
    (TimeDistributed(Conv2D(3, (3, 3))), (5, 8, 8, 3), "TimeDistributed"),
    (AveragePooling1D((2,), (1,), "same"), SEQUENCE, "another padding on each side"),
]


@pytest.mark.parametrize(("layer", "shape", "lines"), MODULES, ids=lambda value: str(value)[:40])
def test_a_layer_is_written_as_a_person_would(layer: Layer, shape: Shape, lines: str) -> None:
    code = torch_code(stack("one", shape, [layer]))
    assert " ".join(code.split()).partition("nn.Sequential( ")[2] == lines + " )"


@pytest.mark.parametrize(("layer", "make", "use"), FORWARD, ids=lambda value: str(value)[:40])
def test_what_returns_more_than_a_tensor_is_unpacked(layer: Layer, make: str, use: str) -> None:
    code = " ".join(torch_code(Network("one", (Shape(SEQUENCE),), (Node("it", layer),), "torch")).split())
    assert f"self.it = {make} def forward(self, x): {use} return x" in code


@pytest.mark.parametrize(("layer", "shape", "why"), REFUSED, ids=lambda value: str(value)[:40])
def test_what_pytorch_does_not_have_is_refused(layer: Layer, shape: Shape, why: str) -> None:
    with pytest.raises(ViewError, match=why):
        torch_code(stack("one", shape, [layer]))


def test_a_plain_stack_is_a_sequential() -> None:
    assert (
        torch_code(networks.DIGITS)
        == """\
from torch import nn

# input: (batch, 1, 28, 28), channels first
model = nn.Sequential(
    nn.Conv2d(1, 32, 3),
    nn.ReLU(),
    nn.MaxPool2d(2),
    nn.Conv2d(32, 64, (5, 3), stride=2, padding=(2, 1), bias=False),
    nn.ReLU(),
    nn.Flatten(),
    nn.Dropout(0.5),
    nn.Linear(3136, 10),
    nn.Softmax(dim=-1),
)"""
    )


def test_a_branch_is_written_as_a_module() -> None:
    assert (
        torch_code(networks.RESIDUAL)
        == """\
from torch import nn


# input: (batch, 3, 32, 32), channels first
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 16, 3, padding="same")
        self.relu1 = nn.ReLU()
        self.conv2 = nn.Conv2d(16, 16, 3, padding="same")
        self.pool = nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten())
        self.fc = nn.Linear(16, 10)

    def forward(self, x):
        x = self.conv1(x)
        relu1 = self.relu1(x)
        x = self.conv2(relu1)
        x = x + relu1
        x = self.pool(x)
        x = self.fc(x)
        return x


model = Net()"""
    )


def test_names_are_given_when_asked_for() -> None:
    assert "self.dense = nn.Linear(3136, 10)" in torch_code(networks.DIGITS, names=True)


def test_axes_are_turned_where_features_last_meets_channels_first() -> None:
    code = torch_code(networks.WORDS)
    assert "# input: (batch, 100)\n" in code
    assert "x = self.embedding(x)\n        x = x.transpose(1, 2)\n        x = self.conv(x)" in code


def test_the_mean_over_tokens_needs_no_module() -> None:
    assert "x = x.amax(dim=1)" in torch_code(stack("one", SEQUENCE, [Dense(4), GlobalMaxPooling1D()]))


def test_shared_layers_are_made_once_and_frozen_ones_are_not_trained() -> None:
    code = torch_code(networks.SHARED)
    assert code.count("nn.Linear(16, 8)") == 1
    assert "left = self.left(inputs)\n        x = self.left(inputs_2)\n" in code
    assert "nn.Linear(16, 1).requires_grad_(False)" in code


def test_tied_weights_are_one_tensor() -> None:
    assert "self.logits.weight = self.tokens.weight" in torch_code(networks.TIED)


def test_grouped_queries_are_written_from_their_parts() -> None:
    code = torch_code(stack("llama", (10, 64), [EncoderBlock(8, 96, kv_heads=2, gated=True, norm="rms")]))
    assert "x = F.scaled_dot_product_attention(q, k, v, enable_gqa=True)" in code
    assert "x = gate * x" in code
