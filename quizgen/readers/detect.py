"""The one place that decides what a source is: a file, code, JSON, the compact notation, or the name of a network."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType
from typing import Any

from quizgen.architectures import ARCHITECTURES, architecture
from quizgen.errors import Place, QuizgenError
from quizgen.layers.base import Shape
from quizgen.readers.compact import looks_compact, read_compact
from quizgen.readers.inputs import given
from quizgen.readers.keras_json import looks_like_json, read_keras_json
from quizgen.readers.notebooks import code_of_notebook, looks_like_notebook
from quizgen.readers.reading import ReadError, Reading, own_types
from quizgen.readers.shapes import shortened
from quizgen.readers.sources import FILES, read_file, read_standard_input

STANDARD_INPUT = "-"
LONGEST_PATH = 4096
TYPED = "the code"
"""What code is called that is from no file."""

NOTHING: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Source:
    """A text, the file that it's from (none for one that was typed), and what its reader is told beside it."""

    text: str
    file: str
    input_shape: Shape | None
    assume: Mapping[str, int]

    @property
    def place(self) -> Place | None:
        return Place(self.file) if self.file else None


def read(source: str | Path, *, input_shape: Shape | None = None, assume: Mapping[str, int] = NOTHING) -> Reading:
    """The network of a source: a path, `-` for standard input, code or JSON as text, the compact notation, or a name.

    input_shape: what comes in, where the source doesn't say it or something else is wanted.
    assume: the parameters of layers that no reader knows, by the name of the layer or of its kind.
    Nothing of the source is ever run. Raises ReadError, or another QuizgenError, where it can't be read.
    """
    if source == STANDARD_INPUT:
        return read_text(Source(read_standard_input(), STANDARD_INPUT, input_shape, assume))
    if isinstance(source, Path) or is_path(source):
        return read_text(Source(read_file(Path(source)), str(source), input_shape, assume))
    return read_text(Source(source, "", input_shape, assume))


def is_path(typed: str) -> bool:
    """Whether what was typed is meant as a path: a file is there, or nothing but a file could be called so."""
    if typed.strip().lower() in ARCHITECTURES and not Path(typed).is_file():
        return False
    if os.path.lexists(typed):
        return True
    if len(typed.split()) != 1 or len(typed) > LONGEST_PATH or "(" in typed:
        return False
    return Path(typed).suffix.lower() in FILES or (os.sep in typed and not looks_compact(typed))


def read_text(source: Source) -> Reading:
    """The network of a text, whatever it is written in."""
    name = source.text.strip().lower()
    if name in ARCHITECTURES:
        network = architecture(name)
        return given(Reading(name, "", network, types=own_types(network)), source.input_shape)
    if looks_like_notebook(source.text):
        source = replace(source, text=code_of_notebook(source.text, source.place))
    elif looks_like_json(source.text):
        return read_keras_json(source.text, source.file, input_shape=source.input_shape, assume=source.assume)
    if looks_compact(source.text):
        return read_compact(source.text, source.file, input_shape=source.input_shape)
    if len(source.text.split()) < 2 and "(" not in source.text:
        raise unknown_name(source)
    return read_code(source)


def unknown_name(source: Source) -> ReadError:
    """What is said of a single word that is nothing."""
    typed = shortened(source.text)
    if not typed:
        return ReadError("there is nothing in it.", place=source.place, remedy="Give a file, code, or 784 dense10.")
    near = get_close_matches(typed.lower(), ARCHITECTURES, n=3, cutoff=0.5)
    names = " or ".join(f"“{name}”" for name in near)
    remedy = f"Did you mean {names}?" if near else "quizgen list architectures names them."
    return ReadError(f"“{typed}” is no file, no architecture and no network.", place=source.place, remedy=remedy)


def read_code(source: Source) -> Reading:
    """The network of Keras or PyTorch code; where it could be either, of the one that has it."""
    from quizgen.readers.keras import looks_like_keras, read_module
    from quizgen.readers.python import parsed
    from quizgen.readers.torch import looks_like_torch, read_torch

    name = source.file or TYPED
    module = parsed(source.text, name)
    told: dict[str, Any] = {"input_shape": source.input_shape, "assume": source.assume}
    readers: list[Callable[[], Reading]] = []
    if looks_like_keras(module):
        readers.append(lambda: read_module(module, name, **told))
    if looks_like_torch(module):
        readers.append(lambda: read_torch(source.text, name, tree=module, **told))
    errors = []
    for read_it in readers:
        try:
            return read_it()
        except QuizgenError as error:
            errors.append(error)
    if errors:
        raise errors[0]
    remedy = "It reads Keras and PyTorch code, Keras's JSON, the compact notation (28x28x1 conv3x3x32 ...), and names."
    raise ReadError("there is no network in it.", place=Place(name), remedy=remedy)
