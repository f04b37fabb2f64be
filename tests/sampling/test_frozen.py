"""A seed gives the same network on every machine, in every version of Python, and in every version of quizgen that
doesn't say otherwise."""

import pytest

from tests.sampling.frozen import DRAWS, FILE, frozen, text

KEPT = FILE.read_text(encoding="utf-8")


@pytest.mark.parametrize("drawn", DRAWS, ids=lambda drawn: " ".join(map(str, drawn[:3])))
def test_a_seed_gives_the_network_that_it_gave(drawn: tuple[str, int, int, dict[str, object]]) -> None:
    assert text(*drawn) in KEPT


def test_nothing_else_is_kept() -> None:
    assert frozen() == KEPT
