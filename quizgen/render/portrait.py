"""A misconception as an object for programs; docs/json.md describes its fields."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from quizgen.portrait import Portrait, described
from quizgen.prose import Value, prose
from quizgen.render.formats import writer
from quizgen.render.json import markdown, network_object, plain
from quizgen.worked.instances import InNetwork


def portrait_object(portrait: Portrait) -> dict[str, Any]:
    held, one = portrait.held, portrait.example
    return {
        "name": held.id,
        "topic": held.topic,
        "belief": held.belief,
        "rules": [
            {"where": piece.where, "right": in_text(piece.right), "wrong": in_text(piece.wrong)}
            for piece in portrait.pieces
        ],
        "hides": portrait.hides,
        "example": {
            "text": markdown(described(one)),
            "network": network_object(one.network),
            "asks": one.asked.quantity.name if isinstance(one, InNetwork) else None,
            "right": value(one.right),
            "wrong": value(one.wrong),
        },
        "mend": markdown(portrait.mend),
        "grade": held.grade,
        "evidence": portrait.evidence,
    }


def value(number: Any) -> Any:
    return float(number) if isinstance(number, Fraction) else plain(number)


def in_text(value: Value) -> str:
    """A value on one line of plain text."""
    return " ".join(writer("txt").prose(prose("{}", value)).split())
