"""Fresh random layers, compared with Keras and PyTorch as they are installed here: `pytest -m oracle`."""

from random import Random, SystemRandom

import pytest

from tests.facts import ours
from tests.oracle.frameworks import measure
from tests.oracle.kind import Kind
from tests.oracle.record import KINDS

DRAWS = 8

pytestmark = pytest.mark.oracle


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_our_rules_agree_with_the_frameworks(kind: Kind) -> None:
    seed = SystemRandom().randrange(10**9)
    random = Random(seed)
    for _ in range(DRAWS):
        layer, inputs = kind.draw(random)
        for framework, facts in measure(kind, layer, inputs).items():
            mine = ours(layer, inputs)
            expected = facts if facts.macs is not None else facts._replace(macs=mine.macs)
            assert mine == expected, f"seed {seed}: {framework} on {layer} for {inputs}"
