"""A layer or a block, cut out of the network in which it stands: a network of its own, which reads what reached it."""

from __future__ import annotations

from dataclasses import replace

from quizgen.errors import TemplateError, nearest
from quizgen.layers.graph import Node, Row, input_name
from quizgen.network import Network


def layer_alone(network: Network, row: Row) -> Network:
    """That layer on its own inputs. What it shares with another layer is its own here."""
    sources = tuple(map(input_name, range(len(row.inputs)))) if len(row.inputs) > 1 else ()
    return Network(network.name, row.inputs, (replace(row.node, inputs=sources, tied_to=None),), network.framework)


def block_alone(network: Network, name: str) -> Network:
    """The nodes whose names begin with that of the block, on what they read of the others.

    Raises TemplateError where there is no such block.
    """
    inside = {row.name for row in network.rows if belongs(row.name, name)}
    if not inside:
        raise TemplateError(f"“{network.name}” has no block “{name}”.", remedy=nearest(name, blocks(network)))
    rows = [(row, row.node.inputs or (before,)) for row, before in zip(network.rows, before_each(network), strict=True)]
    inner = [(row, sources) for row, sources in rows if row.name in inside]
    outer = {
        name: x for row, sources in inner for name, x in zip(sources, row.inputs, strict=True) if name not in inside
    }
    renamed = {name: input_name(place) for place, name in enumerate(outer)}
    nodes: list[Node] = []
    for row, sources in inner:
        reads = tuple(renamed.get(name, name) for name in sources)
        # A layer that reads the one before it needs not say so.
        nodes.append(replace(row.node, inputs=() if reads == (nodes[-1].name if nodes else input_name(0),) else reads))
    return Network(network.name, tuple(outer.values()), tuple(nodes), network.framework)


def before_each(network: Network) -> list[str]:
    """What a node reads that does not say so: the node before it, and the first the input."""
    return [input_name(0), *(node.name for node in network.nodes[:-1])]


def belongs(node: str, block: str) -> bool:
    return node == block or node.startswith(f"{block}_")


def blocks(network: Network) -> list[str]:
    """What the names of several nodes have in common before their last underscore, and so can be asked for."""
    stems = [node.name.rpartition("_")[0] for node in network.nodes]
    return [stem for stem in dict.fromkeys(stems) if stem and stems.count(stem) > 1]
