"""What is true of every network that is drawn, whatever it is of, at every level."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.layers import LAYERS, Concatenate
from quizgen.layers.global_pooling import GlobalPooling
from quizgen.layers.merging import Add
from quizgen.network import params_total
from quizgen.sampling import BUDGET, FAMILIES, LAYER_KINDS, hand_cost, sample
from quizgen.stream import Stream
from tests.sampling.drawing import ABOUT, draw, levels_of, seeds

anything = st.sampled_from(sorted(ABOUT)).flatmap(
    lambda name: st.tuples(st.just(name), st.sampled_from(levels_of(name)), seeds)
)


@given(anything)
def test_it_can_be_walked_and_no_size_is_below_1(drawn: tuple[str, int, int]) -> None:
    assert all(size >= 1 for row in draw(*drawn).rows for shape in (*row.inputs, row.output) for size in shape)


@given(anything)
def test_the_same_seed_gives_the_same_network(drawn: tuple[str, int, int]) -> None:
    assert draw(*drawn) == draw(*drawn)


@given(anything)
def test_a_person_can_work_it_out_on_paper(drawn: tuple[str, int, int]) -> None:
    name, level, seed = drawn
    network = draw(name, level, seed)
    assert hand_cost(network) <= BUDGET[level]
    assert params_total(network.rows) < 10**7


@given(anything)
def test_names_are_short_and_readable(drawn: tuple[str, int, int]) -> None:
    for node in draw(*drawn).nodes:
        assert re.fullmatch(r"[a-z]+(_[a-z]+)*\d*", node.name)
        assert len(node.name) <= 15


@given(anything)
def test_a_plain_stack_reads_as_one(drawn: tuple[str, int, int]) -> None:
    network = draw(*drawn)
    joins = len(network.inputs) > 1 or any(isinstance(node.layer, Add | Concatenate) for node in network.nodes)
    ties = any(node.tied_to for node in network.nodes)
    assert network.is_stack == (not joins and not ties)


@pytest.mark.parametrize("name", ABOUT)
def test_many_seeds_give_many_networks(name: str) -> None:
    level = max(levels_of(name))
    networks = {repr(draw(name, level, seed)) for seed in range(100)}
    assert len(networks) > 10


@pytest.mark.parametrize("kind", LAYER_KINDS, ids=lambda kind: kind.name)
def test_the_question_is_about_the_only_layer(kind: object) -> None:
    drawn = sample({"layer": kind.name}, 9, Stream(1))  # type: ignore[attr-defined]
    assert [node.name for node in drawn.network.nodes] == [drawn.focus]
    assert type(drawn.network.nodes[0].layer).__name__ == kind.name  # type: ignore[attr-defined]


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_the_question_is_about_the_last_layer_of_a_family(family: object) -> None:
    drawn = sample({"family": family.name}, 16, Stream(1))  # type: ignore[attr-defined]
    assert drawn.network.nodes[-1].name == drawn.focus


def test_every_layer_of_the_engine_can_be_drawn() -> None:
    assert {kind.kind for kind in LAYER_KINDS} == set(LAYERS)


@pytest.mark.parametrize("subject", [*LAYER_KINDS, *FAMILIES], ids=lambda subject: subject.name)
def test_each_is_described_in_one_line(subject: object) -> None:
    assert re.fullmatch(r"\S[^\n]+\S", subject.summary)  # type: ignore[attr-defined]


@given(st.sampled_from(("cnn1d", "cnn2d", "cnn3d", "separable", "residual")), st.integers(10, 16), seeds)
def test_maps_have_3_cells_until_the_last_pooling_and_are_never_1_by_1(name: str, level: int, seed: int) -> None:
    rows = [row for row in draw(name, level, seed).rows if len(row.inputs[0]) > 1]
    pools = [
        index for index, row in enumerate(rows) if hasattr(row.layer, "pool") or isinstance(row.layer, GlobalPooling)
    ]
    last = pools[-1] if pools else len(rows)
    assert all(min(row.inputs[0].spatial) >= 3 for row in rows[: last + 1])
    assert all(min(row.inputs[0].spatial) >= 2 for row in rows[last + 1 :])
