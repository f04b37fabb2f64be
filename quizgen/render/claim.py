"""What is behind somebody's number, as an object for programs; docs/json.md describes its fields."""

from __future__ import annotations

from typing import Any

from quizgen.claims import Claim
from quizgen.notation import FHW, Notation
from quizgen.render.diagnosis import diagnosis_object, explained


def claim_object(claim: Claim, notation: Notation = FHW) -> dict[str, Any]:
    """A diagnosis, and what the number was taken for."""
    told = {
        **diagnosis_object(claim.diagnosis, None, notation),
        "asks": claim.asks,
        "of": claim.of,
        "one_layer": [
            {"layer": one.layer, **explained(one.diagnosis, explanation, notation)}
            for one in claim.astray
            for explanation in one.diagnosis.explanations
        ],
    }
    if claim.elsewhere:
        where, there = claim.elsewhere
        told["elsewhere"] = {"where": where, **claim_object(there, notation)}
    return told
