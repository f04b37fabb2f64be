"""How difficult questions are: what is plainly harder comes out harder, and each feature counts what it says."""

from __future__ import annotations

from statistics import median

import pytest

from quizgen.compose import compose
from quizgen.difficulty import FEATURES, HARDEST, Difficulty, difficulty
from quizgen.kinds import all_kinds, find_kind

HARDER: list[tuple[str, str]] = [
    ("mlp-total", "dense-params"),
    ("cnn-total", "conv2d-params"),
    ("cnn-total", "mlp-total"),
    ("cnn-table", "cnn-output"),
    ("cnn-output", "conv2d-output"),
    ("conv2d-find-filters", "conv2d-params"),
    ("flatten-dense", "conv2d-output"),
    ("separable-params", "conv2d-params"),
    ("conv2d-macs", "conv2d-params"),
]
"""By the number of steps that a person takes."""


def typical(name: str) -> Difficulty:
    found = [difficulty(compose(find_kind(name), seed)) for seed in range(15)]
    return sorted(found, key=lambda one: one.value)[len(found) // 2]


@pytest.mark.parametrize(("harder", "easier"), HARDER, ids=[" > ".join(pair) for pair in HARDER])
def test_what_takes_more_steps_is_harder(harder: str, easier: str) -> None:
    assert typical(harder).value > typical(easier).value
    assert typical(harder).minutes >= typical(easier).minutes


@pytest.mark.parametrize("kind", all_kinds(), ids=lambda kind: kind.name)
def test_every_kind_of_question_has_a_difficulty(kind) -> None:  # type: ignore[no-untyped-def]
    for seed in range(5):
        found = difficulty(compose(kind, seed))
        assert 0 < found.value < HARDEST
        assert 0.5 <= found.minutes <= 30
        assert found.minutes * 2 == int(found.minutes * 2)
        assert set(found.features) == {feature.name for feature in FEATURES}


FOUND: list[tuple[str, str, int]] = [
    ("dense-params", "layers", 1),
    ("dense-params", "terms", 3),  # m (n + 1)
    ("dense-params", "chain", 0),
    ("conv2d-params", "terms", 5),  # k (f h w + 1)
    ("mlp-total", "kinds", 1),
    ("conv2d-find-filters", "indirect", 1),
    ("conv2d-params", "indirect", 0),
    ("cnn-statements", "code", 1),
    ("cnn-statements", "answers", 3),
]


@pytest.mark.parametrize(("name", "feature", "number"), FOUND, ids=[f"{name} {feature}" for name, feature, _ in FOUND])
def test_a_feature(name: str, feature: str, number: int) -> None:
    assert median(difficulty(compose(find_kind(name), seed)).features[feature] for seed in range(9)) == number


def test_each_feature_adds() -> None:
    assert all(feature.weight > 0 and feature.minutes > 0 for feature in FEATURES)
