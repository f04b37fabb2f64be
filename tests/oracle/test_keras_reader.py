"""What is read from Keras code is what Keras builds from it, layer by layer: `pytest -m oracle`."""

import inspect
from collections.abc import Mapping
from pathlib import Path
from random import Random, SystemRandom

import keras
import pytest

from quizgen.errors import ViewError
from quizgen.network import Network, non_trainable_total, trainable_total
from quizgen.readers.keras import read_keras
from quizgen.readers.keras.signatures import SIGNATURES
from quizgen.readers.reading import Reading
from quizgen.views import keras_code
from tests.oracle.programs import Built, run_keras
from tests.oracle.sketch import Sketch
from tests.oracle.sketches import FAMILIES
from tests.readers.keras_truth import NAMES, measured, recorded

pytestmark = pytest.mark.oracle

NETWORKS = 200


@pytest.mark.parametrize("name", NAMES)
def test_the_recorded_totals_are_those_of_keras(name: str) -> None:
    assert measured(name) == recorded(name)


@pytest.mark.parametrize("kind", [kind for kind in SIGNATURES if hasattr(keras.layers, kind)])
def test_arguments_stand_in_the_order_of_keras(kind: str) -> None:
    parameters = list(inspect.signature(getattr(keras.layers, kind).__init__).parameters.values())[1:]
    order = [one.name for one in parameters if one.kind is one.POSITIONAL_OR_KEYWORD]
    read = SIGNATURES[kind].split()
    assert order[: len(read)] == read


@pytest.mark.parametrize("place", range(NETWORKS))
def test_random_networks_are_what_keras_builds(place: int, tmp_path: Path) -> None:
    seed = SystemRandom().randrange(10**9)
    print(f"seed {seed}")
    network = drawn(Random(seed), place)
    names = bool(place % 2)
    keras.backend.clear_session()
    built = run_keras(network, tmp_path, names=names)
    reading = read_keras(keras_code(network, names=names), "drawn.py")
    rows = reading.network.rows
    assert (trainable_total(rows), non_trainable_total(rows)) == (built.trainable, built.non_trainable)
    assert rows[-1].output == built.output
    assert layers_of(reading) == layers_of_keras(built, reading)


def drawn(random: Random, place: int) -> Network:
    """A network of the family whose turn it is, in Keras's conventions."""
    family = FAMILIES[place % len(FAMILIES)]
    while True:
        sketch = Sketch(random, "keras")
        family(sketch)
        network = sketch.network(f"{family.__name__}_{place}")
        try:
            keras_code(network)
        except ViewError:
            continue
        return network


Layers = Mapping[str, tuple[tuple[int, ...], int]]


def layers_of(reading: Reading) -> Layers:
    """Output shape and parameters by name, of the first use of each layer."""
    return {row.name: (tuple(row.output), row.params) for row in reading.network.rows if "#" not in row.name}


def layers_of_keras(built: Built, reading: Reading) -> Layers:
    """The same as Keras has it, without its layers for inputs; of a shared layer Keras tells no shape of its first use."""
    first = {row.name: row for row in reading.network.rows}
    return {
        name: (tuple(first[name].output) if f"{name}#2" in reading.types else tuple(shape), built.params[name])
        for name, shape in built.shapes.items()
        if not name.startswith("input") and name in first
    }
