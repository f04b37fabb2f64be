"""Exams: nothing is told until the end, then all of it."""

from __future__ import annotations

import pytest

from quizgen.errors import PlanError
from quizgen.naming import question
from quizgen.practice.exam import Exam, seconds_from
from quizgen.practice.learner import Learner
from quizgen.practice.records import Wishes
from quizgen.practice.session import Sitting
from quizgen.practice.talk import TimeUp
from tests.grading.answers import right_answer
from tests.practice.playing import Heard, play

NAMES = ("conv2d-params:1234", "dense-params:7", "cnn-statements:3", "conv2d-output:3")


def sit(learner: Learner, *lines: str | BaseException, names: tuple[str, ...] = NAMES, seconds: float = 1200) -> Heard:
    session = learner.begin(Wishes(count=len(names)), 7)
    ticks = iter(range(10_000_000))
    sitting = Sitting(learner, session, lambda task: question(task.name), timer=lambda: float(next(ticks)))
    heard = play(Exam([question(name) for name in names], seconds, sitting).talk(), *lines)
    heard.attempts = learner.attempts()
    return heard


def right(*places: int) -> list[str]:
    return [right_answer(question(NAMES[place])) for place in places]


def test_nothing_is_told_before_the_end(learner: Learner) -> None:
    heard = sit(learner, *right(0), "1", "1 2", "9x9x9")
    before = heard.text.split("No. ")[0]
    assert "Yes" not in before
    assert "Not yet" not in before
    assert "Not yet" in heard.text
    assert heard.done


@pytest.mark.parametrize(
    ("lines", "given"),
    [
        ([*right(0, 1, 2, 3)], [*right(0, 1, 2, 3)]),
        (["1", "u", *right(0, 1, 2, 3)], [*right(0, 1, 2, 3)]),
        (["1", "s", *right(2, 3)], ["1", "", *right(2, 3)]),
        (["1", "q"], ["1", ""]),
        (["1", TimeUp()], ["1"]),
        (["u", "s", "u", "s", "nonsense", "", *right(1), "q"], ["", *right(1)]),
        ([], []),
    ],
)
def test_the_answers_are_remembered(learner: Learner, lines: list[str], given: list[str]) -> None:
    heard = sit(learner, *lines)
    answered = [one for one in heard.attempts if not one.skipped]
    assert [one.given for one in answered] == [one for one in given if one]
    assert all(one.attempt == 1 and one.hints == 0 for one in answered)


def test_the_report_has_every_question(learner: Learner) -> None:
    heard = sit(learner, *right(0), "1", TimeUp())
    assert "Time is up." in heard.text
    assert f"1 {NAMES[0]} 3008 3,008 2 of 2" in heard.text
    assert f"2 {NAMES[1]} 1 " in heard.text
    assert f"3 {NAMES[2]} - " in heard.text
    assert f"Total 2 of {sum(question(name).points for name in NAMES)}" in heard.text
    assert "1 of 4 right" in heard.text


def test_an_exam_is_not_resumed(learner: Learner) -> None:
    sit(learner, *right(0), "q")
    assert learner.resume() is None


def test_statements_are_worth_what_is_judged_right(learner: Learner) -> None:
    heard = sit(learner, "1 2", names=("cnn-statements:3",))
    assert "3 of 4" in heard.text.split("Total")[1]


@pytest.mark.parametrize(
    ("text", "seconds"), [("20m", 1200), ("20", 1200), ("90s", 90), ("1.5h", 5400), (" 5 min ", 300), ("24h", 86400)]
)
def test_times(text: str, seconds: float) -> None:
    assert seconds_from(text) == seconds


@pytest.mark.parametrize("text", ["", "m", "0", "-5m", "25h", "soon", "1e9h", "nan", "inf"])
def test_times_that_are_none(text: str) -> None:
    with pytest.raises(PlanError):
        seconds_from(text)
