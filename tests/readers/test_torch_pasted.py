"""PyTorch networks as people paste them, with the totals that PyTorch gives."""

import pytest

from quizgen.network import macs_total, non_trainable_total, params_total, trainable_total
from quizgen.readers.torch import read_torch
from quizgen.unknown import is_known
from tests.readers.torch_cases import PASTED, Pasted


def names(case: Pasted) -> str:
    return case.name


@pytest.mark.parametrize("case", PASTED, ids=names)
def test_the_totals_are_those_of_pytorch(case: Pasted) -> None:
    rows = read_torch(case.text, case.name, input_shape=case.input_shape).network.rows
    assert (trainable_total(rows), non_trainable_total(rows)) == (case.trainable, case.frozen)


@pytest.mark.parametrize("case", PASTED, ids=names)
def test_parameters_need_no_input(case: Pasted) -> None:
    assert params_total(read_torch(case.text, case.name).network.rows) == case.trainable + case.frozen


@pytest.mark.parametrize("case", [case for case in PASTED if len(case.inputs) == 1], ids=names)
def test_with_an_input_every_size_is_known(case: Pasted) -> None:
    rows = read_torch(case.text, case.name, input_shape=case.input_shape).network.rows
    assert all(is_known(row.output) for row in rows)
    assert isinstance(macs_total(rows), int)
    assert tuple(sorted(rows[-1].output)) == tuple(sorted(case.output))


@pytest.mark.parametrize("case", PASTED, ids=names)
def test_each_layer_is_told_by_its_name_type_and_line(case: Pasted) -> None:
    reading = read_torch(case.text, "net.py")
    lines = case.text.splitlines()
    for node in reading.network.nodes:
        kind = reading.types[node.name].rpartition(".")[2].replace(" ", "")
        near = "".join(lines[reading.lines[node.name] - 1 : reading.lines[node.name] + 3]).replace(" ", "")
        assert kind in near or "getattr" in near or kind in ("bias", "permute"), (node.name, kind, near)


def test_names_are_pytorchs_dotted_ones() -> None:
    case = next(case for case in PASTED if case.name == "resnet_blocks")
    found = [node.name for node in read_torch(case.text, "net.py").network.nodes]
    assert found[:7] == ["conv1", "bn1", "relu", "layer1.0.conv1", "layer1.0.bn1", "relu_1", "layer1.0.conv2"]
    assert {"layer2.0.shortcut.0", "add_7", "avg_pool2d", "view", "linear"} <= set(found)
