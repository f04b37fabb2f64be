"""Windows that slide over a drawn input: they fit, they leave a map of at least 3 cells, and their floors show."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from quizgen.arithmetic import span
from quizgen.layers.base import Sizes
from quizgen.layers.sliding import Padding
from quizgen.sampling.conventions import KERAS, Word
from quizgen.sampling.numbers import KERNELS, sizes
from quizgen.sampling.request import Request
from quizgen.sampling.series import Level

LEAST_MAP = 3
"""Cells on an axis of any map: on a 1 × 1 map all that is wrongly multiplied by its size is right."""

WIDEST_DILATED = 5
"""The widest kernel that is dilated, where the choice is open."""

FLOORS = 0.7
"""How often the last window does not fit, from the level of convolutions on."""


class Windows(NamedTuple):
    """The settings of a window, and the spatial sizes that it slides over."""

    spatial: Sizes
    kernel: Sizes
    stride: Sizes
    padding: Padding
    dilation: Sizes


def draw_windows(request: Request, rank: int, *, dilates: bool = True) -> Windows:
    """The window of a convolution at the request's level, on an input on which it fits."""
    oblong = request.oblong and rank > 1
    oblong_kernel = oblong and (request.asks("size") or request.stream.chance(0.5))
    kernel = request.axes("kernel", rank, usual_kernels(request, rank), oblong=oblong_kernel)
    dilation = draw_dilation(request, kernel) if dilates else (1,) * rank
    stride = draw_stride(request, kernel, dilation)
    padding = request.padding(usual_paddings(request), kernel, dilation)
    reach = tuple(span(k, d) for k, d in zip(kernel, dilation, strict=True))
    oblong_map = oblong and (len(set(kernel)) == 1 or request.stream.chance(0.5))
    return Windows(draw_spatial(request, reach, stride, padding, oblong_map), kernel, stride, padding, dilation)


def usual_kernels(request: Request, rank: int) -> Sequence[int]:
    """Narrower ones for volumes, and for inputs that the author keeps small."""
    usual = KERNELS if rank < 3 else KERNELS[:-1]
    if not request.asks("size"):
        return usual
    dilation, stride = request.least("dilation") or 1, request.least("stride") or 1
    return [kernel for kernel in usual if has_room(request, span(kernel, dilation), stride)] or KERNELS[:1]


def has_room(request: Request, reach: int, stride: int = 1) -> bool:
    """Whether a window leaves a map of at least 3 cells on every size that the author allows."""
    size = request.least("size")
    return size is None or least_size(reach, stride, 0, LEAST_MAP) <= size


def draw_dilation(request: Request, kernel: Sizes) -> Sizes:
    """Mostly 1 from the level of dilation on, and 1 before it; 1 beside a stride, which Keras does not take with it."""
    strided = request.asks("overhang") or (request.asks("stride") and request.fixed("stride") != (1,))
    fits = max(kernel) <= WIDEST_DILATED and has_room(request, span(max(kernel), 2))
    dilates = request.level >= Level.GROUPS and not strided and fits
    return request.axes("dilation", len(kernel), (1, 1, 2) if dilates else (1,))


def draw_stride(request: Request, kernel: Sizes, dilation: Sizes) -> Sizes:
    """1 before the level of strides and beside a dilation, else up to 3 and never wider than the kernel."""
    strided = (request.level >= Level.STRIDES and max(dilation) == 1) or request.asks("overhang")
    usual = [step for step in (1, 2, 2, 3) if step <= min(kernel) and has_room(request, max(kernel), step)]
    if request.asks("overhang"):
        usual = [step for step in usual if step > 1] or [2]
    return request.axes("stride", len(kernel), usual if strided and usual else (1,))


def usual_paddings(request: Request) -> Sequence[int | Word]:
    """None before the level of padding; then a word in Keras and a number in PyTorch."""
    if request.level < Level.STRIDES:
        return ("valid",)
    return ("valid", "same") if request.framework == KERAS else (0, 1, 1, 2)


def draw_spatial(request: Request, reach: Sizes, stride: Sizes, padding: Padding, oblong: bool) -> Sizes:
    """Sizes that leave a map of at least 3 cells; where a stride is to show its floor, the last window overhangs."""
    least = max(map(least_size, reach, stride, zeros(padding, len(reach)), (LEAST_MAP,) * len(reach)))
    spatial = request.axes("size", len(reach), sizes(request.level, len(reach), least), oblong=oblong, least=least)
    if request.asks("size") or max(stride) == 1:
        return spatial
    if request.asks("overhang"):
        overhang = request.flag("overhang", True)
    else:
        overhang = request.level >= Level.CONVOLUTION and request.stream.chance(FLOORS)
    moved = tuple(
        size + (remainder(request, step, overhang) - slack(size, window, step, extra)) % step
        for size, window, step, extra in zip(spatial, reach, stride, zeros(padding, len(reach)), strict=True)
    )
    return (*moved[:-1], moved[-1] + stride[-1]) if oblong and len({*moved}) == 1 < len(moved) else moved


def zeros(padding: Padding, rank: int) -> tuple[int | None, ...]:
    """The zeros added to each axis; None where there are as many as it takes."""
    if padding == "same":
        return (None,) * rank
    return (0,) * rank if padding == "valid" else tuple(map(sum, padding))


def least_size(reach: int, stride: int, extra: int | None, cells: int) -> int:
    """The least size from which a window makes so many cells."""
    return max((cells - 1) * stride + (1 if extra is None else reach - extra), 1)


def slack(size: int, reach: int, stride: int, extra: int | None) -> int:
    """What is left over when the windows are dealt out: 0 where the stride divides evenly."""
    return size % stride if extra is None else (size + extra - reach) % stride


def remainder(request: Request, stride: int, overhang: bool) -> int:
    """0 where a stride shall divide evenly; else one with which floor, ceiling and a forgotten 1 all differ, if any."""
    return 1 + request.stream.below(max(stride - 2, 1)) if overhang and stride > 1 else 0
