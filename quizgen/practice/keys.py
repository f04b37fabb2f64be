"""The keys of a session: one letter and Enter, or the whole word."""

from __future__ import annotations

from dataclasses import dataclass, field

from quizgen.prose import Prose, Table, prose


@dataclass(frozen=True, slots=True)
class Key:
    """What is typed: a letter, or a word; and what it does, which does not tell keys apart."""

    letter: str
    word: str
    does: str = field(compare=False)


HINT = Key("h", "hint", "a hint: first a nudge, then the formula, then its numbers")
OPTIONS = Key("o", "options", "options to choose from, by their letters")
WHY = Key("w", "why", "why the last answer is right or wrong, in full, and what the other options come from")
SURE = Key("c", "sure", "say that you are sure, then that you are unsure, before you answer")
SKIP = Key("s", "skip", "skip this question")
UNDO = Key("u", "undo", "take back the last grade, and answer that question again")
QUIT = Key("q", "quit", "stop; the next session goes on from here")
HELP = Key("?", "help", "these keys")

KEYS: tuple[Key, ...] = (HINT, OPTIONS, WHY, SURE, SKIP, UNDO, QUIT, HELP)

EXAM_KEYS: tuple[Key, ...] = (
    OPTIONS,
    Key("s", "skip", "leave this question out"),
    Key("u", "undo", "answer the question before again"),
    Key("q", "quit", "hand in"),
    HELP,
)
"""Those of an exam."""


def key_of(line: str, letters: str = "", keys: tuple[Key, ...] = KEYS) -> Key | None:
    """The key that a line is, if it's one. letters: those that are options now, and so are answers."""
    typed = line.strip().lower()
    if typed and typed in letters:
        return None
    return next((key for key in keys if typed in (key.letter, key.word)), None)


def keys_told(keys: tuple[Key, ...] = KEYS) -> Prose:
    """The keys as a table."""
    rows = tuple((key.letter, key.word, key.does) for key in keys)
    return prose("{}", Table(("Key", "Word", "What it does"), (*rows, ("Enter", "", "hand in what you typed")), "lll"))
