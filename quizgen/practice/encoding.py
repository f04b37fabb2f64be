"""What is remembered as plain objects: for the columns of the store, and for the lines of an export."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from quizgen.errors import QuizgenError
from quizgen.practice.records import GRADES, Attempt, Entry, Session, Skill, Wishes


def instant(at: datetime) -> str:
    """A time in UTC, as a text that sorts like the time."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def time_from(text: Any) -> datetime:
    """The inverse of `instant`; a time without a zone is refused, because nobody knows when it was."""
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError("no time zone")
    return at.astimezone(UTC)


def truth(value: Any) -> bool:
    if value not in (True, False):
        raise ValueError("neither true nor false")
    return bool(value)


def text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("no text")
    return value


def whole(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**63:
        raise ValueError("no whole number from 0 on")
    return value


def duration(value: Any) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value < float("inf"):
        raise ValueError("no number of seconds")
    return float(value)


def names(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise ValueError("no list")
    return tuple(map(text, value))


def sets(value: Any) -> tuple[tuple[str, ...], ...]:
    if not isinstance(value, list):
        raise ValueError("no list")
    return tuple(map(names, value))


def maybe(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: None if value is None else read(value)


def one_of_grades(value: Any) -> Any:
    if value not in GRADES:
        raise ValueError(f"none of {', '.join(GRADES)}")
    return value


ENTRY: Mapping[str, Callable[[Any], Any]] = {
    "at": time_from,
    "session": text,
    "question": text,
    "topic": text,
    "kind": text,
    "level": whole,
    "given": text,
    "correct": truth,
    "attempt": whole,
    "hints": whole,
    "options": truth,
    "seconds": duration,
    "sure": maybe(truth),
    "skipped": truth,
    "explanations": sets,
    "exposes": names,
    "grade": one_of_grades,
    "shown": names,
}
"""The fields of an answer, in their order, and how each is read back."""

SESSION: Mapping[str, Callable[[Any], Any]] = {
    "name": text,
    "seed": whole,
    "began": time_from,
    "ended": maybe(time_from),
    "topics": names,
    "kinds": names,
    "levels": maybe(lambda value: range(whole(value[0]), whole(value[1]) + 1)),
    "count": whole,
    "misses": truth,
}
"""The fields of a session."""


def entry_object(entry: Entry) -> dict[str, Any]:
    attempt = entry.attempt
    return {
        "at": instant(attempt.at),
        "session": attempt.session,
        "question": attempt.question,
        "topic": attempt.skill.topic,
        "kind": attempt.skill.kind,
        "level": attempt.skill.level,
        "given": attempt.given,
        "correct": attempt.correct,
        "attempt": attempt.attempt,
        "hints": attempt.hints,
        "options": attempt.options,
        "seconds": attempt.seconds,
        "sure": attempt.sure,
        "skipped": attempt.skipped,
        "explanations": [list(one) for one in attempt.explanations],
        "exposes": list(attempt.exposes),
        "grade": entry.grade,
        "shown": list(entry.shown),
    }


def entry_from(found: Mapping[str, Any]) -> Entry:
    """Raises QuizgenError where a field is missing or is none."""
    values = read(ENTRY, found)
    grade, shown = values.pop("grade"), values.pop("shown")
    skill = Skill(values.pop("topic"), values.pop("kind"), values.pop("level"))
    return Entry(Attempt(skill=skill, **values), grade, shown)


def session_object(session: Session) -> dict[str, Any]:
    wishes = session.wishes
    return {
        "name": session.name,
        "seed": session.seed,
        "began": instant(session.began),
        "ended": session.ended and instant(session.ended),
        "topics": list(wishes.topics),
        "kinds": list(wishes.kinds),
        "levels": None if wishes.levels is None else [wishes.levels[0], wishes.levels[-1]],
        "count": wishes.count,
        "misses": wishes.misses,
    }


def session_from(found: Mapping[str, Any]) -> Session:
    """Raises QuizgenError where a field is missing or is none."""
    values = read(SESSION, found)
    own = {name: values.pop(name) for name in ("name", "seed", "began", "ended")}
    return Session(wishes=Wishes(**values), **own)


def read(fields: Mapping[str, Callable[[Any], Any]], found: Mapping[str, Any]) -> dict[str, Any]:
    values = {}
    for name, reader in fields.items():
        if name not in found:
            raise QuizgenError(f"the field “{name}” is missing.")
        try:
            values[name] = reader(found[name])
        except (ValueError, TypeError, IndexError, KeyError) as error:
            raise QuizgenError(f"“{name}” can't be {found[name]!r}: {error}.") from None
    return values
