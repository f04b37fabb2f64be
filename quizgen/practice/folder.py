"""Where a learner's data is kept."""

from __future__ import annotations

import re
from pathlib import Path

from quizgen.errors import QuizgenError

DEFAULT = "default"
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")


def learner_folder(profile: str = DEFAULT, data: Path | None = None) -> Path:
    """The folder of a profile: in `data` if that is given, else where the system keeps the user's data.

    Raises QuizgenError where the profile's name can't be that of a folder.
    """
    if not NAME.fullmatch(profile):
        raise QuizgenError(
            f"a profile can't be called “{profile}”.",
            remedy="Letters, digits, “-” and “_” make a name: --profile anna.",
        )
    if data is None:
        from platformdirs import user_data_path

        data = user_data_path("quizgen", appauthor=False)
    return data / profile
