"""JSON: stable objects for programs, described in docs/json.md. Ints stay ints, shapes are lists, texts Markdown."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

from quizgen.layers.base import Shape
from quizgen.network import Network, macs_total, non_trainable_total, params_total, trainable_total
from quizgen.prose import Prose, spelled
from quizgen.question import Choices, Design, FillIn, Formula, Question, Ranking, Sheet, Statements
from quizgen.render.formats import writer


def question_object(question: Question) -> dict[str, Any]:
    """A question with its options, answer and worked solution."""
    return {
        "name": question.name,
        "template": question.template,
        "seed": question.seed,
        "version": question.version,
        "topic": question.topic,
        "level": question.level,
        "kind": question.kind,
        "title": question.title,
        "points": question.points,
        "stem": markdown(question.stem),
        "network": network_object(question.network),
        "options": option_objects(question),
        **parts_of(question),
        "answer": plain(question.answer),
        "solution": markdown(question.solution),
        "hints": [markdown(hint) for hint in question.hints],
        "difficulty": difficulty_object(question),
    }


def difficulty_object(question: Question) -> dict[str, Any]:
    from quizgen.difficulty import difficulty  # which needs the samplers, as no other object does

    how = difficulty(question)
    return {"value": how.value, "minutes": how.minutes, "features": dict(how.features)}


def parts_of(question: Question) -> dict[str, Any]:
    """What else has to be known to answer: the items of a ranking, the letters of a formula, the needs of a design."""
    match question.answering:
        case Ranking(items):
            return {"items": [markdown(item) for item in items]}
        case Formula(letters):
            return {"letters": dict(letters)}
        case Design(needs=needs, example=example):
            told = [{"text": markdown(one.says), "asks": one.quantity, one.is_limit: plain(one.bound)} for one in needs]
            return {"needs": told, "example": example}
    return {}


def option_objects(question: Question) -> list[dict[str, Any]]:
    match question.answering:
        case Choices(options):
            return [option(written(one.value), plain(one.value), one) for one in options]
        case Statements(options):
            return [option(markdown(one.text), one.correct, one) for one in options]
    return []


def option(text: str, value: Any, one: Any) -> dict[str, Any]:
    return {
        "text": text,
        "value": value,
        "correct": one.correct,
        "misconceptions": list(one.misconceptions),
        "feedback": markdown(one.feedback),
    }


def network_object(network: Network) -> dict[str, Any]:
    """A network layer by layer, channels last and without the batch axis."""
    rows = network.rows
    return {
        "name": network.name,
        "framework": network.framework,
        "inputs": [list(shape) for shape in network.inputs],
        "layers": [
            {
                "name": row.name,
                "type": type(row.layer).__name__,
                "inputs": list(row.node.inputs),
                "output_shape": list(row.output),
                "params": row.params,
                "trainable": row.trainable,
                "non_trainable": row.non_trainable,
                "macs": row.macs,
            }
            for row in rows
        ],
        "params": params_total(rows),
        "trainable": trainable_total(rows),
        "non_trainable": non_trainable_total(rows),
        "macs": macs_total(rows),
    }


def sheet_object(sheet: Sheet) -> dict[str, Any]:
    return {
        "title": sheet.title,
        "course": sheet.course,
        "instructions": sheet.instructions,
        "date": sheet.date,
        "minutes": sheet.minutes,
        "points": sheet.points,
        "seed": sheet.seed,
        "variant": sheet.variant,
        "command": sheet.command,
        "questions": [question_object(question) for question in sheet.questions],
    }


def sheet_json(sheet: Sheet) -> str:
    return json.dumps(sheet_object(sheet), ensure_ascii=False, indent=1) + "\n"


def line(value: Any) -> str:
    """One object on one line."""
    return json.dumps(value, ensure_ascii=False)


def plain(value: Any) -> Any:
    """A value as JSON has it: words as Markdown, a fraction as a decimal."""
    if isinstance(value, Shape | tuple):
        return [plain(part) for part in value]
    if isinstance(value, Prose):
        return markdown(value)
    return float(value) if isinstance(value, Fraction) and value.denominator != 1 else whole(value)


def whole(value: Any) -> Any:
    return int(value) if isinstance(value, Fraction) else value


def written(value: Any) -> str:
    """A value as it is printed."""
    if isinstance(value, Prose):
        return markdown(value)
    return spelled(value) if isinstance(value, int | Fraction) else str(value)


def markdown(text: Prose) -> str:
    return writer("md").prose(text).strip()


__all__ = ["FillIn", "line", "network_object", "question_object", "sheet_json", "sheet_object"]
