"""Places where Keras, PyTorch and papers count a sequence layer differently, each with the number that shows it."""

from __future__ import annotations

import pytest

from quizgen.layers import (
    GRU,
    LSTM,
    BatchNorm,
    Bidirectional,
    ClassToken,
    CrossAttention,
    DecoderBlock,
    Dense,
    Embedding,
    EncoderBlock,
    FeedForward,
    GroupNorm,
    InstanceNorm,
    Layer,
    LayerNorm,
    LoRA,
    LoRAAttention,
    MultiHeadAttention,
    Normalization,
    PositionEmbedding,
    RMSNorm,
    ScaledDotProduct,
    Shape,
    SimpleRNN,
    SinusoidalPositions,
    StackedRecurrent,
)
from quizgen.layers.graph import Node, walk

FEATURES, MAP = Shape((64,)), Shape((8, 8, 64))
TOKENS, MEMORY = Shape((10, 512)), Shape((12, 512))


def steps(features: int) -> Shape:
    return Shape((29, features))


# fmt: off
PARAMETERS = [
    # normalization: trainable, non-trainable
    ("Keras BatchNormalization prints 256 for 64 channels", BatchNorm(), MAP, 128, 128),
    ("PyTorch BatchNorm2d(64) has 128 parameters", BatchNorm(statistics="buffers"), MAP, 128, 0),
    ("Keras BatchNormalization(scale=False) prints 192", BatchNorm(scale=False), MAP, 64, 128),
    ("PyTorch BatchNorm2d(affine=False)", BatchNorm(scale=False, center=False, statistics="buffers"), MAP, 0, 0),
    ("Keras BatchNormalization on 512 channels prints 2,048", BatchNorm(), Shape((7, 7, 512)), 1024, 1024),
    ("PyTorch BatchNorm1d(10) has 20 parameters", BatchNorm(statistics="buffers"), Shape((10,)), 20, 0),
    ("not per activation: 192 on 54 × 54 × 96", BatchNorm(statistics="buffers"), Shape((54, 54, 96)), 192, 0),
    ("Keras Normalization on 3 channels: mean, variance, count", Normalization(), Shape((32, 32, 3)), 0, 7),
    ("LayerNorm over the last axis", LayerNorm(), MAP, 128, 0),
    ("PyTorch LayerNorm([8, 8, 64]), Keras axis=[-3, -2, -1]", LayerNorm(axes=3), MAP, 8192, 0),
    ("LayerNorm has no pair for each token", LayerNorm(), Shape((128, 512)), 1024, 0),
    ("RMSNorm has no offset", RMSNorm(), MAP, 64, 0),
    ("RMSNorm on 512 features", RMSNorm(), Shape((128, 512)), 512, 0),
    ("GroupNorm: 2c whatever the groups", GroupNorm(8), MAP, 128, 0),
    ("PyTorch InstanceNorm2d(64): affine is off", InstanceNorm(), MAP, 0, 0),
    ("Keras GroupNormalization(groups=-1)", InstanceNorm(scale=True, center=True), MAP, 128, 0),
    # embedding and positions
    ("Embedding: vocabulary × width, not length × width", Embedding(1000, 64), Shape((10,)), 64_000, 0),
    ("Embedding with padding_idx or mask_zero: the row counts", Embedding(100, 8), Shape((10,)), 800, 0),
    ("GPT-2's learned positions", PositionEmbedding(1024), Shape((1024, 768)), 786_432, 0),
    ("GPT-2's learned positions, for a short text", PositionEmbedding(1024), Shape((7, 768)), 786_432, 0),
    ("BERT's learned positions", PositionEmbedding(512), Shape((128, 768)), 393_216, 0),
    ("ViT-B/16's positions: 196 patches and the class token", PositionEmbedding(197), Shape((197, 768)), 151_296, 0),
    ("ViT-B/16's class token", ClassToken(), Shape((196, 768)), 768, 0),
    ("the first transformer's sines and cosines", SinusoidalPositions(), TOKENS, 0, 0),
    # recurrent
    ("Keras LSTM(20) on 10", LSTM(20), steps(10), 2480, 0),
    ("PyTorch LSTM(10, 20): a second bias", LSTM(20, biases=2), steps(10), 2560, 0),
    ("PyTorch LSTM(10, 20, bias=False)", LSTM(20, biases=0), steps(10), 2400, 0),
    ("Keras LSTM(9) on 1", LSTM(9), steps(1), 396, 0),
    ("Keras LSTM(128) on 128", LSTM(128), steps(128), 131_584, 0),
    ("Keras LSTM(256) on 28", LSTM(256), steps(28), 291_840, 0),
    ("PyTorch LSTM(20, 32, proj_size=10)", LSTM(32, biases=2, projection=10), steps(20), 4416, 0),
    ("PyTorch LSTM(20, 32)", LSTM(32, biases=2), steps(20), 6912, 0),
    ("Keras SimpleRNN(1) on 1", SimpleRNN(1), steps(1), 3, 0),
    ("PyTorch RNN(1, 1)", SimpleRNN(1, biases=2), steps(1), 4, 0),
    ("Keras SimpleRNN(50) on 1: one bias", SimpleRNN(50), steps(1), 2600, 0),
    ("Keras GRU(32) on 16, PyTorch GRU(16, 32)", GRU(32, biases=2), steps(16), 4800, 0),
    ("Keras GRU(32, reset_after=False) on 16", GRU(32), steps(16), 4704, 0),
    ("Keras GRU(32) on 32", GRU(32, biases=2), steps(32), 6336, 0),
    ("Keras GRU(32, reset_after=False) on 32", GRU(32), steps(32), 6240, 0),
    ("Keras GRU(20, reset_after=False) on 13: 29 steps share it", GRU(20), steps(13), 2040, 0),
    ("Keras Bidirectional(GRU(32)) on 16", Bidirectional(GRU(32, biases=2)), steps(16), 9600, 0),
    ("Keras Bidirectional(GRU(32, reset_after=False)) on 16", Bidirectional(GRU(32)), steps(16), 9408, 0),
    ("Keras Bidirectional(LSTM(128)) on 28", Bidirectional(LSTM(128)), steps(28), 160_768, 0),
    ("PyTorch LSTM(32, 128, 2)", StackedRecurrent(LSTM(128, biases=2), 2), steps(32), 215_040, 0),
    ("PyTorch LSTM(32, 128, 2, bidirectional=True): not 430,080",
     StackedRecurrent(LSTM(128, biases=2), 2, bidirectional=True), steps(32), 561_152, 0),
    # attention and transformer blocks
    ("PyTorch MultiheadAttention(512, 8), Keras key_dim=64", MultiHeadAttention(8, 64), TOKENS, 1_050_624, 0),
    ("more heads, same parameters", MultiHeadAttention(16, 32), TOKENS, 1_050_624, 0),
    ("Keras MultiHeadAttention(8, key_dim=512): key_dim is of one head",
     MultiHeadAttention(8, 512), TOKENS, 8_401_408, 0),
    ("PyTorch MultiheadAttention(512, 8, bias=False)", MultiHeadAttention(8, 64, bias=False), TOKENS, 1_048_576, 0),
    ("grouped queries, 32 heads on 8 (Llama 3 8B)",
     MultiHeadAttention(32, 128, bias=False, kv_heads=8), Shape((10, 4096)), 41_943_040, 0),
    ("PyTorch TransformerEncoderLayer(512, 8, 2048)", EncoderBlock(8, 2048), TOKENS, 3_152_384, 0),
    ("the same with norm_first=True", EncoderBlock(8, 2048, pre_norm=True), TOKENS, 3_152_384, 0),
    ("the same with a causal mask", EncoderBlock(8, 2048, causal=True), TOKENS, 3_152_384, 0),
    ("bias=False: its LayerNorms lose theirs too", EncoderBlock(8, 2048, bias=False), TOKENS, 3_146_752, 0),
    ("feed-forward, shared by all tokens: 8d²", FeedForward(2048, bias=False), TOKENS, 2_097_152, 0),
    ("SwiGLU has three matrices", FeedForward(6400, gated=True, bias=False), Shape((10, 1600)), 30_720_000, 0),
    ("LoRA of rank 16 on 768 → 768", LoRA(Dense(768), 16), Shape((10, 768)), 24_576, 590_592),
    ("LoRA of rank 16 on query and value of BERT-base",
     LoRAAttention(MultiHeadAttention(12, 64), 16), Shape((10, 768)), 49_152, 2_362_368),
]
# fmt: on


@pytest.mark.parametrize(
    ("layer", "x", "trainable", "non_trainable"),
    [case[1:] for case in PARAMETERS],
    ids=[case[0] for case in PARAMETERS],
)
def test_parameters(layer: Layer, x: Shape, trainable: int, non_trainable: int) -> None:
    layer.check(x)
    assert (layer.trainable(x), layer.non_trainable(x)) == (trainable, non_trainable)


def test_pytorch_transformer_decoder_layer_512_8_2048() -> None:
    assert DecoderBlock(8, 2048).trainable(TOKENS, MEMORY) == 4_204_032


def test_cross_attention_makes_keys_and_values_from_the_memory() -> None:
    """PyTorch MultiheadAttention(512, 8, kdim=300, vdim=300): 512² + 2 · 512 · 300 + 512² + 4 · 512."""
    assert CrossAttention(8, 64).trainable(TOKENS, Shape((12, 300))) == 833_536


def test_biases_of_the_feed_forward_network_alone_make_3_148_288() -> None:
    parts = MultiHeadAttention(8, 64, bias=False), FeedForward(2048)
    assert sum(part.trainable(TOKENS) for part in parts) == 3_148_288


def test_a_frozen_embedding_is_not_trainable() -> None:
    (row,) = walk([Node("tokens", Embedding(1000, 64), frozen=True)], [Shape((10,))])
    assert (row.trainable, row.non_trainable) == (0, 64_000)


OUTPUTS = [
    ("the last state: units, not time steps", LSTM(10), steps(3), (10,)),
    ("return_sequences=True", LSTM(10, sequences=True), steps(3), (29, 10)),
    ("proj_size narrows what comes out", LSTM(32, projection=10), steps(20), (10,)),
    ("concat doubles the width", Bidirectional(LSTM(128)), steps(28), (256,)),
    ("sum keeps it", Bidirectional(LSTM(128), "sum"), steps(28), (128,)),
    ("ave keeps it", Bidirectional(LSTM(128), "ave"), steps(28), (128,)),
    ("mul keeps it", Bidirectional(LSTM(128), "mul"), steps(28), (128,)),
    ("concat at every step", Bidirectional(LSTM(128, sequences=True)), steps(28), (29, 256)),
    ("the class token makes 196 patches 197 tokens", ClassToken(), Shape((196, 768)), (197, 768)),
    ("Keras output_shape", MultiHeadAttention(8, 64, value_dim=32, width=100), TOKENS, (10, 100)),
]


@pytest.mark.parametrize(("layer", "x", "shape"), [case[1:] for case in OUTPUTS], ids=[case[0] for case in OUTPUTS])
def test_outputs(layer: Layer, x: Shape, shape: tuple[int, ...]) -> None:
    assert layer.output(x) == shape


GPT2 = {"small": (12, 768, 12), "medium": (24, 1024, 16), "large": (36, 1280, 20), "xl": (48, 1600, 25)}


@pytest.mark.parametrize(
    ("size", "total"),
    [("small", 124_439_808), ("medium", 354_823_168), ("large", 774_030_080), ("xl", 1_557_611_200)],
)
def test_gpt_2_with_its_head_tied_to_the_embedding(size: str, total: int) -> None:
    """https://huggingface.co/openai-community/gpt2: counts of the published weights."""
    blocks, width, heads = GPT2[size]
    tokens = Shape((1024, width))
    block = EncoderBlock(heads, 4 * width, pre_norm=True, causal=True).trainable(tokens)
    outside = Embedding(50_257, width).trainable(Shape((1024,))) + PositionEmbedding(1024).trainable(tokens)
    assert outside + blocks * block + LayerNorm().trainable(tokens) == total


def test_twelve_blocks_of_gpt_2_small_are_more_than_12_times_12_d_squared() -> None:
    assert 12 * EncoderBlock(12, 3072).trainable(Shape((1024, 768))) == 85_054_464


@pytest.mark.parametrize(
    ("vocabulary", "hidden", "kv_heads", "total"),
    [
        pytest.param(32_000, 11_008, None, 6_738_415_616, id="Llama 2 7B (arXiv:2307.09288)"),
        pytest.param(32_000, 14_336, 8, 7_241_732_096, id="Mistral 7B (arXiv:2310.06825)"),
        pytest.param(128_256, 14_336, 8, 8_030_261_248, id="Llama 3 8B (arXiv:2407.21783)"),
    ],
)
def test_llamas(vocabulary: int, hidden: int, kv_heads: int | None, total: int) -> None:
    """32 blocks of width 4096 with 32 heads, no biases, a head of its own; totals of the published weights."""
    tokens = Shape((10, 4096))
    block = EncoderBlock(32, hidden, kv_heads=kv_heads, gated=True, norm="rms", pre_norm=True, bias=False, causal=True)
    head = Dense(vocabulary, bias=False).trainable(tokens)
    embedding = Embedding(vocabulary, 4096).trainable(Shape((10,)))
    assert embedding + 32 * block.trainable(tokens) + RMSNorm().trainable(tokens) + head == total


def test_vit_b_16() -> None:
    """86,567,656 parameters and 17.564 G multiply-accumulates (https://docs.pytorch.org/vision, `vit_b_16`)."""
    patches, tokens = Shape((196, 768)), Shape((197, 768))
    block, patch, classes = EncoderBlock(12, 3072, pre_norm=True), Dense(768), Dense(1000)
    pixels, one = Shape((196, 16 * 16 * 3)), Shape((768,))
    single = (
        (patch, pixels),
        (ClassToken(), patches),
        (PositionEmbedding(197), tokens),
        (LayerNorm(), tokens),
        (classes, one),
    )
    assert sum(layer.trainable(x) for layer, x in single) + 12 * block.trainable(tokens) == 86_567_656
    macs = sum(layer.macs(x, y=layer.output(x)) for layer, x in single) + 12 * block.macs(tokens, y=tokens)
    assert round(macs / 1e9, 3) == 17.564


MACS = [
    ("scores and weighted sum: 2 · T · S · d", ScaledDotProduct(8), (TOKENS, MEMORY, MEMORY), 2 * 10 * 12 * 512),
    (
        "as many with fewer key heads",
        ScaledDotProduct(8, 2),
        (TOKENS, Shape((12, 128)), Shape((12, 128))),
        2 * 10 * 12 * 512,
    ),
    ("a causal mask saves none", ScaledDotProduct(8, causal=True), (TOKENS, TOKENS, TOKENS), 2 * 10 * 10 * 512),
    ("attention: 4 · T · d² and 2 · T² · d", MultiHeadAttention(8, 64), (TOKENS,), 4 * 10 * 512**2 + 2 * 10**2 * 512),
    ("an LSTM: 4 gates at each of 29 steps", LSTM(20), (steps(10),), 29 * 4 * 20 * (10 + 20)),
    ("a lookup multiplies nothing", Embedding(1000, 64), (Shape((10,)),), 0),
    ("nor does a normalization", LayerNorm(), (TOKENS,), 0),
]


@pytest.mark.parametrize(("layer", "inputs", "macs"), [case[1:] for case in MACS], ids=[case[0] for case in MACS])
def test_macs(layer: Layer, inputs: tuple[Shape, ...], macs: int) -> None:
    assert layer.macs(*inputs, y=layer.output(*inputs)) == macs
