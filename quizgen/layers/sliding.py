"""What layers with a sliding window share: how far it goes, and which windows make sense."""

from __future__ import annotations

from typing import Any, Literal, TypeAlias, TypeGuard

from quizgen.arithmetic import ceil_div, span, windows
from quizgen.errors import LayerError, ShapeError
from quizgen.layers.base import Layer, Shape, Sizes, Window, check_sizes

Pairs: TypeAlias = tuple[tuple[int, int], ...]
"""Cells (before, after) on each spatial axis."""

Padding: TypeAlias = Literal["valid", "same"] | Pairs
"""`valid` and `same` as Keras means them, or zeros on both sides of each axis in numbers, as PyTorch takes them."""


class SlidingKernel(Layer):
    """A layer whose kernels slide over the spatial axes, and whose kinds differ in the channels that come out."""

    __slots__ = ()

    kernel: Sizes
    stride: Sizes
    padding: Padding
    dilation: Sizes

    def output(self, x: Shape) -> Shape:
        spatial = slide(x.spatial, self.kernel, self.stride, self.dilation, self.padding)
        return Shape((*spatial, self.maps(x)))

    def maps(self, x: Shape) -> int:
        """The channels that come out."""
        raise NotImplementedError

    def window(self, x: Shape) -> Window | None:
        return Window(self.kernel, self.stride, self.dilation)


def slide(spatial: Sizes, kernel: Sizes, stride: Sizes, dilation: Sizes, padding: Padding) -> Sizes:
    """The spatial sizes after a window has slid over each axis, rounded down where a last window does not fit."""
    if padding == "same":
        return tuple(ceil_div(n, s) for n, s in zip(spatial, stride, strict=True))
    return tuple(
        windows(n, span(k, d), s, before, after)
        for n, k, s, d, (before, after) in zip(spatial, kernel, stride, dilation, pairs(padding, spatial), strict=True)
    )


def pairs(padding: Padding, spatial: Sizes) -> Pairs:
    """The padding in numbers, wherever the sizes do not settle it (as they do for `same`)."""
    return padding if isinstance(padding, tuple) else ((0, 0),) * len(spatial)


def fill_in(layer: Layer, **defaults: Sizes) -> None:
    """Put its default in the place of each setting that was left empty."""
    for name, default in defaults.items():
        object.__setattr__(layer, name, getattr(layer, name) or default)


def check_window(layer: Layer, rank: int, **settings: Sizes) -> None:
    """Raise LayerError where a kernel, stride or dilation lacks an axis or isn't positive."""
    for name, sizes in settings.items():
        if not isinstance(sizes, tuple) or len(sizes) != rank:
            raise LayerError(
                f"{type(layer).__name__}: {name} = {sizes} does not fit {'1 axis' if rank == 1 else f'{rank} axes'}.",
                remedy=f"Give {rank} numbers, one for each axis." if rank > 1 else "Give one number.",
            )
    check_sizes(layer, **settings)


def check_padding(layer: Layer, rank: int, padding: Padding) -> None:
    """Raise LayerError where a padding is neither a known word nor a pair of counts for each axis."""
    if isinstance(padding, str):
        if padding not in ("valid", "same"):
            raise LayerError(
                f"{type(layer).__name__}: there is no padding “{padding}”.", remedy="Use valid, same or pairs."
            )
    else:
        check_pairs(layer, rank, padding=padding)


def check_pairs(layer: Layer, rank: int, **settings: Pairs) -> None:
    """Raise LayerError where a setting isn't a pair of counts for each axis."""
    for name, value in settings.items():
        if not (isinstance(value, tuple) and len(value) == rank and all(map(is_pair, value))):
            raise LayerError(
                f"{type(layer).__name__}: {name} = {value} needs {rank} pair(s) (before, after), none negative."
            )


def is_pair(value: Any) -> TypeGuard[tuple[int, int]]:
    """Whether a value is (cells before, cells after)."""
    return isinstance(value, tuple) and len(value) == 2 and all(isinstance(size, int) and size >= 0 for size in value)


def check_fit(layer: Layer, spatial: Sizes, kernel: Sizes, dilation: Sizes, padding: Padding) -> None:
    """Raise ShapeError where not even one window fits on an axis."""
    if padding == "same":
        return
    for n, k, d, pair in zip(spatial, kernel, dilation, pairs(padding, spatial), strict=True):
        if span(k, d) > n + sum(pair):
            raise ShapeError(
                f"{type(layer).__name__}: a window that reaches over {span(k, d)} cells does not fit on an axis of "
                f"{n + sum(pair)}.",
                remedy="Use a smaller window, padding, or a larger input.",
            )
