"""Wires as ink: rounded at corners, each stretch drawn once however many wires share it, or it would print bolder."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from quizgen.pictures.page import Point

ROUND = 3.0
"""The radius of a corner."""

HEAD_LONG, HEAD_WIDE = 5.0, 2.2


def ink(wires: Iterable[Sequence[Point]]) -> str:
    """The path data of all wires; each runs level and upright only."""
    rows: defaultdict[float, list[tuple[float, float]]] = defaultdict(list)
    columns: defaultdict[float, list[tuple[float, float]]] = defaultdict(list)
    bends: dict[str, None] = {}
    for points in wires:
        ends = [points[0]]
        for before, corner, after in zip(points, points[1:], points[2:], strict=False):
            radius = min(ROUND, distance(before, corner) / 2, distance(corner, after) / 2)
            enter, leave = toward(corner, before, radius), toward(corner, after, radius)
            ends += [enter, leave]
            bends[f"M{at(enter)}Q{at(corner)} {at(leave)}"] = None
        ends.append(points[-1])
        for (x, y), (to_x, to_y) in zip(ends[::2], ends[1::2], strict=True):
            if y == to_y:
                rows[y].append((min(x, to_x), max(x, to_x)))
            else:
                columns[x].append((min(y, to_y), max(y, to_y)))
    level = (f"M{number(x)} {number(y)}H{number(to_x)}" for y, spans in rows.items() for x, to_x in merged(spans))
    upright = (f"M{number(x)} {number(y)}V{number(to_y)}" for x, spans in columns.items() for y, to_y in merged(spans))
    return "".join((*level, *upright, *bends))


def merged(spans: Iterable[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    """The spans in order, those that touch as one."""
    start, end = None, 0.0
    for low, high in sorted(spans):
        if start is None:
            start, end = low, high
        elif low <= end:
            end = max(end, high)
        else:
            yield start, end
            start, end = low, high
    if start is not None:
        yield start, end


def arrowheads(wires: Iterable[Sequence[Point]]) -> str:
    """The path data of a head, pointing right, where each wire ends."""
    heads = dict.fromkeys(points[-1] for points in wires)
    return "".join(
        f"M{number(x)} {number(y)}l-{number(HEAD_LONG)} -{number(HEAD_WIDE)}v{number(2 * HEAD_WIDE)}z" for x, y in heads
    )


def distance(a: Point, b: Point) -> float:
    """How far two points are from each other along a row or a column."""
    return abs(a[0] - b[0]) + abs(a[1] - b[1])


def toward(start: Point, end: Point, step: float) -> Point:
    """The point a step from start on the way to end, along a row or a column."""
    (x, y), (to_x, to_y) = start, end
    return x + step * ((to_x > x) - (to_x < x)), y + step * ((to_y > y) - (to_y < y))


def at(point: Point) -> str:
    """A point as path data."""
    return f"{number(point[0])} {number(point[1])}"


def number(value: float) -> str:
    """A coordinate to a tenth of a pixel."""
    return f"{value:.1f}".removesuffix(".0")
