"""Every view of a network."""

from typing import get_args

import pytest

from quizgen.errors import ViewError
from quizgen.prose import Code, Drawing, Items, Table
from quizgen.question import View
from quizgen.views import can_show, show
from tests.views import networks

KINDS = {"list": Items, "table": Table, "keras": Code, "torch": Code, "picture": Drawing}


@pytest.mark.parametrize("view", get_args(View))
def test_every_view_gives_its_kind_of_value(view: View) -> None:
    assert isinstance(show(networks.RESIDUAL, view), KINDS[view])
    assert can_show(networks.RESIDUAL, view)


def test_a_view_that_lacks_a_layer_says_so() -> None:
    assert not can_show(networks.NORMALIZED, "keras")
    with pytest.raises(ViewError, match="Keras"):
        show(networks.NORMALIZED, "keras")


def test_a_picture_shows_shapes_only_when_asked() -> None:
    plain, full = show(networks.RESIDUAL, "picture"), show(networks.RESIDUAL, "picture", shapes=True)
    assert isinstance(plain, Drawing)
    assert isinstance(full, Drawing)
    assert "32 × 32 × 16" not in plain.characters + plain.svg + plain.alt
    assert "32 × 32 × 16" in full.characters


def test_pictures_on_one_page_have_ids_of_their_own() -> None:
    one, other = show(networks.RESIDUAL, "picture"), show(networks.WORDS, "picture")
    assert isinstance(one, Drawing)
    assert isinstance(other, Drawing)
    ids = [{part.split('"')[0] for part in drawing.svg.split(' id="')[1:]} for drawing in (one, other)]
    assert ids[0].isdisjoint(ids[1])
