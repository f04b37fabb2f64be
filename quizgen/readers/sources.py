"""Text out of files and standard input, whatever its encoding; what is no text is said to be none."""

from __future__ import annotations

import codecs
import os
import re
import stat
import sys
from difflib import get_close_matches
from itertools import islice
from pathlib import Path

from quizgen.architectures import ARCHITECTURES
from quizgen.errors import Place
from quizgen.readers.reading import ReadError

MOST_BYTES = 4 * 2**20
"""The JSON of the largest models of Keras has a quarter of it."""

LOOKED_AT = 1000
"""How many files of a folder are looked at for a name like the one that was typed."""

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Byte order marks, the longer before those that they begin with."""

BINARY = (
    (b"PK\x03\x04", "an archive", "The config.json in a .keras file can be read; of PyTorch, the code that built it."),
    (b"\x89HDF", "an HDF5 file", "Write the model down with model.to_json()."),
    (b"\x80", "a pickle", "It holds weights: give the code that built the network."),
)
"""How files begin that people have of a network and that hold no text, and what they could give in their place."""

CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
READABLE = frozenset({".py", ".json", ".txt", ".ipynb", ".md"})
FILES = READABLE | {".keras", ".h5", ".hdf5", ".pt", ".pth", ".pkl", ".onnx", ".toml"}
"""How names end that only files have."""


def read_file(path: Path) -> str:
    """The text of a file. Raises ReadError where there is none to be had."""
    try:
        if stat.S_ISDIR(path.stat().st_mode):
            inside = [name for name in names_in(path) if Path(name).suffix in READABLE]
            remedy = f"Name a file in it, such as {path / inside[0]}." if inside else "Name a file."
            raise ReadError("this is a folder.", place=Place(path), remedy=remedy)
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise missing(path) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ReadError(f"the file cannot be read: {reason}.", place=Place(path)) from error
    return decoded(data, path)


def read_standard_input() -> str:
    """All that comes in on standard input. Raises ReadError where it is no text."""
    return decoded(sys.stdin.buffer.read(MOST_BYTES + 1), "-")


def decoded(data: bytes, name: str | Path) -> str:
    """Bytes as text: as their byte order mark says, as UTF-8, or as Latin-1; raises ReadError."""
    place = Place(name)
    if len(data) > MOST_BYTES:
        raise ReadError(f"more than {MOST_BYTES // 2**20} MB are no description of a network.", place=place)
    encoding = next((encoding for mark, encoding in MARKS if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding != "utf-8":
            raise ReadError(f"this is not text in {encoding}, as it begins: {error.reason}.", place=place) from error
        text = data.decode("latin-1")
    if CONTROL.search(text):
        _, what, remedy = next((kind for kind in BINARY if data.startswith(kind[0])), (b"", "no text", ""))
        raise ReadError(f"this is {what}.", place=place, remedy=remedy or "Save the code as text in UTF-8.")
    if not text.strip():
        raise ReadError("there is nothing in it.", place=place)
    return text


def missing(path: Path) -> ReadError:
    """What is said of a file that is not there: names like it, of files beside it and of architectures."""
    near = get_close_matches(path.name, [*names_in(path.parent), *ARCHITECTURES], n=3, cutoff=0.6)
    remedy = f"Did you mean {' or '.join(f'“{name}”' for name in near)}?" if near else ""
    return ReadError(f"there is no file “{path}”.", remedy=remedy)


def names_in(folder: Path) -> list[str]:
    """Names of files in a folder, as far as it can be read."""
    try:
        with os.scandir(folder) as entries:
            return sorted(entry.name for entry in islice(entries, LOOKED_AT))
    except OSError:
        return []
