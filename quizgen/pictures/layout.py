"""Where columns, lanes and tracks lie: the grid on which a page is drawn, in CSS pixels from the top left corner."""

from dataclasses import dataclass, field

from quizgen.pictures.boxes import Box, scale
from quizgen.pictures.captions import Caption, caption
from quizgen.pictures.columns import BESIDE, TURN_OUT, Columns, columns, lines, room_left
from quizgen.pictures.diagram import Diagram
from quizgen.pictures.tracks import Plan, plan

WIDTH = 480.0
"""The text column that every picture fits."""

MARGIN = 6.0
THIN = 10.0
"""The height of a track with wires only."""

BELOW_BOX, BELOW_LANE = 5.0, 10.0
FRAME = 5.0
"""How far the frame around a repeat stands off."""

FRAME_TITLE = 14.0
"""The room above a frame for its words."""


@dataclass(slots=True)
class Line:
    """One line of the picture: where its columns begin, how high its tracks run, where its captions hang.

    through: the wires, as (source, track), that lead on into the next line, the highest last.
    """

    columns: range
    top: float
    bottom: float = 0.0
    right: float = 0.0
    lefts: dict[int, float] = field(default_factory=dict)
    tracks: dict[int, float] = field(default_factory=dict)
    feet: dict[int, float] = field(default_factory=dict)
    through: list[tuple[int, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Layout:
    """The grid of one picture, and what stands on it."""

    plan: Plan
    boxes: list[Box]
    captions: list[Caption]
    columns: Columns
    lines: list[Line]

    def line_of(self, cell: int) -> int:
        """The number of the line that a cell stands on."""
        column = self.plan.columns[cell]
        return next(number for number, line in enumerate(self.lines) if column in line.columns)

    def place(self, line: Line, left: float) -> None:
        """Set a line's columns side by side and its tracks one below the other."""
        for column in line.columns:
            line.lefts[column] = left
            line.right = left + self.columns.widths[column]
            left = line.right + self.columns.gaps[column]
        bottom = line.top
        for track, cells in sorted(self.used(line).items()):
            half = max((self.boxes[cell].height / 2 for cell in cells), default=THIN / 2)
            line.tracks[track] = bottom + half
            line.bottom = bottom = bottom + 2 * half
            if cells:
                line.feet[track] = bottom + BELOW_BOX
                line.bottom = line.feet[track] + max(self.captions[cell].height for cell in cells)
                bottom = line.bottom + BELOW_LANE

    def used(self, line: Line) -> dict[int, list[int]]:
        """The tracks in a line, each with the cells that stand on it."""
        first, last = line.columns[0], line.columns[-1]
        cells: dict[int, list[int]] = {}
        for wire in self.plan.wires:
            start, end = self.plan.columns[wire.source], self.plan.columns[wire.target]
            if start < last and first <= end:
                cells[wire.track] = []
            if start == first - 1:
                cells[self.plan.lanes[wire.source]] = []
        for cell, column in enumerate(self.plan.columns):
            if column in line.columns:
                cells.setdefault(self.plan.lanes[cell], []).append(cell)
        return cells

    def leading_on(self, line: Line) -> list[tuple[int, int]]:
        """The wires that lead on from a line, as (source, track), the lowest first."""
        last = line.columns[-1]
        wires = {
            (wire.source, self.plan.track_after(last, wire))
            for wire in self.plan.wires
            if self.plan.columns[wire.source] <= last < self.plan.columns[wire.target]
        }
        return sorted(wires, key=lambda wire: (-wire[1], wire[0]))


def layout(drawn: Diagram, *, show_shapes: bool, to_scale: bool) -> Layout:
    """The diagram on its grid, broken into as many lines as it needs."""
    cells = drawn.cells
    shared = scale((cell.shape for cell in cells), to_scale=to_scale)
    boxes = [shared.box(cell) for cell in cells]
    captions = [
        caption(cell.kind, cell.settings, str(cell.shape) if show_shapes and cell.kind and cell.sources else "")
        for cell in cells
    ]
    planned = plan(cells)
    measured = columns(planned, [max(box.width, words.width) for box, words in zip(boxes, captions, strict=True)])
    grid = Layout(planned, boxes, captions, measured, [])
    runs = [range(planned.columns[repeat.first], planned.columns[repeat.last] + 1) for repeat in drawn.repeats]
    room = WIDTH - 2 * MARGIN - (FRAME if runs else 0.0)
    stretches = lines(measured, room, {column for run in runs for column in run[:-1]})
    through = max(measured.crossing[stretch[-1]] for stretch in stretches)
    top = MARGIN
    for stretch in stretches:
        framed = any(column in run for run in runs for column in stretch)
        line = Line(stretch, top + FRAME_TITLE if framed else top)
        grid.place(line, MARGIN + (room_left(through) if through else 0.0))
        line.bottom += FRAME if framed else 0.0
        line.through = grid.leading_on(line)
        top = line.bottom + TURN_OUT + BESIDE * len(line.through) + TURN_OUT
        grid.lines.append(line)
    return grid
