"""A table with blanks, cell by cell: a cell is right if it follows from the learner's own earlier ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import prod

from quizgen.counting import Counting
from quizgen.diagnosis import diagnose
from quizgen.errors import ShapeError
from quizgen.grading.base import Grade, UnreadableError, right
from quizgen.grading.numbers import graded
from quizgen.layers.base import Shape
from quizgen.layers.graph import TEXTBOOK, Row, Rulebook, input_name, visit
from quizgen.misconceptions import MISCONCEPTIONS, rulebook
from quizgen.network import Network
from quizgen.notation import Notation
from quizgen.prose import Blank, Prose, prose
from quizgen.quantities import Asked, quantity
from quizgen.question import FillIn, Number, Question
from quizgen.typed import Given, read, whole

SEPARATOR = ";"
QUANTITIES = {"Output shape": "output", "Parameters": "params"}
"""What the columns of a table ask for."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A blank. layer: the name of its row, empty for the total; column: its header; value: what belongs into it."""

    layer: str
    column: str
    value: Number

    @property
    def label(self) -> str:
        return f"{self.layer or 'Total'}, {self.column.lower()}"

    @property
    def quantity(self) -> str:
        return QUANTITIES.get(self.column, "")


class TableGrader:
    """Grades the cells of a table in their order."""

    def __init__(self, question: Question, notation: Notation) -> None:
        assert isinstance(question.answering, FillIn)
        self.network, self.notation, self.table = question.network, notation, question.answering.table
        self.cells = tuple(cells_of(question.answering, question.network))
        self.asks = tuple(cell.label for cell in self.cells)

    def prepare(self) -> None:
        """There is nothing to work out."""

    def exposes(self) -> tuple[str, ...]:
        return tuple(held.id for held in MISCONCEPTIONS if self.differs(rulebook(held)))

    def differs(self, book: Rulebook) -> bool:
        """Whether a cell has another value under the rulebook."""
        try:
            rows = self.network.under(book)
        except (ShapeError, ValueError):
            return False
        pairs = zip(rows, self.network.rows, strict=True)
        return any(ours.output != right.output or ours.params != right.params for ours, right in pairs)

    def grade(self, text: str) -> Grade:
        """All cells at once, with semicolons between them."""
        typed = text.split(SEPARATOR)
        if len(typed) != len(self.cells):
            raise UnreadableError(
                f"{len(typed)} cells are given, and {len(self.cells)} are blank.",
                remedy="Put a semicolon between two cells.",
            )
        values: list[Number] = []
        grades: list[Grade] = []
        for one in typed:
            value, found = self.grade_cell(one, values)
            values.append(value)
            grades.append(found)
        return overall(grades)

    def grade_cell(self, text: str, before: Sequence[Number]) -> tuple[Number, Grade]:
        """The cell behind those, as it was read, and how it's graded. Raises QuizgenError where it can't be read."""
        cell = self.cells[len(before)]
        given = read(text, shape=isinstance(cell.value, Shape))
        if not cell.layer:
            return given.value, self.summed(cell, before, given)
        task = self.carried(cell, before)
        if task is None:
            same = given.matches(self.in_proportion(cell, before))
            return given.value, right(Prose("Yes.")) if same else Grade(Fraction(0), Prose("Not yet."))
        found = diagnose(task, given)
        return given.value, graded(replace(found, slips=()), self.notation)

    def summed(self, cell: Cell, before: Sequence[Number], given: Given) -> Grade:
        """A total: the sum of what is printed above it and of the learner's own numbers."""
        place = self.table.header.index(cell.column)
        printed = sum(value for row in self.table.rows if isinstance(value := row[place], int))
        blanks = [(one.value, value) for one, value in self.above(cell, before)]
        is_sum = printed + sum(value for value, _ in blanks) == cell.value  # type: ignore[misc]
        own = printed + sum(value for _, value in blanks) if is_sum else cell.value  # type: ignore[misc]
        if given.matches(own):
            return right(Prose("Yes: it is the sum of the column."))
        return Grade(Fraction(0), Prose("Not yet. The total is the sum of the numbers above, as you gave them."))

    def above(self, cell: Cell, before: Sequence[Number]) -> list[tuple[Cell, Number]]:
        """The learner's numbers in the same column."""
        pairs = zip(self.cells, before, strict=False)
        return [(one, value) for one, value in pairs if one.column == cell.column and not isinstance(value, Shape)]

    def in_proportion(self, cell: Cell, before: Sequence[Number]) -> Number:
        """What belongs into a cell that no rule of a layer gives: as much for each number of the learner's shape as it
        is for each of the right one, where the whole column is in proportion to the shapes; else what is right."""
        outputs = {one.layer: one.value for one in self.cells if isinstance(one.value, Shape)}
        column = [one for one in self.cells if one.column == cell.column and one.layer]
        rates = {
            Fraction(one.value) / prod(outputs[one.layer])
            for one in column
            if one.layer in outputs and not isinstance(one.value, Shape)
        }
        own = {
            one.layer: value for one, value in zip(self.cells, before, strict=False) if isinstance(value, Shape)
        }.get(cell.layer)
        if len(rates) != 1 or own is None or any(one.layer not in outputs for one in column):
            return cell.value
        return whole(rates.pop() * prod(own))

    def carried(self, cell: Cell, before: Sequence[Number]) -> Counting | None:
        """What a cell asks, of a layer that the learner's own shapes reach; None for a column that no layer has."""
        if not cell.quantity:
            return None
        row = self.network.row(cell.layer)
        inputs = self.own_inputs(row, before)
        names = tuple(input_name(index) for index in range(len(inputs)))
        node = replace(row.node, inputs=names if len(names) > 1 else (), tied_to=None)
        alone = Network(cell.layer, inputs, (node,), self.network.framework)
        return Counting(alone, Asked(quantity(cell.quantity), cell.layer))

    def own_inputs(self, row: Row, before: Sequence[Number]) -> tuple[Shape, ...]:
        """The shapes that reach a layer, as the learner has them; the right ones where the layer can't take his."""
        own = {
            cell.layer: value
            for cell, value in zip(self.cells, before, strict=False)
            if cell.quantity == "output" and isinstance(value, Shape)
        }
        place = self.network.place(row.name)
        sources = row.node.inputs or ((self.network.nodes[place - 1].name,) if place else (input_name(0),))
        inputs = tuple(own.get(name, shape) for name, shape in zip(sources, row.inputs, strict=True))
        try:
            visit(row.node, inputs, TEXTBOOK)
        except (ShapeError, ValueError):
            return row.inputs
        return inputs


def cells_of(answering: FillIn, network: Network) -> list[Cell]:
    """The blanks, row by row."""
    layers = {node.name for node in network.nodes}
    values = iter(answering.blanks)
    return [
        Cell(str(row[0]) if row[0] in layers else "", header, next(values))
        for row in answering.table.rows
        for header, value in zip(answering.table.header, row, strict=True)
        if isinstance(value, Blank)
    ]


def overall(grades: Sequence[Grade]) -> Grade:
    """The grade of a whole table; behind it are the beliefs that are behind its cells."""
    score = Fraction(sum(grade.correct for grade in grades), len(grades))
    held = tuple(dict.fromkeys(name for grade in grades for name in (grade.explanations[:1] or ((),))[0]))
    says = prose("{} of {} cells follow from what stands before them.", sum(g.correct for g in grades), len(grades))
    return right(Prose("Yes: every cell.")) if score == 1 else Grade(score, says, (held,) if held else ())
