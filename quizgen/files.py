"""Writing files so that nothing is lost and nothing is left half-written."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from quizgen.errors import Place, PlanError


@contextmanager
def all_at_once(paths: Sequence[Path], *, force: bool) -> Iterator[Callable[[Path, bytes], None]]:
    """Give a function that writes one of these files beside its place; when all are written, they take their places.

    Where anything goes wrong before that, no file is touched and nothing is left behind. Raises PlanError where a file
    is there already (unless forced), or its folder can't be made or written.
    """
    for path in paths:
        with said(path):
            check(path, force=force)
    waiting: dict[Path, Path] = {}

    def write(path: Path, content: bytes) -> None:
        beside = path.with_name(f".{path.name}.{os.getpid()}")
        with said(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            waiting[beside] = path
            beside.write_bytes(content)

    try:
        yield write
        for beside, path in waiting.items():
            with said(path):
                beside.replace(path)
    finally:
        for beside in waiting:
            beside.unlink(missing_ok=True)


def check(path: Path, *, force: bool) -> None:
    """Raise PlanError where the file can't be written, as far as can be seen without trying."""
    if path.is_dir():
        raise PlanError("there is a folder of that name.", place=Place(path))
    if path.exists() and not force:
        raise PlanError("the file is there already.", place=Place(path), remedy="Use --force to replace it.")
    folder = next(parent for parent in path.parents if parent.exists())
    if not folder.is_dir():
        raise PlanError("this is a file, and no folder to write into.", place=Place(folder))
    if not os.access(folder, os.W_OK):
        raise PlanError("the folder can't be written into.", place=Place(folder))


@contextmanager
def said(path: Path) -> Iterator[None]:
    """What the system says about a file, as a PlanError."""
    try:
        yield
    except OSError as error:
        raise PlanError(f"the file can't be written: {error.strerror}.", place=Place(path)) from None
