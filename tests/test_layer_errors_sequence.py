"""What a person is told who sets up a sequence layer in a way that makes no sense, or feeds it what it can't read."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from quizgen.errors import LayerError, ShapeError
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
    Multiply,
    PositionEmbedding,
    RMSNorm,
    ScaledDotProduct,
    Shape,
    SimpleRNN,
    StackedRecurrent,
)

TOKENS = Shape((10, 64))

# fmt: off
SETTINGS: list[tuple[Callable[[], Layer], str]] = [
    (lambda: BatchNorm(statistics="running"), "no way to count statistics as “running”"),  # type: ignore[arg-type]
    (lambda: LayerNorm(axes=0), "axes = 0 is not positive"),
    (lambda: RMSNorm(axes=-1), "axes = -1 is not positive"),
    (lambda: GroupNorm(0), "groups = 0 is not positive"),
    (lambda: Embedding(0, 8), "vocabulary = 0 is not positive"),
    (lambda: PositionEmbedding(0), "positions = 0 is not positive"),
    (lambda: LSTM(0), "units = 0 is not positive"),
    (lambda: GRU(8, biases=3), "biases = 3 is not a number of bias vectors for each gate"),
    (lambda: LSTM(8, projection=0), "projection = 0 is not positive"),
    (lambda: LSTM(8, projection=8), "does not narrow a state of 8 units"),
    (lambda: Bidirectional(LSTM(8), "concatenate"), "Did you mean “concat”?"),  # type: ignore[arg-type]
    (lambda: StackedRecurrent(LSTM(8), 0), "layers = 0 is not positive"),
    (lambda: ScaledDotProduct(8, 3), "8 query heads cannot share 3 heads of keys and values evenly"),
    (lambda: MultiHeadAttention(8, 64, kv_heads=3), "kv_heads divides heads"),
    (lambda: MultiHeadAttention(8, 64, value_dim=0), "value_dim = 0 is not positive"),
    (lambda: MultiHeadAttention(0, 64), "heads = 0 is not positive"),
    (lambda: FeedForward(0), "hidden = 0 is not positive"),
    (lambda: EncoderBlock(8, 256, kv_heads=16), "8 query heads cannot share 16"),
    (lambda: EncoderBlock(8, 256, norm="batch"), "there is no norm “batch”"),  # type: ignore[arg-type]
    (lambda: LoRA(Dense(8), 0), "rank = 0 is not positive"),
    (lambda: LoRAAttention(MultiHeadAttention(8, 8), 4, ("q",)), "Choose among query, key, value, output"),
    (lambda: LoRAAttention(CrossAttention(8, 8), 4), "adapts self-attention"),
]

SHAPES: list[tuple[Layer, tuple[Shape, ...], str]] = [
    (LayerNorm(axes=3), (TOKENS,), "LayerNorm over the last 3 axes cannot read 10 × 64, which has 2"),
    (RMSNorm(axes=2), (Shape((64,)),), "RMSNorm over the last 2 axes cannot read 64"),
    (GroupNorm(5), (TOKENS,), "64 channels do not divide into 5 groups"),
    (InstanceNorm(), (Shape((64,)),), "64 has no positions"),
    (Embedding(100, 8), (TOKENS,), "Embedding reads a sequence of token ids (one axis), but 10 × 64 has 2"),
    (PositionEmbedding(8), (TOKENS,), "has 8 positions, but the sequence has 10 tokens"),
    (ClassToken(), (Shape((64,)),), "ClassToken reads 2 axes"),
    (SimpleRNN(8), (Shape((64,)),), "A recurrent layer before it must return its sequences"),
    (LSTM(8), (Shape((8, 8, 3)),), "LSTM reads a sequence (length × features), but gets 8 × 8 × 3"),
    (Bidirectional(GRU(8)), (Shape((64,)),), "forward: GRU reads a sequence"),
    (StackedRecurrent(GRU(8), 2), (Shape((64,)),), "layer_1: GRU reads a sequence"),
    (ScaledDotProduct(3), (TOKENS, TOKENS, TOKENS), "64 features do not divide into 3 heads"),
    (ScaledDotProduct(), (TOKENS, TOKENS, Shape((9, 64))), "10 keys meet 9 values"),
    (ScaledDotProduct(2), (TOKENS, Shape((10, 32)), TOKENS), "A query of 32 features for each head meets a key of 16"),
    (MultiHeadAttention(8, 8), (Shape((64,)),), "MultiHeadAttention reads 2 axes"),
    (CrossAttention(8, 8), (TOKENS, Shape((64,))), "CrossAttention reads 2 axes"),
    (EncoderBlock(6, 256), (TOKENS,), "a width of 64 does not divide into 6 heads"),
    (DecoderBlock(6, 256), (TOKENS, TOKENS), "a width of 64 does not divide into 6 heads"),
    (EncoderBlock(8, 256), (Shape((64,)),), "EncoderBlock reads 2 axes"),
    (Multiply(), (TOKENS, Shape((10, 32))), "Multiply needs inputs of one shape, but got 10 × 64 and 10 × 32"),
]
# fmt: on


@pytest.mark.parametrize(("build", "words"), SETTINGS, ids=[words for _, words in SETTINGS])
def test_settings_that_make_no_sense(build: Callable[[], Layer], words: str) -> None:
    with pytest.raises(LayerError) as caught:
        build()
    assert words in str(caught.value)


@pytest.mark.parametrize(("layer", "inputs", "words"), SHAPES, ids=[words for *_, words in SHAPES])
def test_shapes_that_cannot_be_read(layer: Layer, inputs: tuple[Shape, ...], words: str) -> None:
    with pytest.raises(ShapeError) as caught:
        layer.check(*inputs)
    assert words in str(caught.value)
