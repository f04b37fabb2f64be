"""The finished page: where each box, word, wire and frame lies, in CSS pixels from the top left corner."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from quizgen.pictures.boxes import Box
from quizgen.pictures.captions import LEADING, SIZE, Caption, measure
from quizgen.pictures.columns import BESIDE, TURN_OUT, room_right
from quizgen.pictures.diagram import Cell, Diagram, Repeat
from quizgen.pictures.layout import FRAME, MARGIN, Layout, layout
from quizgen.pictures.tracks import Wire

Point: TypeAlias = tuple[float, float]


class Rect(NamedTuple):
    """A rectangle by its top left corner."""

    x: float
    y: float
    width: float
    height: float


class Text(NamedTuple):
    """One line of words, centred at x, its baseline at y; `part` says of what: kind, settings, shape or times."""

    words: str
    x: float
    y: float
    part: str

    @property
    def rect(self) -> Rect:
        width = measure(self.words)
        return Rect(self.x - width / 2, self.y - 0.75 * SIZE, width, SIZE)


class Placed(NamedTuple):
    """A cell's box and the top left corner of its outline."""

    cell: Cell
    box: Box
    x: float
    y: float

    @property
    def rect(self) -> Rect:
        return Rect(self.x, self.y, self.box.width, self.box.height)

    @property
    def middle(self) -> float:
        return self.y + self.box.height / 2


@dataclass(frozen=True, slots=True)
class Page:
    """All that is drawn. A wire is the points between which it runs, from the right of a box to the left of another."""

    width: float
    height: float
    boxes: list[Placed]
    texts: list[Text]
    wires: list[list[Point]]
    frames: list[Rect]


def page(drawn: Diagram, *, show_shapes: bool, to_scale: bool) -> Page:
    """The diagram, laid out and measured."""
    grid = layout(drawn, show_shapes=show_shapes, to_scale=to_scale)
    boxes: list[Placed] = []
    texts: list[Text] = []
    for position, cell in enumerate(drawn.cells):
        box, column, lane = grid.boxes[position], grid.plan.columns[position], grid.plan.lanes[position]
        line = grid.lines[grid.line_of(position)]
        centre = line.lefts[column] + grid.columns.widths[column] / 2
        boxes.append(Placed(cell, box, centre - box.width / 2, line.tracks[lane] - box.height / 2))
        texts += hung(grid.captions[position], centre, line.feet[lane])
    wires = [route(grid, boxes, wire) for wire in grid.plan.wires]
    frames = [(rect, words) for repeat in drawn.repeats for rect, words in framed(grid, repeat)]
    texts += [Text(words, rect.x + rect.width / 2, rect.y - 4, "times") for rect, words in frames]
    right = max(
        *(line.right for line in grid.lines),
        *(x for points in wires for x, _ in points),
        *(rect.x + rect.width for rect, _ in frames),
    )
    return Page(right + MARGIN, grid.lines[-1].bottom + MARGIN, boxes, texts, wires, [rect for rect, _ in frames])


def hung(caption: Caption, centre: float, top: float) -> Iterator[Text]:
    """The lines of a caption, one below the other."""
    baseline = top + 0.75 * SIZE
    for part, words in zip(caption._fields, caption, strict=True):
        for line in words:
            yield Text(line, centre, baseline, part)
            baseline += LEADING


def route(grid: Layout, boxes: Sequence[Placed], wire: Wire) -> list[Point]:
    """The corners of a wire: out of its source, over to its track, along it from line to line, and into its target.

    Where its line ends right behind its source, it leads on on the source's own lane and turns on the next line.
    """
    source, target, track = wire
    first, last = grid.line_of(source), grid.line_of(target)
    line, lane, column = grid.lines[first], grid.plan.lanes[source], grid.plan.columns[source]
    points: list[Point] = [(boxes[source].x + boxes[source].box.width, line.tracks[lane])]
    turn = line.lefts[column] + grid.columns.widths[column] + grid.columns.turn_out.get(source, 0.0)
    for below in grid.lines[first + 1 : last + 1]:
        leading = grid.plan.track_after(line.columns[-1], wire)
        if leading != lane:
            points += [(turn, line.tracks[lane]), (turn, line.tracks[leading])]
        rank = line.through.index((source, leading))
        right, left = line.right + room_right(rank + 1), MARGIN + BESIDE * rank
        gutter = line.bottom + TURN_OUT + BESIDE * rank
        points += [(right, line.tracks[leading]), (right, gutter), (left, gutter), (left, below.tracks[leading])]
        turn = MARGIN + BESIDE * len(line.through) + grid.columns.turn_out.get(source, 0.0)
        line, lane = below, leading
    if track != lane:
        points += [(turn, line.tracks[lane]), (turn, line.tracks[track])]
    lane = grid.plan.lanes[target]
    if track != lane:
        turn = line.lefts[grid.plan.columns[target]] - grid.columns.turn_in[target]
        points += [(turn, line.tracks[track]), (turn, line.tracks[lane])]
    return [*points, (boxes[target].x, line.tracks[lane])]


def framed(grid: Layout, repeat: Repeat) -> Iterator[tuple[Rect, str]]:
    """The frame around a repeat, one rectangle on each line that it touches, and the words above it."""
    columns = range(grid.plan.columns[repeat.first], grid.plan.columns[repeat.last] + 1)
    for line in grid.lines:
        inside = [column for column in columns if column in line.columns]
        if inside:
            left = line.lefts[inside[0]] - FRAME
            right = line.lefts[inside[-1]] + grid.columns.widths[inside[-1]] + FRAME
            words = f"× {repeat.times}" if inside[0] == columns[0] else f"× {repeat.times}, continued"
            yield Rect(left, line.top, right - left, line.bottom - line.top), words
