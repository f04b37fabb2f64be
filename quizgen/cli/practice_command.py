"""`quizgen practice`: questions in the terminal, graded at once; and exams, graded at their end."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quizgen.cli.options import PATH, data_option, listed, notation_option, profile_option, templates_option
from quizgen.errors import PlanError

if TYPE_CHECKING:
    from quizgen.notation import Notation
    from quizgen.practice.learner import Learner
    from quizgen.practice.records import Session, Wishes
    from quizgen.practice.talk import Talk
    from quizgen.question import Question

FRESH_SEEDS = 10_000

EXAM_COUNT = 10
"""How many questions an exam has if nobody says."""


@click.command(name="practice")
@click.option(
    "--topic",
    "topics",
    multiple=True,
    metavar="TOPIC",
    shell_complete=listed("topics"),
    help="Only this topic; repeatable. See `quizgen list topics`.",
)
@click.option("--level", metavar="N[-M]", help="Only these levels, from 0 to 16: 3, or 3-6.")
@click.option("--count", type=int, metavar="N", help="Stop after so many questions.  [default: when you stop]")
@click.option("--seed", type=int, metavar="N", help="The same seed asks the same questions.  [default: a fresh one]")
@click.option("--misses", is_flag=True, help="Only the beliefs that cost you points.")
@click.option("--exam", "time", metavar="TIME", help="So much time, such as 20m; nothing is told until the end.")
@click.option("--plan", "plan_file", type=PATH, metavar="FILE", help="A plan (TOML) that says what the exam holds.")
@click.option("--plain", is_flag=True, help="Words alone, for a screen reader: no colours, nothing drawn.")
@profile_option
@data_option
@notation_option
@templates_option
def command(
    topics: Sequence[str],
    level: str | None,
    count: int | None,
    seed: int | None,
    misses: bool,
    time: str | None,
    plan_file: Path | None,
    plain: bool,
    profile: str,
    data: Path | None,
    notation: str,
    folders: Sequence[Path],
) -> None:
    """Practise in the terminal: what is due, then what is new; you stop when you like, and go on where you stopped.

    Type an answer as you would write it: 32,896, 128*257, 32.9k or 26x26x32. A wrong one is told which belief leads
    there, and may be tried again. ? shows the keys.
    """
    from quizgen import notation as notations
    from quizgen.practice.folder import learner_folder
    from quizgen.practice.learner import Learner
    from quizgen.practice.screen import Screen

    letters = notations.notation(notation)
    wishes = wished(topics, level, count, misses=misses)
    check_exam(wishes, time, plan_file)
    drawn = fresh_seed() if seed is None else seed
    questions, seconds = exam(time, wishes, plan_file, drawn, folders, letters) if time else ((), 0.0)
    with Learner.open(learner_folder(profile, data), templates=folders) as learner:
        session = resumed(learner, wishes) if seed is None and not time else None
        session = session or learner.begin(wishes, drawn)
        Screen(plain=plain).play(talk(learner, session, questions, seconds, folders, letters))


def fresh_seed() -> int:
    """Short enough to be copied by hand."""
    return int.from_bytes(os.urandom(4)) % FRESH_SEEDS


def wished(topics: Sequence[str], level: str | None, count: int | None, *, misses: bool) -> Wishes:
    """What the options wish for. Raises PlanError or UnknownNameError."""
    from quizgen.errors import UnknownNameError
    from quizgen.kinds import LEVELS, TOPICS
    from quizgen.practice.records import Wishes

    for topic in topics:
        if topic not in TOPICS:
            raise UnknownNameError("topic", topic, TOPICS)
    if count is not None and count < 1:
        raise PlanError(f"there can't be {count} questions.", remedy="Ask for 1 or more.")
    if level is None:
        return Wishes(tuple(topics), count=count or 0, misses=misses)
    from quizgen.plan import levels_from

    levels, aim = levels_from(level)
    if aim or not set(levels) <= set(LEVELS):
        raise PlanError(f"there is no level {level}.", remedy=f"Levels go from {LEVELS[0]} to {LEVELS[-1]}.")
    return Wishes(tuple(topics), (), levels, count or 0, misses)


def check_exam(wishes: Wishes, time: str | None, plan_file: Path | None) -> None:
    """Raise PlanError where an exam is asked for in a way that makes no sense."""
    from quizgen.practice.records import Wishes

    if time is None and plan_file is not None:
        raise PlanError("--plan is for an exam.", remedy="Add how long it takes: --exam 20m.")
    if time is not None and wishes.misses:
        raise PlanError("--misses is not for an exam.", remedy="Leave out one of --misses and --exam.")
    if plan_file is not None and wishes != Wishes():
        raise PlanError("--plan excludes --topic, --level and --count.", remedy=f"Say it in {plan_file}.")


def exam(
    time: str, wishes: Wishes, plan_file: Path | None, seed: int, folders: Sequence[Path], notation: Notation
) -> tuple[Sequence[Question], float]:
    """The questions of a plan file, or of what is wished for; and the seconds that there are for them."""
    from quizgen.kinds import LEVELS
    from quizgen.plan import Plan, Section
    from quizgen.plan_file import read_plan
    from quizgen.practice.exam import seconds_from

    seconds = seconds_from(time)
    if plan_file is not None:
        plan = read_plan(plan_file, folders)
    else:
        plan = Plan(sections=(Section(wishes.topics, (), wishes.levels or LEVELS, wishes.count or EXAM_COUNT),))
    return plan.sheet(seed, folders=folders, notation=notation).questions, seconds


def resumed(learner: Learner, wishes: Wishes) -> Session | None:
    """The session that was left in the midst, unless something else is wished for now."""
    from quizgen.practice.records import Wishes

    session = learner.resume()
    return session if session and wishes in (session.wishes, Wishes()) else None


def talk(
    learner: Learner,
    session: Session,
    questions: Sequence[Question],
    seconds: float,
    folders: Sequence[Path],
    notation: Notation,
) -> Talk[None]:
    """The session, or an exam with these questions."""
    from quizgen.compose import compose
    from quizgen.kinds import find_kind
    from quizgen.practice.session import Sitting

    sitting = Sitting(
        learner, session, lambda task: compose(find_kind(task.kind, folders), task.seed, notation), notation
    )
    if not questions:
        return sitting.talk()
    from quizgen.practice.exam import Exam

    return Exam(questions, seconds, sitting).talk()
