"""What a bank gives away: the blind strategies, the report, and the bars that every kind of question keeps."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from quizgen.cli.main import cli
from quizgen.compose import compose
from quizgen.errors import PlanError
from quizgen.fairness import Report, examine
from quizgen.fairness_report import as_object, as_text
from quizgen.kinds import all_kinds
from quizgen.layers.base import Shape
from quizgen.misconceptions import misconception
from quizgen.notation import FHW
from quizgen.prose import Maths
from quizgen.question import Number
from quizgen.strategies import STRATEGIES

CHOICES = [kind for kind in all_kinds() if kind.answer == "choice"]
STATEMENTS = [kind for kind in all_kinds() if kind.answer == "statements"]

PICKS: list[tuple[str, tuple[Number, ...], list[int]]] = [
    ("largest", (10, 20, 30, 40), [3]),
    ("smallest", (10, 20, 30, 40), [0]),
    ("second largest", (10, 20, 30, 40), [2]),
    ("middle", (10, 100, 110, 5000), [1, 2]),
    ("middle", (1, 1000, 1001), [1]),
    ("most digits shared", (7500, 7501, 7600, 9999), [0]),
    ("most digits shared", (2600, 7500, 7600), [2]),
    ("largest common divisors", (7, 12, 36, 100), [1, 2]),
    ("odd one out", (10, 20, 25, 30), [2]),
    ("odd one out", (12, 20, 34, 56), [1]),
    ("odd one out", (12, 14), [0, 1]),
    ("largest", (Shape((9, 9, 8)), Shape((10, 10, 4))), [0]),
    ("smallest", (Shape((9, 9, 8)), Shape((10, 10, 4))), [1]),
]


@pytest.mark.parametrize(
    ("name", "options", "places"), PICKS, ids=[f"{name} of {options}" for name, options, _ in PICKS]
)
def test_a_blind_strategy_picks(name: str, options: tuple[Number, ...], places: list[int]) -> None:
    assert STRATEGIES[name](options) == places


@pytest.mark.parametrize("kind", CHOICES, ids=lambda kind: kind.name)
def test_no_option_hides_the_key_or_is_ambiguous_or_repeats(kind) -> None:  # type: ignore[no-untyped-def]
    report = examine(kind, range(120))
    assert report.questions == 120
    assert report.broken() == dict.fromkeys(report.broken(), 0)


@pytest.mark.parametrize("kind", CHOICES, ids=lambda kind: kind.name)
def test_a_wrong_option_shows_the_calculation_that_gives_it_and_the_one_that_gives_the_key(kind) -> None:  # type: ignore[no-untyped-def]
    for seed in range(60):
        question = compose(kind, seed)
        for option in question.answering.options:  # type: ignore[union-attr]
            if option.correct or not isinstance(option.value, int):
                continue
            held = [misconception(name) for name in option.misconceptions]
            for side, result in zip(question.task.sides(held, FHW), (option.value, question.answer), strict=True):  # type: ignore[union-attr]
                shown = [value for value in side if isinstance(value, Maths)]
                assert not shown or shown[-1].values[-1] == result, question.name


@pytest.mark.parametrize("kind", CHOICES, ids=lambda kind: kind.name)
def test_no_blind_strategy_beats_chance_by_far(kind) -> None:  # type: ignore[no-untyped-def]
    """120 questions tell 25% from 45%; `quizgen check --bank -n 10000` tells it from 30%."""
    report = examine(kind, range(1000, 1120))
    assert {name: report.rate(name) for name in STRATEGIES if report.rate(name) > report.chance_rate + 0.2} == {}


@pytest.mark.parametrize("kind", STATEMENTS, ids=lambda kind: kind.name)
def test_about_as_many_statements_are_true_as_false(kind) -> None:  # type: ignore[no-untyped-def]
    report = examine(kind, range(60))
    assert 0.3 <= report.true_statements / report.statements <= 0.7


@pytest.mark.parametrize(
    ("places", "verdict"),
    [
        ({0: 250, 1: 250, 2: 250, 3: 250}, 1.0),
        ({0: 260, 1: 240, 2: 255, 3: 245}, 0.801),  # chi-square 1.0 with 3 degrees of freedom
        ({0: 400, 1: 200, 2: 200, 3: 200}, 0.0),
    ],
)
def test_places_are_uniform_with_this_probability(places: dict[int, int], verdict: float) -> None:
    report = Report("any", places=Counter(places))
    report.options[4] = sum(places.values())
    assert report.uniform == pytest.approx(verdict, abs=0.001)


def test_a_report_complains_of_what_is_unfair() -> None:
    report = Report("any", hidden=1)
    report.options[4], report.chance, report.hits["largest"] = 100, 25, 90
    assert report.complaints()[:2] == ["1 hidden options", "“largest” finds the key in 90.0%, chance is 25.0%"]
    assert "UNFAIR: 1 hidden options" in as_text(report)


def test_the_object_of_a_report_is_json() -> None:
    report = examine(CHOICES[0], range(20))
    found = json.loads(json.dumps(as_object(report)))
    assert found["name"] == CHOICES[0].name
    assert sum(found["places"]) == 20
    assert set(found["strategies"]) == set(STRATEGIES)


def test_the_command_prints_a_report_for_each_kind(capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(["check", "--bank", "-n", "5", "--question", "dense-params", "--json"], standalone_mode=False)
    (line,) = capsys.readouterr().out.splitlines()
    assert json.loads(line)["questions"] == 5


@pytest.mark.parametrize("arguments", [["check"], ["check", "--bank", "-n", "0"]])
def test_the_command_says_what_it_needs(arguments: list[str]) -> None:
    with pytest.raises(PlanError):
        cli.main(arguments, standalone_mode=False)
