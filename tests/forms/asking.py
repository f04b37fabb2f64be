"""Questions of one kind, for tests that look at many of them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from quizgen.compose import compose
from quizgen.kinds import find_kind
from quizgen.question import Question

SEEDS = range(40)


@cache
def asked(kind: str, seed: int) -> Question:
    return compose(find_kind(kind), seed)


def questions(kind: str) -> Iterator[Question]:
    for seed in SEEDS:
        yield asked(kind, seed)


def task(question: Question) -> Any:
    assert question.task is not None
    return question.task
