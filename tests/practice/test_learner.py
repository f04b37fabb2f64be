"""A learner as a session uses it: replayed, undone, resumed; and simulated ones, found out by what they answer."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from benchmarks.learners import Clock, simulate
from quizgen.compose import compose
from quizgen.kinds import find_kind
from quizgen.practice.exposing import Worlds, evidence
from quizgen.practice.learner import Learner
from quizgen.practice.records import Attempt, Grade, Session, Task, Wishes
from quizgen.practice.upkeep import file_away
from tests.practice.histories import CONV, entry

CONVS = Wishes(kinds=("conv2d-params", "conv2d-from-shapes", "conv1d-params"))
MIXED = Wishes(kinds=("conv2d-params", "conv2d-output", "pool-output", "padding-output", "dense-params"))
BELIEF = "conv-forget-bias"


@pytest.fixture
def clock() -> Clock:
    return Clock()


Answers = Callable[[Task], str]


def play(learner: Learner, session: Session, clock: Clock, count: int, held: set[str]) -> list[Task]:
    """Answer so many questions as somebody with these beliefs does."""
    tasks = []
    for _ in range(count):
        task = learner.next(session.wishes, learner.stream(session))
        assert task is not None
        tasks.append(task)
        worlds = Worlds(learner.question(task))
        answer = worlds.answer(held)
        correct = answer == worlds.key
        attempt = Attempt(
            clock(),
            session.name,
            task.name,
            task.skill,
            str(answer),
            correct,
            exposes=worlds.exposes(),
            explanations=() if correct else (tuple(sorted(held)),),
        )
        learner.answered(attempt, "good" if correct else "again")
        clock.at += timedelta(seconds=30)
    return tasks


def sat(folder: Path, seed: int, count: int = 12) -> list[Task]:
    clock = Clock()
    with Learner.open(folder, clock=clock) as learner:
        return play(learner, learner.begin(CONVS, seed), clock, count, {BELIEF})


def test_the_same_seed_and_history_ask_the_same(tmp_path: Path) -> None:
    assert sat(tmp_path / "a", 7) == sat(tmp_path / "b", 7) != sat(tmp_path / "c", 8)


def test_no_question_comes_twice(tmp_path: Path) -> None:
    names = [task.name for task in sat(tmp_path, 7, 30)]
    assert len(set(names)) == len(names)


def test_a_belief_comes_back_where_it_would_show_until_it_is_mended(tmp_path: Path, clock: Clock) -> None:
    with Learner.open(tmp_path, clock=clock) as learner:
        session = learner.begin(MIXED, 7)
        tasks = play(learner, session, clock, 12, {BELIEF})
        back = [task for task in tasks if task.misconception == BELIEF]
        assert back
        for task in back:
            assert BELIEF in Worlds(compose(find_kind(task.kind), task.seed)).exposes()
        assert learner.beliefs()[0].misconception == BELIEF
        assert learner.beliefs()[0].state == "held"
        play(learner, session, clock, 30, set())
        mended = next(one for one in learner.beliefs() if one.misconception == BELIEF)
        assert mended.state == "mended"
        assert mended.mended >= 3
        assert mended.told_by is not None
        assert mended.mended_by is not None
        later = play(learner, session, clock, 12, set())
        assert BELIEF not in {task.misconception for task in later}
        assert learner.next(Wishes(misses=True), learner.stream(session)) is None


def test_undo_takes_the_last_question_back_with_all_its_tries(tmp_path: Path, clock: Clock) -> None:
    with Learner.open(tmp_path, clock=clock) as learner:
        session = learner.begin(CONVS, 7)
        play(learner, session, clock, 3, {BELIEF})
        before = learner.store.entries(), learner.store.cards(), learner.known
        task = learner.next(session.wishes, learner.stream(session))
        assert task is not None
        first = Attempt(clock(), session.name, task.name, task.skill, "1", False, explanations=((BELIEF,),))
        learner.answered(first, "again")
        clock.at += timedelta(seconds=9)
        second = Attempt(clock(), session.name, task.name, task.skill, "2", True, attempt=2)
        learner.answered(second, "hard")
        assert learner.undo() == second
        assert (learner.store.entries(), learner.store.cards(), learner.known) == before
        assert learner.next(session.wishes, learner.stream(session)) == task


def test_undo_ends_with_the_session(tmp_path: Path, clock: Clock) -> None:
    with Learner.open(tmp_path, clock=clock) as learner:
        play(learner, learner.begin(CONVS, 7), clock, 2, set())
        learner.begin(CONVS, 8)
        assert learner.undo() is None


@pytest.mark.parametrize(("grades", "reviews"), [(["again", "hard"], 1), (["again", "again"], 1), (["good"], 1)])
def test_a_question_is_one_review_of_its_skill(tmp_path: Path, clock: Clock, grades: list[Grade], reviews: int) -> None:
    with Learner.open(tmp_path, clock=clock) as learner:
        for number, grade in enumerate(grades, 1):
            attempt = Attempt(clock(), "s", "conv2d-params:1", CONV, "1", grade != "again", attempt=number)
            learner.answered(attempt, grade)
            clock.at += timedelta(seconds=9)
        assert learner.store.cards()[CONV.card].reviews == reviews


def test_a_session_is_resumed_where_it_stopped(tmp_path: Path, clock: Clock) -> None:
    ten = Wishes(topics=("conv",), levels=range(3, 6), count=10)
    with Learner.open(tmp_path, clock=clock) as learner:
        session = learner.begin(ten, 7)
        play(learner, session, clock, 3, set())
        following = learner.next(ten, learner.stream(session))
    with Learner.open(tmp_path, clock=clock) as learner:
        again = learner.resume()
        assert again is not None
        assert (again.name, again.wishes, again.seed, again.asked) == (session.name, ten, 7, 3)
        assert learner.next(ten, learner.stream(again)) == following
        assert learner.undo() is not None


def test_what_is_not_resumed(tmp_path: Path, clock: Clock) -> None:
    with Learner.open(tmp_path, clock=clock) as learner:
        assert learner.resume() is None
        session = learner.begin(CONVS, 7)
        assert learner.resume() is None  # nothing was answered
        play(learner, session, clock, 1, set())
        assert learner.resume() is not None
        learner.end(session)
        assert learner.resume() is None
        play(learner, learner.begin(CONVS, 8), clock, 1, set())
        clock.at += timedelta(days=8)
        assert learner.resume() is None


@pytest.mark.skipif(sys.platform == "win32", reason="other processes can't be asked after there")
def test_a_session_that_somebody_is_in_is_not_resumed(tmp_path: Path, clock: Clock) -> None:
    with (
        Learner.open(tmp_path, clock=clock) as learner,
        subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as other,
    ):
        session = learner.begin(CONVS, 7)
        play(learner, session, clock, 1, set())
        host = learner.store.sessions()[0][1]
        assert host is not None
        with learner.store.writing():
            learner.store.keep(session, process=f"{host.rpartition(':')[0]}:{other.pid}")
        assert learner.resume() is None
        other.communicate(b"\n")
        assert learner.resume() is not None


def test_what_was_skipped_is_remembered_and_not_graded(tmp_path: Path, clock: Clock) -> None:
    with Learner.open(tmp_path, clock=clock) as learner:
        session = learner.begin(CONVS, 7)
        task = learner.next(CONVS, learner.stream(session))
        assert task is not None
        learner.answered(Attempt(clock(), session.name, task.name, task.skill, "", False, skipped=True), "again")
        assert learner.asked(session) == 1
        assert learner.store.cards() == {}
        following = learner.next(CONVS, learner.stream(session))
        assert following is not None
        assert following.skill != task.skill


def test_days_in_a_row(tmp_path: Path, clock: Clock) -> None:
    with Learner.open(tmp_path, clock=clock) as learner:
        for days in (0, 3, 4, 5):
            file_away(learner.store, entry(days, days=days))
        for days, streak in ((5, 3), (6, 3), (7, 0)):
            clock.at = learner.attempts()[0].at + timedelta(days=days, minutes=5)
            assert learner.streak() == streak


# What an answer tells


def worlds(name: str) -> Worlds:
    kind, _, seed = name.partition(":")
    return Worlds(compose(find_kind(kind), int(seed)))


def test_an_explanation_beyond_the_smallest_is_seen_by_who_knows_the_learner() -> None:
    """Somebody with four beliefs that meet in one question: no set of three explains him, but what is known of him does."""
    one = worlds("cnn-total:1")
    held = ("dense-forget-bias", "conv-forget-bias", "pool-has-params", "pool-halves-channels")
    assert one.matters(frozenset(held))
    given = Attempt(Clock()(), "s", "cnn-total:1", CONV, str(one.answer(held)), False, exposes=one.exposes())
    known = dict.fromkeys(held, 0.9)
    assert set(held) in [set(found) for found in evidence(given, one, known).explanations]
    assert evidence(given, one, {}).explanations == ()


def test_an_answer_does_not_speak_against_what_its_explanation_hides() -> None:
    one = worlds("conv2d-params:1")
    hiding, hidden = "conv-output-as-params", "conv-forget-bias"
    assert one.answer({hiding, hidden}) == one.answer({hiding}) != one.key
    given = Attempt(
        Clock()(), "s", "conv2d-params:1", CONV, str(one.answer({hiding})), False,
        explanations=((hiding,),), exposes=one.exposes(),
    )  # fmt: skip
    assert hidden in one.exposes()
    assert hidden not in evidence(given, one, {}).exposes
    assert "conv-depth-unchanged" not in evidence(given, one, {}).exposes


FEW = ("dense-params", "conv2d-params", "conv2d-from-shapes", "conv2d-output", "batchnorm-params", "separable-params")


@pytest.mark.parametrize("slip", [0.0, 0.05])
def test_simulated_learners_are_found_out(slip: float) -> None:
    """A small version of `python -m benchmarks.learners`, with few kinds of questions."""
    results = list(simulate(8, kinds=[find_kind(name) for name in FEW], slip=slip, questions=30))
    held = sum(len(one.held) for one in results)
    assert sum(len(one.held & one.named) for one in results) >= 0.9 * held
    assert sum(len(one.named - one.held) for one in results) <= 0.05 * held


def test_learners_who_mend_what_they_are_told_are_scheduled_away_from_it() -> None:
    results = list(simulate(8, kinds=[find_kind(name) for name in FEW], mending=1.0, questions=40))
    mended = sum(len(one.mended) for one in results)
    assert mended >= 8
    assert sum(len(one.mended & one.named) for one in results) <= 0.05 * mended
    assert sum(one.returns for one in results) <= 3 * mended
