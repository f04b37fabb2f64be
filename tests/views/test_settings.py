"""Each kind of layer in words: in a table, in a sentence, in a box."""

import pytest

from quizgen.layers import (
    GRU,
    LAYERS,
    LSTM,
    Activation,
    AdaptiveMaxPooling1D,
    Add,
    AveragePooling1D,
    BatchNorm,
    Bidirectional,
    ClassToken,
    Conv1D,
    Conv2D,
    ConvTranspose2D,
    CrossAttention,
    Dense,
    DepthwiseConv2D,
    Dropout,
    Embedding,
    EncoderBlock,
    FeedForward,
    Flatten,
    GlobalAveragePooling2D,
    GroupNorm,
    InstanceNorm,
    Layer,
    LayerNorm,
    LoRA,
    LoRAAttention,
    MaxPooling2D,
    MultiHeadAttention,
    PartialConv2D,
    Permute,
    PositionEmbedding,
    PReLU,
    Reshape,
    RMSNorm,
    SeparableConv2D,
    SimpleRNN,
    StackedRecurrent,
    Subsampling2D,
    TimeDistributed,
    UpSampling2D,
    ZeroPadding2D,
)
from quizgen.views.settings import WORDS, phrase, settings, short

IN_WORDS = [
    (Dense(1), "1 unit", "a dense layer with 1 unit", "1"),
    (Dense(1024, bias=False), "1,024 units, no bias", "a dense layer with 1,024 units and no biases", "1,024, no bias"),
    (Conv2D(32, (3, 3)), "32 kernels of 3 × 3", "a 2-D convolution with 32 kernels of 3 × 3", "3 × 3, 32"),
    (
        Conv2D(32, (3, 3), stride=(2, 2), padding="same", bias=False),
        "32 kernels of 3 × 3, stride 2, same padding, no bias",
        "a 2-D convolution with 32 kernels of 3 × 3, stride 2, `same` padding and no biases",
        "3 × 3, 32, stride 2, same, no bias",
    ),
    (
        Conv1D(8, (5,), padding=((0, 1),), dilation=(2,), groups=4),
        "8 kernels of size 5, padding (0 before, 1 after), dilation 2, 4 groups",
        "a 1-D convolution with 8 kernels of size 5, padding (0 before, 1 after), dilation 2 and 4 groups",
        "5, 8, padding (0 before, 1 after), dilation 2, 4 groups",
    ),
    (
        Conv2D(6, (3, 5), stride=(1, 2), padding=((1, 1), (2, 2))),
        "6 kernels of 3 × 5, stride 1 × 2, padding 1 × 2",
        "a 2-D convolution with 6 kernels of 3 × 5, stride 1 × 2 and padding 1 × 2",
        "3 × 5, 6, stride 1 × 2, padding 1 × 2",
    ),
    (
        ConvTranspose2D(8, (3, 3), (2, 2), ((1, 1), (1, 1)), output_padding=(1, 1)),
        "8 kernels of 3 × 3, stride 2, padding 1, output padding 1",
        "a 2-D transposed convolution with 8 kernels of 3 × 3, stride 2, padding 1 and output padding 1",
        "3 × 3, 8, stride 2, padding 1, output padding 1",
    ),
    (
        DepthwiseConv2D((3, 3)),
        "one kernel of 3 × 3 per channel",
        "a 2-D depthwise convolution with one kernel of 3 × 3 per channel",
        "3 × 3",
    ),
    (
        DepthwiseConv2D((3, 3), multiplier=2),
        "2 kernels of 3 × 3 per channel",
        "a 2-D depthwise convolution with 2 kernels of 3 × 3 per channel",
        "3 × 3, × 2",
    ),
    (
        SeparableConv2D(64, (3, 3), padding="same"),
        "64 filters of 3 × 3, same padding",
        "a 2-D separable convolution with 64 filters of 3 × 3 and `same` padding",
        "3 × 3, 64, same",
    ),
    (
        PartialConv2D(16, 60, (5, 5)),
        "16 filters of 5 × 5, 60 connections between maps and filters",
        "a partially connected 2-D convolution with 16 filters of 5 × 5 and 60 connections between maps and filters",
        "5 × 5, 16, 60 kernels",
    ),
    (MaxPooling2D((2, 2)), "2 × 2, stride 2", "a max-pooling layer with windows of 2 × 2 and stride 2", "2 × 2"),
    (
        AveragePooling1D((3,), (2,), ceil=True),
        "size 3, stride 2, sizes rounded up",
        "an average-pooling layer with windows of size 3, stride 2 and sizes rounded up",
        "3, stride 2, rounded up",
    ),
    (
        Subsampling2D(),
        "2 × 2, stride 2, a trained coefficient and bias per map",
        "a subsampling layer with windows of 2 × 2, stride 2 and a trained coefficient and bias per map",
        "2 × 2, trained",
    ),
    (GlobalAveragePooling2D(), "", "a global average-pooling layer", ""),
    (AdaptiveMaxPooling1D((7,)), "to size 7", "an adaptive max-pooling layer with an output of size 7", "to 7"),
    (ZeroPadding2D(((1, 1), (1, 1))), "padding 1", "a zero-padding layer with padding 1", "padding 1"),
    (UpSampling2D((2, 3)), "factor 2 × 3", "an upsampling layer with factor 2 × 3", "factor 2 × 3"),
    (Flatten(), "", "a flatten layer", ""),
    (Reshape((7, None)), "to 7 × ?", "a reshape layer with target 7 × ?", "to 7 × ?"),
    (Permute((2, 1)), "axes in the order (2, 1)", "a permute layer that puts the axes in the order (2, 1)", "(2, 1)"),
    (Dropout(0.25), "rate 0.25", "a dropout layer with rate 0.25", "rate 0.25"),
    (Activation("relu"), "", "a ReLU activation", "ReLU"),
    (Activation("elu"), "", "an ELU activation", "ELU"),
    (PReLU("channel"), "one slope per channel", "a PReLU with one slope per channel", "one slope per channel"),
    (
        BatchNorm(),
        "moving statistics count as non-trainable (Keras)",
        "a batch normalization layer whose moving statistics count as non-trainable parameters (Keras)",
        "",
    ),
    (
        BatchNorm(scale=False, statistics="buffers"),
        "no scale γ, moving statistics are buffers (PyTorch)",
        "a batch normalization layer with no scale γ whose moving statistics are buffers and no parameters (PyTorch)",
        "no scale γ",
    ),
    (LayerNorm(), "", "a layer normalization layer", ""),
    (
        LayerNorm(axes=3),
        "over the last 3 axes",
        "a layer normalization layer over the last 3 axes",
        "over the last 3 axes",
    ),
    (RMSNorm(), "", "an RMS normalization layer", ""),
    (GroupNorm(8), "8 groups", "a group normalization layer with 8 groups", "8 groups"),
    (
        InstanceNorm(),
        "no scale γ, no offset β",
        "an instance normalization layer with no scale γ and no offset β",
        "no scale γ, no offset β",
    ),
    (
        Embedding(10_000, 64),
        "10,000 tokens, vectors of 64",
        "an embedding layer with a vocabulary of 10,000 tokens and vectors of 64",
        "10,000 × 64",
    ),
    (PositionEmbedding(512), "512 positions", "a learned position embedding with 512 positions", "512 positions"),
    (ClassToken(), "before the sequence", "a learned class token, put before the sequence", ""),
    (
        LSTM(64),
        "64 units, one bias vector per gate (Keras)",
        "an LSTM layer with 64 units and one bias vector per gate (Keras)",
        "64",
    ),
    (
        LSTM(64, biases=2, sequences=True),
        "64 units, two bias vectors per gate (PyTorch), returns every state",
        "an LSTM layer with 64 units and two bias vectors per gate (PyTorch), returning its state at every step",
        "64, every state",
    ),
    (
        GRU(32, biases=1),
        "32 units, one bias vector per gate (Keras with reset_after=False)",
        "a GRU layer with 32 units and one bias vector per gate (Keras with `reset_after=False`)",
        "32",
    ),
    (SimpleRNN(8, biases=0), "8 units, no bias", "a simple recurrent layer with 8 units and no biases", "8, no bias"),
    (
        Bidirectional(LSTM(4), "sum"),
        "4 units in each direction, one bias vector per gate (Keras), directions added",
        "a bidirectional LSTM layer with 4 units in each direction and one bias vector per gate (Keras), "
        "its directions added",
        "LSTM, 4, added",
    ),
    (
        StackedRecurrent(GRU(4, biases=2), 2),
        "4 units in each layer, two bias vectors per gate (PyTorch, Keras with reset_after=True)",
        "a stack of 2 GRU layers with 4 units in each layer and two bias vectors per gate (PyTorch, Keras with "
        "`reset_after=True`)",
        "2 × GRU, 4",
    ),
    (
        MultiHeadAttention(8, 64, value_dim=32, causal=True, bias=False),
        "8 heads, key_dim 64 per head, value_dim 32 per head, causal mask, no bias",
        "a multi-head attention layer with 8 heads, a `key_dim` of 64 per head, a `value_dim` of 32 per head, "
        "a causal mask and no biases",
        "8 heads, key_dim 64, value_dim 32, causal, no bias",
    ),
    (
        CrossAttention(8, 64, kv_heads=2),
        "8 heads, 2 heads of keys and values, key_dim 64 per head",
        "a grouped-query cross-attention layer with 8 heads, 2 heads of keys and values and a `key_dim` of 64 per head",
        "8 heads, 2 key heads, key_dim 64",
    ),
    (
        FeedForward(2048, gated=True),
        "2,048 hidden units, gated (SwiGLU)",
        "a feed-forward network with 2,048 hidden units and a gate (SwiGLU)",
        "2,048 hidden, gated",
    ),
    (
        EncoderBlock(8, 2048, pre_norm=True),
        "8 heads, 2,048 hidden units, layer normalization before each sublayer",
        "a transformer encoder block with 8 heads and 2,048 hidden units, layer normalization before each sublayer",
        "8 heads, 2,048 hidden",
    ),
    (
        LoRA(Dense(10), 4),
        "10 units, LoRA of rank 4",
        "a frozen dense layer with 10 units and LoRA of rank 4",
        "10 units, LoRA 4",
    ),
    (
        LoRAAttention(MultiHeadAttention(8, 64), 4),
        "8 heads, key_dim 64 per head, LoRA of rank 4 on query and value",
        "a frozen multi-head attention layer with 8 heads, a `key_dim` of 64 per head and LoRA of rank 4 on query "
        "and value",
        "8 heads, key_dim 64, LoRA 4",
    ),
    (
        TimeDistributed(Dense(3)),
        "3 units, at every step",
        "a dense layer with 3 units, applied at every step",
        "dense layer, 3",
    ),
    (Add(), "", "an element-wise sum", ""),
]

COMPLETE = [
    (
        Conv2D(32, (3, 3)),
        "32 kernels of 3 × 3, stride 1, valid padding",
        "a 2-D convolution with 32 kernels of 3 × 3, stride 1 and `valid` padding",
    ),
    (
        Conv2D(32, (3, 3), padding=((0, 0), (0, 0))),
        "32 kernels of 3 × 3, stride 1, no padding",
        "a 2-D convolution with 32 kernels of 3 × 3, stride 1 and no padding",
    ),
    (
        LSTM(64),
        "64 units, one bias vector per gate (Keras), returns the last state",
        "an LSTM layer with 64 units and one bias vector per gate (Keras), returning only its last state",
    ),
    (Dense(10), "10 units", "a dense layer with 10 units"),
]


@pytest.mark.parametrize(("layer", "in_table", "in_sentence", "in_box"), IN_WORDS, ids=lambda value: str(value)[:40])
def test_a_layer_is_put_into_words(layer: Layer, in_table: str, in_sentence: str, in_box: str) -> None:
    assert (settings(layer), phrase(layer), short(layer)) == (in_table, in_sentence, in_box)


@pytest.mark.parametrize(("layer", "in_table", "in_sentence"), COMPLETE)
def test_usual_settings_are_said_when_asked_for(layer: Layer, in_table: str, in_sentence: str) -> None:
    assert (settings(layer, complete=True), phrase(layer, complete=True)) == (in_table, in_sentence)


@pytest.mark.parametrize("kind", LAYERS)
def test_every_kind_has_words(kind: type[Layer]) -> None:
    assert any(issubclass(kind, known) for known, _ in WORDS)


@pytest.mark.parametrize("place", range(len(WORDS)))
def test_no_entry_hides_behind_a_more_general_one(place: int) -> None:
    assert not any(issubclass(WORDS[place][0], before) for before, _ in WORDS[:place])
