"""The families of random networks, in the order of their turns."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from quizgen.network import Network
from tests.oracle.sketch import Sketch
from tests.oracle.sketch_images import branches, cnn, fine_tuned, hourglass, mlp, residual, separable, twins
from tests.oracle.sketch_sequences import attention, encoder, language_model, patches, recurrent, text_cnn, translator

FAMILIES: tuple[Callable[[Sketch], None], ...] = (
    mlp, cnn, separable, residual, branches, recurrent, text_cnn, encoder, language_model, translator, attention, twins,
    hourglass, fine_tuned, patches,
)  # fmt: skip


def draw_network(random: Random, place: int) -> Network:
    """A network of the family whose turn it is."""
    family, framework = FAMILIES[place % len(FAMILIES)], random.choice(("keras", "torch"))
    sketch = Sketch(random, framework)
    family(sketch)
    return sketch.network(f"{family.__name__}_{place // len(FAMILIES) + 1}")
