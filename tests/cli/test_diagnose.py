"""`quizgen diagnose`."""

from __future__ import annotations

import json
from typing import Any

import pytest

from quizgen.naming import question
from quizgen.question import Choices
from tests.cli.conftest import Quizgen, one_line

NAME = "conv2d-params:1234"


def diagnosed(run: Quizgen, *arguments: object) -> dict[str, Any]:
    ran = run("diagnose", *arguments, "--json")
    assert ran.code == 0, ran.err
    assert ran.out.count("\n") == 1
    found: dict[str, Any] = json.loads(ran.out)
    return found


def wrong_option() -> tuple[int, list[str]]:
    """A wrong option of the question, and the misconceptions behind it."""
    asked = question(NAME)
    assert isinstance(asked.answering, Choices)
    wrong = next(one for one in asked.answering.options if len(one.misconceptions) == 1)
    assert isinstance(wrong.value, int)
    return wrong.value, list(wrong.misconceptions)


def test_a_wrong_number_is_told_its_calculation_and_the_right_one(run: Quizgen) -> None:
    value, _ = wrong_option()
    ran = run("diagnose", NAME, value)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(f"Not yet. {value:,} is ")
    assert f"= {question(NAME).answer:,}." in ran.out


def test_a_right_number_is_told_so(run: Quizgen) -> None:
    assert run("diagnose", NAME, question(NAME).answer).out.startswith("Yes: ")


def test_json_holds_what_is_documented(run: Quizgen) -> None:
    value, misconceptions = wrong_option()
    found = diagnosed(run, NAME, value)
    assert list(found) == ["question", "given", "answer", "correct", "explanations", "slips", "nearest"]
    assert (found["question"], found["given"], found["answer"]) == (NAME, value, question(NAME).answer)
    assert (found["correct"], found["nearest"]) == (False, None)
    (explanation,) = found["explanations"]
    assert list(explanation) == ["misconceptions", "value", "steps"]
    assert (explanation["misconceptions"], explanation["value"]) == (misconceptions, value)
    (step,) = explanation["steps"]
    assert list(step) == ["where", "wrong", "right"]
    assert step["wrong"].endswith(f" = {value:,}")
    assert step["right"].endswith(f" = {question(NAME).answer:,}")


def test_a_right_answer_needs_no_explanation(run: Quizgen) -> None:
    found = diagnosed(run, NAME, question(NAME).answer)
    assert (found["correct"], found["explanations"], found["slips"], found["nearest"]) == (True, [], [], None)


def test_where_nothing_is_known_the_nearest_is_named(run: Quizgen) -> None:
    found = diagnosed(run, NAME, "1,234,567,891")
    assert (found["given"], found["explanations"]) == (1_234_567_891, [])
    assert found["nearest"]["misconceptions"]


def test_a_shape_is_a_list(run: Quizgen) -> None:
    answer = question("conv2d-output:1").answer
    assert isinstance(answer, tuple)
    found = diagnosed(run, "conv2d-output:1", "x".join(map(str, answer)))
    assert (found["given"], found["answer"], found["correct"]) == ([*answer], [*answer], True)


@pytest.mark.parametrize("typed", [("3", "008"), ("3,008",), ("8*(15*5*5+1)",), ("8", "*", "376")])
def test_an_answer_may_have_spaces(run: Quizgen, typed: tuple[str, ...]) -> None:
    assert diagnosed(run, NAME, *typed)["given"] == 3008


def test_in_another_notation_and_from_other_templates(run: Quizgen) -> None:
    assert run("diagnose", NAME, "1", "--notation", "nml", "--templates", ".").code == 0


MISTAKES = {
    (NAME,): "Missing argument 'ANSWER...'.",
    ("conv2d-parms:1", "5"): "there is no question template “conv2d-parms”. Did you mean “conv2d-params”",
    ("conv2d-params", "5"): "“conv2d-params” is not the name of a question.",
    (f"{NAME}@000000", "5"): f"“{NAME}” is at version ",
    (NAME, ""): "“” can't be read as an answer. Type a number (32,896 or 32.9k), a calculation (128*257) or a shape",
    (NAME, "many"): "“many” can't be read as an answer: “many” is no number. Type a number",
    (NAME, "9**9**9"): "“9**9**9” can't be read as an answer: ",
    (NAME, "1" * 10_000): "“111111111111...” can't be read as an answer: it has 10,000 characters.",
    (NAME, "__import__('os')"): "can't be read as an answer",
    ("conv2d-output:1", "26xx26"): "“26xx26” can't be read as an answer",
    ("cnn-table:1", "5"): "“cnn-table:1” does not ask for one number or one shape.",
    ("cnn-statements:1", "5"): "“cnn-statements:1” does not ask for one number or one shape.",
    (NAME, "5", "--notation", "fwh"): "there is no notation “fwh”. Did you mean “fhw”",
}


@pytest.mark.parametrize(("arguments", "said"), MISTAKES.items(), ids=lambda value: str(value)[:40])
def test_mistakes(arguments: tuple[str, ...], said: str, run: Quizgen) -> None:
    ran = run("diagnose", *arguments)
    assert ran.code == 2
    assert said in one_line(ran)
