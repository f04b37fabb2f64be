"""A convolution whose filters read some of the maps each, as the third layer of LeNet-5 does."""

from __future__ import annotations

from dataclasses import dataclass

from quizgen.arithmetic import product
from quizgen.errors import LayerError, ShapeError
from quizgen.layers.base import Layer, Shape, Sizes, Window, check_rank, check_sizes
from quizgen.layers.sliding import Padding, check_fit, check_padding, check_window, fill_in, slide


@dataclass(frozen=True, slots=True)
class PartialConv2D(Layer):
    """A convolution by a connection table (LeCun et al. 1998, table I); neither Keras nor PyTorch has it as a layer.

    Shapes: input `height × width × channels`, output `height × width × filters`.

    connections: how many pairs of an input map and a filter that reads it the table has, each with a kernel of its own.
        LeNet-5's C3: 6 filters read 3 maps, 9 read 4 and 1 reads all 6, which makes 60.
    """

    filters: int
    connections: int
    kernel: Sizes
    stride: Sizes = ()
    padding: Padding = "valid"
    bias: bool = True

    def __post_init__(self) -> None:
        fill_in(self, stride=(1, 1))
        check_sizes(self, filters=self.filters, connections=self.connections)
        check_window(self, 2, kernel=self.kernel, stride=self.stride)
        check_padding(self, 2, self.padding)
        if self.connections < self.filters:
            raise LayerError(
                f"PartialConv2D: {self.connections} connections leave a filter of {self.filters} without any."
            )

    def output(self, x: Shape) -> Shape:
        return Shape((*slide(x.spatial, self.kernel, self.stride, (1, 1), self.padding), self.filters))

    def trainable(self, x: Shape) -> int:
        """connections · kernel + filters: a kernel for each pair, one bias for each filter."""
        weights = product((self.connections, *self.kernel))
        return weights + self.filters if self.bias else weights

    def macs(self, x: Shape, *, y: Shape) -> int:
        """One multiplication for each weight, at every position of the output."""
        return product((*y.spatial, self.connections, *self.kernel))

    def window(self, x: Shape) -> Window:
        return Window(self.kernel, self.stride, (1, 1))

    def check(self, x: Shape) -> None:
        check_rank(self, x, 3)
        check_fit(self, x.spatial, self.kernel, (1, 1), self.padding)
        if self.connections > x.channels * self.filters:
            raise ShapeError(
                f"PartialConv2D: {self.connections} connections are more than {x.channels} maps and "
                f"{self.filters} filters have."
            )
