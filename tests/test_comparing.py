"""Two networks side by side."""

from __future__ import annotations

import pytest

from quizgen.architectures import architecture
from quizgen.comparing import Comparison
from quizgen.explaining import explained
from quizgen.render.json import markdown


def compared(a: str, b: str) -> tuple[Comparison, str]:
    comparison = Comparison(architecture(a), architecture(b))
    return comparison, "\n".join(map(markdown, explained(comparison)))


def test_words_and_code_of_one_question() -> None:
    """AI Stack Exchange 17101: the code pads, has no Flatten and no output unit."""
    comparison, told = compared("two-class", "two-class-in-code")
    pairs = {pair.a.name: pair for pair in comparison.pairs if pair.a}
    assert pairs["conv1"].settings == (("padding", "valid", "same"),)
    assert pairs["flatten"].b is None
    assert pairs["output"].b is None
    assert pairs["dense1"].more == 250 * (100 + 1) - 250 * (45 * 45 * 100 + 1)
    for words in (
        "padding valid in A, same in B",
        "`flatten` and `output` stand in A only",
        "`dense1` reads 202,500 in A and 50 × 50 × 100 in B",
        f"B has {50_828_751 - 228_550:,} parameters fewer than A",
    ):
        assert words in told


# What the papers add from one network to the next.
ADDED = {
    ("vgg-16", "vgg-19"): ["block3_conv4", "block4_conv4", "block5_conv4"],
    ("lenet-5", "lenet-5"): [],
}


@pytest.mark.parametrize(("a", "b"), ADDED)
def test_layers_are_paired_with_their_like(a: str, b: str) -> None:
    comparison, _ = compared(a, b)
    added = [pair.b.name for pair in comparison.pairs if pair.a is None and pair.b and pair.b.params]
    assert added == ADDED[a, b]
    assert not [pair for pair in comparison.pairs if pair.b is None]


@pytest.mark.parametrize("name", ["lenet-5", "resnet-18", "gpt-2"])
def test_a_network_is_like_itself(name: str) -> None:
    comparison, told = compared(name, name)
    assert comparison.same
    assert told == "Layer by layer, A and B count the same."


@pytest.mark.parametrize(("a", "b"), [("vgg-16", "resnet-18"), ("two-class", "lenet-5"), ("lenet-5", "lenet-5-1998")])
def test_every_layer_stands_once_and_in_order(a: str, b: str) -> None:
    comparison, _ = compared(a, b)
    assert [pair.a for pair in comparison.pairs if pair.a] == list(comparison.a.rows)
    assert [pair.b for pair in comparison.pairs if pair.b] == list(comparison.b.rows)
