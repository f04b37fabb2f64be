"""The conventions in force where frameworks differ, in one sentence for a question's stem."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from quizgen.arithmetic import span
from quizgen.layers.attention import MultiHeadAttention
from quizgen.layers.convolution import Convolution
from quizgen.layers.depthwise import DepthwiseConvolution, SeparableConvolution
from quizgen.layers.graph import Row
from quizgen.layers.normalization import BatchNorm
from quizgen.layers.pooling import Pooling
from quizgen.layers.recurrent import GRU, RecurrentLayer
from quizgen.layers.sliding import pairs
from quizgen.layers.transposed import ConvolutionTranspose
from quizgen.network import Network
from quizgen.quantities import quantity
from quizgen.views.wording.grammar import article
from quizgen.views.wording.sequence import RECURRENT

FRAMEWORKS = {"keras": "Keras", "torch": "PyTorch"}


def convention(network: Network, asks: str = "") -> str:
    """The sentence in Markdown, or nothing where nothing differs: `Conventions as in Keras: ...`.

    asks: the quantity asked for, by its name in `quizgen.quantities`; conventions that cannot change it are left out.
        Without one, all are named but those of multiply-accumulates.
    """
    rule = quantity(asks).rule if asks else "trainable"
    notes = [note.says(row) for note in NOTES if rule in note.bears_on for row in everything(network.rows)]
    if rule == "trainable" and any(row.node.tied_to for row in network.rows):
        notes.append("parameters that two layers share count once")
    if rule == "macs":
        notes.append("one MAC is a multiplication with its addition; biases, activations and normalizations cost none")
    if asks == "flops":
        notes.append("one MAC is two FLOPs")
    said = list(dict.fromkeys(filter(None, notes)))
    return f"Conventions as in {FRAMEWORKS[network.framework]}: {'; '.join(said)}." if said else ""


def everything(rows: Iterable[Row]) -> Iterator[Row]:
    """The rows, and the rows of their parts."""
    for row in rows:
        yield row
        yield from everything(row.parts)


def rounding(row: Row) -> str:
    """Sizes that do not come out: `same` rounds them up, everything else leaves out what is no whole window."""
    layer = row.layer
    if isinstance(layer, Pooling):
        kernel, dilation = layer.pool, (1,) * layer.rank
    elif isinstance(layer, Convolution | DepthwiseConvolution) and not isinstance(layer, ConvolutionTranspose):
        kernel, dilation = layer.kernel, layer.dilation
    else:
        return ""
    (x,) = row.inputs
    if layer.padding == "same":
        uneven = any(n % s for n, s in zip(x.spatial, layer.stride, strict=True))
        return "`same` padding with a stride rounds sizes up" if uneven else ""
    zeros = map(sum, pairs(layer.padding, x.spatial))
    axes = zip(x.spatial, zeros, map(span, kernel, dilation), layer.stride, strict=True)
    if not any((n + more - reach) % s for n, more, reach, s in axes):
        return ""
    return (
        "a last window that hangs over the end counts" if ceil(layer) else "a last window that does not fit is left out"
    )


def ceil(layer: Pooling | Convolution | DepthwiseConvolution) -> bool:
    return isinstance(layer, Pooling) and layer.ceil


def transposed_size(row: Row) -> str:
    """The words follow Keras's rule, numbers PyTorch's; they differ with `same`, and with gaps between kernels."""
    layer = row.layer
    if not isinstance(layer, ConvolutionTranspose):
        return ""
    rule = "Keras" if isinstance(layer.padding, str) else "PyTorch"
    return f"the output of a transposed convolution is sized as in {rule}"


def bias_vectors(row: Row) -> str:
    layer = row.layer
    if not isinstance(layer, RecurrentLayer) or not layer.biases:
        return ""
    name = RECURRENT[type(layer)]
    whose = f"{article(name)} {name} layer" if layer.gates == 1 else f"each gate of {article(name)} {name}"
    number = {1: "one bias vector", 2: "two bias vectors"}[layer.biases]
    reset_after = f" (`reset_after={layer.biases == 2}`)" if isinstance(layer, GRU) else ""
    return f"{whose} has {number}{reset_after}"


def moving_statistics(row: Row) -> str:
    if not isinstance(row.layer, BatchNorm):
        return ""
    kept = {"parameters": "non-trainable parameters", "buffers": "buffers and no parameters"}
    return f"the moving statistics of batch normalization are {kept[row.layer.statistics]}"


def pointwise_bias(row: Row) -> str:
    if not isinstance(row.layer, SeparableConvolution) or not row.layer.bias:
        return ""
    return "a separable convolution has biases in its pointwise part only"


def head_width(row: Row) -> str:
    return "`key_dim` is the width of one head" if isinstance(row.layer, MultiHeadAttention) else ""


class Note(NamedTuple):
    """One convention.

    says: its words, or nothing where the layer leaves no doubt.
    bears_on: the rules whose result it can change; sizes bear on every count of the layers behind them.
    """

    says: Callable[[Row], str]
    bears_on: frozenset[str]


SIZES = frozenset({"output", "trainable", "macs"})
PARAMETERS = frozenset({"trainable"})
NOTES: tuple[Note, ...] = (
    Note(rounding, SIZES),
    Note(transposed_size, SIZES),
    Note(bias_vectors, PARAMETERS),
    Note(moving_statistics, PARAMETERS),
    Note(pointwise_bias, PARAMETERS),
    Note(head_width, PARAMETERS | {"macs"}),
)
"""Where Keras, PyTorch and papers differ, in the order in which they are said."""
