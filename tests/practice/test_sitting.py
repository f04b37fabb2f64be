"""A session, played line by line: what is said, and what is remembered of it."""

from __future__ import annotations

import re

import pytest

from quizgen.practice.learner import Learner
from quizgen.practice.records import Attempt
from tests.grading.answers import right_answer
from tests.practice.playing import Heard, Practise

CONV = {"kinds": ("conv2d-params",), "levels": range(3, 4)}
"""With seed 7 the first question is FIRST."""


def name_of(heard: Heard) -> str:
    return next(said.beside for said in heard.said if said.tone == "head" and said.beside)


@pytest.fixture
def first(practise: Practise) -> tuple[str, int]:
    """The first question of these wishes, and its answer."""
    from quizgen.naming import question

    made = question(name_of(practise("q", **CONV)))
    assert isinstance(made.answer, int)
    return made.name, made.answer


def outline(attempts: list[Attempt]) -> list[tuple[str, bool, int, int, bool, bool | None, bool]]:
    return [(one.given, one.correct, one.attempt, one.hints, one.options, one.sure, one.skipped) for one in attempts]


@pytest.mark.parametrize(
    ("lines", "remembered"),
    [
        (["{right}"], [("{right}", True, 1, 0, False, None, False)]),
        (["1", "{right}"], [("1", False, 1, 0, False, None, False), ("{right}", True, 2, 0, False, None, False)]),
        (["1", "2"], [("1", False, 1, 0, False, None, False), ("2", False, 2, 0, False, None, False)]),
        (["1", ""], [("1", False, 1, 0, False, None, False)]),
        (["1", "1", "{right}"], [("1", False, 1, 0, False, None, False), ("{right}", True, 2, 0, False, None, False)]),
        (["h", "hint", "{right}"], [("{right}", True, 1, 2, False, None, False)]),
        (["o", "{right}"], [("{right}", True, 1, 0, True, None, False)]),
        (["c", "{right}"], [("{right}", True, 1, 0, False, True, False)]),
        (["c", "c", "{right}"], [("{right}", True, 1, 0, False, False, False)]),
        (["c", "c", "sure", "{right}"], [("{right}", True, 1, 0, False, None, False)]),
        (["s"], [("", False, 1, 0, False, None, True)]),
        (["1", "s"], [("1", False, 1, 0, False, None, False)]),
        (["?", "", "what", "9" * 300, "{right}"], [("{right}", True, 1, 0, False, None, False)]),
        (["b", "{right}"], [("{right}", True, 1, 0, False, None, False)]),
        (["{right}", "u"], []),
        (["1", "u"], []),
        (["u", "{right}"], [("{right}", True, 1, 0, False, None, False)]),
        (["s", "u", "{right}"], [("{right}", True, 1, 0, False, None, False)]),
        (["q"], []),
    ],
)
def test_what_is_remembered(
    practise: Practise, first: tuple[str, int], lines: list[str], remembered: list[tuple[object, ...]]
) -> None:
    right = str(first[1])
    heard = practise(*[line.format(right=right) for line in lines], **CONV)
    wanted = [(str(given).format(right=right), *others) for given, *others in remembered]
    assert outline(heard.attempts) == wanted


def test_a_first_answer_is_typed_and_options_come_when_they_are_asked_for(
    practise: Practise, first: tuple[str, int]
) -> None:
    heard = practise("b", "o", **CONV)
    before, after = heard.text.split("> o\n")
    assert f"{first[1]:,}" not in before
    assert "not shown yet" in before
    assert f"{first[1]:,}" in after


def test_c_is_an_option_where_options_are_shown(practise: Practise, first: tuple[str, int]) -> None:
    (attempt,) = practise("o", "c", **CONV).attempts
    assert (attempt.given, attempt.sure) == ("c", None)


def test_a_wrong_answer_is_told_why_and_not_what_is_right(practise: Practise, first: tuple[str, int]) -> None:
    heard = practise("1", **CONV)
    assert heard.tones("wrong")[0].startswith("Not yet.")
    assert f"{first[1]:,}" not in heard.text


def test_a_second_wrong_answer_brings_the_whole_solution(practise: Practise, first: tuple[str, int]) -> None:
    heard = practise("1", "2", **CONV)
    assert f"The answer: {first[1]:,}" in heard.text


def test_a_right_answer_is_told_why(practise: Practise, first: tuple[str, int]) -> None:
    (said,) = practise(str(first[1]), **CONV).tones("right")
    assert re.match(rf"Yes: .* = {first[1]:,}", said)


def test_the_answer_is_remembered_before_a_word_is_said_of_it(learner: Learner, practise: Practise) -> None:
    """Whoever is stopped at the first word of a feedback has lost nothing."""
    from quizgen.compose import compose
    from quizgen.kinds import find_kind
    from quizgen.practice.records import Wishes
    from quizgen.practice.session import Sitting
    from quizgen.practice.talk import Ask, Say

    session = learner.begin(Wishes(**CONV), 7)  # type: ignore[arg-type]
    talk = Sitting(learner, session, lambda task: compose(find_kind(task.kind), task.seed)).talk()
    out = next(talk)
    while not isinstance(out, Ask):
        out = next(talk)
    out = talk.send("1")
    assert isinstance(out, Say)
    assert [one.given for one in learner.attempts()] == ["1"]


@pytest.mark.parametrize("seed", range(4))
def test_hints_come_one_by_one_and_do_not_have_the_answer(
    practise: Practise, first: tuple[str, int], seed: int
) -> None:
    heard = practise("h", "h", "h", "h", **CONV)
    hints = heard.tones("hint")
    assert [hint.split(":")[0] for hint in hints] == ["Hint 1 of 3", "Hint 2 of 3", "Hint 3 of 3"]
    assert "There are no more hints." in heard.tones("aside")
    assert f"{first[1]:,}" not in " ".join(hints)


def test_why_tells_of_the_question_before(practise: Practise, first: tuple[str, int]) -> None:
    heard = practise("w", str(first[1]), "w", **CONV)
    early, late = heard.text.split(f"> {first[1]}\n")
    assert "No question is answered yet." in early
    assert "Why not ...?" in late


def test_why_does_not_tell_the_answer_before_the_second_try(practise: Practise, first: tuple[str, int]) -> None:
    heard = practise("1", "w", **CONV)
    assert f"{first[1]:,}" not in heard.text


def test_a_question_whose_grade_is_taken_back_is_asked_again(practise: Practise, first: tuple[str, int]) -> None:
    heard = practise("1", "2", "u", str(first[1]), **CONV)
    asked = [said.beside for said in heard.said if said.tone == "head" and said.beside]
    assert asked[0] == asked[2] == first[0]
    assert [one.given for one in heard.attempts] == [str(first[1])]


def test_a_session_ends_when_it_has_as_many_as_were_wished_for(practise: Practise, learner: Learner) -> None:
    heard = practise("s", "s", count=2, **CONV)
    assert heard.done
    assert learner.resume() is None


def test_who_goes_in_the_midst_is_told_how_to_go_on(practise: Practise) -> None:
    heard = practise("s", **CONV)
    assert "quizgen practice goes on from here." in heard.text


def test_the_same_seed_asks_the_same(practise: Practise) -> None:
    """Of somebody who has not practised yet; what follows depends on what is known by then."""
    names = [name_of(practise("q", seed=3)) for _ in range(2)]
    assert names[0] == names[1]


def test_the_end_tells_how_it_went(practise: Practise, first: tuple[str, int]) -> None:
    from quizgen.naming import question

    asked = question(first[0])
    task = asked.task
    assert task is not None
    held, value = next(
        (one, wrong) for one in task.relevant() if (wrong := task.believed((one,))) not in (None, asked.answer)
    )
    heard = practise(str(value), "", "s", **CONV)
    assert "0 of 1 right" in heard.text
    assert heard.tones("score") == ["0 of 1 right · 5 min"]
    assert "conv ░░░░░░░░░░░░░░░░░░░░ 0 of 1" in heard.text
    assert held.belief.rstrip(".") in heard.text
    assert f"quizgen misconception {held.id}" in heard.text
    assert "Practise these next: quizgen practice --misses" in heard.text
    assert "Next review: " in heard.text


def test_a_session_without_an_answer_has_no_score(practise: Practise) -> None:
    assert " right" not in practise("q", **CONV).text.split(">")[-1]


def test_nothing_missed_is_said(practise: Practise) -> None:
    heard = practise(misses=True)
    assert "No belief is waiting to be mended." in heard.text


@pytest.mark.parametrize(
    ("kind", "prompt"),
    [
        ("cnn-statements", "true"),
        ("cnn-table", "conv1, output shape"),
        ("recurrent-rank", "order"),
        ("lstm-formula", "formula"),
        ("cnn-design", "layers"),
        ("cnn-find-error", ""),
        ("conv2d-output", ""),
    ],
)
def test_every_way_of_answering_is_played(practise: Practise, kind: str, prompt: str) -> None:
    """Right at once: the prompt says what is to be typed, and the session goes on to its end."""
    from quizgen.naming import question

    asked = question(name_of(practise("q", kinds=(kind,))))
    typed = right_answer(asked)
    lines = typed.split("; ") if asked.kind == "table" else [typed]
    heard = practise(*lines, kinds=(kind,), count=1)
    assert heard.done
    assert any(line.startswith(f"{prompt}> ") for line in heard.lines)
    assert [one.correct for one in heard.attempts] == [True]
    assert "1 of 1 right" in heard.text


def test_a_table_goes_on_with_what_was_answered(practise: Practise) -> None:
    """A wrong cell, wrong again, stays as it is; the table is worth its other cells, and the solution comes at its end."""
    from quizgen.naming import question
    from quizgen.question import FillIn

    asked = question(name_of(practise("q", kinds=("cnn-table",))))
    assert isinstance(asked.answering, FillIn)
    cells = right_answer(asked).split("; ")
    wrong = ["1x1x1" if "x" in cell else "1" for cell in cells]
    lines = [line for cell in wrong for line in (cell, cell, "")]
    heard = practise(*lines, kinds=("cnn-table",), count=1)
    assert "That is what you had before." in heard.text
    assert "Once more, or Enter to go on with it." in heard.text
    (attempt,) = heard.attempts
    assert attempt.given == "; ".join(wrong)
    assert not attempt.correct


def test_going_in_the_middle_of_a_second_try_counts_the_first(practise: Practise) -> None:
    assert "0 of 1 right" in practise("1", **CONV).text
