"""What there is: topics, question kinds, styles, layers, architectures; each with a line that says what it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from quizgen.architectures import ARCHITECTURES
from quizgen.errors import UnknownNameError
from quizgen.kinds import TOPICS, all_kinds
from quizgen.layers import LAYERS
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
            "summary": architecture.summary,
            "params": params_total(architecture.build().rows),
            "source": architecture.source,
        }


LISTS: dict[str, Callable[[Sequence[Path]], Iterator[Entry]]] = {
    "topics": topics,
    "questions": questions,
    "styles": styles,
    "layers": layers,
    "architectures": architectures,
}


def entries(what: str, folders: Sequence[Path] = ()) -> list[Entry]:
    """The entries of a list, as docs/json.md describes them; raises UnknownNameError where there is no such list."""
    if what not in LISTS:
        raise UnknownNameError("list", what, LISTS)
    return list(LISTS[what](folders))
