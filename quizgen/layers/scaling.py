"""Learned factors on their own, as the last step of a residual branch."""

from __future__ import annotations

from quizgen.layers.base import Layer, Shape


class LayerScale(Layer):
    """A learned factor for each channel (Touvron et al. 2021, arXiv:2103.17239, eq. 4): the `LayerScale` of ConvNeXt."""

    __slots__ = ()

    def trainable(self, x: Shape) -> int:
        """channels: one factor each."""
        return x.channels
