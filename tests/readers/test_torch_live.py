"""Code that is read, and the same code run by PyTorch: module by module the same. `pytest -m oracle`."""

from random import Random, SystemRandom

import pytest

from quizgen.readers.torch import read_torch
from tests.readers.torch_cases import PASTED, Pasted
from tests.readers.torch_random import draw

DRAWS, CHUNKS = 200, 10

pytestmark = [pytest.mark.oracle, pytest.mark.filterwarnings("ignore")]


@pytest.mark.parametrize("case", [case for case in PASTED if case.model], ids=lambda case: case.name)
def test_pasted_networks_are_read_as_pytorch_runs_them(case: Pasted) -> None:
    from tests.readers.torch_truth import check, fits, truth_of

    truth = truth_of(case)
    check(read_torch(case.text, case.name, input_shape=case.input_shape), truth)
    assert (truth.trainable, truth.frozen) == (case.trainable, case.frozen)
    assert fits(case.output, truth.output)


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_random_networks_are_read_as_pytorch_runs_them(chunk: int) -> None:
    from tests.readers.torch_truth import built, check, run

    seed = SystemRandom().randrange(10**9)
    for number in range(DRAWS // CHUNKS):
        drawn = draw(Random(seed + number))
        print(f"seed {seed + number}\n{drawn.code}")
        truth = run(built(drawn.code, "model"), [drawn.inputs], ids=drawn.ids)
        check(read_torch(f"{drawn.code}model(torch.zeros({(2, *drawn.inputs)}))\n", "net.py"), truth)
        assert truth.modules
