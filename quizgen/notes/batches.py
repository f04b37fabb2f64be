"""Notes on batch normalization, and on what stands before it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from quizgen.layers.activation import Activation
from quizgen.layers.base import Layer
from quizgen.layers.convolution import Convolution
from quizgen.layers.dense import Dense
from quizgen.layers.depthwise import DepthwiseConvolution
from quizgen.layers.graph import Row, input_name
from quizgen.layers.merging import Add
from quizgen.layers.normalization import BatchNorm
from quizgen.network import Network
from quizgen.notes.words import named
from quizgen.prose import Prose, prose
from quizgen.unknown import known


def bias_before_normalization(network: Network) -> Prose | None:
    """A bias that the next layer subtracts again."""
    found = [row for row, norm in followed(network) if isinstance(norm.layer, BatchNorm) and has_bias(row.layer)]
    if not found or not all(straight(network, row) for row in found):
        return None
    switch = "bias=False" if network.framework == "torch" else "use_bias=False"
    return prose(
        "The bias of {} does nothing: the batch normalization behind it subtracts the mean, and the bias with it. "
        f"`{switch}` saves {{}} parameters.",
        named([row.name for row in found]), sum(row.output.channels for row in found),
    )  # fmt: skip


def has_bias(layer: Layer) -> bool:
    return isinstance(layer, Dense | Convolution | DepthwiseConvolution) and layer.bias


def straight(network: Network, row: Row) -> bool:
    """Whether nothing stands between a layer and its normalization. In Keras an activation may, as a setting of the
    layer, unless it stands behind the normalization."""
    if network.framework == "torch":
        return True
    behind = dict[str, list[Row]]()
    for before, after in followed(network):
        behind.setdefault(before.name, []).append(after)
    then = (after for norm in behind[row.name] for after in behind.get(norm.name, ()))
    return any(isinstance(after.layer, Activation | Add) for after in then)


def followed(network: Network) -> Iterator[tuple[Row, Row]]:
    """Each layer that another one reads, with that other one."""
    rows, previous = {row.name: row for row in network.rows}, input_name(0)
    for row in network.rows:
        for name in row.node.inputs or (previous,):
            if name in rows:
                yield rows[name], row
        previous = row.name


def moving_statistics(network: Network) -> Prose | None:
    """What batch normalization stores without training it."""
    found = [row for row in network.rows if isinstance(row.layer, BatchNorm)]
    stored = known(sum(2 * row.inputs[0].channels for row in found))
    if not stored:
        return None
    layer: Any = found[0].layer
    if layer.statistics == "buffers":
        counted = "are buffers: they are saved, but `parameters()` has none of them. Keras counts them as non-trainable"
    else:
        counted = "count as non-trainable parameters in Keras. PyTorch, which calls them buffers, does not count them"
    return prose(f"The moving means and variances of batch normalization, {{}} numbers, {counted}.", stored)
