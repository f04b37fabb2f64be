"""What a reader gives: a network as its source describes it, and what was decided on the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from quizgen.errors import Place, QuizgenError
from quizgen.network import Network


class ReadError(QuizgenError):
    """A source that can't be read as a network: what stands there, where, and what would be understood."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A network, and how its source spells it.

    source: the name of the source: a path, `-`, or what was typed. framework: `keras`, `torch`, or empty where the source
        is neither (the compact notation, a name from the literature).
    network: its inputs hold `quizgen.unknown.UNKNOWN` for every size that the source does not give.
    types: what the source calls each node's layer, by node name: `Conv2D`, `Linear`, `F.relu`.
    lines: the line on which each node stands, by node name, where the source has lines.
    channels_first: the nodes whose output the source's framework prints channels first.
    assumed: the parameters that the user gave for layers that no reader knows, by node name.
    remarks: what the reader had to decide or left unread, a sentence each.
    """

    source: str
    framework: str
    network: Network
    types: Mapping[str, str] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)
    channels_first: frozenset[str] = frozenset()
    assumed: Mapping[str, int] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()


def own_types(network: Network) -> dict[str, str]:
    """What the engine calls each node's layer, for a source that has no words of its own."""
    return {node.name: type(node.layer).__name__ for node in network.nodes}


__all__ = ["Place", "ReadError", "Reading", "own_types"]
