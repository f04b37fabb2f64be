"""Record what Keras and PyTorch say of whole networks, layer by layer: `python -m tests.oracle.record_networks`."""

from __future__ import annotations

from random import Random

from quizgen.architectures import architecture
from quizgen.network import Network
from tests.networks import NetworkCase, write
from tests.oracle.frameworks import versions
from tests.oracle.networks import measure_network
from tests.oracle.sketches import draw_network

COMMAND = "python -m tests.oracle.record_networks"
CASES = 60
BY_HAND = ("mnist-lasagne", "mnist-keras", "two-class", "two-class-in-code", "lenet-5")
"""Small architectures that are recorded beside the random networks."""


def record(network: Network) -> NetworkCase | None:
    facts = measure_network(network)
    return None if facts is None else NetworkCase(network, facts)


def record_random(place: int) -> NetworkCase:
    """The first network of the place's own stream that its framework can build."""
    random = Random(f"network {place}")
    for _ in range(50):
        if case := record(draw_network(random, place)):
            return case
    raise RuntimeError(f"no network at place {place} in 50 draws")


def main() -> None:
    known = [record(architecture(name)) for name in BY_HAND]
    write(versions(), COMMAND, [*filter(None, known), *map(record_random, range(CASES))])


if __name__ == "__main__":
    main()
