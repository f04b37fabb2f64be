"""Writing files so that nothing is lost and nothing is left half-written."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from quizgen.errors import Place, PlanError


def check_writable(paths: list[Path], *, force: bool) -> None:
    """Raise PlanError where a file is there already, or its folder can't be."""
    for path in paths:
        if path.is_dir():
            raise PlanError("there is a folder of that name.", place=Place(path))
        if path.exists() and not force:
            raise PlanError("the file is there already.", place=Place(path), remedy="Use --force to replace it.")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise PlanError(f"the folder can't be made: {error.strerror}.", place=Place(path.parent)) from None


def write_all(contents: Mapping[Path, bytes], *, force: bool) -> None:
    """Write every file beside its place, then rename all: either every file is whole, or none is touched.

    Raises PlanError where a file is there already (unless forced) or its folder can't be written.
    """
    check_writable(list(contents), force=force)
    waiting: dict[Path, Path] = {}
    try:
        for path, content in contents.items():
            try:
                handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
                waiting[Path(name)] = path
                with os.fdopen(handle, "wb") as file:
                    file.write(content)
                Path(name).chmod(0o666 & ~_umask())
            except OSError as error:
                raise PlanError(f"the file can't be written: {error.strerror}.", place=Place(path)) from None
        for beside, path in waiting.items():
            beside.replace(path)
    finally:
        for beside in waiting:
            beside.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
