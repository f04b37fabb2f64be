"""Networks as Keras code: Sequential, functional and subclassed models, in the spellings of all its versions."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from types import MappingProxyType

from quizgen.layers.base import Shape
from quizgen.readers.keras.choosing import chosen
from quizgen.readers.keras.detecting import looks_like_keras
from quizgen.readers.keras.host import KerasHost
from quizgen.readers.keras.session import Session
from quizgen.readers.python import Interpreter, parsed
from quizgen.readers.reading import Reading

NOTHING: Mapping[str, int] = MappingProxyType({})


def read_keras(
    text: str, source: str, *, input_shape: Shape | None = None, assume: Mapping[str, int] = NOTHING
) -> Reading:
    """The network that Keras code builds, as Keras 3 would build it; nothing of it is run.

    source: what the text is called in errors. input_shape: takes the place of what the code says comes in, without the
    batch. assume: the parameters of layers that aren't Keras's own, by their name or class. Sizes that the code leaves
    open are `quizgen.unknown.UNKNOWN`. Raises ReadError, naming the line.
    """
    return read_module(parsed(text, source), source, input_shape=input_shape, assume=assume)


def read_module(
    module: ast.Module, source: str, *, input_shape: Shape | None = None, assume: Mapping[str, int] = NOTHING
) -> Reading:
    """As `read_keras`, for code that has been parsed."""
    session = Session(source, input_shape, assume)
    session.run = run = Interpreter(source, KerasHost(session))
    run.run(module)
    reading: Reading = run.guarded(lambda: chosen(session, run.spot(module)), module)
    return reading


__all__ = ["looks_like_keras", "read_keras", "read_module"]
