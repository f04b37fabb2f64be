"""Code as people paste it, brought back to code; every line stays where it stands."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias

Clean: TypeAlias = Callable[[list[str]], list[str]]

CHARACTERS = str.maketrans(
    "\u2018\u2019\u201a\u2032\u201c\u201d\u201e\u2033\u00a0\u2009\u202f\u3000\u2013\u2014\u2212\u00d7"
    "\uff08\uff09\uff0c\uff1a\uff1d\uff0e\u3010\u3011\uff3b\uff3d\uff0b\uff0d\uff0a\uff0f\u3001\uff1b",
    "''''\"\"\"\"    ---*(),:=.[][]+-*/,;",
    "\u200b\u200c\u200d\ufeff\u00ad",
)
"""Typographer's and full-width characters, and what their authors typed; characters without a width are dropped."""

FENCE = re.compile(r"\s*(?:```+|~~~+)")
PROMPT = re.compile(r"\s*(?:>>>|\.\.\.|In ?\[[\d ]*\]:|\.\.\.+:)(?: |$)")
FIRST_PROMPT = re.compile(r"\s*(?:>>>|In ?\[[\d ]*\]:)(?: |$)")
NUMBERED = re.compile(r"\s*(?:In ?\[[\d ]*\]:|\.\.\.+:)(?: |$)")
OUTPUT = re.compile(r"\s*Out ?\[[\d ]*\]:")
MAGIC = re.compile(r"(\s*)(?:[%!?].*|\w+\?+\s*$)")
PRINTED = re.compile(r"\s*(?:Out ?\[[\d ]*\]:\s*)?\w+\(")
CHILD = re.compile(r"\s+\([\w.]+\): \w+\(")
OLD_PRINT = re.compile(r"(\s*)print\s+[^\s(=].*")
KEYWORD = re.compile(r"(?:import|from|def|class|if|elif|for|while|return|with|assert|raise|del|lambda|async)\b")
TABLE = re.compile(r"[\s=_\-+|─━═╒╕╘╛├┤┝┥│┃┏┓┗┛┡┩┌┐└┘╞╡╪┬┴┼┳┻╇╈]{8,}|\s*[│┃|║].*[│┃|║]\s*")
REPORT = re.compile(
    r"\s*(?:Model: |Layer \(type|(?:Total|Trainable|Non-trainable|Optimizer) params|Traceback |File \"|\w+(?:Error|Warning): "
    r"|\S+ \(\w+\)\s+[(\[]+(?:None|\d)|\[?\(?None, |Epoch \d|\d+/\d+ \[|Train on \d|Using \w+ backend)"
)
WORDS = re.compile(r"[^\W\d_][\w'’-]*[,;.:]?(?: +[^\W\d_(][\w'’-]*[,;.:!?]?){2,}|[A-Z][\w'’ ]*[:.!?]\s*$")


def without_characters(lines: list[str]) -> list[str]:
    """Plain quotes, brackets and spaces."""
    return [line.translate(CHARACTERS) for line in lines]


def within_fences(lines: list[str]) -> list[str]:
    """Only what stands within Markdown's fences, where there are any."""
    if not any(map(FENCE.match, lines)):
        return lines
    inside, kept = False, []
    for line in lines:
        fence = bool(FENCE.match(line))
        kept.append(line if inside and not fence else "")
        inside = inside != fence
    return kept


def without_prompts(lines: list[str]) -> list[str]:
    """Without `>>> `, `In [3]: ` and what the interpreter printed between them."""
    if any(line.lstrip().startswith(">>>") for line in lines):
        return [without_prompt(line) if PROMPT.match(line) else "" for line in lines]
    if any(map(FIRST_PROMPT.match, lines)):
        plain = ["" if OUTPUT.match(line) else line for line in lines]
        return [without_prompt(line) if NUMBERED.match(line) else line for line in plain]
    return lines


def without_prompt(line: str) -> str:
    return line[match.end() :] if (match := PROMPT.match(line)) else line


def without_magic(lines: list[str]) -> list[str]:
    """`%matplotlib inline`, `!pip install`, `?help` and Python 2's `print x` do nothing to a network."""
    plain = [f"{match[1]}pass" if (match := MAGIC.fullmatch(line)) else line for line in lines]
    return [f"{match[1]}pass" if (match := OLD_PRINT.fullmatch(line)) else line for line in plain]


def without_printed_modules(lines: list[str]) -> list[str]:
    """Without what `print(model)` prints in PyTorch: `Net(`, lines such as `(fc): Linear(...)`, and `)`."""
    kept, end = list(lines), -1
    for place, line in enumerate(lines):
        if place <= end or not PRINTED.fullmatch(line) or not any(map(CHILD.match, lines[place + 1 : place + 2])):
            continue
        width = len(line) - len(line.lstrip())
        closing = (
            at for at in range(place + 1, len(lines)) if lines[at].strip() == ")" and lines[at].find(")") <= width
        )
        end = next(closing, place)
        kept[place : end + 1] = [""] * (end + 1 - place)
    return kept


def without_tabs(lines: list[str]) -> list[str]:
    """A tab is as wide as the steps in which the other lines are indented: 8 in old code, else 4."""
    widths = [len(line) - len(line.lstrip()) for line in lines if line.startswith(" ") and line.strip()]
    tab = 8 if widths and all(width % 8 == 0 for width in widths) else 4
    return [line.expandtabs(tab) for line in lines]


def dedented(lines: list[str]) -> list[str]:
    """Without the indentation that all lines share, or all but the first, which was copied from its middle on."""
    widths = [len(line) - len(line.lstrip()) for line in lines if line.strip()]
    if not widths:
        return lines
    first, rest = widths[0], min(widths[1:], default=widths[0])
    start = next(place for place, line in enumerate(lines) if line.strip())
    tail = [line[min(rest, len(line) - len(line.lstrip())) :] for line in lines[start + 1 :]]
    if first >= rest or not lines[start].rstrip().endswith((":", "(", "[", "{", ",", "\\")):
        return [*lines[:start], lines[start].lstrip() if first else lines[start], *tail]
    return lines


CLEANING: tuple[Clean, ...] = (
    without_characters,
    within_fences,
    without_prompts,
    without_printed_modules,
    without_magic,
    without_tabs,
    dedented,
)
"""In this order, each on what the one before it left."""


def is_prose(line: str) -> bool:
    """Whether a line is no code: a sentence, a table that a program printed, an error message."""
    if TABLE.fullmatch(line) or REPORT.match(line):
        return True
    return bool(WORDS.match(line.strip())) and not KEYWORD.match(line.strip())


def without_prose(lines: list[str], line: int) -> list[str] | None:
    """Without the sentences or the printed table around a line (counted from 1), or None where it's none."""
    at = min(line, len(lines)) - 1
    while at >= 0 and not lines[at].strip():
        at -= 1
    if at < 0 or not is_prose(lines[at]):
        return None
    first, last = at, at
    while first > 0 and is_prose(lines[first - 1]):
        first -= 1
    traced = any(line.startswith("Traceback") for line in lines[first : at + 1])
    while last + 1 < len(lines) and belongs(lines[last + 1], traced):
        last += 1
    return [*lines[:first], *[""] * (last + 1 - first), *lines[last + 1 :]]


def belongs(line: str, traced: bool) -> bool:
    """Whether a line behind prose is prose too; the code that a traceback shows is indented."""
    return not line.strip() or is_prose(line) or (traced and line.startswith(" "))
