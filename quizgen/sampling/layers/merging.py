"""Layers that join two maps."""

from __future__ import annotations

from quizgen.layers import Add, Concatenate
from quizgen.sampling.layers.shapes import draw_map
from quizgen.sampling.request import Request
from quizgen.sampling.subject import Drawn


def draw_elementwise(request: Request, kind: type[Add]) -> Drawn:
    """Two maps of one shape."""
    x = draw_map(request, 2)
    return kind(), (x, x)


def draw_concatenate(request: Request, kind: type[Concatenate]) -> Drawn:
    """Two maps of one size, and with as many channels only where the author says so."""
    x = draw_map(request, 2)
    return kind(), (x, x.with_channels(request.count("channels", unlike=x)))
