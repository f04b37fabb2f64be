"""The belief profile: by hand, against full enumeration, and over time."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.practice import beliefs
from quizgen.practice.beliefs import DRIFT, HELD, LUCK, MENDING, NUMBERS, PRIOR, SLIP, profile, shares
from quizgen.practice.records import Attempt
from tests.practice.histories import attempt


def right(*exposes: str) -> dict[str, Any]:
    return {"correct": True, "exposes": exposes}


def wrong(*explanations: str, exposes: str = "") -> dict[str, Any]:
    """Explanations as `a+b`: a and b together."""
    return {
        "correct": False,
        "explanations": tuple(tuple(one.split("+")) for one in explanations),
        "exposes": tuple(exposes.split()),
    }


def history(*answers: dict[str, Any]) -> list[Attempt]:
    return [attempt(number, **answer) for number, answer in enumerate(answers)]


def bayes(prior: float, held: float, free: float) -> float:
    return prior * held / (prior * held + (1 - prior) * free)


def test_a_right_answer_by_hand() -> None:
    found = profile(history(right("a")))
    assert found == {"a": pytest.approx(bayes(PRIOR, LUCK, 1 - SLIP + LUCK))}


def test_a_wrong_answer_by_hand() -> None:
    noise = SLIP / NUMBERS
    found = profile(history(wrong("a", exposes="a")))
    assert found == {"a": pytest.approx(bayes(PRIOR, 1 - SLIP + noise, noise))}


def test_a_belief_that_was_told_may_be_gone_at_the_next_answer() -> None:
    noise = SLIP / NUMBERS
    told = bayes(PRIOR, 1 - SLIP + noise, noise)
    before_the_next = told * (1 - MENDING) + (1 - told) * DRIFT
    found = profile(history(wrong("a", exposes="a"), right("a")))
    assert found == {"a": pytest.approx(bayes(before_the_next, LUCK, 1 - SLIP + LUCK))}


@given(
    st.lists(st.sampled_from("abcdef"), unique=True, max_size=4),
    st.lists(st.lists(st.sampled_from("abcdef"), unique=True, min_size=1, max_size=3), max_size=3),
    st.booleans(),
)
def test_one_answer_is_exact(exposes: list[str], explanations: list[list[str]], correct: bool) -> None:
    """Against the posterior summed over all combinations of beliefs, of the formula in the module's docstring."""
    sets = sorted({tuple(sorted(one)) for one in explanations})
    one = attempt(0, correct=correct, exposes=tuple(exposes), explanations=() if correct else tuple(sets))
    expected = enumerated(one)
    assert profile([one]) == {name: pytest.approx(chance) for name, chance in expected.items()}


def enumerated(one: Attempt) -> dict[str, float]:
    explanations: Sequence[frozenset[str]] = (
        [frozenset()] if one.correct else [frozenset(held) for held in one.explanations]
    )
    if (one.correct and not one.exposes) or not explanations:
        return {}
    against = set(one.exposes) - (set() if one.correct else frozenset.intersection(*explanations))
    names = sorted(against.union(*explanations))
    total, held_in = 0.0, dict.fromkeys(names, 0.0)
    for states in product((False, True), repeat=len(names)):
        held = {name for name, state in zip(names, states, strict=True) if state}
        chance = 1.0
        for name in names:
            chance *= PRIOR if name in held else 1 - PRIOR
        explained = sum(one <= held and not (held & against) - one for one in explanations)
        chance *= (1 - SLIP) * explained + (LUCK if one.correct else SLIP / NUMBERS)
        total += chance
        for name in held:
            held_in[name] += chance
    return {name: chance / total for name, chance in held_in.items()}


@pytest.mark.parametrize(
    ("answers", "held"),
    [
        pytest.param([right("a", "b")], "", id="nothing shows"),
        pytest.param([wrong("a", exposes="a b")], "a", id="one explanation"),
        pytest.param([wrong("a", "b", exposes="a b"), right("a")], "b", id="a tie, and then one is ruled out"),
        pytest.param([right("a"), wrong("a", "b", exposes="a b")], "b", id="a tie, one of them ruled out before"),
        pytest.param(
            [wrong("a", "b", exposes="a b"), wrong("b", "c", exposes="b c")], "b", id="two ties, one in common"
        ),
        pytest.param([wrong("a+b", exposes="a b"), wrong("a", exposes="a")], "a b", id="two at once, then one"),
        pytest.param(
            [right("a"), right("a"), wrong("a", exposes="a"), right("a"), right("a")],
            "",
            id="a slip that looks like one",
        ),
        pytest.param([wrong("a", exposes="a")] * 4 + [right("a")] * 3, "", id="mended"),
        pytest.param(
            [wrong("a", exposes="a")] * 3 + [right("a"), wrong("a", exposes="a")], "a", id="right by luck once"
        ),
        pytest.param([wrong(exposes="a")], "", id="wrong, and nothing explains it"),
        pytest.param([{"correct": False, "skipped": True, "exposes": ("a",)}], "", id="skipped"),
        pytest.param([wrong("a+b+c", exposes="a b c")], "", id="three at once are no likelier than a slip"),
    ],
)
def test_what_a_learner_is_said_to_hold(answers: list[dict[str, Any]], held: str) -> None:
    found = profile(history(*answers))
    assert " ".join(sorted(name for name, chance in found.items() if chance > HELD)) == held


def test_a_tie_is_shared_in_equal_parts() -> None:
    found = profile(history(wrong("a", "b", exposes="a b")))
    assert found["a"] == pytest.approx(found["b"])
    assert sum(found.values()) == pytest.approx(1, abs=0.01)


def test_only_the_latest_answers_count() -> None:
    old = history(wrong("a", exposes="a"), *[right("b")] * beliefs.WINDOW)
    assert set(profile(old)) == {"b"}


@pytest.mark.parametrize(
    ("explanations", "known", "shown"),
    [
        ([("a",)], {}, {"a"}),
        ([("a",), ("b",)], {}, {"a", "b"}),
        ([("a",), ("b",), ("c",)], {}, set()),
        ([("a",), ("b",)], {"a": 0.001}, {"b"}),
        ([("a", "b"), ("c",)], {"a": 0.99, "b": 0.5}, {"a", "b"}),
        ([("a", "b", "c")], {}, set()),
    ],
)
def test_the_share_that_each_explanation_has(
    explanations: list[tuple[str, ...]], known: dict[str, float], shown: set[str]
) -> None:
    found = shares(explanations, known)
    assert all(0 <= share <= 1 for share in found.values())
    assert {name for name, share in found.items() if share > 0.4} == shown
