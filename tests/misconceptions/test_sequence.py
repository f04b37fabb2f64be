"""Misconceptions about sequences, attention, joined branches, whole networks, cost and memory."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from quizgen.architectures import architecture
from quizgen.believing import believed, relevant
from quizgen.counting import Counting
from quizgen.distractors import choose
from quizgen.feedback import PLACEHOLDER, bent_row, feedback, numbers_of
from quizgen.layers import (
    GRU,
    LSTM,
    Add,
    BatchNorm,
    Conv2D,
    Dense,
    Embedding,
    EncoderBlock,
    FeedForward,
    Flatten,
    LayerNorm,
    MaxPooling2D,
    MultiHeadAttention,
    Shape,
    SimpleRNN,
)
from quizgen.layers.graph import Node, Row, walk
from quizgen.memory import kv_cache, training
from quizgen.misconceptions import MISCONCEPTIONS, Misconception, misconception, rulebook
from quizgen.network import Network, stack
from quizgen.notation import NOTATIONS
from quizgen.quantities import QUANTITIES, WHOLE, Asked, quantity
from quizgen.question import Number
from quizgen.stream import Stream
from quizgen.workings import Workings
from tests.misconceptions.cases_sequence import CASES, SUMS, Case, Sum

TOPICS = frozenset(
    (
        "embedding", "rnn", "attention", "transformer", "kv-cache", "flops", "memory", "receptive-field", "residual",
        "code",
    )
)  # fmt: skip
ELSEWHERE = frozenset(("macs-use-input-map", "macs-equal-params", "macs-forget-input-channels"))
"""Multiplications of a convolution, which stand with it."""
HELD = tuple(held for held in MISCONCEPTIONS if held.topic in TOPICS and held.id not in ELSEWHERE)


def value(network: Network, asks: str, *ids: str, of: str = WHOLE) -> Number | None:
    """What is asked for, to somebody who holds these misconceptions."""
    return believed(network, Asked(quantity(asks), of), [misconception(id) for id in ids])


def test_every_misconception_has_a_case() -> None:
    assert {held.id for held in HELD} == {case.id for case in CASES} | {case.id for case in SUMS}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_the_instance_comes_out_right_and_wrong_as_written(case: Case) -> None:
    assert value(case.network, case.asks, of=case.of) == case.right
    assert value(case.network, case.asks, case.id, of=case.of) == case.wrong != case.right


@pytest.mark.parametrize("case", SUMS, ids=lambda case: case.id)
def test_the_formula_comes_out_right_and_wrong_as_written(case: Sum) -> None:
    held = misconception(case.id)
    assert held.rule(*case.sizes, **case.given) == case.right
    assert rulebook(held)[held.rule](*case.sizes, **case.given) == case.wrong != case.right


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_the_misconception_is_among_those_tried(case: Case) -> None:
    assert misconception(case.id) in relevant(case.network, Asked(quantity(case.asks), case.of))


# the numbers that a wrong solution is written with


def within(rows: tuple[Row, ...]) -> Iterator[Row]:
    for row in rows:
        yield row
        yield from within(row.parts)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_the_wrong_formulas_give_the_wrong_numbers(case: Case) -> None:
    book = rulebook(misconception(case.id))
    rows = case.network.under(book)
    workings = Workings(rows, book)
    for row in within(rows):
        if not row.node.frozen:
            assert workings.rule(row, "trainable").value == row.trainable
        assert workings.rule(row, "macs").value == row.macs
        if not row.parts:
            assert tuple(workings.rule(row, "output", axis).value for axis in range(len(row.output))) == row.output


def test_a_composite_layer_is_worked_on_its_parts() -> None:
    network = stack("block", (5, 8), [FeedForward(20)])
    book = rulebook(misconception("ffn-times-length"))
    worked = Workings(network.under(book), book).rule(network.under(book)[0], "trainable")
    assert worked.letters.latex == r"L \left(\text{up} + \text{down}\right)"
    assert worked.value == 5 * (20 * 9 + 8 * 21)


@pytest.mark.parametrize("notation", NOTATIONS, ids=lambda notation: notation.name)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_feedback_is_written_in_every_notation(case: Case, notation: object) -> None:
    held = misconception(case.id)
    task = Counting(case.network, Asked(quantity(case.asks), case.of))
    said = feedback(task, (held,), notation)  # type: ignore[arg-type]
    assert held.belief in said.text


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_the_mending_sentence_knows_its_numbers(case: Case) -> None:
    held = misconception(case.id)
    assert set(PLACEHOLDER.findall(held.mend)) <= numbers_of(bent_row(case.network.under(rulebook(held)), held)).keys()


@pytest.mark.parametrize("case", SUMS, ids=lambda case: case.id)
def test_a_formula_without_a_layer_is_mended_without_its_numbers(case: Sum) -> None:
    assert not PLACEHOLDER.findall(misconception(case.id).mend)


@pytest.mark.parametrize("held", HELD, ids=lambda held: held.id)
def test_the_belief_is_one_sentence_without_numbers(held: Misconception) -> None:
    assert held.belief.endswith(".")
    assert held.belief.count(". ") == 0
    assert not any(letter.isdigit() for letter in held.belief)
    assert held.mend.endswith(".")


# several at once

WORDS = stack("words", (3,), [Embedding(100, 4), LSTM(10), Dense(2)])
HEADS = stack("heads", (5, 8), [MultiHeadAttention(2, 4)])
GROUPED = stack("grouped", (5, 16), [MultiHeadAttention(4, 4, kv_heads=2, causal=True)])
ENCODER = stack("encoder", (5, 8), [EncoderBlock(2, 20)])
FORWARD = stack("forward", (5, 8), [FeedForward(20)])
STRIDED = stack("strided", (64, 64, 1), [Conv2D(2, (3, 3), (2, 2)), Conv2D(2, (3, 3), dilation=(2, 2))])
BLOCK = Network(
    "block",
    (Shape((8, 8, 16)),),
    (
        Node("first", Conv2D(32, (3, 3), padding="same")),
        Node("second", Conv2D(32, (3, 3), padding="same")),
        Node("shortcut", Conv2D(32, (1, 1)), ("input",)),
        Node("norm", BatchNorm()),
        Node("add", Add(), ("second", "norm")),
        Node("flat", Flatten()),
        Node("units", Dense(2)),
    ),
)

PAIRS = (
    # one gate without weights on the state: 9 weights and 9 biases
    ("lstm-forget-recurrent", "lstm-forget-four-gates", stack("one", (29, 1), [LSTM(9)]), "params", 18),
    ("rnn-elementwise-recurrence", "rnn-times-timesteps", stack("one", (29, 1), [SimpleRNN(50)]), "params", 29 * 150),
    ("lstm-forget-recurrent", "gru-one-bias-in-keras", stack("one", (9, 4), [GRU(5, 2)]), "params", 3 * (5 * 4 + 5)),
    # three steps make three units, which two dense units read
    ("rnn-units-equal-timesteps", "dense-forget-bias", WORDS, "params", 400 + 4 * (10 * 14 + 10) + 3 * 2),
    ("embedding-uses-length", "lstm-forget-recurrent", WORDS, "params", 3 * 4 + 4 * (10 * 4 + 10) + 22),
    ("mha-forget-output-projection", "mha-forget-bias", HEADS, "params", 3 * 64),
    ("mha-head-slices-both-sides", "mha-forget-bias", HEADS, "params", 3 * 8 * 4 + 64),
    ("mha-heads-multiply", "dense-forget-bias", HEADS, "params", 4 * 8 * 16),
    ("gqa-full-kv-projection", "mha-forget-output-projection", GROUPED, "params", 3 * (16 * 16) + 16 + 2 * 2 * 8),
    ("ffn-times-length", "dense-forget-bias", FORWARD, "params", 5 * 2 * 8 * 20),
    ("ffn-times-length", "ffn-no-expansion", FORWARD, "params", 5 * 2 * 8 * 9),
    # behind the first shortcut there are 16 features, which 20 hidden ones read and write; behind the second, 32
    ("add-as-concat", "mha-forget-bias", ENCODER, "params", 4 * 64 + 32 + 340 + 336 + 64),
    ("flops-equal-macs", "attention-flops-forget-scores", HEADS, "flops", 5 * 4 * 64),
    ("rf-ignore-stride", "rf-ignore-dilation", STRIDED, "receptive_field", (5, 5)),
    ("rf-sum-of-kernels", "rf-ignore-dilation", STRIDED, "receptive_field", (6, 6)),
    ("rf-product-of-kernels", "rf-ignore-dilation", STRIDED, "receptive_field", (9, 9)),
    ("rf-first-layer-off-by-one", "rf-ignore-dilation", STRIDED, "receptive_field", (3, 3)),
    # 4,640 and 9,248 with biases; the shortcut's 544 and 128 are left out; 8 · 8 · 32 numbers reach two units
    ("shortcut-projection-forgotten", "conv-forget-bias", BLOCK, "params", 4_608 + 9_216 + 4_098),
    ("add-as-concat", "flatten-forget-channels", BLOCK, "params", 4_640 + 9_248 + 544 + 128 + 130),
)  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "network", "asks", "expected"), PAIRS, ids=lambda value: value if isinstance(value, str) else ""
)
def test_two_beliefs_act_together(one: str, other: str, network: Network, asks: str, expected: Number) -> None:
    assert value(network, asks, *sorted((one, other), key=place)) == expected


def place(id: str) -> int:
    return [held.id for held in MISCONCEPTIONS].index(id)


def test_the_cache_of_one_head_of_one_layer() -> None:
    held = rulebook(misconception("kv-forget-layers"), misconception("kv-forget-heads"))
    rule = misconception("kv-forget-layers").rule
    assert held[rule](32, 32, 128, 1, 1, 2) == 512


@pytest.mark.parametrize(
    ("ids", "expected"),
    [
        ((), 2 * 3 * 2 * 4 * 5 * 2),
        (("kv-forget-two", "kv-forget-layers"), 2 * 4 * 5 * 2),
        (("kv-query-heads-in-gqa",), 2 * 3 * 4 * 4 * 5 * 2),
        (("gqa-full-kv-projection",), 2 * 3 * 2 * 4 * 5 * 2),
        (("head-dim-is-hidden-over-heads",), 2 * 3 * 2 * 6 * 5 * 2),
    ],
)
def test_the_cache_of_a_decoder(ids: tuple[str, ...], expected: int) -> None:
    """Three blocks of 4 query heads, 2 heads of keys and values, 4 features each where 6 would share the width."""
    network = stack("decoder", (5, 24), [EncoderBlock(4, 10, key_dim=4, kv_heads=2, causal=True)] * 3)
    book = rulebook(*map(misconception, ids))
    assert kv_cache(network.under(book), rulebook=book) == expected


def test_the_memory_of_training_under_two_beliefs() -> None:
    """16 bytes for each parameter, or 4 without gradients and Adam's states."""
    rows = architecture("gpt-2").rows
    book = rulebook(misconception("memory-ignores-gradients"), misconception("memory-forget-adam-states"))
    right, wrong = training(rows), training(rows, rulebook=book)
    assert right.weights + right.gradients + right.states == 1_991_036_928
    assert wrong.weights + wrong.gradients + wrong.states == 497_759_232


# where a belief stops


@pytest.mark.parametrize(
    ("id", "network"),
    [
        ("keras-key-dim-is-total", HEADS),
        ("gqa-full-kv-projection", HEADS),
        ("gqa-groups-as-divisor", HEADS),
        ("simplernn-two-biases-in-keras", stack("two", (5, 8), [LSTM(3, biases=2)])),
        ("lstm-one-bias-in-pytorch", stack("one", (5, 8), [LSTM(3)])),
        ("lstm-forget-four-gates", stack("gru", (5, 8), [GRU(3)])),
        ("add-as-concat", stack("gated", (5, 8), [FeedForward(20, gated=True)])),
        ("tied-head-counted-twice", CASES[-3].network),
        ("data-format-swapped", stack("keras", (9, 9, 3), [Conv2D(8, (3, 3))])),
    ],
    ids=lambda value: value if isinstance(value, str) else value.name,
)
def test_the_belief_says_nothing_about_this(id: str, network: Network) -> None:
    assert value(network, "params", id) == value(network, "params")


@pytest.mark.parametrize("asked", QUANTITIES, ids=lambda asked: asked.name)
def test_a_rewalk_is_a_walk(asked: object) -> None:
    """Only what a belief can change is worked again, and that is enough."""
    block = EncoderBlock(2, 20, causal=True)
    nodes = (
        Node("words", Embedding(50, 8)),
        Node("frozen", block, frozen=True),
        Node("block", block),
        Node("norm", LayerNorm()),
        Node("head", Dense(50, bias=False), tied_to="words"),
    )
    network = Network("gpt", (Shape((5,)),), nodes)
    for held in relevant(network, Asked(asked)):  # type: ignore[arg-type]
        book = rulebook(held)
        try:
            expected = walk(nodes, network.inputs, book)
        except ValueError:
            continue
        assert network.under(book) == expected


def test_a_belief_about_attention_is_named_before_one_about_its_dense_layers() -> None:
    """All biases of attention are those of its dense layers."""
    asked = Asked(quantity("trainable"), "multiheadattention")
    known = [misconception("dense-forget-bias"), misconception("mha-forget-bias")]
    chosen = choose(Counting(HEADS, asked), known, 1, 0, Stream("fairness", 1))
    assert chosen is not None
    assert [held.id for one in chosen for held in one.held] == ["mha-forget-bias"]


def test_pooling_is_what_a_field_without_it_lacks() -> None:
    network = stack("pooled", (28, 28, 1), [Conv2D(2, (5, 5)), MaxPooling2D((2, 2))])
    assert value(network, "receptive_field", "rf-ignore-pooling", of="maxpooling2d") == (5, 5)
