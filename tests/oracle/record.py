"""Record what Keras and PyTorch say of random layers: `python -m tests.oracle.record`, or with names of kinds."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from random import Random

from quizgen.layers.base import Layer
from tests.facts import FOLDER, Case, Facts, write
from tests.oracle import sequence, spatial
from tests.oracle.frameworks import Framework, measure, versions
from tests.oracle.kind import Inputs, Kind

COMMAND = "python -m tests.oracle.record"
KINDS: tuple[Kind, ...] = (*spatial.KINDS, *sequence.KINDS)
CASES = 32
ATTEMPTS = 50 * CASES


def record(kind: Kind) -> list[Case]:
    """The first distinct configurations out of the kind's own stream that at least one framework can build."""
    cases: dict[tuple[Layer, Inputs], Case] = {}
    for layer, inputs in draws(kind, seed=f"facts of {kind.name}"):
        if (layer, inputs) not in cases and (measured := measure(kind, layer, inputs)):
            cases[layer, inputs] = Case(layer, inputs, agreed(layer, inputs, measured), tuple(measured))
        if len(cases) == CASES:
            return list(cases.values())
    raise RuntimeError(f"{kind.name}: only {len(cases)} different cases in {ATTEMPTS} draws")


def draws(kind: Kind, seed: str) -> Iterator[tuple[Layer, Inputs]]:
    random = Random(seed)
    return (kind.draw(random) for _ in range(ATTEMPTS))


def agreed(layer: Layer, inputs: Inputs, measured: dict[Framework, Facts]) -> Facts:
    """What the frameworks say with one voice: a layer's fields have to settle all in which they could differ."""
    if len(set(measured.values())) > 1:
        raise RuntimeError(f"the frameworks disagree on {layer} for {inputs}: {measured}")
    return next(iter(measured.values()))


def main(names: list[str]) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for kind in KINDS:
        if not names or kind.name in names:
            write(FOLDER / f"{kind.name}.json", versions(), COMMAND, record(kind))


if __name__ == "__main__":
    main(sys.argv[1:])
