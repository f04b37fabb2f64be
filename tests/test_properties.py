"""What is true of every network that can be drawn: of its answers, its formulas and its walks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from quizgen.errors import ShapeError
from quizgen.layers.graph import Row, walk
from quizgen.misconceptions import MISCONCEPTIONS, Misconception, rulebook
from quizgen.network import Network, input_axes
from quizgen.notation import NOTATIONS, Notation, notation
from quizgen.prose import Maths
from quizgen.worked import Worked, read, written
from quizgen.worked.algebra import symbolic
from quizgen.workings import Workings
from tests.printed import sides
from tests.sampling.drawing import ABOUT, draw, levels_of, seeds

COUNTS = ("trainable", "non_trainable", "macs")

networks = st.sampled_from(sorted(ABOUT)).flatmap(
    lambda name: st.builds(draw, st.just(name), st.sampled_from(levels_of(name)), seeds)
)
notations = st.sampled_from([known.name for known in NOTATIONS]).map(notation)
beliefs = st.sampled_from(MISCONCEPTIONS)


def leaves(rows: tuple[Row, ...]) -> Iterator[Row]:
    """The layers of a network, those inside of composite layers in their place."""
    for row in rows:
        yield from leaves(row.parts) if row.parts else (row,)


def formulas(row: Row, letters: Notation) -> Iterator[tuple[Worked, int]]:
    """Each formula of a layer, with the answer that the walk found."""
    workings = Workings((row,), notation=letters)
    kind = type(row.layer)
    counts = {"trainable": kind.trainable(row.layer, *row.inputs), "macs": row.macs}
    counts["non_trainable"] = kind.non_trainable(row.layer, *row.inputs)
    yield from ((workings.rule(row, name), count) for name, count in counts.items())
    yield from ((workings.rule(row, "output", axis), size) for axis, size in enumerate(row.output))


@given(networks)
def test_no_size_of_a_walk_is_below_1(network: Network) -> None:
    assert all(size >= 1 for row in leaves(network.rows) for shape in (*row.inputs, row.output) for size in shape)


@given(networks, notations)
def test_a_formula_with_the_numbers_put_in_gives_the_answer(network: Network, letters: Notation) -> None:
    for row in leaves(network.rows):
        for worked, answer in formulas(row, letters):
            assert worked.value == answer, (row.name, worked.letters)


@given(networks, notations)
def test_every_side_of_a_printed_calculation_has_the_same_value(network: Network, letters: Notation) -> None:
    for row in leaves(network.rows):
        for worked, answer in formulas(row, letters):
            assert set(sides(worked.calculation)) == {Fraction(answer)}, (row.name, worked.calculation)


@given(networks, notations)
def test_a_step_between_substitution_and_value_changes_nothing(network: Network, letters: Notation) -> None:
    for row in leaves(network.rows):
        for worked, answer in formulas(row, letters):
            if not worked.formula.trivial:
                start = len(worked.formula.letters) + len(" = ")
                steps = Maths(worked.line.latex[start:], worked.line.values)
                assert set(sides(steps)) == {Fraction(answer)}, (row.name, steps)


@given(networks, notations)
def test_no_two_sizes_of_a_formula_have_the_same_letter(network: Network, letters: Notation) -> None:
    for row in leaves(network.rows):
        family = tuple(kind.__name__ for kind in type(row.layer).__mro__)
        for worked, _ in formulas(row, letters):
            used = [letters.letter(family, name) for name in worked.formula.names]
            assert len(set(used)) == len(used), (row.name, worked.letters)


@given(networks)
def test_the_counts_of_a_composite_layer_are_those_of_its_parts(network: Network) -> None:
    for row in network.rows:
        for name in COUNTS:
            assert sum(worked.value for _, worked in Workings(network.rows).counts(row, name)) == getattr(row, name)


@given(networks)
def test_all_notations_of_a_rule_are_equal(network: Network) -> None:
    for row in leaves(network.rows):
        kind = type(row.layer)
        for name in COUNTS:
            reading = read(row.layer, row.inputs, row.output if name == "macs" else None)
            forms = [symbolic(written(reading, getattr(kind, name), None, one)) for one in NOTATIONS]
            assert all(sympy.expand(form - forms[0]) == 0 for form in forms), (row.name, name, forms)


def attempted(walked: Callable[[], tuple[Row, ...]]) -> tuple[Row, ...] | None:
    """The rows of a walk; None where the shapes that are believed do not fit."""
    try:
        return walked()
    except (ShapeError, ValueError):
        return None


@given(networks, st.lists(beliefs, min_size=1, max_size=2, unique=True))
def test_a_walk_again_is_a_walk_from_the_start(network: Network, held: list[Misconception]) -> None:
    book = rulebook(*held)
    read_as = book.get(input_axes, input_axes)
    inputs = [read_as(shape, network.framework) for shape in network.inputs]
    assert attempted(lambda: network.under(book)) == attempted(lambda: walk(network.nodes, inputs, book))


@pytest.mark.parametrize("held", MISCONCEPTIONS, ids=lambda held: held.id)
@settings(max_examples=5)
@given(networks)
def test_a_walk_again_is_a_walk_from_the_start_under_every_belief(held: Misconception, network: Network) -> None:
    test_a_walk_again_is_a_walk_from_the_start.hypothesis.inner_test(network, [held])
