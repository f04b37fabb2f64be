"""What there is: topics, question kinds, styles, layers, architectures, misconceptions; each with a line that says what it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from quizgen.architectures import ARCHITECTURES
from quizgen.errors import PlanError, UnknownNameError
from quizgen.kinds import TOPICS, all_kinds
from quizgen.layers import LAYERS
from quizgen.misconceptions import MISCONCEPTIONS
from quizgen.network import params_total
from quizgen.render.skins import find_skin
from quizgen.sampling.subject import first_paragraph
from quizgen.templates import sources

Entry: TypeAlias = dict[str, Any]


def topics(folders: Sequence[Path]) -> Iterator[Entry]:
    kinds = all_kinds(folders)
    for name, summary in TOPICS.items():
        yield {"name": name, "summary": summary, "questions": [kind.name for kind in kinds if kind.topic == name]}


def questions(folders: Sequence[Path]) -> Iterator[Entry]:
    for kind in all_kinds(folders):
        # Whoever writes templates lists them to see whether they are right.
        _ = kind.words
        yield {
            "name": kind.name,
            "summary": kind.summary,
            "topic": kind.topic,
            "levels": list(kind.levels),
            "kind": kind.answer,
            "asks": kind.asks.name,
        }


def styles(folders: Sequence[Path]) -> Iterator[Entry]:
    for name in sources("sheets", folders):
        yield {"name": name, "summary": find_skin(name, folders).summary}


def layers(folders: Sequence[Path]) -> Iterator[Entry]:
    for layer in LAYERS:
        yield {"name": layer.__name__, "summary": first_paragraph(layer)}


def architectures(folders: Sequence[Path]) -> Iterator[Entry]:
    for name, architecture in ARCHITECTURES.items():
        yield {
            "name": name,
            "title": architecture.title,
            "summary": architecture.summary,
            "params": params_total(architecture.build().rows),
            "source": architecture.source,
        }


def misconceptions(folders: Sequence[Path]) -> Iterator[Entry]:
    for held in MISCONCEPTIONS:
        yield {"name": held.id, "summary": held.belief, "topic": held.topic, "grade": held.grade}


LISTS: dict[str, Callable[[Sequence[Path]], Iterator[Entry]]] = {
    "topics": topics,
    "questions": questions,
    "styles": styles,
    "layers": layers,
    "architectures": architectures,
    "misconceptions": misconceptions,
}


def entries(what: str, folders: Sequence[Path] = (), topic: str | None = None) -> list[Entry]:
    """The entries of a list, as docs/json.md describes them; of one topic, if it is given.

    Raises UnknownNameError where there is no such list, or no such topic in it, and PlanError where it has no topics.
    """
    if what not in LISTS:
        raise UnknownNameError("list", what, LISTS)
    found = list(LISTS[what](folders))
    if topic is None:
        return found
    known = {entry["topic"] for entry in found if "topic" in entry}
    if not known:
        raise PlanError(f"{what} have no topic.", remedy="--topic is for questions and misconceptions.")
    if topic not in known:
        raise UnknownNameError(f"topic in the list of {what}", topic, known)
    return [entry for entry in found if entry["topic"] == topic]
