"""Files to begin with: a template and a plan that already work, with comments that say what else there is."""

from __future__ import annotations

import re
from pathlib import Path

from quizgen.errors import PlanError
from quizgen.kinds import NAME

HERE = Path(__file__).parent


def question(name: str) -> bytes:
    """The text of a new question template. Raises PlanError where it can't be called so."""
    if not NAME.fullmatch(name):
        remedy = "Small letters, digits, “-” and “_” make a name that can be typed: my-question."
        raise PlanError(f"a question template can't be called “{name}”.", remedy=remedy)
    text = (HERE / "question.md").read_text(encoding="utf-8")
    return re.sub("my-question", name, text).encode()


def plan() -> bytes:
    """The text of a new plan."""
    return (HERE / "plan.toml").read_bytes()
