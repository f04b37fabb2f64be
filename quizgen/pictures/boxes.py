"""How large a box is drawn: by its output shape, on square-root scales that one picture shares.

A map of `height × width × channels` is a slab: as high as the map, running back as far as the map is wide, and as
thick as it has channels. A volume is several such slabs, one behind the other. A vector is a bar, as high as it has
features; a sequence is that bar drawn out along its length.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt

from quizgen.layers.base import Shape
from quizgen.pictures.diagram import GAP, Cell

SIGNS = {"Add": "+", "Multiply": "×"}
"""Layers drawn as a small circle with a sign: what comes out has the shape of what comes in."""

SIGN = 17.0
HIGHEST, THICKEST, LONGEST = 54.0, 24.0, 40.0
LEAST_HIGH, LEAST_THICK, LEAST_LONG = 8.0, 5.0, 8.0
RECEDES = 0.28
"""How far an axis that runs away from the eye is moved to the right, and up, for each pixel of its length."""

BEHIND = 3.0
"""How far a slab of a volume stands behind the one before."""

MOST_BEHIND = 3
TYPICAL = 0.55
"""The share of the largest size at which all are drawn where sizes must give nothing away."""


@dataclass(frozen=True, slots=True)
class Box:
    """The outline of one cell: its face, how far its top and side recede, and how many slabs stand behind it."""

    face_width: float
    face_height: float
    recess: float = 0.0
    behind: int = 0
    sign: str = ""
    gap: bool = False

    @property
    def width(self) -> float:
        return self.face_width + self.recess + BEHIND * self.behind

    @property
    def height(self) -> float:
        return self.face_height + self.recess + BEHIND * self.behind


@dataclass(frozen=True, slots=True)
class Scale:
    """The largest size of each axis in a picture; 0 where all are to be drawn alike."""

    spatial: int
    channels: int
    features: int
    length: int
    depth: int

    def box(self, cell: Cell) -> Box:
        if cell.family == GAP:
            return Box(SIGN, SIGN, gap=True)
        if cell.kind in SIGNS:
            return Box(SIGN, SIGN, sign=SIGNS[cell.kind])
        shape = cell.shape
        if len(shape) < 3:
            length = LONGEST * share(shape[0], self.length) if len(shape) == 2 else 0.0
            return Box(max(LEAST_LONG, length), max(LEAST_HIGH, HIGHEST * share(shape[-1], self.features)))
        height = max(LEAST_HIGH, HIGHEST * share(shape[-3], self.spatial))
        recess = RECEDES * max(LEAST_HIGH, HIGHEST * share(shape[-2], self.spatial))
        thickness = max(LEAST_THICK, THICKEST * share(shape[-1], self.channels))
        behind = 0 if len(shape) == 3 else max(1, round(MOST_BEHIND * share(shape[0], self.depth)))
        return Box(thickness, height, recess, behind)


def scale(shapes: Iterable[Shape], *, to_scale: bool) -> Scale:
    """The scale on which these shapes share a picture."""
    if not to_scale:
        return Scale(0, 0, 0, 0, 0)
    flat: list[Shape] = []
    deep: list[Shape] = []
    for shape in shapes:
        (flat if len(shape) < 3 else deep).append(shape)
    return Scale(
        spatial=max((max(shape[-3:-1]) for shape in deep), default=1),
        channels=max((shape[-1] for shape in deep), default=1),
        features=max((shape[-1] for shape in flat), default=1),
        length=max((shape[0] for shape in flat if len(shape) == 2), default=1),
        depth=max((shape[0] for shape in deep if len(shape) > 3), default=1),
    )


def share(size: int, largest: int) -> float:
    """The square root of the share that a size has of the largest, so that halving a side still shows in small ones."""
    return sqrt(size / largest) if largest else TYPICAL
