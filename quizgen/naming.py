"""A question's name: `conv2d-params:1234`, or with its version `conv2d-params:1234@3fa29c`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from quizgen.compose import compose
from quizgen.errors import PlanError
from quizgen.kinds import find_kind
from quizgen.notation import FHW, Notation
from quizgen.question import Question

NAME = re.compile(r"([a-z0-9][a-z0-9_.-]*):([0-9]{1,12})(?:@([0-9a-f]{4,6}))?")


def question(name: str, *, folders: Sequence[Path] = (), notation: Notation = FHW) -> Question:
    """The question of that name.

    Raises PlanError for a name that is none or that asks for another version than this quizgen makes, and
    UnknownNameError for a template that is not there.
    """
    if "+" in name:
        asked, _, about = name.partition("+")
        raise PlanError(
            f"“{asked}” was asked about a network of one's own, {about}.",
            remedy="The command at the foot of its sheet makes it again: quizgen sheet --about ...",
        )
    match = NAME.fullmatch(name.strip())
    if not match:
        raise PlanError(
            f"“{name}” is not the name of a question.", remedy="A name is a template and a seed: conv2d-params:1234."
        )
    made = compose(find_kind(match[1], folders), int(match[2]), notation)
    if match[3] and not made.version.startswith(match[3]):
        raise PlanError(
            f"“{match[1]}:{match[2]}” is at version {made.version} here, not {match[3]}.",
            remedy="Its template or a rule has changed since; the name without @ gives the question as it is now.",
        )
    return made


__all__ = ["question"]
