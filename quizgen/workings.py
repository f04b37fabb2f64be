"""The workings of a network: each layer's sizes and counts as formulas with this network's numbers.

Everything here is `quizgen.worked` applied to the rows of a walk. Under a rulebook with bent rules the same code writes
a wrong solution, line by line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from quizgen.layers.base import Shape, Sizes
from quizgen.layers.graph import Row, Rulebook, counted
from quizgen.network import params_total
from quizgen.notation import FHW, Notation
from quizgen.prose import Filling, Items, Maths, Prose, Table, Value, filled, mark, prose
from quizgen.receptive import Field, reach, receptive_fields
from quizgen.worked import Worked, chain, work


@dataclass(frozen=True, slots=True)
class Workings:
    """The formulas of a walk's rows, under the rulebook that the walk was made with."""

    rows: Sequence[Row]
    rulebook: Rulebook = field(default_factory=dict)
    notation: Notation = FHW

    def rule(self, row: Row, name: str, axis: int | None = None) -> Worked:
        """One rule of one layer."""
        rule = getattr(type(row.layer), name)
        bent = self.rulebook.get(rule, rule)
        output = row.output if name == "macs" else None
        parts = {part: getattr(part, name) for part in row.parts}
        return work(row.layer, bent, *row.inputs, output=output, axis=axis, parts=parts, notation=self.notation)

    def sizes(self, row: Row) -> list[Worked]:
        """The sizes of the output that take a calculation; axes with the same calculation come once."""
        if row.parts:
            return [size for part in row.parts[:-1] for size in self.sizes(part)]
        found: dict[str, Worked] = {}
        for axis in range(len(row.output)):
            size = self.rule(row, "output", axis)
            if not size.formula.trivial:
                substitution = size.substitution
                found.setdefault(filled(substitution.latex, substitution.values, str), size)
        return list(found.values())

    def counts(self, row: Row, name: str) -> Iterator[tuple[str, Worked]]:
        """A count of a layer, or of each part of it that has any, with the part's name.

        What a frozen layer would train counts as non-trainable.
        """
        if not row.node.frozen or name == "macs":
            yield from self.own_counts(row, name)
        elif name == "non_trainable":
            yield from self.own_counts(row, "trainable")
            yield from self.own_counts(row, "non_trainable")

    def own_counts(self, row: Row, name: str) -> Iterator[tuple[str, Worked]]:
        """What one rule counts, whether or not the layer is frozen."""
        parts = row.parts if name == "macs" else counted(row.parts)
        if parts and getattr(row, name) == sum(getattr(part, name) for part in parts):
            for part in parts:
                for inner, worked in self.counts(part, name):
                    yield f"{part.name}, {inner}" if inner else part.name, worked
        else:
            worked = self.rule(row, name)
            if worked.value:
                yield "", worked

    def count(self, row: Row, name: str) -> Value:
        """A count of a layer as one display formula, or as a table of its parts with their sum."""
        counts = list(self.counts(row, name))
        if not row.parts and len(counts) <= 1:
            return self.rule(row, name).line
        rows: list[tuple[Value, ...]] = [
            (part, worked.letters, worked.substitution, worked.value) for part, worked in counts
        ]
        rows.append(("Total", "", "", sum(worked.value for _, worked in counts)))
        return Table(("Part", "Formula", "Calculation", "Result"), tuple(rows), "lllr", last_is_total=True)

    def shape(self, row: Row) -> Value:
        """The calculation of the output shape: one formula for each size that takes one."""
        lines = [size.line for size in self.sizes(row)]
        if not lines and row.output.spatial == row.inputs[0].spatial:
            return Prose("Every axis of the map keeps its size.")
        return Prose("\n\n".join(mark(index) for index in range(len(lines))), tuple(lines))

    def chain(self, rows: Sequence[Row] | None = None) -> Items:
        """The shapes from layer to layer, one item each: what goes in, the calculation, what comes out."""
        return Items(tuple(self.shape_line(row) for row in (self.rows if rows is None else rows)))

    def shape_line(self, row: Row) -> Prose:
        """`conv1: ⌊(28 - 3) / 1⌋ + 1 = 26, so 26 × 26 × 32`."""
        sizes = self.sizes(row)
        if not sizes:
            return prose("{}: {}", row.name, row.output)
        if len(row.output) == 1:
            return prose("{}: ${}$", row.name, sizes[0].calculation)
        filling = Filling()
        name = filling(row.name)
        worked = ", ".join(f"${filling(size.calculation)}$" for size in sizes)
        return filling.prose(f"{name}: {worked}, so {filling(row.output)}")

    def table(self, *, total: bool = True) -> Table:
        """Every layer with its size and its parameters, and how each comes about."""
        rows: list[tuple[Value, ...]] = [("input", "", self.rows[0].inputs[0], "", 0)]
        rows.extend(self.table_row(row) for row in self.rows)
        if total:
            rows.append(("Total", "", "", "", params_total(self.rows, self.rulebook)))
        header = ("Layer", "Size", "Output shape", "Calculation", "Parameters")
        return without_empty_columns(Table(header, tuple(rows), "lllrr", last_is_total=total))

    def table_row(self, row: Row) -> tuple[Value, ...]:
        sizes = self.sizes(row)
        if row.node.tied_to and row not in self.rulebook.get(counted, counted)([row]):
            shared = prose("shared with {}", row.node.tied_to)
            return (row.name, self.list_of(sizes, "calculation"), row.output, shared, 0)
        counts = [worked for name in ("trainable", "non_trainable") for _, worked in self.counts(row, name)]
        return (
            row.name,
            self.list_of(sizes, "calculation"),
            row.output,
            self.list_of(counts, "substitution"),
            row.params,
        )

    def costs(self) -> Table:
        """Every layer that multiplies, with its multiply-accumulates and how they come about."""
        rows: list[tuple[Value, ...]] = []
        for row in self.rows:
            counts = [worked for _, worked in self.counts(row, "macs")]
            if counts:
                rows.append((row.name, row.output, self.list_of(counts, "substitution"), row.macs))
        rows.append(("Total", "", "", sum(row.macs for row in self.rows)))
        return Table(("Layer", "Output shape", "Calculation", "MACs"), tuple(rows), "lllr", last_is_total=True)

    def fields(self) -> Table:
        """How the receptive field grows: for each layer with a window what it reaches over, the cells of the input
        between neighbours before it, and the field behind it."""
        rows: list[tuple[Value, ...]] = [("input", "", "", "", 1)]
        found = receptive_fields(self.rows, self.rulebook)
        before = Field((), ())
        for row in self.rows:
            field = found.get(row.name)
            window = row.layer.window(*row.inputs) if field else None
            if field is None or window is None:
                before = field or before
                continue
            jump = before.jump or (1,) * len(field.jump)
            cells = map(together, (reach(window), window.stride, jump, field.size))
            rows.append((row.name, *cells))
            before = field
        return Table(("Layer", "Kernel", "Stride", "Step before", "Receptive field"), tuple(rows), "lrrrr")

    @staticmethod
    def list_of(workings: Sequence[Worked], form: str) -> Value:
        """Several calculations in one cell; sums of parts are joined by plus signs."""
        if not workings:
            return ""
        parts: list[Maths] = [getattr(worked, form) for worked in workings]
        if len(parts) > 3:
            return f"{len(parts)} parts"
        filling = Filling()
        separator = " $+$ " if form == "substitution" else ", "
        return filling.prose(separator.join(f"${filling(part)}$" for part in parts))

    def total(self, name: str) -> Maths:
        """The sum over the layers: `832 + 9,248 + 205,056 + 2,570 = 217,706`."""
        rows = self.rows if name == "macs" else self.rulebook.get(counted, counted)(self.rows)
        terms = [getattr(row, name) for row in rows if getattr(row, name)]
        return chain(addition(terms), Maths(mark(0), (sum(terms),)), display=True)


def together(sizes: Sizes) -> Value:
    """One number where it is the same along all axes."""
    return sizes[0] if len(set(sizes)) == 1 else Shape(sizes)


def without_empty_columns(table: Table) -> Table:
    """The table without the columns in which no row has anything."""
    kept = [index for index in range(len(table.header)) if any(row[index] != "" for row in table.rows)]
    return Table(
        tuple(table.header[index] for index in kept),
        tuple(tuple(row[index] for index in kept) for row in table.rows),
        "".join(table.align[index] for index in kept),
        table.last_is_total,
    )


def addition(terms: Sequence[int]) -> Maths:
    """A sum of numbers, long ones broken off in the middle."""
    if len(terms) > 8:
        return Maths(f"{mark(0)} + {mark(1)} + {mark(2)} + \\ldots + {mark(3)}", (*terms[:3], terms[-1]))
    return Maths(" + ".join(mark(index) for index in range(len(terms))) or "0", tuple(terms))


def volume(shape: Shape) -> Maths:
    """A shape as a product: `5 × 5 × 64 = 1,600`."""
    size = 1
    for axis in shape:
        size *= axis
    factors = r" \times ".join(mark(index) for index in range(len(shape)))
    return chain(Maths(factors, tuple(shape)), Maths(mark(0), (size,)))
