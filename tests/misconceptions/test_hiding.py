"""When each misconception hides: conditions worked by hand, and numbers that bear them out.

A condition is about the sizes of a layer like the example, which has what the belief is about: biases, groups, a stride.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

import pytest

from quizgen.believing import believed
from quizgen.errors import QuizgenError
from quizgen.examples import WISHES, example
from quizgen.layers import (
    Conv2D,
    ConvTranspose2D,
    Dense,
    DepthwiseConv2D,
    LayerNorm,
    MaxPooling2D,
    MultiHeadAttention,
    Shape,
    StackedRecurrent,
)
from quizgen.layers.base import Layer
from quizgen.layers.recurrent import LSTM
from quizgen.misconceptions import MISCONCEPTIONS, Misconception, misconception
from quizgen.network import stack
from quizgen.quantities import Asked, quantity
from quizgen.stream import Stream
from quizgen.worked.conditions import Way
from quizgen.worked.hiding import Hiding, hides, hidings, outputs
from quizgen.worked.instances import Instance
from quizgen.worked.traced import behind

BY_HAND = {
    # dense: u(n + 1) against n(u + 1), n + u, un + 1, 2un, u(tn + 1)
    "dense-forget-bias": "never",
    "dense-bias-per-input": "units = inputs",
    "dense-one-bias-per-layer": "units = 1",
    "dense-bias-both-sides": "never",
    "dense-count-units": "units = 1",
    "dense-bias-per-weight": "inputs = 1",
    "dense-weights-into-bias": "never",
    "dense-nd-implicit-flatten": "input length = 1",
    "dense-size-must-equal-flatten": "units = inputs",
    # flatten
    "flatten-forget-channels": "input channels = 1",
    "flatten-forget-space": "input height = 1 and input width = 1",
    # (n - k) / s + 1 = n, so that n(s - 1) = s - k
    "flatten-before-pooling": "input size = 1 and pool = 1, or pool = 1 and stride = 1, on each axis",
    # convolution: k(fhw + 1)
    "conv-forget-input-channels": "input channels = 1",
    "conv-forget-bias": "never",
    "conv-one-bias-per-layer": "filters = 1",
    "conv-drop-parentheses": "filters = 1",
    "conv-bias-added-to-filters": "filters = input channels · kernel height · kernel width",
    "conv-bias-per-input-channel": "input channels = 1",
    "conv-bias-per-output-pixel": "output height = 1 and output width = 1",
    "conv-no-weight-sharing": "output height = 1 and output width = 1",
    "conv-times-input-size": "input height = 1 and input width = 1",
    "conv-stride-in-params": "stride = input channels",
    "conv-padding-in-params": "never",
    "conv-kernel-not-squared": "kernel height = 1",
    "conv-first-layer-channels-everywhere": "input channels = 3",
    "conv-output-as-params": "input channels · kernel height · kernel width + 1 = output height · output width",
    "conv-bias-default-overlooked": "never",
    "conv-filters-equal-channels": "filters = input channels",
    "conv-depth-unchanged": "filters = input channels",
    "conv-channels-multiply": "input channels = 1",
    "conv1d-length-uses-filters": "filters = kernel length",
    "conv1d-square-kernel": "kernel length = 1",
    "conv3d-forget-kernel-depth": "kernel depth = 1",
    "conv3d-frames-as-channels": "input channels = input depth",
    "groups-ignored": "groups = 1",
    "groups-one-group-only": "groups = 1",
    "depthwise-as-full-conv": "input channels = 1",
    "depthwise-one-kernel": "input channels = 1",
    "separable-two-biases": "never",
    "separable-forget-pointwise": "never",
    "data-format-swapped": "input channels = input width",
    # transposed: (n - 1)s + k, or ns for same padding
    "transposed-bias-on-input": "filters = input channels",
    "transposed-times-stride": "kernel = stride, on each axis",
    "transposed-same-uncut": "kernel = stride, on each axis",
    "transposed-padding-added": "never",
    "transposed-forget-minus-one": "never",
    # output sizes: ⌊(n - k) / s⌋ + 1
    "out-forget-plus-one": "never",
    "out-round-up": "stride divides input size + 2 · padding - kernel, on each axis",
    "out-pad-once": "never",
    "zero-pad-once": "never",
    "out-pad-adds-channels": "never",
    "out-ignore-stride": "kernel = input size or stride = 1, on each axis",
    "out-divide-only-by-stride": "where rounding happens to agree, as it can where kernel = stride, on each axis",
    "out-kernel-off-both-ends": "kernel = 1, on each axis",
    "same-keeps-size-with-stride": "stride = 1, or where rounding happens to agree, on each axis",
    "same-padding-equals-kernel": "never",
    # d(k - 1) + 1 against k, dk, and with the layer below it
    "dilation-ignored": "dilation = 1 or kernel = 1, on each axis",
    "dilation-times-kernel": "dilation = 1, on each axis",
    "dilation-rf-from-figure": "kernel = 1, on each axis",
    "dilation-adds-params": "dilation = 1, or kernel height = 1 and kernel width = 1",
    # pooling
    "pool-has-params": "never",
    "pool-halves-channels": "stride = 1",
    "pool-default-stride-one": "pool = input size or stride = 1, on each axis",
    "pool-odd-rounds-up": "stride divides input size - pool, on each axis",
    "dropout-shrinks-layer": "never",
    # normalization and activation
    "bn-two-per-channel-in-keras": "never",
    "bn-per-activation": "input height = 1 and input width = 1",
    "bn-per-layer": "input channels = 1",
    "gn-per-group": "groups = input channels",
    "ln-per-position": "input length = 1",
    "ln-per-token": "inputs = input length",
    "ln-like-bn": "never",
    "prelu-one-everywhere": "input channels = 1 and input height = 1 and input width = 1",
    "prelu-per-channel": "input height = 1 and input width = 1",
    # sequences
    "embedding-uses-length": "vocabulary = input length",
    "embedding-vocab-plus-two": "never",
    "lstm-forget-recurrent": "never",
    "rnn-elementwise-recurrence": "units = 1",
    "rnn-times-timesteps": "input length = 1",
    "rnn-units-equal-timesteps": "units = input length",
    "bilstm-stack-exactly-double": "layers = 1",
    # attention and transformers
    "mha-heads-multiply": "key dim = input channels",
    "mha-head-slices-both-sides": "heads = 1",
    "attention-weights-depend-on-length": "input channels = input length",
    "gqa-full-kv-projection": "heads = kv heads",
    "gqa-groups-as-divisor": "heads = kv heads²",
    "head-dim-is-hidden-over-heads": "input channels = heads · key dim",
    "ffn-times-length": "input length = 1",
    "ffn-no-expansion": "hidden = input channels",
    # cost, field and memory
    "macs-use-input-map": "input height · input width = output height · output width",
    "macs-equal-params": "output height = 1 and output width = 1",
    "flops-equal-macs": "never",
    "macs-twice-flops": "never",
    "rf-sum-of-kernels": "never",
    "rf-product-of-kernels": "kernel of conv1 = 1 or kernel of conv2 = 1, on each axis",
    "rf-ignore-stride": "kernel of conv2 = 1 or stride of conv1 = 1, on each axis",
    "rf-ignore-dilation": "dilation = 1 or kernel = 1, on each axis",
    "rf-first-layer-off-by-one": "kernel = 1, on each axis",
    "memory-one-byte": "number bytes = 1",
    "memory-bits-as-bytes": "never",
    "memory-gradients-among-states": "never",
    "memory-ignores-batch": "batch = 1",
    "memory-mb-is-mib": "never",
    "kv-forget-two": "never",
    "kv-forget-layers": "layers = 1",
    "kv-query-heads-in-gqa": "heads = kv heads",
    "kv-heads-times-hidden": "heads = 1",
}

every = pytest.mark.parametrize("held", MISCONCEPTIONS, ids=lambda held: held.id)


@pytest.mark.parametrize(("id", "condition"), BY_HAND.items(), ids=BY_HAND)
def test_it_hides_where_a_calculation_by_hand_says(id: str, condition: str) -> None:
    assert hides(example(misconception(id))) == condition


def test_wishes_are_for_misconceptions_that_there_are() -> None:
    assert set(WISHES) <= {held.id for held in MISCONCEPTIONS}


# layers on which a belief does hide, worked by hand

HIDDEN: tuple[tuple[str, tuple[int, ...], Layer, str], ...] = (
    ("dense-bias-per-input", (7,), Dense(7), "params"),
    ("conv-bias-added-to-filters", (9, 9, 2), Conv2D(18, (3, 3)), "params"),
    # 1 · 3 · 3 + 1 weights and a bias, 2 · 5 places
    ("conv-output-as-params", (4, 7, 1), Conv2D(6, (3, 3)), "params"),
    ("conv-bias-per-output-pixel", (5, 5, 3), Conv2D(8, (5, 5)), "params"),
    ("conv-no-weight-sharing", (5, 5, 3), Conv2D(8, (5, 5)), "params"),
    ("macs-equal-params", (5, 5, 3), Conv2D(8, (5, 5)), "macs"),
    ("macs-use-input-map", (5, 5, 3), Conv2D(8, (1, 1)), "macs"),
    ("depthwise-as-full-conv", (9, 9, 1), DepthwiseConv2D((3, 3)), "params"),
    ("transposed-times-stride", (7, 7, 2), ConvTranspose2D(4, (2, 2), stride=(2, 2)), "output"),
    # ⌊(8 - 2) / 2⌋ + 1 = ⌈8 / 2⌉, though ⌊(7 - 2) / 2⌋ + 1 = 3 and ⌈7 / 2⌉ = 4
    ("out-divide-only-by-stride", (8, 8, 2), Conv2D(4, (2, 2), stride=(2, 2)), "output"),
    ("out-round-up", (9, 9, 2), Conv2D(4, (3, 3), stride=(2, 2)), "output"),
    ("out-ignore-stride", (3, 3, 2), Conv2D(4, (3, 3), stride=(2, 2)), "output"),
    ("pool-odd-rounds-up", (8, 8, 2), MaxPooling2D((2, 2)), "output"),
    ("ln-per-token", (6, 6), LayerNorm(), "params"),
    ("mha-heads-multiply", (5, 8), MultiHeadAttention(2, 8), "params"),
    ("gqa-groups-as-divisor", (5, 8), MultiHeadAttention(4, 2, kv_heads=2), "params"),
    ("bilstm-stack-exactly-double", (5, 8), StackedRecurrent(LSTM(4), 1, bidirectional=True), "params"),
)


@pytest.mark.parametrize(("id", "input", "layer", "asks"), HIDDEN, ids=[case[0] for case in HIDDEN])
def test_it_hides_on_this_layer(id: str, input: tuple[int, ...], layer: Layer, asks: str) -> None:
    network, asked = stack("case", input, [layer]), Asked(quantity(asks))
    assert believed(network, asked, [misconception(id)]) == asked.value(network.rows)


# every misconception


@every
def test_the_example_shows_the_misconception(held: Misconception) -> None:
    one = example(held)
    assert one.right != one.wrong


@every
def test_the_example_is_the_same_each_time(held: Misconception) -> None:
    first = example(held)
    again = example.__wrapped__(held)
    assert (again.right, again.wrong, again.numbers) == (first.right, first.wrong, first.numbers)


@every
def test_wrong_and_right_are_not_one_rule(held: Misconception) -> None:
    assert all(hiding.ways != ((),) for hiding in found(held))
    right, wrong = (values(side) for side in example(held).traced)
    assert [behind(size) for size in right] != [behind(size) for size in wrong]


@every
def test_the_formulas_behind_an_example_are_worth_its_values(held: Misconception) -> None:
    one = example(held)
    for traced, value in zip(one.traced, (one.right, one.wrong), strict=True):
        worth = [behind(size).at(one.numbers) for size in values(traced)]
        assert worth == [int(size) for size in values(value)]


@every
def test_the_example_does_not_fulfil_the_condition(held: Misconception) -> None:
    one = example(held)
    numbers = {**one.numbers, **{letter.name: letter.number for letter in outputs(one).values()}}
    assert not all(fulfilled(hiding, numbers) for hiding in found(held))


@every
def test_what_fulfils_the_condition_comes_out_right(held: Misconception) -> None:
    """Small numbers that solve it, tried on a layer or network that differs from the example in its sizes only."""
    one, checked = example(held), 0
    for hiding in found(held):
        for way in hiding.ways:
            for numbers in solutions(one, way):
                outcome = outcomes(one, hiding.axis, numbers)
                if outcome is not None and hiding.certainty != "only where rounding agrees":
                    assert outcome[0] == outcome[1], numbers
                    checked += 1
    solvable = [way for hiding in found(held) for way in hiding.ways if is_solvable(way)]
    exact = all(hiding.certainty != "only where rounding agrees" for hiding in found(held))
    assert checked or not solvable or not exact


@cache
def found(held: Misconception) -> tuple[Hiding, ...]:
    return hidings(example(held))


def values(value: object) -> tuple[object, ...]:
    return tuple(value) if isinstance(value, Shape) else (value,)


def fulfilled(hiding: Hiding, numbers: Mapping[str, int]) -> bool:
    return any(all(condition.holds(numbers) for condition in way) for way in hiding.ways)


def is_solvable(way: Way) -> bool:
    """Whether it says what single letters are; what comes out of a layer can't be chosen."""
    return all(condition.is_plain and "out_" not in condition.said(str) for condition in way)


def solutions(one: Instance, way: Way) -> Iterator[dict[str, int]]:
    if not is_solvable(way):
        return
    stream = Stream("solutions", one.held.id)
    for attempt in range(42):
        numbers: dict[str, int] | None = {name: stream.between(1, 1 + attempt % 7) for name in one.numbers}
        for condition in way:
            numbers = numbers and condition.solved(numbers)
        if numbers and min(numbers.values()) > 0:
            yield numbers


def outcomes(one: Instance, axis: int | None, numbers: Mapping[str, int]) -> tuple[object, object] | None:
    """Right and wrong with these sizes; None where they do not fit."""
    try:
        right, wrong = one.values(lambda name, _: numbers[name])
    except (QuizgenError, ValueError):
        return None
    return (right, wrong) if axis is None else (right[axis], wrong[axis])
