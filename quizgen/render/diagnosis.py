"""A diagnosis as an object for programs; docs/json.md describes its fields."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from quizgen.calculations import Step
from quizgen.diagnosis import Diagnosis, Explanation
from quizgen.notation import FHW, Notation
from quizgen.prose import Value, prose
from quizgen.render.formats import writer
from quizgen.render.json import markdown, plain


def diagnosis_object(diagnosis: Diagnosis, question: str | None = None, notation: Notation = FHW) -> dict[str, Any]:
    """question: the name of the question, if it is one and not a network that was asked about."""
    given = diagnosis.given.value
    return {
        "question": question,
        "given": float(given) if isinstance(given, Fraction) else plain(given),
        "answer": plain(diagnosis.answer),
        "correct": diagnosis.correct,
        "explanations": [explained(diagnosis, one, notation) for one in diagnosis.explanations],
        "slips": [{"name": slip.name, "text": markdown(slip.says)} for slip in diagnosis.slips],
        "nearest": diagnosis.nearest and explained(diagnosis, diagnosis.nearest, notation),
    }


def explained(diagnosis: Diagnosis, explanation: Explanation, notation: Notation) -> dict[str, Any]:
    return {
        "misconceptions": list(explanation.misconceptions),
        "value": plain(explanation.value),
        "steps": [step_object(step) for step in diagnosis.steps(explanation, notation)],
    }


def step_object(step: Step) -> dict[str, Any]:
    return {
        "where": step.where,
        "wrong": step.wrong and in_text(step.wrong.whole),
        "right": step.right and in_text(step.right.whole),
    }


def in_text(value: Value) -> str:
    """A value on one line of plain text."""
    return " ".join(writer("txt").prose(prose("{}", value)).split())
