"""The names that Keras gives to layers: after their class, and from the second on with a number."""

from __future__ import annotations

import re
from collections import Counter


class Names:
    """The names given so far."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()

    def after(self, kind: str) -> str:
        """`conv2d`, `conv2d_1`, `conv2d_2`, ... for a class."""
        name = snake_case(kind)
        number = self.counts[name]
        self.counts[name] += 1
        return f"{name}_{number}" if number else name


def snake_case(kind: str) -> str:
    """`MaxPooling2D` as Keras turns it into `max_pooling2d`, and `PReLU` into `p_re_lu`."""
    parted = re.sub(r"(.)([A-Z][a-z]+)", r"\1_\2", re.sub(r"\W+", "", kind))
    return re.sub(r"([a-z])([A-Z])", r"\1_\2", parted).lower()
