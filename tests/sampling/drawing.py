"""Everything that can be drawn, and how a test draws it."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import strategies as st

from quizgen.layers.base import Layer
from quizgen.network import Network
from quizgen.sampling import FAMILIES, LAYER_KINDS, LEVELS, sample
from quizgen.sampling.subject import Family, LayerKind
from quizgen.stream import Stream

ABOUT: dict[str, dict[str, object]] = {
    **{kind.name: {"layer": kind.name} for kind in LAYER_KINDS},
    **{family.name: {"family": family.name} for family in FAMILIES},
}
SUBJECTS: dict[str, LayerKind | Family] = {subject.name: subject for subject in (*LAYER_KINDS, *FAMILIES)}

seeds = st.integers(0, 2**32)


def draw(name: str, level: int, seed: int, **fixed: object) -> Network:
    """A network of that name: a kind of layer or a family."""
    return sample({**ABOUT[name], **fixed}, level, Stream("test", seed)).network


def levels_of(name: str) -> range:
    """The levels at which it occurs."""
    return LEVELS[SUBJECTS[name].level :]


def everything(*seeds: int) -> Iterator[tuple[str, int, Network]]:
    """Each kind and family at each of its levels, with each seed."""
    for name in ABOUT:
        for level in levels_of(name):
            for seed in seeds:
                yield name, level, draw(name, level, seed)


def layers_of(network: Network, kind: type[Layer]) -> list[Layer]:
    """The layers of that kind, parts of other layers not counted."""
    return [node.layer for node in network.nodes if isinstance(node.layer, kind)]
