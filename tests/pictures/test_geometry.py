"""Where things lie: on the page, not over each other, each wire from the box that is read to the one that reads."""

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizgen.layers import Activation, Concatenate, Conv2D, Dense
from quizgen.layers.base import Shape
from quizgen.pictures.page import Page, Point, Rect
from tests.pictures.networks import (
    Drawn,
    at,
    encoder,
    every,
    identity_block,
    inception,
    lenet,
    mlp,
    projection_block,
)

both = pytest.mark.parametrize("show_shapes", [False, True])


@st.composite
def graphs(draw: st.DrawFn) -> Drawn:
    """Any graph of layers that read one or several of those before, some with a long run of one layer at the end."""
    nodes = []
    names = ["input"]
    for number in range(draw(st.integers(1, 14))):
        sources = draw(st.lists(st.sampled_from(names[-5:]), min_size=1, max_size=3, unique=True))
        label = draw(st.sampled_from(["", "2 × 2", "64, 3 × 3, stride 2, same", "a setting that goes on for a while"]))
        one = draw(st.sampled_from([Activation("relu"), Conv2D(2, (1, 1)), Conv2D(99, (3, 3), padding="same")]))
        names.append(f"n{number}")
        nodes.append(at(names[-1], one if len(sources) == 1 else Concatenate(), label, *sources))
    run = draw(st.sampled_from([0, 0, 20]))
    nodes += [at(f"same_{number}", Activation("relu"), "ReLU") for number in range(run)]
    return Drawn(*nodes, inputs=[Shape((8, 8, 3))])


@every
@both
def test_nothing_lies_over_anything_else(network: Callable[[], Drawn], show_shapes: bool) -> None:
    check(network().page(show_shapes=show_shapes))


@settings(deadline=None)
@given(graphs(), st.booleans())
def test_nothing_lies_over_anything_else_in_any_graph(network: Drawn, show_shapes: bool) -> None:
    check(network.page(show_shapes=show_shapes))


@settings(deadline=None)
@given(graphs())
def test_every_wire_leads_from_the_box_that_is_read_to_the_one_that_reads(network: Drawn) -> None:
    laid_out, cells = network.page(), network.diagram().cells
    edges = {(source, target) for target, cell in enumerate(cells) for source in cell.sources}
    leaves = {right_middle(placed.rect): at for at, placed in enumerate(laid_out.boxes)}
    enters = {left_middle(placed.rect): at for at, placed in enumerate(laid_out.boxes)}
    drawn = [(leaves[rounded(points[0])], enters[rounded(points[-1])]) for points in laid_out.wires]
    assert sorted(drawn) == sorted(edges)


@settings(deadline=None)
@given(graphs())
def test_wires_that_share_ink_share_an_end(network: Drawn) -> None:
    """Where two wires run on one stretch they come from one box or lead to one, so that no reader can mistake them."""
    for one, other in combinations(network.page().wires, 2):
        if one[0] != other[0] and one[-1] != other[-1]:
            assert not any(along(a, b) for a in pairwise(one) for b in pairwise(other))


@pytest.mark.parametrize(("network", "lines"), [(mlp, 1), (identity_block, 1), (lenet, 2), (encoder, 1)])
def test_long_networks_wrap(network: Callable[[], Drawn], lines: int) -> None:
    trunk = [placed.middle for placed in network().page(show_shapes=False).boxes]
    assert len(set(trunk)) == lines
    assert trunk == sorted(trunk)


def test_a_chain_reads_left_to_right_on_every_line() -> None:
    boxes = lenet().page().boxes
    assert all(b.x > a.x + a.box.width if b.middle == a.middle else b.middle > a.middle for a, b in pairwise(boxes))


def test_a_shortcut_runs_over_the_boxes_that_it_skips() -> None:
    laid_out = identity_block().page()
    boxes = {placed.cell.name: placed for placed in laid_out.boxes}
    shortcut = next(
        points
        for points in laid_out.wires
        if points[0][0] < boxes["first"].x and points[-1] == left_middle(boxes["sum"].rect, exact=True)
    )
    assert min(y for _, y in shortcut) < min(boxes[name].y for name in ("first", "relu", "second"))


def test_branches_stand_one_above_the_other_in_the_order_of_the_list() -> None:
    boxes = {placed.cell.name: placed.middle for placed in inception().page().boxes}
    assert boxes["one"] < boxes["three"] < boxes["five"] < boxes["pooled"]
    assert boxes["stem"] == boxes["three_in"] == boxes["join"]


def test_a_lone_branch_stands_above_the_trunk() -> None:
    boxes = {placed.cell.name: placed.middle for placed in projection_block().page(show_shapes=False).boxes}
    assert boxes["projection"] < boxes["first"]


def test_a_word_that_is_too_long_is_broken() -> None:
    label = "Donaudampfschifffahrtsgesellschaftskapitän" * 3
    check(Drawn(*(at(f"d{number}", Dense(2), label) for number in range(6)), inputs=[Shape((2,))]).page())


def check(laid_out: Page) -> None:
    """Boxes and words apart from each other, wires apart from both, everything on the page."""
    whole = Rect(0, 0, laid_out.width, laid_out.height)
    solid = [placed.rect for placed in laid_out.boxes] + [text.rect for text in laid_out.texts]
    assert laid_out.width <= 480
    assert all(inside(rect, whole) for rect in (*solid, *laid_out.frames))
    assert all(inside(Rect(x, y, 0, 0), whole) for points in laid_out.wires for x, y in points)
    assert not [pair for pair in combinations(solid, 2) if overlap(*pair)]
    assert not [
        (stretch, rect)
        for points in laid_out.wires
        for stretch in stretches(points)
        for rect in solid
        if overlap(stretch, rect)
    ]


def stretches(points: Sequence[Point]) -> Iterator[Rect]:
    """The straight stretches of a wire, which run level or upright, as rectangles with no breadth."""
    for (x, y), (to_x, to_y) in pairwise(points):
        assert x == to_x or y == to_y
        yield Rect(min(x, to_x), min(y, to_y), abs(to_x - x), abs(to_y - y))


def along(one: tuple[Point, Point], other: tuple[Point, Point]) -> bool:
    """Whether two straight stretches lie on each other for more than a point."""
    for axis in (0, 1):
        level = {round(point[axis], 3) for point in (*one, *other)}
        if len(level) == 1:
            a, b = sorted(point[1 - axis] for point in one), sorted(point[1 - axis] for point in other)
            return min(a[1], b[1]) - max(a[0], b[0]) > 0.01
    return False


def overlap(a: Rect, b: Rect) -> bool:
    """Whether two rectangles share more than an edge."""
    slack = 0.01
    return (
        a.x + slack < b.x + b.width
        and b.x + slack < a.x + a.width
        and a.y + slack < b.y + b.height
        and b.y + slack < a.y + a.height
    )


def inside(rect: Rect, whole: Rect) -> bool:
    return (
        rect.x >= whole.x
        and rect.y >= whole.y
        and rect.x + rect.width <= whole.width
        and rect.y + rect.height <= whole.height
    )


def rounded(point: Point) -> Point:
    return round(point[0], 3), round(point[1], 3)


def right_middle(rect: Rect) -> Point:
    return rounded((rect.x + rect.width, rect.y + rect.height / 2))


def left_middle(rect: Rect, *, exact: bool = False) -> Point:
    point = rect.x, rect.y + rect.height / 2
    return point if exact else rounded(point)
