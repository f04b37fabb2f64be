"""Every program that a question shows runs, and builds the network that it's of: `pytest -m oracle`."""

from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random, SystemRandom
from typing import TypeAlias

import pytest

from quizgen.errors import TemplateError, ViewError
from quizgen.layers import AveragePooling3D
from quizgen.layers.graph import Node, Row, input_name
from quizgen.layers.recurrent import Bidirectional, RecurrentLayer, StackedRecurrent
from quizgen.network import Network, non_trainable_total, trainable_total
from quizgen.sampling import FAMILIES, LEVELS, Family, sample
from quizgen.stream import Stream
from quizgen.views import keras_code, torch_code
from quizgen.views.source import WIDTH
from tests.oracle.frameworks import channels_first
from tests.oracle.kind import Kind
from tests.oracle.pooling import too_tight
from tests.oracle.programs import Built, run_keras, run_torch
from tests.oracle.record import KINDS
from tests.views import networks

Runner: TypeAlias = Callable[..., Built]
RUNNERS: dict[str, Runner] = {"keras": run_keras, "torch": run_torch}
CODE: dict[str, Callable[..., str]] = {"keras": keras_code, "torch": torch_code}
DRAWS = 6
NOT_SHORT = ("PartialConv2D", "SinusoidalPositions", "TimeDistributed")
"""Kinds that a framework has no layer for, or only for some of what they may hold."""

GIVEN = [networks.DIGITS, networks.RESIDUAL, networks.WORDS, networks.ENCODER, networks.SHARED, networks.TIED]

pytestmark = pytest.mark.oracle


def check(network: Network, runner: Runner, folder: Path) -> None:
    """The program without names, and the one with names layer by layer."""
    expected = trainable_total(network.rows), non_trainable_total(network.rows)
    for names in (False, True):
        built = runner(network, folder, names=names)
        assert (built.trainable, built.non_trainable) == expected
        assert built.output in layouts(network.rows[-1])
    for row in network.rows:
        if row.name in built.shapes and not isinstance(row.layer, RecurrentLayer | Bidirectional | StackedRecurrent):
            assert built.shapes[row.name] in layouts(row), row
        if row.params and not row.node.tied_to and (row.name in built.params or not row.parts):
            assert built.params[row.name] == row.params, row


def layouts(row: Row) -> tuple[tuple[int, ...], ...]:
    return row.output, channels_first(row.output)


def showable(code: Callable[..., str], network: Network) -> bool:
    try:
        return bool(code(network))
    except ViewError:
        return False


def drawn(kind: Kind, random: Random) -> Iterator[Network]:
    for _ in range(DRAWS):
        layer, inputs = kind.draw(random)
        if isinstance(layer, AveragePooling3D) and too_tight(layer, inputs):
            continue
        sources = tuple(map(input_name, range(len(inputs)))) if len(inputs) > 1 else ()
        yield Network(kind.name, inputs, (Node("drawn", layer, sources),))


@pytest.mark.parametrize("framework", RUNNERS)
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_the_code_of_any_layer_builds_it(kind: Kind, framework: str, tmp_path: Path) -> None:
    seed = SystemRandom().randrange(10**9)
    print(f"seed {seed}")
    for network in drawn(kind, Random(seed)):
        if showable(CODE[framework], network):
            check(network, RUNNERS[framework], tmp_path)


@pytest.mark.parametrize("framework", RUNNERS)
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.name not in NOT_SHORT], ids=lambda kind: kind.name)
def test_what_the_framework_has_can_be_shown(kind: Kind, framework: str) -> None:
    builder = {"keras": kind.keras, "torch": kind.torch}[framework]
    for network in drawn(kind, Random(kind.name)):
        if builder(network.nodes[0].layer, network.inputs) is not None:
            assert showable(CODE[framework], network), network


@pytest.mark.parametrize("framework", RUNNERS)
@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_the_code_of_any_network_in_its_own_framework_builds_it(family: Family, framework: str, tmp_path: Path) -> None:
    seed = SystemRandom().randrange(10**9)
    print(f"seed {seed}")
    for level in LEVELS:
        try:
            network = sample({"family": family.name, "framework": framework}, level, Stream(seed, level)).network
        except TemplateError:
            continue
        check(network, RUNNERS[framework], tmp_path)


@pytest.mark.parametrize("framework", RUNNERS)
@pytest.mark.parametrize("network", GIVEN, ids=lambda network: network.name)
def test_the_code_of_branches_and_shared_layers_builds_them(network: Network, framework: str, tmp_path: Path) -> None:
    check(network, RUNNERS[framework], tmp_path)


@pytest.mark.parametrize("code", [keras_code, torch_code])
@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_no_line_of_code_is_wider_than_its_column(family: Family, code: Callable[..., str]) -> None:
    for level in LEVELS:
        for seed in range(DRAWS):
            try:
                network = sample({"family": family.name}, level, Stream("width", seed)).network
            except TemplateError:
                continue
            for names in (False, True):
                if showable(code, network):
                    assert max(map(len, code(network, names=names).splitlines())) <= WIDTH
