"""Whatever is written in the compact notation is read back as the same network."""

from __future__ import annotations

from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from quizgen.errors import QuizgenError
from quizgen.layers import (
    LoRA,
    LoRAAttention,
    PartialConv2D,
    ScaledDotProduct,
    StackedRecurrent,
    TimeDistributed,
)
from quizgen.network import stack
from quizgen.readers.compact import read_compact, written
from quizgen.readers.compact.numbers import PAIRS, PER_AXIS
from quizgen.readers.compact.words import WORDS, Word, suffixes
from tests.sampling.drawing import ABOUT, draw, levels_of, seeds

WITHOUT_WORDS = (PartialConv2D, TimeDistributed, StackedRecurrent, LoRA, LoRAAttention, ScaledDotProduct)
INPUTS = ("17", "12x8", "14x13x8", "9x8x8x4")

anything = st.sampled_from(sorted(ABOUT)).flatmap(
    lambda name: st.tuples(st.just(name), st.sampled_from(levels_of(name)), seeds)
)


@given(anything)
def test_a_sampled_network_is_written_and_read_back(drawn: tuple[str, int, int]) -> None:
    network = draw(*drawn)
    text = written(network)
    if text is None:
        wordless = any(isinstance(node.layer, WITHOUT_WORDS) or node.frozen for node in network.nodes)
        assert wordless or not network.is_stack
    else:
        again = read_compact(text).network
        assert [node.layer for node in again.nodes] == [node.layer for node in network.nodes]
        assert [row.output for row in again.rows] == [row.output for row in network.rows]


@st.composite
def typed_words(draw: Any) -> str:
    """A word with numbers and with any of its suffixes, some of which make no sense together."""
    word: Word = draw(st.sampled_from(WORDS))
    chosen = (
        draw(st.lists(st.sampled_from(suffixes(word)), unique_by=lambda one: one.setting)) if suffixes(word) else []
    )
    tail = [f",{one.name}{number(draw, one.setting) if one.value is None else ''}" for one in chosen]
    return word.example + "".join(tail).replace(",-", "-")


def number(draw: Any, setting: str) -> str:
    axes = draw(st.integers(1, 3)) if setting in PER_AXIS | PAIRS else 1
    sizes = draw(st.lists(st.integers(0, 4), min_size=axes, max_size=axes))
    return "x".join(f"{size}+{size + 1}" if setting in PAIRS and size == 3 else str(size) for size in sizes)


@given(st.sampled_from(INPUTS), typed_words())
def test_a_word_with_any_suffixes_is_written_and_read_back(shape: str, word: str) -> None:
    try:
        network = read_compact(f"{shape} {word}").network
    except QuizgenError:
        assume(False)
        raise
    text = written(stack("again", network.input, [node.layer for node in network.nodes]))
    assert text is not None
    assert read_compact(text).network.nodes == network.nodes
