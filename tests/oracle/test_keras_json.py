"""What `to_json()` of Keras as it is installed here writes, read and counted: `pytest -m oracle`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from quizgen.network import non_trainable_total, trainable_total
from quizgen.readers.keras_json import read_keras_json
from tests.applications import our_layers, recorded
from tests.oracle.assemblies import ASSEMBLIES
from tests.oracle.frameworks import elements
from tests.oracle.keras_models import APPLICATIONS, application, layer_facts

pytestmark = pytest.mark.oracle


@pytest.mark.parametrize("name", APPLICATIONS)
def test_every_layer_of_every_application_is_as_keras_counts_it(name: str) -> None:
    model = application(name)
    reading = read_keras_json(model.to_json())
    rows = reading.network.rows
    assert sorted(our_layers(reading)) == sorted(layer_facts(model))
    assert trainable_total(rows) == elements(model.trainable_weights)
    assert non_trainable_total(rows) == elements(model.non_trainable_weights)


@pytest.mark.parametrize("name", APPLICATIONS)
def test_all_applications_are_recorded(name: str) -> None:
    assert name in recorded()


@pytest.mark.parametrize("make", ASSEMBLIES)
def test_models_of_every_wiring_are_as_keras_counts_them(make: Callable[[], Any]) -> None:
    model = make()
    reading = read_keras_json(model.to_json())
    rows = reading.network.rows
    assert trainable_total(rows) == elements(model.trainable_weights)
    assert non_trainable_total(rows) == elements(model.non_trainable_weights)
    mine = {layer.name: layer for layer in our_layers(reading)}
    theirs = {layer.name: layer for layer in layer_facts(model)}
    assert {name: layer.output for name, layer in theirs.items()} == {name: mine[name].output for name in theirs}
    assert all((mine[name].trainable, mine[name].non_trainable) == theirs[name][3:] for name in theirs)
