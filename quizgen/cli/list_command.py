"""`quizgen list`: what there is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from quizgen.cli.options import json_option, templates_option

Entry = Mapping[str, Any]


def topics(folders: Sequence[Path]) -> Iterator[Entry]:
    from quizgen.kinds import TOPICS, all_kinds

    kinds = all_kinds(folders)
    for name, summary in TOPICS.items():
        yield {"name": name, "summary": summary, "questions": [kind.name for kind in kinds if kind.topic == name]}


def questions(folders: Sequence[Path]) -> Iterator[Entry]:
    from quizgen.kinds import all_kinds

    for kind in all_kinds(folders):
        yield {
            "name": kind.name,
            "summary": kind.summary,
            "topic": kind.topic,
            "levels": list(kind.levels),
            "kind": kind.answer,
            "asks": kind.asks.name,
        }


def styles(folders: Sequence[Path]) -> Iterator[Entry]:
    from quizgen.render.skins import find_skin
    from quizgen.templates import sources

    for name in sources("sheets", folders):
        yield {"name": name, "summary": find_skin(name, folders).summary}


def layers(folders: Sequence[Path]) -> Iterator[Entry]:
    from quizgen.layers import LAYERS

    for layer in LAYERS:
        yield {"name": layer.__name__, "summary": (layer.__doc__ or "").strip().split("\n")[0]}


def architectures(folders: Sequence[Path]) -> Iterator[Entry]:
    from quizgen.architectures import ARCHITECTURES

    for name, architecture in ARCHITECTURES.items():
        yield {"name": name, "summary": architecture.summary}


LISTS: dict[str, Callable[[Sequence[Path]], Iterator[Entry]]] = {
    "topics": topics,
    "questions": questions,
    "styles": styles,
    "layers": layers,
    "architectures": architectures,
}


@click.command(name="list")
@click.argument("what", metavar="|".join(LISTS))
@json_option
@templates_option
def command(what: str, as_json: bool, folders: Sequence[Path]) -> None:
    """List topics, questions, styles, layers or architectures, each with a line that says what it is."""
    from quizgen.errors import UnknownNameError
    from quizgen.render.json import line

    if what not in LISTS:
        raise UnknownNameError("list", what, LISTS)
    entries = list(LISTS[what](folders))
    width = max((len(entry["name"]) for entry in entries), default=0)
    for entry in entries:
        click.echo(line(entry) if as_json else f"{entry['name']:<{width}}  {entry['summary']}")
