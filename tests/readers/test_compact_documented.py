"""docs/compact-notation.md: every example is read, and every word and suffix that there is stands in it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from quizgen.errors import QuizgenError
from quizgen.readers.compact import read_compact, written
from quizgen.readers.compact.words import SUFFIXES, WORDS

PAGE = (Path(__file__).parents[2] / "docs" / "compact-notation.md").read_text(encoding="utf-8")
EXAMPLES = [line for block in re.findall(r"```\n(.*?)```", PAGE, re.DOTALL) for line in block.splitlines()]
TABLES = PAGE.split("| setting |")
SHOWN_WORDS = re.findall(r"`([a-z][^`]*\d[^`]*|[a-z]+)`", TABLES[0].partition("| word |")[2])
SHOWN_SUFFIXES = set(re.findall(r"`([,/-]?[a-z]*)[\dx+]*`", TABLES[1].partition("\n\n")[0]))
ACTIVATIONS = {word.name for word in WORDS if word.settings}
INPUTS = ("24x24x64", "20x64", "20x64x1", "64", "8x8x8x4", "7x7x64")


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_is_read_and_written_as_it_stands(example: str) -> None:
    assert written(read_compact(example).network) == example


@pytest.mark.parametrize("word", SHOWN_WORDS)
def test_a_word_of_the_table_is_read(word: str) -> None:
    if word in ("fc", "linear"):
        word += "256"

    def is_read(shape: str) -> bool:
        try:
            return bool(read_compact(f"{shape} {word}").network.nodes)
        except QuizgenError:
            return False

    assert any(map(is_read, INPUTS))


def test_every_word_stands_in_the_table() -> None:
    names = {re.sub(r"[\d/,].*|x.*", "", word) if word[-1].isdigit() else word for word in SHOWN_WORDS}
    assert {word.name for word in WORDS} - names - ACTIVATIONS - {"birnn", "bigru"} == set()


def test_every_suffix_stands_in_the_table() -> None:
    shown = {suffix.lstrip(",") for suffix in SHOWN_SUFFIXES}
    assert {suffix.name for suffix in SUFFIXES} - shown - {"valid"} == set()
