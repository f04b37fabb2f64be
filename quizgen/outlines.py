"""What question kinds there are, and at which levels: read at a glance, for who must choose among all of them.

To read and check a template takes a hundred times as long as to look at two of its lines, and of all kinds that might be
asked only one is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from quizgen.kinds import TOPICS, read_kind
from quizgen.templates import FENCE, sources

TOPIC = re.compile(r'^topic *= *"([a-z]+)" *$', re.MULTILINE)
LEVEL = re.compile(r"^level *= *(?:(\d{1,2})|\[ *(\d{1,2}) *, *(\d{1,2}) *\]) *$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Outline:
    """A question kind's name, topic and levels."""

    name: str
    topic: str
    levels: tuple[int, ...]


def outlines(folders: Sequence[Path] = ()) -> tuple[Outline, ...]:
    """Every question kind in reach, by name. Raises TemplateError or UnknownNameError where one
    can't be understood even so far."""
    return tuple(_outline(path, path.stat().st_mtime_ns) for path in sources("questions", folders).values())


@lru_cache(maxsize=512)
def _outline(path: Path, modified: int) -> Outline:
    front = path.read_text(encoding="utf-8", errors="replace").partition(f"\n{FENCE}")[0]
    topics, levels = TOPIC.findall(front), LEVEL.findall(front)
    if len(topics) == len(levels) == 1 and topics[0] in TOPICS and '"""' not in front and "'''" not in front:
        alone, low, high = levels[0]
        return Outline(path.stem, topics[0], tuple(range(int(alone or low), int(alone or high) + 1)))
    kind = read_kind(path)  # written in some other way, or wrong
    return Outline(kind.name, kind.topic, kind.levels)
