"""Normalizations: what they learn is a scale and an offset for each channel, and some keep statistics of the data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar, Literal, TypeAlias

from quizgen.arithmetic import copies, product
from quizgen.errors import LayerError, ShapeError
from quizgen.layers.base import Layer, Shape, check_sizes

Statistics: TypeAlias = Literal["parameters", "buffers"]
"""How moving means and variances are counted: Keras prints them as non-trainable parameters, PyTorch keeps them as
buffers, which `parameters()` leaves out."""


@dataclass(frozen=True, slots=True)
class ChannelNorm(Layer):
    """A normalization with a learned scale (γ, `scale`) and offset (β, `center`) for each channel."""

    scale: bool = field(default=True, kw_only=True)
    center: bool = field(default=True, kw_only=True)

    def trainable(self, x: Shape) -> int:
        """2 · channels: one γ and one β for each channel, whatever the size of its map."""
        return copies(self.scale + self.center, x.channels)


@dataclass(frozen=True, slots=True)
class BatchNorm(ChannelNorm):
    """Keras `BatchNormalization`; PyTorch `BatchNorm1d`, `2d`, `3d`, whose `affine` is scale and center together.

    Each channel learns γ and β and keeps a moving mean and variance (Ioffe & Szegedy 2015, arXiv:1502.03167, alg. 1
    and 2), so that Keras prints 4 · channels and PyTorch has 2 · channels parameters.
    """

    statistics: Statistics = "parameters"

    def __post_init__(self) -> None:
        if self.statistics not in ("parameters", "buffers"):
            raise LayerError(
                f"BatchNorm: there is no way to count statistics as “{self.statistics}”.",
                remedy="Use parameters (as Keras counts them) or buffers (as PyTorch keeps them).",
            )

    def non_trainable(self, x: Shape) -> int:
        """2 · channels: a moving mean and a moving variance for each channel."""
        return 2 * x.channels if self.statistics == "parameters" else 0


@dataclass(frozen=True, slots=True)
class LayerNorm(ChannelNorm):
    """Keras `LayerNormalization`, PyTorch `LayerNorm` (Ba et al. 2016, arXiv:1607.06450).

    axes: how many of the last axes it normalizes over; γ and β have a value for each element of these axes. Both
    frameworks mean the last axis unless told otherwise (`axis`, `normalized_shape`).
    """

    axes: int = 1

    structural: ClassVar[frozenset[str]] = frozenset({"axes"})
    last_axis: ClassVar[str] = "features"

    def __post_init__(self) -> None:
        check_sizes(self, axes=self.axes)

    def trainable(self, x: Shape) -> int:
        """2 · features, or as many of each as the normalized axes have elements."""
        return copies(self.scale + self.center, product(x[-self.axes :]))

    def check(self, x: Shape) -> None:
        check_axes(self, x, self.axes)


@dataclass(frozen=True, slots=True)
class RMSNorm(Layer):
    """Keras `RMSNormalization`, PyTorch `RMSNorm`: a scale and no offset (Zhang & Sennrich 2019, arXiv:1910.07467).

    axes: as in `LayerNorm`.
    """

    scale: bool = field(default=True, kw_only=True)
    axes: int = 1

    structural: ClassVar[frozenset[str]] = frozenset({"axes"})
    last_axis: ClassVar[str] = "features"

    def __post_init__(self) -> None:
        check_sizes(self, axes=self.axes)

    def trainable(self, x: Shape) -> int:
        """features, or as many as the normalized axes have elements."""
        return product(x[-self.axes :]) if self.scale else 0

    def check(self, x: Shape) -> None:
        check_axes(self, x, self.axes)


@dataclass(frozen=True, slots=True)
class GroupNorm(ChannelNorm):
    """Keras `GroupNormalization`, PyTorch `GroupNorm` (Wu & He 2018, arXiv:1803.08494).

    The groups share their statistics, not γ and β: the count is 2 · channels whatever the number of groups.
    """

    groups: int = 32

    def __post_init__(self) -> None:
        check_sizes(self, groups=self.groups)

    def check(self, x: Shape) -> None:
        if x.channels % self.groups:
            raise ShapeError(
                f"GroupNorm: {x.channels} channels do not divide into {self.groups} groups.",
                remedy="Choose a number of groups that divides the channels.",
            )


@dataclass(frozen=True, slots=True)
class InstanceNorm(ChannelNorm):
    """PyTorch `InstanceNorm1d`, `2d`, `3d`, which learn nothing by default; Keras `GroupNormalization(groups=-1)`,
    which has both γ and β (Ulyanov et al. 2016, arXiv:1607.08022)."""

    scale: bool = field(default=False, kw_only=True)
    center: bool = field(default=False, kw_only=True)

    def check(self, x: Shape) -> None:
        if not x.spatial:
            raise ShapeError(
                f"InstanceNorm averages over the positions of each channel, but {x} has no positions.",
                remedy="A vector of features wants LayerNorm or BatchNorm.",
            )


class Normalization(Layer):
    """Keras `Normalization`: inputs brought to mean 0 and variance 1 with statistics of the training data.

    Nothing is learned; a mean and a variance for each channel are stored, and one count of the examples seen.
    """

    __slots__ = ()

    def non_trainable(self, x: Shape) -> int:
        """2 · channels + 1."""
        return 2 * x.channels + 1


def check_axes(layer: Layer, x: Shape, axes: int) -> None:
    """Raise ShapeError where a layer normalizes over more axes than there are."""
    if axes > len(x):
        raise ShapeError(
            f"{type(layer).__name__} over the last {axes} axes cannot read {x}, which has {len(x)}.",
            remedy="Normalize over fewer axes.",
        )
