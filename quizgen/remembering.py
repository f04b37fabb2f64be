"""A task about memory: what a network's numbers take up, in a data type, for a batch, in a unit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import zip_longest
from math import prod
from typing import Any, NamedTuple

from quizgen.believing import relevant
from quizgen.errors import ShapeError
from quizgen.feedback import Side
from quizgen.layers.base import Rule
from quizgen.layers.graph import TEXTBOOK, Row, Rulebook
from quizgen.memory import (
    NUMBER_BYTES,
    OPTIMIZER_STATES,
    UNITS,
    activation_bytes,
    cached_heads,
    gradient_bytes,
    in_unit,
    is_causal,
    kept_activations,
    kept_behind,
    kv_cache_bytes,
    leaves,
    state_bytes,
    weight_bytes,
)
from quizgen.misconceptions import MISCONCEPTIONS, Misconception, rulebook
from quizgen.network import Network, params_total, trainable_total
from quizgen.notation import Notation
from quizgen.prose import Maths, Table, Value, mark
from quizgen.quantities import Asked
from quizgen.worked import chain
from quizgen.worked.expressions import Expression, Letter, every, lifted
from quizgen.worked.latex import latex

OPTIMIZERS: Mapping[str, str] = {"sgd": "plain SGD", "momentum": "SGD with momentum", "adam": "Adam"}
"""What a sentence calls an optimizer."""

LEAST_DIFFERENCE = 20
"""A belief about counts that moves the whole by less than this part of it would be one more option that looks alike."""

UNSEEN = ("heads",)
"""Arguments of a rule that stand beside it and are no size in its formula."""


class Share(NamedTuple):
    """One of the things that stand in memory: its rule with the sizes that it is given, by name."""

    name: str
    rule: Rule
    sizes: Mapping[str, int]

    def bytes(self, book: Rulebook) -> int:
        return self.read(book, self.sizes)  # type: ignore[no-any-return]

    def read(self, book: Rulebook, sizes: Mapping[str, Any]) -> Any:
        """The rule of a rulebook, of these sizes or letters."""
        given = {name: sizes[name] for name in sizes if name in UNSEEN}
        return book.get(self.rule, self.rule)(*(sizes[name] for name in sizes if name not in UNSEEN), **given)

    def calculation(self, book: Rulebook, notation: Notation, *, display: bool = False) -> Maths:
        """Formula, numbers and bytes in one: `P b = 946 × 2 = 1,892`."""
        letters, numbers, size = self.worked(book, notation)
        steps = [letters, numbers] if len(numbers.values) > 1 else [letters]
        return chain(*steps, Maths(mark(0), (size,)), display=display)

    def worked(self, book: Rulebook, notation: Notation) -> tuple[Maths, Maths, int]:
        """The formula in letters, with numbers, and what it comes to."""
        letters = {name: Letter(name, size) for name, size in self.sizes.items()}
        expression: Expression = lifted(self.read(book, letters))
        names = tuple(dict.fromkeys(part.name for part in every(expression) if isinstance(part, Letter)))
        printed = latex(
            expression, {name: notation.letter(("Memory",), name) for name in names}, times=notation.spelled
        )
        marked = latex(expression, {name: mark(place) for place, name in enumerate(names)}, times=True)
        return Maths(printed), Maths(marked, tuple(self.sizes[name] for name in names)), self.bytes(book)


@dataclass(frozen=True, slots=True)
class Remembering:
    """What stands in memory of a network, in a unit, as somebody works it out under whatever beliefs he holds.

    holds: what of it: `weights`, `gradients`, `states`, `activations`, `cache`. tokens: how many the cache is for, or
    None for the whole context.
    """

    network: Network
    asked: Asked
    holds: tuple[str, ...]
    dtype: str
    batch: int
    optimizer: str
    unit: str
    tokens: int | None = None

    @property
    def key(self) -> int | Fraction:
        return self.amount(TEXTBOOK)

    @property
    def each(self) -> Mapping[str, int]:
        """What one number takes."""
        return {"number_bytes": NUMBER_BYTES[self.dtype]}

    def believed(self, held: Sequence[Misconception]) -> int | Fraction | None:
        try:
            return self.amount(rulebook(*held))
        except (ShapeError, ValueError):
            return None

    def amount(self, book: Rulebook) -> int | Fraction:
        """All of it in the unit; an int where it comes out whole."""
        size = sum(share.bytes(book) for share in self.shares(book))
        amount: Fraction = book.get(in_unit, in_unit)(size, self.unit)
        return int(amount) if amount.denominator == 1 else amount

    def relevant(self) -> tuple[Misconception, ...]:
        """Beliefs about the formulas of memory, and about the counts that go into them."""
        rules = {in_unit, *(share.rule for share in self.shares(TEXTBOOK))}
        of_memory = [
            held for held in MISCONCEPTIONS if held.rule in rules and (held.rule != in_unit or self.unit != "B")
        ]
        if "activations" in self.holds and any(node.tied_to for node in self.network.nodes):
            of_memory += [held for held in MISCONCEPTIONS if held.rule == kept_activations]
        return (*of_memory, *filter(self.shows, () if self.holds == ("cache",) else relevant(self.network, self.asked)))

    def shows(self, held: Misconception) -> bool:
        """Whether a belief about counts still makes a difference once all is added up."""
        amount, key = self.believed((held,)), self.key
        return amount is not None and abs(Fraction(amount) - key) * LEAST_DIFFERENCE > key

    def shares(self, book: Rulebook) -> list[Share]:
        """What stands in memory, with the sizes that somebody reads of the network."""
        rows = self.network.rows if self.holds == ("cache",) else self.network.under(book)
        return [share for name in self.holds for share in SHARES[name](self, rows, book)]

    def sides(self, held: Sequence[Misconception], notation: Notation) -> tuple[Side, Side]:
        """What somebody works out differently, and the whole in its unit."""
        book = rulebook(*held)
        pairs = list(zip_longest(self.calculations(book, notation), self.calculations(TEXTBOOK, notation)))
        differing = [pair for pair in pairs if pair[0] != pair[1]]
        wrong = [line for line, _ in differing if line is not None]
        right = [line for _, line in differing if line is not None]
        return (*wrong, *self.converted(book)), (*right, *self.converted())

    def calculations(self, book: Rulebook, notation: Notation) -> list[Maths | None]:
        """The formula of each share with its numbers; None for one of which there is nothing."""
        shares = self.shares(book)
        return [share.calculation(book, notation) if share.bytes(book) else None for share in shares]

    @property
    def converted_line(self) -> tuple[str, tuple[Value, ...]]:
        """The right conversion: its LaTeX and its values."""
        line = next(iter(self.converted()), None)
        return (line.latex, line.values) if isinstance(line, Maths) else (mark(0), (self.key,))

    def converted(self, book: Rulebook = TEXTBOOK) -> Side:
        """The sum of bytes in the unit: `131,072 / 1,024 = 128`."""
        sizes = [share.bytes(book) for share in self.shares(book)]
        if self.unit == "B" and len(sizes) == 1:
            return ()
        amount = self.amount(book)
        one = Fraction(sum(sizes)) / amount if amount else Fraction(1)
        if one == 1:
            return (chain(added(sizes), Maths(mark(0), (sum(sizes),))),)
        return (chain(Maths(rf"\frac{{{mark(0)}}}{{{mark(1)}}}", (sum(sizes), int(one))), Maths(mark(0), (amount,))),)

    def names(self, notation: Notation) -> Mapping[str, Any]:
        shares = self.shares(TEXTBOOK)
        return {
            "memory": {
                "dtype": self.dtype,
                "number_bytes": NUMBER_BYTES[self.dtype],
                "batch": self.batch,
                "optimizer": OPTIMIZERS[self.optimizer],
                "states": OPTIMIZER_STATES[self.optimizer],
                "unit": "bytes" if self.unit == "B" else self.unit,
                "unit_bytes": UNITS[self.unit],
                "params": params_total(self.network.rows),
                "formula": shares[0].worked(TEXTBOOK, notation)[0],
                "worked": self.table(notation),
                "converted": Maths(*self.converted_line, display=True),
                "kept": self.kept(),
            },
            "cache": shares[0].sizes if self.holds == ("cache",) else {},
        }

    def table(self, notation: Notation) -> Value:
        """One line, or where several things stand in memory a row for each and their sum."""
        shares = self.shares(TEXTBOOK)
        if len(shares) == 1:
            return shares[0].calculation(TEXTBOOK, notation, display=True)
        worked = [(share.name, *share.worked(TEXTBOOK, notation)) for share in shares]
        total = ("Total", "", "", sum(size for *_, size in worked))
        return Table(("What", "Formula", "Calculation", "Bytes"), (*worked, total), "lllr", last_is_total=True)

    def kept(self) -> Table:
        """The numbers that each layer leaves for the backward pass, for one example."""
        rows: list[tuple[Value, ...]] = [("input", x, prod(x)) for x in self.network.inputs]
        rows += [(row.name, row.output, kept_behind(row)) for row in self.network.rows]
        rows.append(("Total", "", kept_activations(self.network.rows)))
        return Table(("Layer", "Output shape", "Numbers kept"), tuple(rows), "llr", last_is_total=True)


def added(sizes: Sequence[int]) -> Maths:
    return Maths(" + ".join(map(mark, range(len(sizes)))), tuple(sizes))


def weights(task: Remembering, rows: Sequence[Row], book: Rulebook) -> Iterator[Share]:
    yield Share("weights", weight_bytes, {"params": params_total(rows, book), **task.each})


def gradients(task: Remembering, rows: Sequence[Row], book: Rulebook) -> Iterator[Share]:
    yield Share("gradients", gradient_bytes, {"trainable": trainable_total(rows, book), **task.each})


def states(task: Remembering, rows: Sequence[Row], book: Rulebook) -> Iterator[Share]:
    sizes = {"trainable": trainable_total(rows, book), "states": OPTIMIZER_STATES[task.optimizer]}
    yield Share("optimizer states", state_bytes, {**sizes, **task.each})


def activations(task: Remembering, rows: Sequence[Row], book: Rulebook) -> Iterator[Share]:
    kept = book.get(kept_activations, kept_activations)(rows)
    yield Share("activations", activation_bytes, {"numbers": kept, "batch": task.batch, **task.each})


def cache(task: Remembering, rows: Sequence[Row], book: Rulebook) -> Iterator[Share]:
    """The cache of all layers whose heads and tokens are alike."""
    causal = (row for row in leaves(rows) if is_causal(row.layer))
    alike = Counter(cached_heads(row.layer, *row.inputs) for row in causal)  # type: ignore[arg-type]
    for (heads, kv_heads, head_dim, context), layers in alike.items():
        tokens = context if task.tokens is None else task.tokens
        sizes = {"layers": layers, "kv_heads": kv_heads, "head_dim": head_dim, "tokens": tokens, "batch": task.batch}
        yield Share("cache", kv_cache_bytes, {**sizes, **task.each, "heads": heads})


SHARES: Mapping[str, Callable[[Remembering, Sequence[Row], Rulebook], Iterator[Share]]] = {
    "weights": weights,
    "gradients": gradients,
    "states": states,
    "activations": activations,
    "cache": cache,
}
"""What can stand in memory, by the name that an author gives it."""
