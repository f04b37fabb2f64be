"""How the tests of formulas write slots: «1» for the mark of slot 1, as long as it is a file that people read."""

from __future__ import annotations

import re

MARK = re.compile("\ue000[0-9]+\ue001")


def mark(slot: int) -> str:
    return f"\ue000{slot}\ue001"


def marked(text: str) -> str:
    return re.sub("«([0-9]+)»", lambda found: mark(int(found[1])), text)


def filled(text: str, value: str) -> str:
    return MARK.sub(value, text)
