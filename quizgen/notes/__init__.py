"""What surprises in a network: one small rule for each note, those first that surprise most.

A rule is given a network and says its sentence about it, with this network's numbers. Most say nothing about most
networks.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from typing import TypeAlias

from quizgen.network import Network
from quizgen.notes.batches import bias_before_normalization, moving_statistics
from quizgen.notes.parameters import (
    cost_elsewhere,
    dense_on_maps,
    frozen,
    key_width,
    learn_nothing,
    one_holds_most,
    second_bias,
    shared,
)
from quizgen.notes.twins import other_version, words_and_code
from quizgen.notes.windows import left_over, stride_or_pooling
from quizgen.notes.words import named
from quizgen.prose import Prose

MOST = 5
"""How many notes are shown of one network."""

Rule: TypeAlias = Callable[[Network], "Prose | None"]

RULES: tuple[Rule, ...] = (
    words_and_code,
    dense_on_maps,
    shared,
    second_bias,
    key_width,
    bias_before_normalization,
    left_over,
    one_holds_most,
    cost_elsewhere,
    moving_statistics,
    frozen,
    stride_or_pooling,
    learn_nothing,
)
"""Every rule, those first whose notes surprise most."""


def notes(network: Network) -> tuple[Prose, ...]:
    """What surprises in this network, in a few sentences."""
    said = (rule(network) for rule in RULES)
    return tuple(islice((note for note in said if note), MOST))


__all__ = ["MOST", "RULES", "named", "notes", "other_version"]
