"""Numbers are drawn so that the common misconceptions don't happen to give the right one (N1 and N5 to N10)."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.layers import Shape
from quizgen.sampling import LEVELS
from quizgen.sampling.numbers import LARGEST_FACTOR
from tests.sampling.drawing import draw, seeds

any_level = st.sampled_from(LEVELS)
CONVOLUTIONS = ("Conv1D", "Conv2D", "Conv3D", "SeparableConv1D", "SeparableConv2D", "PartialConv2D")
TRANSPOSED = ("ConvTranspose1D", "ConvTranspose2D", "ConvTranspose3D")
DEPTHWISE = ("DepthwiseConv1D", "DepthwiseConv2D")


def only_layer(name: str, level: int, seed: int, **fixed: object) -> tuple[Any, Shape, Shape]:
    """The layer, its (first) input, its output."""
    (row,) = draw(name, level, seed, **fixed).rows
    return row.layer, row.inputs[0], row.output


@given(any_level, seeds)
def test_a_dense_layer_has_other_numbers_of_features_and_units(level: int, seed: int) -> None:
    layer, x, _ = only_layer("Dense", level, seed)
    assert x.channels != layer.units
    assert min(x.channels, layer.units) > 1


@given(st.sampled_from((*CONVOLUTIONS, *TRANSPOSED, *DEPTHWISE)), any_level, seeds)
def test_a_convolution_has_more_than_1_channel_and_kernel_cell(name: str, level: int, seed: int) -> None:
    layer, x, _ = only_layer(name, level, seed)
    assert x.channels not in (1, 3)
    assert x.channels not in layer.stride
    assert min(layer.kernel) > 1


@given(st.sampled_from((*CONVOLUTIONS, *TRANSPOSED)), any_level, seeds)
def test_a_convolution_has_other_numbers_of_channels_and_filters(name: str, level: int, seed: int) -> None:
    layer, x, _ = only_layer(name, level, seed)
    assert x.channels != layer.filters


@given(st.sampled_from((*CONVOLUTIONS, *DEPTHWISE)), any_level, seeds)
def test_the_map_behind_a_convolution_has_3_cells_on_each_axis(name: str, level: int, seed: int) -> None:
    _, _, y = only_layer(name, level, seed)
    assert min(y.spatial) >= 3


@given(st.sampled_from(("Conv2D", "Conv3D", "DepthwiseConv2D", "SeparableConv2D")), st.sampled_from(LEVELS[4:]), seeds)
def test_from_level_4_on_a_side_taken_twice_shows(name: str, level: int, seed: int) -> None:
    layer, x, _ = only_layer(name, level, seed)
    assert len(set(layer.kernel)) > 1 or len(set(x.spatial)) > 1


@given(st.sampled_from(("Conv2D", "MaxPooling2D", "AveragePooling1D")), st.sampled_from(LEVELS[5:]), seeds)
def test_where_something_is_left_over_it_is_left_over_on_each_axis(name: str, level: int, seed: int) -> None:
    layer, x, _ = (
        only_layer(name, level, seed, padding="valid", framework="keras", dilation=1)
        if (name == "Conv2D")
        else only_layer(name, level, seed, padding="valid", framework="keras")
    )
    kernel = getattr(layer, "kernel", None) or layer.pool
    over = [(n - k) % s for n, k, s in zip(x.spatial, kernel, layer.stride, strict=True) if s > 1]
    assert all(rest == 0 for rest in over) or all(over)


@given(st.sampled_from(("MaxPooling2D", "AveragePooling1D")), st.integers(0, 2), seeds)
def test_up_to_level_2_nothing_is_left_over(name: str, level: int, seed: int) -> None:
    layer, x, _ = only_layer(name, level, seed)
    assert all((n - k) % s == 0 for n, k, s in zip(x.spatial, layer.pool, layer.stride, strict=True))


@pytest.mark.parametrize("stride", [3, 4])
@given(seeds)
def test_floor_ceiling_and_a_forgotten_1_all_differ(stride: int, seed: int) -> None:
    layer, x, y = only_layer("Conv2D", 5, seed, stride=stride, padding="valid")
    for n, k, cells in zip(x.spatial, layer.kernel, y.spatial, strict=True):
        if (n - k) % stride:
            assert cells == (n - k) // stride + 1
            assert cells not in (-(-(n - k) // stride) + 1, -(-(n - k + 1) // stride) + 1, (n - k + 1) // stride + 2)
            assert (n - k + 1) // stride == (n - k) // stride


@given(st.sampled_from(("SimpleRNN", "LSTM", "GRU")), any_level, seeds)
def test_steps_features_and_units_of_a_recurrent_layer_all_differ(name: str, level: int, seed: int) -> None:
    layer, x, _ = only_layer(name, level, seed)
    assert len({*x, layer.units}) == 3
    assert 2 * x.channels - 1 != layer.units


@given(any_level, seeds)
def test_vocabulary_width_and_length_of_an_embedding_all_differ(level: int, seed: int) -> None:
    layer, x, _ = only_layer("Embedding", level, seed)
    assert len({*x, layer.vocabulary, layer.width}) == 3


@given(st.sampled_from(("MultiHeadAttention", "EncoderBlock", "DecoderBlock")), any_level, seeds)
def test_attention_has_2_heads_and_another_number_of_tokens_than_features(name: str, level: int, seed: int) -> None:
    layer, x, _ = only_layer(name, level, seed)
    assert layer.heads >= 2
    assert x.channels % layer.heads == 0
    assert len({*x, layer.heads, x.channels // layer.heads}) == 4 or x[0] == x.channels // layer.heads
    assert layer.kv_heads is None or layer.kv_heads not in (layer.heads, layer.heads / layer.kv_heads)


def test_a_feed_forward_network_is_not_always_4_times_as_wide() -> None:
    times = {layer.hidden // x.channels for layer, x, _ in (only_layer("FeedForward", 13, seed) for seed in range(50))}
    assert {2, 3, 4} <= times


@given(st.integers(14, 16), seeds)
def test_a_transformer_has_other_numbers_of_blocks_and_heads(level: int, seed: int) -> None:
    network = draw("transformer", level, seed)
    blocks = [node.layer for node in network.nodes if node.name.startswith("block")]
    assert len(blocks) != blocks[0].heads  # type: ignore[attr-defined]


@given(st.sampled_from(("cnn1d", "cnn2d", "cnn3d", "mlp")), st.sampled_from(LEVELS[3:]), seeds)
def test_in_a_network_no_layer_has_as_many_outputs_as_inputs(name: str, level: int, seed: int) -> None:
    for row in draw(name, level, seed).rows:
        wide = getattr(row.layer, "filters", None) or getattr(row.layer, "units", None)
        assert wide != row.inputs[0].channels


@given(st.sampled_from(("Dense", "Conv2D", "LSTM", "MultiHeadAttention", "cnn2d", "mlp")), st.integers(13, 16), seeds)
def test_there_is_a_bias_unless_the_author_says_otherwise(name: str, level: int, seed: int) -> None:
    for node in draw(name, level, seed).nodes:
        assert getattr(node.layer, "bias", True)
        assert getattr(node.layer, "biases", 1)


@pytest.mark.parametrize("level", LEVELS)
def test_numbers_grow_from_level_to_level(level: int) -> None:
    drawn = [draw("Conv2D", level, seed).nodes[0].layer.filters for seed in range(60)]  # type: ignore[attr-defined]
    assert max(drawn) <= LARGEST_FACTOR[level]
