"""The stages of a convolutional network, planned from its end, so that all of them fit."""

from __future__ import annotations

from dataclasses import dataclass

from quizgen.arithmetic import span
from quizgen.layers import (
    AveragePooling1D,
    AveragePooling2D,
    AveragePooling3D,
    MaxPooling1D,
    MaxPooling2D,
    MaxPooling3D,
)
from quizgen.layers.base import Sizes
from quizgen.layers.pooling import Pooling
from quizgen.layers.sliding import Padding, slide
from quizgen.sampling.conventions import Word, padded
from quizgen.sampling.families.chain import Chain
from quizgen.sampling.numbers import KERNELS
from quizgen.sampling.request import Request
from quizgen.sampling.series import Level
from quizgen.sampling.windows import LEAST_MAP, least_size, zeros

STAGES = ((1,), (1,), (1,), (1,), (1, 2), (2, 2, 3), (1, 2), (2, 2, 3), (2, 2, 3))
"""How many stages there are, from level to level; as many as at the last one after it."""

POOLINGS: dict[tuple[str, int], type[Pooling]] = {
    ("max", 1): MaxPooling1D,
    ("max", 2): MaxPooling2D,
    ("max", 3): MaxPooling3D,
    ("average", 1): AveragePooling1D,
    ("average", 2): AveragePooling2D,
    ("average", 3): AveragePooling3D,
}

TRIES = 4
"""How many kernels are drawn before the narrowest is taken, which fits."""


@dataclass(frozen=True, slots=True)
class Stage:
    """What is settled of a stage before its kernel and its filters are.

    narrow, wide: the narrowest kernel that may be drawn, and a usual one. written: the padding as an author writes it.
    pool: the window of the pooling and its kind, or None where there is no pooling.
    """

    narrow: Sizes
    wide: Sizes
    stride: Sizes
    dilation: Sizes
    groups: int
    written: int | Word
    framework: str
    pool: Sizes | None
    pooling: str

    def padding(self, kernel: Sizes) -> Padding:
        return padded(self.framework, self.written, kernel, self.dilation)

    def output(self, spatial: Sizes, kernel: Sizes) -> tuple[Sizes, Sizes]:
        """The sizes of the map behind the convolution, and behind the pooling."""
        made = slide(spatial, kernel, self.stride, self.dilation, self.padding(kernel))
        return made, made if self.pool is None else tuple(n // p for n, p in zip(made, self.pool, strict=True))

    def least(self, kernel: Sizes, cells: int) -> int:
        """The least size that leaves so many cells, with a map of at least 3 cells before them."""
        before = max(LEAST_MAP, cells if self.pool is None else cells * max(self.pool))
        extras = zeros(self.padding(kernel), len(kernel))
        axes = zip(kernel, self.dilation, self.stride, extras, strict=True)
        return max(LEAST_MAP, *(least_size(span(k, d), s, extra, before) for k, d, s, extra in axes))


def least_sizes(stages: list[Stage], cells: int, wide: bool = False) -> list[int]:
    """The least sizes before the first stage, the second, ..., and behind the last, which is to leave so many cells."""
    least = [cells]
    for stage in reversed(stages):
        least.insert(0, stage.least(stage.wide if wide else stage.narrow, least[0]))
    return least


def draw_stages(request: Request, rank: int) -> list[Stage]:
    """The stages, of which the last is pooled if any is."""
    count = request.draw("layers", STAGES[min(request.level, len(STAGES) - 1)])
    written = request.padding_as_written(("valid", "same") if request.level >= Level.STRIDES else ("valid",), widest=1)
    pooling = draw_pooling(request)
    pool = request.axes("pool", rank, (2,)) if pooling != "none" else None
    pooled = draw_pooled(request, count) if pool else [False] * count
    strided, special = draw_strided(request, pooled), draw_special(request, count)
    options = sorted(kernels(request, rank), key=max)
    stages = []
    for index in range(count):
        last = index == count - 1
        stage = Stage(
            narrow=options[0],
            wide=options[len(options) // 2],
            stride=request.axes("stride", rank, (2 if index == strided else 1,)),
            dilation=request.axes("dilation", rank, (2 if last and special == "dilation" and strided != index else 1,)),
            groups=request.draw("groups", (2,) if last and special == "groups" else (1,)),
            written=written,
            framework=request.framework,
            pool=pool if pooled[index] else None,
            pooling=pooling,
        )
        stages.append(stage)
    return stages


def kernels(request: Request, rank: int) -> list[Sizes]:
    """The kernels that may be drawn."""
    options: list[int | Sizes] = list(request.options("kernel", KERNELS))
    return [option if isinstance(option, tuple) else (option,) * rank for option in options]


def draw_pooling(request: Request) -> str:
    """None before the level of pooling, then nearly always."""
    if request.level < Level.POOLING and not request.asks("pool"):
        return request.draw("pooling", ("none",))
    always = request.level <= Level.TABLES or request.asks("pool")
    return request.draw("pooling", ("max", "max", "average") if always else ("max", "max", "max", "average", "none"))


def draw_pooled(request: Request, count: int) -> list[bool]:
    """Which stages are pooled: mostly all of them, else only the last, or the last and one more."""
    if request.stream.chance(0.65):
        return [True] * count
    return [index == count - 1 or (count > 2 and index == count - 3) for index in range(count)]


def draw_strided(request: Request, pooled: list[bool]) -> int | None:
    """Which stage moves by 2, where the strides are left open: one that is not pooled, or sometimes the first."""
    if request.level < Level.STRIDES or request.asks("stride"):
        return None
    bare = [index for index, pools in enumerate(pooled) if not pools]
    if bare and request.stream.chance(0.5):
        return request.stream.choice(bare)
    return 0 if request.stream.chance(0.1) else None


def draw_special(request: Request, count: int) -> str:
    """What the last stage has of groups and dilation, from the level of these on."""
    special = request.level >= Level.GROUPS and count > 1 and request.stream.chance(0.35)
    return request.stream.choice(("groups", "dilation")) if special else "none"


def draw_kernel(request: Request, stage: Stage, spatial: Sizes, least: int, oblong: bool) -> Sizes:
    """A kernel of about half the map at most, which leaves the least size that the stages after this one need; the
    narrowest if none was drawn so."""
    for _ in range(TRIES):
        kernel = request.axes("kernel", len(spatial), KERNELS, oblong=oblong)
        if 2 * max(kernel) > min(spatial) + LEAST_MAP:
            continue
        made, pooled = stage.output(spatial, kernel)
        if min(made) >= LEAST_MAP and min(pooled) >= least:
            return kernel
    return stage.narrow


def add_pooling(chain: Chain, stage: Stage) -> None:
    """The pooling of a stage, if it has one; it moves by its own width."""
    if stage.pool is not None:
        padding = padded(stage.framework, "valid", stage.pool, (1,) * len(stage.pool))
        chain.add("pool", POOLINGS[stage.pooling, len(stage.pool)](stage.pool, padding=padding))
