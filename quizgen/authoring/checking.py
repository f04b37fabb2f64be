"""What an author needs to know of a template: its mistakes, and what its questions are like."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from quizgen.authoring.matters import Numbers, covers, look
from quizgen.authoring.names import unknown_names
from quizgen.compose import compose
from quizgen.difficulty import difficulty
from quizgen.errors import QuizgenError
from quizgen.fairness import Report, examine
from quizgen.fairness_report import as_object
from quizgen.kind import HINTS, Kind
from quizgen.kinds import read_kind
from quizgen.notation import FHW
from quizgen.prose import Code, Prose
from quizgen.question import Question, Sheet
from quizgen.reach import names_in_reach
from quizgen.render import parts
from quizgen.render.formats import writer
from quizgen.render.skins import find_skin
from quizgen.sandbox import BLOCKS
from quizgen.stream import Stream

LONGEST_STEM = 60
"""Words of a stem, beside its code or table (R25)."""

MOST_MISTAKES = 20
IN_EVERY_OUTPUT = 12
"""So many questions are written in every output; all of them as text."""

POSED = 8
"""How many networks are drawn to find one that the names in a template's words can be looked up in."""

LOOKED_AT = 40
"""So many questions tell which numbers matter."""


def check(path: Path, count: int, folders: Sequence[Path] = ()) -> dict[str, Any]:
    """The object that `quizgen check FILE --json` prints; docs/json.md describes its fields."""
    found: dict[str, Any] = {"name": path.stem, "file": str(path), "mistakes": [], "complaints": []}
    try:
        kind = read_kind(path)
        _ = kind.words
    except QuizgenError as unreadable:
        return found | {"mistakes": [mistake(unreadable)]}
    questions, mistakes = made(kind, count)
    mistakes = [*static(kind), *mistakes]
    different: dict[str, QuizgenError] = {}
    for error in mistakes:
        different.setdefault(str(error), error)
    found["mistakes"] = [mistake(error) for error in different.values()][:MOST_MISTAKES]
    if not questions:
        return found
    report = examine(kind, [question.seed for question in questions])
    found |= figures(kind, questions, report, count)
    found["outputs"], warned = outputs(questions)
    found["complaints"] = [*complaints(found, report), *warned]
    return found


def made(kind: Kind, count: int) -> tuple[list[Question], list[QuizgenError]]:
    """The questions of these seeds, and what came up instead of a question. After a few mistakes there is no use in more."""
    questions: list[Question] = []
    mistakes: list[QuizgenError] = []
    for seed in range(count):
        try:
            questions.append(compose(kind, seed))
        except QuizgenError as error:
            mistakes.append(error)
            if len(mistakes) >= MOST_MISTAKES and not questions:
                break
    return questions, mistakes


def static(kind: Kind) -> Iterator[QuizgenError]:
    """Names in the words that nothing carries: all of them at once, also where they are seldom said."""
    task: Any = None
    with suppress(QuizgenError):
        tasks = (kind.form.pose(kind, kind.levels[0], Stream(kind.name, attempt)) for attempt in range(POSED))
        task = next(filter(None, tasks), None)
    if task is not None:
        names = names_in_reach(task.network, task.asked, task.key, FHW, ())
        yield from unknown_names(kind.words.blocks, {**names, **task.names(FHW), "value": None, "noun": None})


def mistake(error: QuizgenError) -> dict[str, Any]:
    place = error.place
    return {
        "file": str(place.file) if place else None,
        "line": place.line if place else None,
        "field": place.field if place else None,
        "what": error.what,
        "remedy": error.remedy,
    }


def figures(kind: Kind, questions: Sequence[Question], report: Report, count: int) -> dict[str, Any]:
    """What the questions are like."""
    numbers = Numbers()
    for question in questions[:LOOKED_AT]:
        look(kind, question, numbers)
    idle = numbers.idle(kind.red_herrings)
    how = [difficulty(question) for question in questions]
    stems = {question.name: words_beside(question.stem) for question in questions}
    bank = as_object(report)
    return {
        "seeds": count,
        **{name: bank[name] for name in ("questions", "distinct", "hidden", "ambiguous", "equal", "milliseconds")},
        "refused": count - len(questions),
        "hints": sum(hint in kind.words.blocks.jinja.blocks for hint in HINTS),
        "idle": idle,
        "red_herrings": [name for name in numbers.idle() if name not in idle],
        "needless_red_herrings": [
            name
            for name in kind.red_herrings
            if numbers.shown and not any(covers(name, letter) for letter in numbers.idle())
        ],
        "words": max(stems.values()),
        "long": [name for name, words in stems.items() if words > LONGEST_STEM],
        "difficulty": [min(one.value for one in how), max(one.value for one in how)],
        "minutes": [min(one.minutes for one in how), max(one.minutes for one in how)],
    }


def words_beside(stem: Prose) -> int:
    """The words of a stem beside its code, tables and lists."""
    beside = Prose(stem.text, tuple("" if isinstance(one, (Code, *BLOCKS)) else one for one in stem.values))
    return len(writer("txt").prose(beside).split())


def outputs(questions: Sequence[Question]) -> tuple[dict[str, int], list[str]]:
    """How many questions were written in each output, with their solutions; and the warnings that came up."""
    skin = find_skin("quiz")
    few = Sheet("Check", tuple(questions[:IN_EVERY_OUTPUT]), seed=0, command="quizgen check")
    every = Sheet("Check", tuple(questions), seed=0, command="quizgen check")
    written: dict[str, int] = {}
    said: list[str] = []
    for format in parts.FORMATS:
        sheet = every if format in ("txt", "json") else few
        try:
            with warnings.catch_warnings(record=True) as caught:
                warnings.simplefilter("always")
                for part in ("questions",) if format == "json" else ("questions", "solutions"):
                    parts.rendered(sheet, skin, format, part)  # type: ignore[arg-type]
            said += [f"as {format}: {one.message}" for one in caught]
        except Exception as error:  # whatever comes up here would come up for whoever uses the template
            said.append(f"as {format}: {error}")
        written[format] = len(sheet.questions)
    return written, list(dict.fromkeys(said))


def complaints(found: dict[str, Any], report: Report) -> Iterator[str]:
    """What should be different, in words."""
    if found["refused"]:
        yield f"{found['refused']:,} of {found['seeds']:,} seeds give no question"
    for name, what in (("hidden", "options lead to the key"), ("ambiguous", "options can be told in two ways")):
        if found[name]:
            yield f"{found[name]:,} {what}"
    if found["equal"]:
        yield f"{found['equal']:,} options are equal to another one"
    if found["questions"] > 1 and found["distinct"] * 2 < found["questions"]:
        yield f"only {found['distinct']:,} of {found['questions']:,} questions differ"
    for name in found["idle"]:
        yield f"“{name}” stands in the question, and never matters to the answer (declare it in red_herrings if it may)"
    for name in found["needless_red_herrings"]:
        yield f"the red herring “{name}” stands in no question, or matters"
    if found["long"]:
        names = ", ".join(found["long"][:3])
        yield f"{len(found['long']):,} stems have more than {LONGEST_STEM} words, up to {found['words']}: {names}"
    yield from (one for one in report.complaints() if one.startswith(("“", "the places")) and found["questions"] >= 400)
