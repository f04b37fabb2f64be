"""What the pictures say without SVG: the words for a screen reader, and the picture in characters."""

from collections.abc import Callable
from textwrap import dedent

import pytest
from hypothesis import given, settings

from tests.pictures.networks import (
    Drawn,
    deep,
    encoder,
    every,
    every_small,
    identity_block,
    inception,
    lenet,
    mlp,
    residual_stack,
    two_inputs,
)
from tests.pictures.test_geometry import graphs


@every_small
def test_the_words_name_what_comes_in_and_each_layer(network: Callable[[], Drawn]) -> None:
    drawn = network()
    alt = drawn.picture().alt
    assert str(drawn.input).replace("×", "by") in alt
    for row, label in zip(drawn.rows, drawn.labels, strict=True):
        settings = f" ({label.replace('×', 'by')})" if label else ""
        assert f"{type(row.layer).__name__} {row.name}{settings}" in alt


@every
def test_the_words_say_shapes_only_where_asked_for_and_counts_never(network: Callable[[], Drawn]) -> None:
    drawn = network()
    silent, shown = (drawn.picture(show_shapes=show).alt for show in (False, True))
    assert "output" not in silent
    assert f"output {drawn.rows[-1].output}".replace("×", "by") in shown
    assert not [row.name for row in drawn.rows if row.params > 999 and f"{row.params:,}" in shown]


def test_the_words_of_a_chain() -> None:
    assert (
        mlp().picture().alt == "A network from input (784) to out: Dense hidden (256 units); Dense out (10, no bias)."
    )


@pytest.mark.parametrize(
    ("network", "said"),
    [
        (identity_block, "Add sum, which joins second and stem."),
        (inception, "Conv2D five_in (16, 1 by 1), which reads stem;"),
        (inception, "Concatenate join, which joins one, three, five and pooled;"),
        (two_inputs, "A network from input (4) and input_2 (6) to join:"),
        (two_inputs, "Dense b (8 units), which reads input_2;"),
        (encoder, "24 times the next layer: EncoderBlock block_1 to block_24 (4 heads);"),
        (residual_stack, "20 times the next 3 layers: Conv2D conv_0 to conv_19 (16, 3 by 3);"),
        (deep, "more layers;"),
    ],
)
def test_the_words_say_where_branches_part_and_join(network: Callable[[], Drawn], said: str) -> None:
    assert said in network().picture().alt


@every
def test_every_layer_is_drawn_repeated_or_counted_as_left_out(network: Callable[[], Drawn]) -> None:
    drawn, shown = network(), network().diagram()
    layers = [at for at, cell in enumerate(shown.cells) if cell.sources and cell.kind]
    more = sum((repeat.times - 1) * (repeat.last - repeat.first + 1) for repeat in shown.repeats)
    assert len(layers) + more + shown.omitted == len(drawn.rows)
    assert drawn.picture().omitted == shown.omitted


@pytest.mark.parametrize("network", [encoder, residual_stack, deep], ids=lambda network: network.__name__)
def test_deep_networks_are_drawn_short(network: Callable[[], Drawn]) -> None:
    assert len(network().diagram().cells) <= 24
    assert (network().picture().omitted > 0) is (network is deep)


def test_a_network_of_a_few_layers_is_drawn_whole_even_where_it_repeats_itself() -> None:
    assert encoder(blocks=10).diagram().repeats == ()


PICTURES = {
    lenet: """
        ●  Input         32 × 32 × 1
        ●  Conv2D        6, 5 × 5
        ●  MaxPooling2D  2 × 2
        ●  Conv2D        16, 5 × 5
        ●  MaxPooling2D  2 × 2
        ●  Flatten
        ●  Dense         120 units
        ●  Dense         84 units
        ●  Dense         10 units
    """,
    identity_block: """
        ●     Input       32 × 32 × 3
        ●     Conv2D      64, 3 × 3
        ├─╮
        │ ●   Conv2D      64, 3 × 3
        │ ●   Activation  relu
        │ ●   Conv2D      64, 3 × 3
        ├─╯
        ●     Add
    """,
    inception: """
        ●         Input                   28 × 28 × 64
        ●         Conv2D                  192, 3 × 3
        ├─╮
        │ ●       Conv2D                  64, 1 × 1
        ├─│─╮
        │ │ ●     Conv2D                  96, 1 × 1
        │ │ ●     Conv2D                  128, 3 × 3
        ├─│─│─╮
        │ │ │ ●   Conv2D                  16, 1 × 1
        │ │ │ ●   Conv2D                  32, 5 × 5
        ● │ │ │   MaxPooling2D            3 × 3, stride 1
        ● │ │ │   Conv2D                  32, 1 × 1
        ├─┴─┴─╯
        ●         Concatenate
        ●         GlobalAveragePooling2D
    """,
    two_inputs: """
        ●     Input        4
        │ ●   Input        6
        ● │   Dense        8 units
        │ ●   Dense        8 units
        ● │   Dense        8 units
        ├─╯
        ●     Concatenate
    """,
    residual_stack: """
        ●     Input              32 × 32 × 3
        ●     Conv2D             16, 3 × 3
        ├─╮
        │ ●   20 × ╭ Conv2D      16, 3 × 3
        │ ●        │ Activation  relu
        ├─╯
        ●          ╰ Add
    """,
}


@pytest.mark.parametrize(("network", "expected"), PICTURES.items(), ids=lambda case: getattr(case, "__name__", ""))
def test_the_picture_in_characters(network: Callable[[], Drawn], expected: str) -> None:
    assert network().characters() == dedent(expected).lstrip("\n")


@every
def test_the_picture_in_characters_shows_shapes_where_asked_for(network: Callable[[], Drawn]) -> None:
    drawn = network()
    assert str(drawn.rows[-1].output) == drawn.characters(show_shapes=True).splitlines()[-1].split("  ")[-1].strip()


@settings(deadline=None)
@given(graphs())
def test_the_picture_in_characters_fits_a_terminal_and_names_each_kind(network: Drawn) -> None:
    kinds = [cell.kind for cell in network.diagram().cells if cell.kind]
    for show_shapes in (False, True):
        text = network.characters(show_shapes=show_shapes)
        assert max(map(len, text.splitlines())) <= 72
        assert text.count("●") == len(kinds)
        assert all(kind in text for kind in kinds)
