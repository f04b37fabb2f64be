"""Whole networks against what Keras and PyTorch found, layer by layer (`tests/oracle/record_networks.py` records)."""

import pytest

from tests.networks import NetworkCase, ours, read

CASES = read()


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.network.name}-{case.network.framework}")
def test_each_layer_and_the_totals_are_what_the_framework_found(case: NetworkCase) -> None:
    assert ours(case) == case.facts


def test_sixty_random_networks_are_recorded_from_both_frameworks() -> None:
    drawn = [case.network for case in CASES if "_" in case.network.name]
    assert len(drawn) >= 60
    assert {network.framework for network in drawn} == {"keras", "torch"}
