"""The compact notation, read: words, their numbers and suffixes, and the layers that they stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any

from quizgen.errors import Place, QuizgenError, nearest
from quizgen.layers import Bidirectional, Layer, MultiHeadAttention, Shape
from quizgen.layers.graph import TEXTBOOK, Node, visit
from quizgen.network import stack
from quizgen.readers.compact.numbers import PAIRS, PER_AXIS, read_number
from quizgen.readers.compact.words import ALIASES, BY_NAME, Suffix, Word, named, suffixes
from quizgen.readers.reading import ReadError, Reading, own_types
from quizgen.readers.shapes import SIZE, axes_of, parse_shape, shortened, unknown_shape

MOST_WORDS = 10_000
LONGEST_WORD = 200
BEGINNING = 4096
"""How much of a text is looked at to say what it is."""

ARROWS = frozenset({"->", "→", "=>", "|"})
VALUE = r"[\d.?][\d.?+]*(?:x[\d.?][\d.?+]*)*"
INPUT = re.compile(rf"{SIZE}(?:x{SIZE})*")
HEAD = re.compile(rf"(?P<name>[a-z_]+)(?P<value>{VALUE})?")
DIGITS_IN_NAME = re.compile(r"[a-z_]+\d+(?=[,/-]|$)")
TAIL = re.compile(rf"/(?P<stride>{VALUE})|,?(?P<name>-?[a-z]+)(?P<value>{VALUE})?")
WITH_RANK = re.compile(r"([a-z]+)[123]d(?![a-z])")


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the text and where it stands. source: the file that it's from; empty for a text that was typed."""

    text: str
    number: int
    line: int
    source: str

    @contextmanager
    def blamed(self) -> Iterator[None]:
        """Errors that come up in here are about this word."""
        try:
            yield
        except QuizgenError as error:
            place = Place(self.source, self.line) if self.source else None
            what = f"word {self.number}, “{shortened(self.text)}”: {error.what}"
            raise ReadError(what, place=place, remedy=error.remedy) from error


@dataclass(frozen=True, slots=True)
class Understood:
    """A word of the vocabulary with its numbers: those of its axes, and the others; and with its suffixes."""

    word: Word
    sizes: tuple[str, ...]
    scalars: tuple[str, ...]
    suffixes: tuple[tuple[Suffix, str], ...]

    @property
    def axes(self) -> int | None:
        """How many axes its input has, as far as the word tells: a `pool2` is taken for that of an image."""
        if self.word.name == "permute":
            return len(self.sizes)
        if self.word.axes or len(self.word.kinds) == 1:
            return self.word.axes or axes_of(self.word.kinds[0])
        return len(self.sizes) + 1 if self.says_axes else 3

    @property
    def says_axes(self) -> bool:
        """Whether its numbers are as many as the axes: one alone may stand for all, but not before the filters, where
        `conv3x3` would be read as three filters."""
        slides = bool(self.sizes) and self.word.numbers[0] in PER_AXIS | PAIRS
        return slides and (len(self.sizes) > 1 or bool(self.word.scalars))

    def layer(self, x: Shape) -> Layer:
        """The layer that it stands for, on this input; raises ReadError or LayerError."""
        spatial_axes = len(self.sizes) if self.says_axes else len(x) - 1
        if self.says_axes and len(x) > 1 and spatial_axes != len(x) - 1:
            has = f"{len(x) - 1} axis" if len(x) == 2 else f"{len(x) - 1} axes"
            what = f"a {self.word.numbers[0]} of {'x'.join(self.sizes)} does not fit {x}, which has {has} and channels."
            raise ReadError(what, remedy=f"Give a number for each axis, as in {self.word.example}.")
        kind = self.word.kinds[min(max(spatial_axes, 1), len(self.word.kinds)) - 1]
        rank = (axes_of(kind) or len(x)) - 1
        settings: dict[str, Any] = {**self.word.settings}
        if self.sizes:
            settings[self.word.numbers[0]] = read_number(self.word.numbers[0], "x".join(self.sizes), rank)
        for name, text in zip(self.word.scalars, self.scalars, strict=False):
            settings[name] = read_number(name, text, rank)
        for suffix, text in self.suffixes:
            if suffix.setting in settings:
                raise ReadError(f"its {suffix.setting} is said twice.")
            settings[suffix.setting] = read_number(suffix.setting, text, rank) if text else suffix.value
        if kind is MultiHeadAttention:
            settings.setdefault("key_dim", head_width(x, settings["heads"]))
        if not self.word.both_ways:
            return kind(**settings)
        merge = settings.pop("merge", "concat")
        return Bidirectional(kind(**settings), merge)  # type: ignore[arg-type]


def read_compact(text: str, source: str = "", *, input_shape: Shape | None = None) -> Reading:
    """The network that the compact notation describes.

    source: the file that the text is from; empty for a text that was typed. input_shape: takes the place of the one in
    the text, if there is one. Raises ReadError, naming the word.
    """
    tokens = list(islice(split(text, source), MOST_WORDS + 1))
    if len(tokens) > MOST_WORDS:
        raise ReadError(f"the text has more than {MOST_WORDS:,} words.", place=Place(source) if source else None)
    given = input_shape
    if tokens and INPUT.fullmatch(tokens[0].text):
        first = tokens.pop(0)
        with first.blamed():
            given = given or parse_shape(first.text)
    if not tokens:
        raise ReadError("there is no layer in it.", remedy="Write it as 28x28x1 conv3x3x32 flatten dense10.")
    words = [understood(token) for token in tokens]
    x = shape = given or unknown_shape(next((word.axes for word in words if word.axes), 1))
    layers: list[Layer] = []
    for token, word in zip(tokens, words, strict=True):
        with token.blamed():
            layers.append(word.layer(x))
            x = visit(Node(token.text, layers[-1]), (x,), TEXTBOOK).output
    network = stack(shortened(source or text), shape, layers)
    lines = {node.name: token.line for node, token in zip(network.nodes, tokens, strict=True)}
    return Reading(source or text, "", network, types=own_types(network), lines=lines)


def looks_compact(text: str) -> bool:
    """Whether a text is meant as compact notation: it begins with a shape, or holds a known word, and is no code."""
    beginning = text[:BEGINNING]
    tokens = list(split(beginning, ""))
    if not tokens or re.search(r"[(=:{\"']", beginning):
        return False
    heads = (HEAD.match(token.text) for token in tokens)
    return bool(INPUT.fullmatch(tokens[0].text)) or any(head and named(head["name"]) for head in heads)


def split(text: str, source: str) -> Iterator[Token]:
    """The words of a text; comments, and arrows and commas between words, are no words."""
    number = 0
    for line, content in enumerate(text.lower().replace("×", "x").splitlines(), start=1):
        for part in content.partition("#")[0].split():
            if (bare := part.strip(",;")) and bare not in ARROWS:
                number += 1
                yield Token(bare, number, line, source)


def understood(token: Token) -> Understood:
    """A word with its numbers and suffixes; raises ReadError."""
    with token.blamed():
        text = token.text
        if len(text) > LONGEST_WORD:
            raise ReadError(f"it is longer than {LONGEST_WORD} characters.")
        head = HEAD.match(text)
        if head is None:
            raise ReadError("a layer begins with its name.", remedy="Such as conv3x3x64, without a space in it.")
        name, value, end = head["name"], head["value"], head.end()
        whole = DIGITS_IN_NAME.match(text)
        if whole and whole[0] in BY_NAME:
            name, value, end = whole[0], None, whole.end()
        word = named(name)
        if word is None:
            raise ReadError(f"there is no layer “{name}”.", remedy=nearest(name, [*BY_NAME, *ALIASES]))
        if with_rank := WITH_RANK.match(text):
            remedy = f"Write {with_rank[1]} alone: the number of axes follows from the input."
            raise ReadError(f"“{with_rank[0]}” is not a word.", remedy=remedy)
        return Understood(word, *numbers_of(word, value.split("x") if value else []), tuple(tail(word, text[end:])))


def numbers_of(word: Word, values: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The numbers of a word: those of its axes, and the others; raises ReadError where there are too many or too few."""
    sizes = values[: len(values) - len(word.scalars)] if word.is_sized else []
    others = values[len(sizes) :]
    enough = len(word.scalars) - word.open <= len(others) <= len(word.scalars)
    if not enough or (word.is_sized and not sizes):
        takes = f"takes {' × '.join(word.numbers)}" if word.numbers else "takes no number"
        raise ReadError(f"{word.name} {takes}.", remedy=f"Write it as {word.example}.")
    return tuple(sizes), tuple(others)


def tail(word: Word, text: str) -> Iterator[tuple[Suffix, str]]:
    """The suffixes behind a word, each with its number, if it has one; raises ReadError."""
    at = 0
    while at < len(text):
        match = TAIL.match(text, at)
        if match is None:
            raise ReadError(f"“{text[at:]}” cannot be read.", remedy=what_follows(word))
        name, value = ("s", match["stride"]) if match["stride"] else (match["name"], match["value"] or "")
        same = (one for one in suffixes(word) if one.name == name and (one.value is None) == bool(value))
        suffix = next(same, None)
        if suffix is None:
            remedy = f"A layer of its own has a space before it: {name}." if named(name) else what_follows(word)
            raise ReadError(f"{word.name} has no setting “{name}{value}”.", remedy=remedy)
        yield suffix, value
        at = match.end()


def what_follows(word: Word) -> str:
    """The sentence that says which suffixes a word takes."""
    shown = [suffix.name if suffix.value is not None else f"{suffix.name}2" for suffix in suffixes(word)]
    return f"After it may stand {', '.join(shown)}." if shown else f"Nothing follows {word.name}."


def head_width(x: Shape, heads: int) -> int:
    """Features of a query in one head, where the word does not say it: the width, dealt out to the heads."""
    if heads < 1 or x.channels % heads:
        raise ReadError(f"a width of {x.channels} does not divide into {heads} heads.", remedy="Or say both: mha8x64.")
    return x.channels // heads
