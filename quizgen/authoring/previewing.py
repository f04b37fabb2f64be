"""A question of a template file, as it will look."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from quizgen.compose import compose
from quizgen.kinds import read_kind
from quizgen.notation import notation
from quizgen.render import single
from quizgen.render.skins import find_skin


def preview(
    path: Path, seed: int, format: str, *, solution: bool, style: str, letters: str, folders: Sequence[Path] = ()
) -> bytes:
    """The question of that seed as a file. Raises QuizgenError."""
    question = compose(read_kind(path), seed, notation(letters))
    command = f"quizgen preview {path} --seed {seed}"
    return single.rendered(question, find_skin(style, folders), format, command, solution=solution)
