"""The ways of answering that many forms share: options out of beliefs, a line to write on."""

from __future__ import annotations

from quizgen.authored import FIELD as MISTAKES
from quizgen.distractors import Distractor, choose
from quizgen.feedback import feedback
from quizgen.kind import Kind, Posed, Wish
from quizgen.question import Choice, Choices, Open, Typed, ascending


def one_of(kind: Kind, task: Posed, wish: Wish) -> Choices | None:
    """The key among what other beliefs lead to, in ascending order; None where they lead to too few numbers."""
    known = task.relevant() if kind.offers is None else (*kind.offers, *kind.own.get(MISTAKES, ()))
    chosen = choose(task, known, wish.below, wish.above, wish.stream, wish.avoided)
    if chosen is None:
        return None
    wrong = [Choice(one.value, False, ids(one), feedback(task, one.held, wish.notation)) for one in chosen]
    return Choices(tuple(sorted([*wrong, Choice(task.key, True)], key=lambda choice: ascending(choice.value))))  # type: ignore[arg-type]


def typed(kind: Kind, task: Posed, wish: Wish) -> Typed:
    """A number or a shape, to be written."""
    return Typed()


def in_words(kind: Kind, task: Posed, wish: Wish) -> Open:
    """An explanation, to be held against the worked one."""
    return Open()


def ids(one: Distractor) -> tuple[str, ...]:
    return tuple(held.id for held in one.held)
