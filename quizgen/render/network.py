"""A network that somebody has, solved, as an object for programs; docs/json.md describes its fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quizgen.errors import QuizgenError
from quizgen.layers.base import Shape
from quizgen.notation import FHW, Notation
from quizgen.render.json import markdown
from quizgen.solving import LayerCount, Solution
from quizgen.unknown import is_known, known

if TYPE_CHECKING:
    from quizgen.claims import Claim


def solution_object(solution: Solution, claim: Claim | None = None, notation: Notation = FHW) -> dict[str, Any]:
    """A network with everything counted; what is not known is None. claim: what somebody has typed for it."""
    field = solution.receptive_field
    told = {
        "source": solution.source,
        "framework": solution.reading.framework or None,
        "layers": [layer_object(layer) for layer in solution.layers],
        "params": known(solution.params),
        "trainable": known(solution.trainable),
        "non_trainable": known(solution.non_trainable),
        "macs": known(solution.macs),
        "receptive_field": field and list(field[1]),
        "notes": [markdown(note) for note in solution.notes],
    }
    if claim is None:
        return told
    from quizgen.render.claim import claim_object  # which needs all that knows of misconceptions

    return {**told, "diagnosis": claim_object(claim, notation)}


def layer_object(layer: LayerCount) -> dict[str, Any]:
    return {
        "name": layer.name,
        "type": layer.type,
        "output_shape": sizes(layer.output),
        "params": known(layer.params),
        "trainable": known(layer.trainable),
        "non_trainable": known(layer.non_trainable),
        "macs": known(layer.macs),
    }


def sizes(shape: Shape) -> list[int] | None:
    return list(shape) if is_known(shape) else None


def error_object(source: str, error: QuizgenError) -> dict[str, Any]:
    """What is said of a source that can't be solved. line: where in it, if that is known."""
    remedy = f" {error.remedy}" if error.remedy else ""
    return {"source": source, "error": f"{error.what}{remedy}", "line": error.place.line if error.place else None}
