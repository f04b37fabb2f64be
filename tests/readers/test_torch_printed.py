"""The PyTorch code that quizgen prints for a network is read back as that network."""

from collections.abc import Iterable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.errors import TemplateError, ViewError
from quizgen.layers.graph import Row
from quizgen.network import Network, macs_total, non_trainable_total, trainable_total
from quizgen.readers.torch import read_torch
from quizgen.sampling import FAMILIES, LEVELS, sample
from quizgen.stream import Stream
from quizgen.views import torch_code
from tests.views import networks

GIVEN = [networks.DIGITS, networks.RESIDUAL, networks.WORDS, networks.ENCODER, networks.SHARED, networks.TIED]


def same(network: Network, again: Network) -> None:
    """All that is counted, and each layer that counts, in its order; composite layers by their parts."""
    assert again.inputs == network.inputs
    assert again.output == network.output
    for total in (trainable_total, non_trainable_total, macs_total):
        assert total(again.rows) == total(network.rows)
    assert list(counting(again.rows)) == list(counting(network.rows))


def counting(rows: Iterable[Row]) -> Iterator[tuple[int, int, tuple[int, ...]]]:
    """What each layer with parameters or a cost holds, costs, and puts out; all steps of a recurrent one or its last."""
    for row in rows:
        if row.parts:
            yield from counting(row.parts)
        elif row.params or row.macs:
            yield (0 if row.node.tied_to else row.params), row.macs, row.output[-1:]


@pytest.mark.parametrize("names", [False, True], ids=["plain", "named"])
@pytest.mark.parametrize("network", GIVEN, ids=lambda network: network.name)
def test_networks_come_back(network: Network, names: bool) -> None:
    same(network, read_torch(torch_code(network, names=names), "printed").network)


@given(
    family=st.sampled_from([family.name for family in FAMILIES]),
    level=st.sampled_from(LEVELS),
    seed=st.integers(0, 10**6),
    framework=st.sampled_from(["torch", "keras"]),
    names=st.booleans(),
)
def test_sampled_networks_come_back(family: str, level: str, seed: int, framework: str, names: bool) -> None:
    try:
        network = sample({"family": family, "framework": framework}, level, Stream("printed", seed)).network
        code = torch_code(network, names=names)
    except (TemplateError, ViewError):
        return
    same(network, read_torch(code, "printed").network)
