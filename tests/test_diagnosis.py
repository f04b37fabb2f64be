"""From a wrong answer to what is behind it."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from quizgen.calculations import steps
from quizgen.compose import compose
from quizgen.counting import Counting
from quizgen.diagnosis import MOST_TOLD, Diagnosis, concerned, diagnose, task_of
from quizgen.kinds import all_kinds
from quizgen.layers import (
    Conv1D,
    Conv2D,
    Dense,
    Dropout,
    Flatten,
    MaxPooling2D,
    Shape,
)
from quizgen.misconceptions import MISCONCEPTIONS, misconception
from quizgen.network import Network, stack
from quizgen.notation import FHW
from quizgen.prose import Prose
from quizgen.quantities import WHOLE, Asked, quantity
from quizgen.question import Choices
from quizgen.render.formats import writer
from quizgen.typed import read
from quizgen.verdict import told
from tests.sampling.drawing import ABOUT, draw, levels_of
from tests.test_search import walked

QUIZ = stack(
    "quiz",
    (28, 28, 1),
    (
        Conv2D(32, (3, 3)),
        MaxPooling2D((2, 2)),
        Conv2D(64, (3, 3)),
        MaxPooling2D((2, 2)),
        Flatten(),
        Dropout(0.5),
        Dense(10),
    ),
)
"""A published quiz on learnable parameters: 34,826 in all."""

CONV = stack("conv", (32, 32, 3), (Conv2D(100, (5, 5)),))
CONV_1D = stack("conv_1d", (50, 7), (Conv1D(32, (5,)),))
WIDER = stack("wider", (128,), (Dense(256),))
NARROWER = stack("narrower", (256,), (Dense(128),))


def diagnosed(network: Network, asks: str, of: str, text: str) -> Diagnosis:
    asked = Asked(quantity(asks), of)
    return diagnose(Counting(network, asked), read(text, shape=isinstance(asked.value(network.rows), Shape)))


def causes(found: Diagnosis) -> list[set[str]]:
    return [set(explanation.misconceptions) for explanation in found.explanations]


def slips(found: Diagnosis) -> list[str]:
    return [slip.name for slip in found.slips]


def text(found: Diagnosis) -> str:
    return " ".join(writer("txt").prose(told(found)).split())


# Numbers that were published as wrong, or with their cause.

PUBLISHED = (
    # the options of the quiz that are not right: what a layer puts out, taken for its parameters
    (QUIZ, "conv2d_1", "21,632", [{"conv-output-as-params"}]),
    (QUIZ, "maxpooling2d_1", "5,408", [{"pool-output-as-params"}]),
    # 5 · 7 · (32 + 1) for 32 filters of size 5 over 7 channels, which have 1,152
    (CONV_1D, "conv1d", "1155", [{"conv-bias-added-to-filters"}]),
    # |input| · (|output| + 1)
    (WIDER, "dense", "128*(256+1)", [{"dense-bias-per-input"}]),
    (WIDER, "dense", "32,896", [{"dense-bias-per-input"}]),
    (WIDER, "dense", "32.9k", [{"dense-bias-per-input"}]),
    (WIDER, "dense", "32,768", [{"dense-forget-bias"}]),
    # the options of another quiz on 100 filters of 5 × 5 over a colour image
    (CONV, "conv2d", "2600", [{"conv-forget-input-channels"}]),
    (CONV, "conv2d", "7500", [{"conv-forget-bias"}]),
    (CONV, "conv2d", "2500", [{"conv-forget-input-channels", "conv-forget-bias"}]),
    (CONV, "conv2d", "2501", [{"conv-forget-input-channels", "conv-one-bias-per-layer"}]),
    (CONV, "conv2d", "7501", [{"conv-one-bias-per-layer"}]),
)


@pytest.mark.parametrize(("network", "of", "typed", "expected"), PUBLISHED)
def test_a_published_number_has_its_cause(network: Network, of: str, typed: str, expected: list[set[str]]) -> None:
    found = diagnosed(network, "trainable", of, typed)
    assert not found.correct
    assert causes(found) == expected


def test_a_number_is_wrong_for_one_layer_and_right_for_another() -> None:
    assert not diagnosed(WIDER, "trainable", "dense", "32,896").correct
    found = diagnosed(NARROWER, "trainable", "dense", "32,896")
    assert found.correct
    assert (found.explanations, found.slips, found.nearest) == ((), (), None)


@pytest.mark.parametrize("typed", ["33,024", "33.0k", "33k", "256*129", "(256 + 128*256)", "33.024"])
def test_a_right_answer_is_right_however_it_is_typed(typed: str) -> None:
    assert diagnosed(WIDER, "trainable", "dense", typed).correct


# An early slip is carried on; several beliefs act together.

CARRIED = (
    (QUIZ, "trainable", WHOLE, "320 + 18496 + (6*6*64 + 1)*10", [{"pool-odd-rounds-up"}]),
    (QUIZ, "trainable", "dense", "(24*24*64 + 1)*10", [{"flatten-before-pooling"}]),
    (QUIZ, "trainable", WHOLE, "34,826 - 32 - 64", [{"conv-forget-bias"}]),
    (QUIZ, "trainable", WHOLE, "34,826 - 32 - 64 - 10", [{"conv-forget-bias", "dense-forget-bias"}]),
    (
        QUIZ, "trainable", WHOLE, "288 + 64*9*32 + 6*6*64*10",
        [{"conv-forget-bias", "dense-forget-bias", "pool-odd-rounds-up"}],
    ),
    (QUIZ, "flops", WHOLE, "2,440,960", [{"flops-equal-macs"}]),
    (QUIZ, "macs", "conv2d_2", "64*9*32", [{"macs-equal-params"}]),
    (QUIZ, "output", "maxpooling2d_2", "6x6x64", [{"pool-odd-rounds-up"}]),
    (QUIZ, "output", "flatten", "(25,)", [{"conv-depth-unchanged"}, {"flatten-forget-channels"}]),
    (QUIZ, "output", "conv2d_2", "(None, 11, 11, 2048)", [{"conv-channels-multiply"}]),
    (QUIZ, "receptive_field", "conv2d_1", "5x5", []),
    (QUIZ, "receptive_field", "conv2d_2", "6", [{"rf-ignore-stride"}, {"rf-first-layer-off-by-one"}]),
)  # fmt: skip


@pytest.mark.parametrize(("network", "asks", "of", "typed", "expected"), CARRIED)
def test_causes(network: Network, asks: str, of: str, typed: str, expected: list[set[str]]) -> None:
    assert causes(diagnosed(network, asks, of, typed)) == expected


# Slips.

SLIPS = (
    ("trainable", WHOLE, "34826 - 320", "layer-left-out"),
    ("trainable", WHOLE, "18,816", "layer-left-out"),
    ("trainable", WHOLE, "18,496", "one-layer-alone"),
    ("trainable", WHOLE, "10", "output-size"),
    ("trainable", "conv2d_2", "7,744", "output-size"),
    ("trainable", "conv2d_2", "(11, 11, 64)", "output-size"),
    ("trainable", "conv2d_2", "16,010", "off-by-one-layer"),
    ("trainable", "conv2d_2", "320", "off-by-one-layer"),
    ("output", "conv2d_2", "13x13x32", "off-by-one-layer"),
    ("receptive_field", "conv2d_2", "4x4", "off-by-one-layer"),
    ("output", "conv2d_2", "64x11x11", "axes-swapped"),
    ("output", "conv2d_2", "7744", "sizes-multiplied"),
    ("output", "conv2d_2", "11x11x46", "digits-swapped"),
    ("trainable", "conv2d_2", "18,946", "digits-swapped"),
    ("trainable", "conv2d_2", "1,846", "digit-missing"),
    ("trainable", "conv2d_2", "184,996", "digit-extra"),
    ("trainable", "conv2d_2", "18,491", "digit-wrong"),
)


@pytest.mark.parametrize(("asks", "of", "typed", "slip"), SLIPS)
def test_slips(asks: str, of: str, typed: str, slip: str) -> None:
    found = diagnosed(QUIZ, asks, of, typed)
    assert not found.correct
    assert slip in slips(found)


@pytest.mark.parametrize("typed", ["18.5k", "18,496"])
def test_a_right_answer_has_no_slips(typed: str) -> None:
    assert slips(diagnosed(QUIZ, "trainable", "conv2d_2", typed)) == []


def test_a_short_number_is_not_mistyped() -> None:
    assert slips(diagnosed(WIDER, "features", "dense", "265")) == ["digits-swapped"]
    assert slips(diagnosed(QUIZ, "features", "dense", "12")) == []


# Nothing that is known.


@pytest.mark.parametrize("typed", ["7,613.5", "123,456,789", "0", "-7600", "(1, 2)"])
def test_where_nothing_is_known_the_right_calculation_is_told(typed: str) -> None:
    found = diagnosed(CONV, "trainable", "conv2d", typed)
    assert found.explanations == ()
    assert text(found).startswith("Not yet. No known mistake leads there.")
    assert text(found).endswith("Right is 100 × (3 × 5 × 5 + 1) = 7,600.")


def test_the_nearest_known_mistake_is_offered() -> None:
    found = diagnosed(CONV, "trainable", "conv2d", "7,504")
    assert found.nearest is not None
    assert found.nearest.misconceptions == ("conv-one-bias-per-layer",)
    assert "The nearest: 7,501 is 100 × 3 × 5 × 5 + 1:" in text(found)


# What is told.


def test_the_wrong_calculation_stands_beside_the_right_one() -> None:
    assert text(diagnosed(CONV, "trainable", "conv2d", "2600")) == (
        "Not yet. 2,600 is 100 × (5 × 5 + 1): A kernel is one channel deep, whatever the depth of its input. "
        "A kernel is as deep as its input, which has 3 channels. Right is 100 × (3 × 5 × 5 + 1) = 7,600."
    )


def test_the_sizes_are_those_of_the_layer_in_question() -> None:
    told = text(diagnosed(QUIZ, "trainable", "conv2d_2", "640"))
    assert "640 is 64 × (3 × 3 + 1)" in told
    assert "which has 32 channels" in told


def test_several_causes_are_told_as_alternatives() -> None:
    told = text(diagnosed(QUIZ, "receptive_field", "conv2d_2", "6x6"))
    assert "One of these may be behind it: • either: 6 × 6: A stride" in told
    assert "• or: 6 × 6: The field starts" in told


def test_a_rounded_answer_is_told_the_exact_one() -> None:
    assert text(diagnosed(WIDER, "trainable", "dense", "33.0k")) == "Yes, rounded: 256 × (128 + 1) = 33,024."


def test_each_layer_that_comes_out_different_is_a_step() -> None:
    asked = Asked(quantity("trainable"))
    found = steps(QUIZ, asked, [misconception("pool-odd-rounds-up")], FHW)
    assert [(step.where, step.wrong and step.wrong.value, step.right and step.right.value) for step in found] == [
        ("maxpooling2d_2", 6, 5),
        ("flatten", 2_304, 1_600),
        ("dense", 23_050, 16_010),
        ("Total", 41_866, 34_826),
    ]


COUNTED = (*PUBLISHED[3:], (QUIZ, WHOLE, "320 + 18496 + (6*6*64 + 1)*10", []))


@pytest.mark.parametrize(("network", "of", "typed", "_"), COUNTED)
def test_both_calculations_of_a_step_come_out(network: Network, of: str, typed: str, _: object) -> None:
    found = diagnosed(network, "trainable", of, typed)
    (last,) = found.steps(found.explanations[0])[-1:]
    for line, value in ((last.wrong, found.explanations[0].value), (last.right, found.answer)):
        assert line is not None
        assert line.calculation is not None
        assert line.value == value
        assert read(writer("txt").maths(line.calculation)).value == value


# What the search is for.

asked_of_all = st.sampled_from(["trainable", "params", "macs", "flops", "output"])


@settings(max_examples=60)
@given(st.data(), st.sampled_from(sorted(ABOUT)), asked_of_all, st.integers(0, 2**32))
def test_what_two_beliefs_lead_to_is_explained(data: st.DataObject, name: str, asks: str, seed: int) -> None:
    network = draw(name, data.draw(st.sampled_from(levels_of(name))), seed)
    asked = Asked(quantity(asks))
    known = concerned(network, asked, MISCONCEPTIONS)
    assume(known)
    chosen = data.draw(st.sets(st.sampled_from(known), min_size=1, max_size=2))
    held = tuple(one for one in known if one in chosen)
    value = walked(network, asked, held)
    assume(value is not None and value != asked.value(network.rows))
    assert value is not None
    found = diagnose(Counting(network, asked), value)
    assert not found.correct
    assert found.explanations
    assert all(len(one.held) <= len(held) for one in found.explanations)
    assert all(walked(network, asked, one.held) == value for one in found.explanations)
    (*_, last) = found.steps(found.explanations[0])
    assert asks == "output" or (last.wrong and last.wrong.value) == value
    complete = len(found.explanations) < MOST_TOLD and len(found.explanations[0].held) == len(held)
    assert not complete or held in [one.held for one in found.explanations]


ASKING = [kind for kind in all_kinds() if kind.answer == "choice"]


@pytest.mark.parametrize("kind", ASKING, ids=lambda kind: kind.name)
@pytest.mark.parametrize("seed", range(3))
def test_every_option_of_a_question_is_explained(kind: object, seed: int) -> None:
    question = compose(kind, seed)  # type: ignore[arg-type]
    assert isinstance(question.answering, Choices)
    for option in question.answering.options:
        if isinstance(option.value, Prose):
            continue
        found = diagnose(task_of(question), option.value)
        assert found.correct is option.correct
        assert option.correct or found.explanations
        assert all(len(one.held) <= len(option.misconceptions) for one in found.explanations)
        assert text(found)
