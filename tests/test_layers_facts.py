"""Every layer's rules against the facts that Keras and PyTorch gave (`tests/oracle/record.py` records them)."""

import pytest

from quizgen.layers import LAYERS
from tests.facts import FOLDER, Case, ours, read

CASES = [case for path in sorted(FOLDER.glob("*.json")) for case in read(path)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.layer} on {' and '.join(map(str, case.inputs))}")
def test_our_rules_give_what_the_frameworks_measured(case: Case) -> None:
    facts = ours(case.layer, case.inputs)
    expected = case.facts if case.facts.macs is not None else case.facts._replace(macs=facts.macs)
    assert facts == expected


def test_every_layer_has_at_least_thirty_facts() -> None:
    counts = {kind: sum(type(case.layer) is kind for case in CASES) for kind in LAYERS}
    assert {kind.__name__: count for kind, count in counts.items() if count < 30} == {}
