"""PyTorch's modules that make maps larger or smaller without a window: padding, upsampling, pixel shuffling."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from quizgen.errors import LayerError
from quizgen.layers.base import Layer, Shape
from quizgen.layers.given import Given
from quizgen.layers.resizing import (
    Cropping1D,
    Cropping2D,
    Cropping3D,
    UpSampling1D,
    UpSampling2D,
    UpSampling3D,
    ZeroPadding1D,
    ZeroPadding2D,
    ZeroPadding3D,
)
from quizgen.readers.torch.arguments import Demand
from quizgen.readers.torch.graph import Graph
from quizgen.readers.torch.settings import each_side, whole
from quizgen.readers.torch.sites import Site
from quizgen.readers.torch.spatial import Builder
from quizgen.readers.torch.steps import Op, Step, lying, taken
from quizgen.readers.torch.tensors import Tensor
from quizgen.unknown import UNKNOWN, Unknown

PADDING: Any = {1: ZeroPadding1D, 2: ZeroPadding2D, 3: ZeroPadding3D}
CROPPING: Any = {1: Cropping1D, 2: Cropping2D, 3: Cropping3D}
UPSAMPLING: Any = {1: UpSampling1D, 2: UpSampling2D, 3: UpSampling3D}


def padding(rank: int) -> Builder:
    """`ZeroPad2d`, `ReflectionPad2d`, `ConstantPad2d`: for sizes it makes no difference what is padded."""

    def build(padding: Any, value: Any = 0) -> Op:
        return Padded(rank, padding)

    return build


@dataclass(frozen=True, slots=True)
class Padded:
    """Cells around maps, or, where the numbers are negative, cut off."""

    rank: int
    cells: Any

    held = 0

    def apply(self, graph: Graph, site: Site, x: Any) -> Tensor:
        around = each_side(self.cells, self.rank)
        more = tuple((max(0, before), max(0, after)) for before, after in around)
        less = tuple((max(0, -before), max(0, -after)) for before, after in around)
        if any(map(any, more)) or not any(map(any, less)):
            x = Step(PADDING[self.rank](more), "first").apply(graph, site, x)
        return Step(CROPPING[self.rank](less), "first").apply(graph, site, x) if any(map(any, less)) else x


@dataclass(frozen=True, slots=True)
class Upsampled:
    """`Upsample` and `F.interpolate`: by a factor, or to a size."""

    size: Any = None
    factor: Any = None

    held = 0

    def apply(self, graph: Graph, site: Site, x: Any) -> Tensor:
        tensor = lying(graph, taken(graph, x, Demand(None, "first"), site), "first", site)
        shape = graph.shape(tensor)
        spatial, rank = shape.spatial, len(shape) - 1
        if rank not in UPSAMPLING:
            raise site.error(f"it needs maps, but gets {shape}.")
        size = self.reached(spatial, site)
        factors = tuple(factor(after, before) for after, before in zip(size, spatial, strict=True))
        if self.size is None and isinstance(self.factor, int | float):
            factors = (self.factor,) * rank
        layer: Layer = Given(Shape((*size, shape.channels)))
        if all(isinstance(times, int | float) and times == int(times) and times >= 1 for times in factors):
            layer = UPSAMPLING[rank](tuple(map(int, factors)))
        return graph.emit(layer, [tensor], tensor.dims, site)

    def reached(self, spatial: tuple[int, ...], site: Site) -> tuple[Any, ...]:
        """The sizes that come out."""
        rank = len(spatial)
        given = self.factor if self.size is None else self.size
        values = tuple(given) if isinstance(given, tuple | list) else (given,) * rank
        if len(values) != rank or any(not is_number(value) for value in values):
            raise site.error(f"{given} is no size or factor for {rank} axes.")
        values = tuple(getattr(value, "amount", value) for value in values)
        if self.size is not None:
            return values
        return tuple(n if isinstance(n, Unknown) else int(n * times) for n, times in zip(spatial, values, strict=True))


def is_number(value: Any) -> bool:
    amount = getattr(value, "amount", value)
    return isinstance(amount, Unknown) or (isinstance(amount, int | float) and amount > 0)


def factor(after: Any, before: Any) -> Any:
    """How many times larger an axis gets; a fraction where it does not come out."""
    return UNKNOWN if isinstance(after, Unknown) or isinstance(before, Unknown) else after / before


def upsample(
    size: Any = None, scale_factor: Any = None, mode: Any = "nearest", align_corners: Any = None,
    recompute_scale_factor: Any = None, antialias: Any = False,
) -> Op:  # fmt: skip
    if (size is None) == (scale_factor is None):
        raise LayerError("it takes a size or a scale_factor.")
    return Upsampled(size, scale_factor)


def upsample_twice(scale_factor: Any = None, size: Any = None) -> Op:
    """`UpsamplingNearest2d`, `UpsamplingBilinear2d`."""
    return upsample(size, scale_factor)


@dataclass(frozen=True, slots=True)
class Shuffled:
    """`PixelShuffle`: channels become cells (Shi et al. 2016, arXiv:1609.05158); and `PixelUnshuffle`, the way back."""

    factor: int
    back: bool = False

    held = 0

    def apply(self, graph: Graph, site: Site, x: Any) -> Tensor:
        tensor = lying(graph, taken(graph, x, Demand(3, "first"), site), "first", site)
        height, width, channels = graph.shape(tensor)
        r = self.factor
        whole_cells = (height * width if self.back else channels) % (r if self.back else r * r) or (
            self.back and (height % r or width % r)
        )
        if whole_cells:
            raise site.error(f"{graph.shape(tensor)} does not come out with a factor of {r}.")
        out = (height // r, width // r, channels * r * r) if self.back else (height * r, width * r, channels // (r * r))
        return graph.emit(Given(Shape(out)), [tensor], tensor.dims, site)


def pixel_shuffle(upscale_factor: Any) -> Op:
    return Shuffled(whole("upscale_factor", upscale_factor))


def pixel_unshuffle(downscale_factor: Any) -> Op:
    return Shuffled(whole("downscale_factor", downscale_factor), back=True)
