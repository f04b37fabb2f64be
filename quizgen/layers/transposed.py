"""Transposed convolutions: the way back from the output of a convolution to the size of its input."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from quizgen.arithmetic import cropped, product, real, share, span, total
from quizgen.errors import LayerError
from quizgen.layers.base import Shape, Sizes, Window
from quizgen.layers.convolution import Convolution


@dataclass(frozen=True, slots=True)
class ConvolutionTranspose(Convolution):
    """Each input cell puts a whole kernel into the output, `stride` cells after the one before it.

    Shapes: input `spatial × channels`, output `spatial × filters`. It has as many parameters as the convolution, and
    its biases follow the output.

    The frameworks cut the result in two ways, so the padding settles the rule: the words are Keras's (`valid`:
    n·s + max(k - s, 0), `same`: n·s), numbers are PyTorch's ((n - 1)·s - 2p + k + output padding; Dumoulin & Visin
    2016, relationship 14). A Keras layer with an `output_padding` of its own is the numbers' rule with p = 0 for
    `valid` and p = ⌊k / 2⌋ for `same`.
    """

    output_padding: Sizes = ()
    """Cells added at the end of each axis, with padding in numbers only; left empty it is 0."""

    def __post_init__(self) -> None:
        Convolution.__post_init__(self)
        extra, name = self.output_padding or (0,) * self.rank, type(self).__name__
        object.__setattr__(self, "output_padding", extra)
        if len(extra) != self.rank:
            raise LayerError(f"{name}: output_padding = {extra} does not fit {self.rank} axes.")
        if any(extra) and isinstance(self.padding, str):
            raise LayerError(
                f"{name}: padding “{self.padding}” already settles the output size.",
                remedy="Give the padding in numbers beside an output_padding.",
            )
        if not all(0 <= o < max(s, d) for o, s, d in zip(extra, self.stride, self.dilation, strict=True)):
            raise LayerError(f"{name}: output_padding = {extra} has to be smaller than the stride or the dilation.")

    @property
    def branches_on_size(self) -> bool:
        return self.padding == "valid"

    def output(self, x: Shape) -> Shape:
        axes = (x.spatial, self.kernel, self.stride, self.dilation)
        if isinstance(self.padding, str):
            return Shape((*map(kept if self.padding == "same" else spread, *axes), self.filters))
        cut = zip(*axes, self.padding, self.output_padding, strict=True)
        sizes = (total((cropped((n - 1) * s, *pair), span(k, d), extra)) for n, k, s, d, pair, extra in cut)
        return Shape((*sizes, self.filters))

    def macs(self, x: Shape, *, y: Shape) -> int:
        """One multiplication for each weight, at every position of the input."""
        return product((*x.spatial, x.channels, *self.kernel, share(self.filters, self.groups)))

    def window(self, x: Shape) -> Window | None:
        return None

    def check(self, x: Shape) -> None:
        self.check_channels(x)


class ConvTranspose1D(ConvolutionTranspose):
    """Keras `Conv1DTranspose`, PyTorch `ConvTranspose1d`."""

    __slots__ = ()

    rank: ClassVar[int] = 1


class ConvTranspose2D(ConvolutionTranspose):
    """Keras `Conv2DTranspose`, PyTorch `ConvTranspose2d`."""

    __slots__ = ()

    rank: ClassVar[int] = 2


class ConvTranspose3D(ConvolutionTranspose):
    """Keras `Conv3DTranspose`, PyTorch `ConvTranspose3d`."""

    __slots__ = ()

    rank: ClassVar[int] = 3


def kept(size: int, kernel: int, stride: int, dilation: int) -> int:
    """Keras `same`: n·s, whatever the kernel."""
    return size * stride


def spread(size: int, kernel: int, stride: int, dilation: int) -> int:
    """Keras `valid`: (n - 1)·s + k, or n·s where a kernel narrower than the stride leaves gaps: n·s + max(k - s, 0)."""
    overlaps = span(real(kernel), real(dilation)) > real(stride)
    return (size - 1) * stride + span(kernel, dilation) if overlaps else size * stride
