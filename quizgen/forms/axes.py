"""One value for all axes of a setting that has one for each."""

from __future__ import annotations

from typing import Any


def on_all_axes(pattern: Any, value: Any) -> Any:
    """The value at every place of the pattern: of a kernel, one for each axis; of a padding, two for each."""
    return tuple(on_all_axes(part, value) for part in pattern) if isinstance(pattern, tuple) else value
